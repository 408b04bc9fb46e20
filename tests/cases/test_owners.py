"""A case never lacks an owner: asking, accepting, declining, taking back, leaving office."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.cases.models import Case
from portal.duties.daily import renew_all
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation.models import Role
from tests.builders import a_case
from tests.proposals.ways import a_proposal, a_user, step

HOME_DUTY = "is no longer in service; the case needs another officer"


def ask(browse_as, commune, case, officer):
    browser = browse_as(commune.chief)
    answer = browser.post(f"/cases/{case.id}/assign", data={"officer_id": officer.id, "version": case.version})
    assert answer.status_code == 302, answer.text
    return case.proposed("officer")


def answer(browser, assignment, name, reason="Vì"):
    return browser.post(f"/assignments/{assignment.id}/{name}", data={"version": assignment.version, "reason": reason})


def test_a_case_keeps_its_owner_until_the_new_officer_accepts_and_the_chain_stays_whole(commune, browse_as):
    case = a_case(commune)
    asked = ask(browse_as, commune, case, commune.officer2)
    assert case.owner_id == commune.officer.id
    assert answer(browse_as(commune.officer2), asked, "accept").status_code == 302
    assert case.owner_id == commune.officer2.id
    chain = [(one.assignee.username, one.state) for one in case.assignments]
    assert chain == [("by.officer", "ended"), ("by.officer2", "accepted")]
    assert case.assignments[0].until == case.assignments[1].since
    assert "Officer in charge until this day: Officer xã Bờ Y" in browse_as(commune.chief).get(f"/cases/{case.id}").text


def test_an_officer_who_declines_says_why_and_the_owner_stays(commune, browse_as):
    case = a_case(commune)
    asked = ask(browse_as, commune, case, commune.officer2)
    officer2 = browse_as(commune.officer2)
    assert answer(officer2, asked, "decline", " ").status_code == 422
    assert answer(officer2, asked, "decline", "Quá nhiều hồ sơ").status_code == 302
    assert case.owner_id == commune.officer.id
    assert case.officer == commune.officer


def test_a_request_that_nobody_answers_is_taken_back_and_another_officer_is_asked(commune, browse_as):
    case, third = a_case(commune), a_user(commune, "third", (Role.POLICE_OFFICER, commune.place("CA")))
    asked, chief = ask(browse_as, commune, case, commune.officer2), browse_as(commune.chief)
    blocked = chief.post(f"/cases/{case.id}/assign", data={"officer_id": third.id, "version": case.version})
    assert blocked.status_code == 422
    assert f'href="/assignments/{asked.id}"' in blocked.text
    assert f'action="/assignments/{asked.id}/recall"' in chief.get(f"/assignments/{asked.id}").text
    assert answer(chief, asked, "recall", "Đang nghỉ ốm").status_code == 302
    assert answer(browse_as(commune.officer2), asked, "accept").status_code in (404, 409)
    assert ask(browse_as, commune, case, third).assignee == third


def test_when_an_officers_role_ends_the_chief_is_asked_to_find_another_and_meets_their_duties(commune, browse_as):
    case = a_case(commune)
    chief = browse_as(commune.chief)
    assert HOME_DUTY not in chief.get("/").text
    grant = commune.officer.grants[0]
    with transaction(commune.administrator):
        grant.valid_to = clock.today() - timedelta(days=1)
    home = chief.get("/").text
    assert f"Officer xã Bờ Y {HOME_DUTY}" in home
    assert f'href="/cases/{case.id}/assign"' in home
    asked = ask(browse_as, commune, case, commune.officer2)
    answer(browse_as(commune.officer2), asked, "accept")
    assert HOME_DUTY not in chief.get("/").text
    assert case.owner == commune.officer2


def leave_office(commune, officer="officer"):
    with transaction(commune.administrator):
        getattr(commune, officer).grants[0].valid_to = clock.today() - timedelta(days=1)


def close_account(commune):
    with transaction(commune.administrator):
        commune.officer.disabled_at = clock.now()


@pytest.mark.parametrize("goes", [leave_office, close_account])
def test_a_decision_whose_page_an_officer_still_had_to_register_is_the_chiefs_and_then_the_next_officers(
    goes, commune, browse_as
):
    case = a_case(commune)
    permit = a_proposal("absence", case, commune.officer)
    for name, who in (("submit", commune.officer), ("endorse", commune.chief), ("approve", commune.leader)):
        step(permit, name, who)
    waits, chief, officer2 = ": waits for its signed page", browse_as(commune.chief), browse_as(commune.officer2)
    assert waits not in chief.get("/").text
    goes(commune)
    assert waits in chief.get("/").text
    answer(officer2, ask(browse_as, commune, case, commune.officer2), "accept")
    assert waits in officer2.get("/").text
    assert waits not in chief.get("/").text


def test_pages_say_that_an_officer_who_left_no_longer_answers_for_the_case(commune, browse_as):
    case, chief = a_case(commune), browse_as(commune.chief)
    gone, keeps = "No longer in service: the chief answers", "Officer xã Bờ Y keeps the case until"
    assert gone not in chief.get(f"/cases/{case.id}").text
    assert keeps in chief.get(f"/cases/{case.id}/assign").text
    leave_office(commune)
    assert gone in chief.get(f"/cases/{case.id}").text
    page = chief.get(f"/cases/{case.id}/assign").text
    assert keeps not in page
    assert "Officer xã Bờ Y is no longer in service: the chief answers" in page


def test_where_no_officer_is_left_the_chief_is_told_what_to_do_and_offered_no_button(commune, browse_as):
    case, chief = a_case(commune), browse_as(commune.chief)
    assert "Ask the officer" in chief.get(f"/cases/{case.id}/assign").text
    leave_office(commune)
    leave_office(commune, "officer2")
    page = chief.get(f"/cases/{case.id}/assign").text
    assert "Nobody is an officer of the commune police today." in page
    assert "Ask the administrator to give somebody the role" in page
    assert "Ask the officer" not in page
    sent = chief.post(f"/cases/{case.id}/assign", data={"officer_id": commune.officer.id, "version": case.version})
    assert sent.status_code == 422
    assert case.proposed("officer") is None


def test_a_case_whose_officer_has_left_climbs_to_the_chair_if_the_chief_does_nothing(commune, browse_as):
    a_case(commune)
    with transaction(commune.administrator):
        commune.officer.grants[0].valid_to = clock.today() - timedelta(days=10)
    assert HOME_DUTY in browse_as(commune.leader).get("/").text
    renew_all()
    assert HOME_DUTY in browse_as(commune.leader).get("/").text


def test_when_an_account_is_closed_its_cases_stand_before_the_chief_as_well(commune, browse_as):
    a_case(commune)
    with transaction(commune.administrator):
        commune.officer.disabled_at = clock.now()
    assert HOME_DUTY in browse_as(commune.chief).get("/").text


@pytest.mark.parametrize(("name", "state"), [("withdraw", "draft"), ("return", "draft"), ("reject", "rejected")])
def test_an_opening_that_comes_back_leaves_the_file_to_its_author_and_a_rejected_one_ends_it(
    name, state, commune, browse_as
):
    case = a_case(commune, state="draft", officer=None)
    with transaction(commune.officer):
        case.owner_id, case.created_by_id = commune.officer.id, commune.officer.id
    opening = a_proposal("open_case", case, commune.officer)
    step(opening, "submit", commune.officer)
    assert case.state == "submitted"
    step(opening, name, commune.officer if name == "withdraw" else commune.chief, "Vì")
    assert case.state == state
    assert case.owner == commune.officer
    again = browse_as(commune.officer).get(f"/proposals/new/opening/for-case/{case.id}").status_code
    assert again == (200 if state == "draft" else 403)


def test_the_page_of_a_draft_leads_its_author_to_the_proposal_that_opens_it(commune, browse_as):
    case = a_case(commune, state="draft", officer=None)
    with transaction(commune.officer):
        case.owner_id, case.created_by_id = commune.officer.id, commune.officer.id
    officer = browse_as(commune.officer)
    link = f'href="/proposals/new/opening/for-case/{case.id}"'
    assert link in officer.get(f"/cases/{case.id}").text
    a_proposal("open_case", case, commune.officer)
    assert link not in officer.get(f"/cases/{case.id}").text


def test_a_suspended_case_pauses_its_monthly_steps_and_its_term_runs_on(commune, browse_as):
    case, chief = a_case(commune), browse_as(commune.chief)
    ends = case.ends_on
    officer = browse_as(commune.officer)
    with transaction(commune.officer):
        case.offence = "Trộm cắp tài sản"
    assert "self-report for 11/2026" in officer.get("/").text
    sent = {"version": case.version, "reason": "Đi chữa bệnh bắt buộc"}
    assert chief.post(f"/cases/{case.id}/suspend", data=sent).status_code == 302
    assert "self-report for 12/2026" not in officer.get("/").text
    assert case.ends_on == ends
    assert "Đi chữa bệnh bắt buộc" in chief.get(f"/cases/{case.id}").text
    chief.post(f"/cases/{case.id}/resume", data={"version": case.version, "reason": "Đã về"})
    assert case.state == "open"


TYPED = {
    "type": "suspended_sentence", "full_name": "Nguyễn Công Trứng", "sex": "", "received_on": "20/11/2026",
    "starts_on": "10/11/2026", "term_months": "24", "supervising_unit_id": "",
}  # fmt: skip


def test_whoever_writes_a_file_down_is_asked_whether_the_person_is_there_already(commune, browse_as):
    known = a_case(commune).person
    officer, typed = browse_as(commune.officer), {**TYPED, "village_id": known.village_id}
    asked = officer.post("/cases/new", data=typed)
    assert asked.status_code == 422
    assert "Perhaps the same person is there already" in asked.text
    assert officer.post("/cases/new", data={**typed, "person_id": known.id}).status_code == 302
    assert [one.person_id for one in cases_of(commune)] == [known.id, known.id]
    assert officer.post("/cases/new", data={**typed, "person_id": "new"}).status_code == 302
    assert len({one.person_id for one in cases_of(commune)}) == 2


def test_a_person_who_is_not_offered_cannot_be_chosen(commune, neighbour, browse_as):
    stranger = a_case(neighbour, "Nguyễn Công Trứng").person
    typed = {**TYPED, "village_id": a_case(commune).person.village_id, "person_id": stranger.id}
    browse_as(commune.officer).post("/cases/new", data=typed)
    assert stranger.id not in {one.person_id for one in cases_of(commune)}


def cases_of(commune):
    return db.session.scalars(select(Case).where(Case.commune_id == commune.id).order_by(Case.id)).all()
