"""Somebody's whole work goes to a successor: told room by room, handed over in one deed, with minutes and a trail."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from docx import Document
from sqlalchemy import select

from portal.cases.actions import assign_officer
from portal.cases.actions.opening import draft_case
from portal.cases.models import Assignment, Case, CaseType
from portal.documents.models import OfficialDocument
from portal.duties.models import DutyRoster, Notification
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation import actions as organisation
from portal.organisation.models import Role
from portal.proposals.models import Proposal
from portal.workload.models import HandoverLine, WorkHandover
from tests.builders import a_case, a_person, an_absence
from tests.conftest import TODAY
from tests.duties.owing import nobodys
from tests.proposals.ways import a_user, step

WHY = "Chuyển công tác về Công an tỉnh"


@pytest.fixture
def at_work(commune):
    """An officer with two cases, of which another officer is asked for one; a draft, a request, a returned proposal and
    a turn on the roster."""
    third = a_user(commune, "third", (Role.POLICE_OFFICER, commune.place("CA")))
    first, second = a_case(commune), a_case(commune, "Trần Văn Bình")
    others = a_case(commune, "Lê Thị Cúc", officer=None)
    with transaction(commune.chief):
        assign_officer(second, third)
        assign_officer(others, commune.officer)
    with transaction(commune.officer):
        draft_case(
            commune.officer, commune.id, a_person(commune, "Phạm Văn Dũng"), type=CaseType.SUSPENDED_SENTENCE,
            received_on=TODAY, starts_on=date(2026, 7, 14), term_months=24,
        )  # fmt: skip
    returned = an_absence(commune, first, date(2026, 12, 1), date(2026, 12, 5))
    step(returned, "submit", commune.officer)
    step(returned, "return", commune.chief, "Thiếu giấy khám")
    with transaction(commune.chief):
        db.session.add(
            DutyRoster(
                commune_id=commune.id, on=TODAY + timedelta(days=2), unit_id=commune.place("CA").id,
                user_id=commune.officer.id, phone="0900000001", from_hour=7,
            )
        )  # fmt: skip
    return commune


def url(user):
    return f"/accounts/{user.id}/hand-over"


def body(taker, **more):
    return {"taker_id": taker.id, "on": f"{TODAY:%d/%m/%Y}", "reason": WHY, **more}


def ask(browser, giver, taker):
    return browser.post(url(giver), data=body(taker))


def among(page):
    return re.search(r'name="among" value="(\w+)"', page.text)[1]


def hand(browser, giver, taker):
    return browser.post(url(giver), data=body(taker, among=among(ask(browser, giver, taker)), sure="yes"))


def done():
    db.session.rollback()
    return db.session.scalars(select(WorkHandover).order_by(WorkHandover.id)).all()


def outcomes(handover):
    return {(line.holding, line.outcome.value) for line in handover.lines}


def number_of(person):
    found = db.session.scalars(select(Case)).all()
    return next(one.number for one in found if one.person.full_name == person)


# ── what is shown ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_page_tells_room_by_room_what_somebody_holds_and_what_becomes_of_it(at_work, browse_as):
    page = browse_as(at_work.chief).get(url(at_work.officer)).text
    for head in ("Running cases", "Files written down and not sent", "Requests to take a case",
                 "Proposals in draft or returned", "Open duties by name", "Turns on the roster"):  # fmt: skip
        assert f">{head}</h2>" in page, head
    assert f"Case {number_of('Nguyễn Công Trứng')}" in page
    assert "Third has been asked and has not answered yet." in page.replace("third", "Third")
    assert "Nobody takes over what another wrote." in page
    assert f"/cases/?officer={at_work.officer.id}" in page
    assert done() == []


def test_the_page_names_no_supervised_person(at_work, browse_as):
    page = browse_as(at_work.chief).get(url(at_work.officer)).text
    assert not any(name in page for name in ("Trứng", "Bình", "Cúc", "Dũng"))


def test_every_link_of_the_page_opens_to_the_chief(at_work, browse_as):
    chief = browse_as(at_work.chief)
    page = chief.get(url(at_work.officer)).text
    links = set(re.findall(r'href="(/(?:cases|proposals|assignments|roster)[^"#]*)"', page))
    assert len(links) >= 6
    assert {one: chief.get(one.replace("&amp;", "&")).status_code for one in links} == dict.fromkeys(links, 200)


def test_whoever_holds_nothing_has_nothing_to_hand_over(commune, browse_as):
    page = browse_as(commune.chief).get(url(commune.officer2)).text
    assert "Officer2 xã Bờ Y holds nothing by name." in page
    assert 'name="taker_id"' not in page
    answer = browse_as(commune.chief).post(url(commune.officer2), data=body(commune.officer, among="x", sure="yes"))
    assert answer.status_code in (409, 422)
    assert done() == []


# ── the deed ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_what_goes_and_what_stays_is_said_before_and_nothing_is_done(at_work, browse_as):
    answer = ask(browse_as(at_work.chief), at_work.officer, at_work.officer2)
    assert answer.status_code == 200
    assert "Hand the work of Officer xã Bờ Y to Officer2 xã Bờ Y?" in answer.text
    assert "2 asked of the successor" in answer.text
    assert "2 go at once" in answer.text
    assert done() == []


def test_one_deed_hands_all_of_it_over_and_asks_for_what_needs_an_answer(at_work, browse_as):
    assert hand(browse_as(at_work.chief), at_work.officer, at_work.officer2).status_code == 302
    (handover,) = done()
    assert (handover.giver, handover.taker, handover.giver_left) == (at_work.officer, at_work.officer2, False)
    assert {
        ("cases.owned", "asked"), ("cases.owned", "stays"), ("cases.drafts", "passed"), ("cases.requests", "asked"),
        ("proposals.unsent", "stays"), ("duties.turns", "passed"),
    } <= outcomes(handover)  # fmt: skip
    asked = db.session.scalars(select(Assignment).where(Assignment.state == "proposed")).all()
    assert {(one.case.person.full_name, one.assignee.username) for one in asked} == {
        ("Nguyễn Công Trứng", "by.officer2"), ("Lê Thị Cúc", "by.officer2"), ("Trần Văn Bình", "by.third"),
    }  # fmt: skip
    assert {one.reason for one in asked if one.assignee == at_work.officer2} == {WHY}
    draft = db.session.scalars(select(Case).where(Case.state == "draft")).one()
    assert draft.owner == at_work.officer2
    turn = db.session.scalars(select(DutyRoster)).one()
    assert (turn.user, turn.phone) == (at_work.officer2, at_work.officer2.phone)
    assert nobodys() == []


def test_the_successor_completes_the_draft_and_asks_for_its_opening(at_work, browse_as):
    hand(browse_as(at_work.chief), at_work.officer, at_work.officer2)
    draft = db.session.scalars(select(Case).where(Case.state == "draft")).one()
    officer2 = browse_as(at_work.officer2)
    assert officer2.get(f"/cases/{draft.id}/edit").status_code == 200
    assert officer2.get(f"/proposals/new/opening/for-case/{draft.id}").status_code == 200
    assert "handed the draft over" in officer2.get(f"/cases/{draft.id}").text


def test_the_cases_of_somebody_who_has_left_already_are_asked_for_just_the_same(at_work, browse_as):
    with transaction(at_work.administrator):
        organisation.close_account(at_work.officer, "Chuyển công tác")
    assert hand(browse_as(at_work.chief), at_work.officer, at_work.officer2).status_code == 302
    (handover,) = done()
    assert handover.giver_left
    asked = db.session.scalars(select(Assignment).where(Assignment.assignee_id == at_work.officer2.id)).all()
    assert len(asked) == 2
    officer2 = browse_as(at_work.officer2)
    officer2.post("/cases/requests", data={f"request_{one.id}": one.version for one in asked})
    db.session.rollback()
    assert {one.case.owner_id for one in asked} == {at_work.officer2.id}
    assert nobodys() == []


def test_a_returned_proposal_of_somebody_who_left_is_withdrawn_by_the_chief_and_made_anew(at_work, browse_as):
    with transaction(at_work.administrator):
        organisation.close_account(at_work.officer, "Chuyển công tác")
    chief = browse_as(at_work.chief)
    hand(chief, at_work.officer, at_work.officer2)
    returned = db.session.scalars(select(Proposal)).one()
    answer = chief.post(f"/proposals/{returned.id}/withdraw", data={"version": returned.version})
    assert (answer.status_code, db.session.get_one(Proposal, returned.id).state) == (302, "withdrawn")


def test_what_changed_meanwhile_is_told_and_nothing_is_handed_over(at_work, browse_as):
    chief = browse_as(at_work.chief)
    shown = among(ask(chief, at_work.officer, at_work.officer2))
    a_case(at_work, "Hoàng Thị Én")
    answer = chief.post(url(at_work.officer), data=body(at_work.officer2, among=shown, sure="yes"))
    assert answer.status_code == 409
    assert f"Case {number_of('Hoàng Thị Én')}" in answer.text
    assert done() == []
    again = chief.post(url(at_work.officer), data=body(at_work.officer2, among=among(answer), sure="yes"))
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("field", "value"), [("taker_id", ""), ("taker_id", "999999"), ("on", "31/02/2026"), ("on", ""), ("reason", " ")]
)
def test_bad_input_is_told_at_its_field_and_what_was_typed_stays(at_work, browse_as, field, value):
    data = body(at_work.officer2, sure="yes") | {field: value}
    answer = browse_as(at_work.chief).post(url(at_work.officer), data=data)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert field == "reason" or WHY in answer.text
    assert done() == []


def test_a_chief_is_no_successor_of_cases_and_the_page_says_why(at_work, browse_as):
    second = a_user(at_work, "second", (Role.POLICE_CHIEF, at_work.place("CA")))
    page = ask(browse_as(at_work.chief), at_work.officer, second)
    assert f"{second.full_name} is no officer of the commune police today." in page.text


# ── the trail, the minutes, the notice ──────────────────────────────────────────────────────────────────────────────
def test_the_trail_tells_the_hand_over_and_each_line_of_it(at_work, browse_as):
    hand(browse_as(at_work.chief), at_work.officer, at_work.officer2)
    (handover,) = done()
    told = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "hand_work_over")).all()
    assert [(event.record_type, event.record_id, event.user_id) for event in told] == [
        ("work_handover", handover.id, at_work.chief.id)
    ]
    lines = db.session.scalars(select(HandoverLine)).all()
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.root_type == "work_handover")).all()
    assert {line.id for line in lines} <= {event.record_id for event in events if event.record_type == "handover_line"}


def minutes(browser, handover):
    answer = browser.get(f"/handovers/{handover.id}/minutes")
    assert answer.status_code == 200
    return Document(BytesIO(answer.data))


def words(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


@pytest.mark.parametrize("left", [False, True])
def test_the_minutes_say_who_gave_what_to_whom_in_vietnamese_and_who_signs(at_work, in_vietnamese, left):
    if left:
        with transaction(at_work.administrator):
            organisation.close_account(at_work.officer, "Chuyển công tác")
    chief = in_vietnamese(at_work.chief)
    hand(chief, at_work.officer, at_work.officer2)
    (handover,) = done()
    text = words(minutes(chief, handover))
    for wanted in ("BIÊN BẢN", "Bàn giao công việc", "TRƯỞNG CÔNG AN XÃ", "BÊN NHẬN", WHY,
                   f"Hồ sơ số {number_of('Nguyễn Công Trứng')}", "chờ bên nhận trả lời"):  # fmt: skip
        assert wanted in text, wanted
    assert ("BÊN GIAO" in text) is not left
    assert ("đã thôi nhiệm vụ, không ký biên bản" in text) is left
    assert "Case" not in text
    assert not any(name in text for name in ("Trứng", "Bình", "Cúc", "Dũng"))


def test_the_minutes_are_signed_by_the_office_of_their_day_and_not_by_an_earlier_one(commune, in_vietnamese):
    """Whoever heads the police now was an officer there before."""
    head = a_user(commune, "head", (Role.POLICE_OFFICER, commune.place("CA")))
    a_case(commune)
    with transaction(None):
        head.grants[0].valid_to = TODAY - timedelta(days=1)
        head.grants[0].valid_from = TODAY - timedelta(days=90)
        later = organisation.grant_role(head, Role.POLICE_CHIEF, commune.place("CA"), TODAY)
        organisation.confirm_grant(later, None)
    hand(in_vietnamese(head), commune.officer, commune.officer2)
    (handover,) = done()
    assert "TRƯỞNG CÔNG AN XÃ" in words(minutes(in_vietnamese(commune.chief), handover))


def test_the_minutes_wait_for_ink_in_the_register_of_the_police(at_work, browse_as):
    hand(browse_as(at_work.chief), at_work.officer, at_work.officer2)
    (handover,) = done()
    entry = db.session.scalars(select(OfficialDocument).where(OfficialDocument.subject_type == "work_handover")).one()
    assert (entry.subject_id, entry.code, entry.unit) == (handover.id, "BB", at_work.place("CA"))
    assert "Officer2 xã Bờ Y" in entry.signers
    page = browse_as(at_work.chief).get(f"/handovers/{handover.id}").text
    assert f"/register/{entry.id}" in page.replace("documents", "register") or "Papers in the register" in page


def test_the_successor_is_told_and_reads_the_hand_over_and_a_colleague_does_not(at_work, browse_as):
    hand(browse_as(at_work.chief), at_work.officer, at_work.officer2)
    (handover,) = done()
    told = db.session.scalars(select(Notification).where(Notification.kind == "WORK-HANDED-OVER")).all()
    assert [one.user_id for one in told] == [at_work.officer2.id]
    address = f"/handovers/{handover.id}"
    third = db.session.scalars(select(Assignment).where(Assignment.state == "proposed")).all()
    stranger = next(one.assignee for one in third if one.assignee.username == "by.third")
    assert browse_as(at_work.officer2).get(address).status_code == 200
    assert browse_as(stranger).get(address).status_code == 404
    assert browse_as(at_work.inspector).get(address).status_code == 200


# ── whose ───────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("who", "whose"),
    [
        ("chief", {"officer", "officer2"}),
        ("leader", {"chief", "clerk", "village_head", "village_head2", "helper"}),
        ("military", set()), ("border", set()), ("officer", None), ("clerk", None), ("administrator", None),
    ],
)  # fmt: skip
def test_each_hands_over_the_work_of_those_for_whom_they_answer(commune, browse_as, who, whose):
    browser = browse_as(getattr(commune, who))
    everybody = ("officer", "officer2", "chief", "leader", "military", "border", "village_head", "village_head2",
                 "helper", "clerk", "inspector", "administrator")  # fmt: skip
    open_ = {one for one in everybody if browser.get(url(getattr(commune, one))).status_code == 200}
    assert open_ == (whose or set())


def test_the_head_of_a_border_post_hands_over_a_comrades_work_and_nobody_elses(commune, neighbour, browse_as):
    comrade = a_user(commune, "comrade", (Role.BORDER_GUARD, commune.place("BP")))
    border = browse_as(commune.border)
    assert border.get(url(comrade)).status_code == 200
    assert border.get(url(commune.officer)).status_code == 404
    assert border.get(url(neighbour.border)).status_code == 404


def test_the_account_of_somebody_leads_to_the_hand_over_of_their_work(commune, browse_as):
    link = f'href="{url(commune.officer)}"'
    assert link in browse_as(commune.chief).get(f"/accounts/{commune.officer.id}").text
    assert link not in browse_as(commune.administrator).get(f"/accounts/{commune.officer.id}").text
    assert link in browse_as(commune.chief).get("/cases/workload").text


def test_the_pages_speak_vietnamese(at_work, in_vietnamese):
    page = in_vietnamese(at_work.chief).get(url(at_work.officer)).text
    for wanted in ("Bàn giao", "Hồ sơ đang", "Đề xuất"):
        assert wanted in page
    assert "Case " not in page


# ── an account is closed ────────────────────────────────────────────────────────────────────────────────────────────
def test_closing_an_account_shows_first_what_would_be_left_without_hands(at_work, browse_as):
    page = browse_as(at_work.administrator).get(f"/accounts/{at_work.officer.id}/close").text
    assert "Let this be handed over first" in page
    assert "Running cases: <b>2</b>" in page
    assert "Turns on the roster: <b>1</b>" in page
    assert "Case " not in page
    empty = browse_as(at_work.administrator).get(f"/accounts/{at_work.officer2.id}/close").text
    assert "Let this be handed over first" not in empty


def test_the_chief_is_told_of_work_and_turns_that_a_closed_account_leaves(at_work, browse_as):
    with transaction(at_work.administrator):
        organisation.close_account(at_work.officer, "Chuyển công tác")
        organisation.close_account(at_work.officer2, "Chuyển công tác")
    told = db.session.scalars(select(Notification).where(Notification.kind.in_(("WORK-LEFT", "TURNS-LEFT")))).all()
    assert sorted((one.kind, one.user_id, one.subject_id) for one in told) == [
        ("TURNS-LEFT", at_work.chief.id, at_work.officer.id), ("WORK-LEFT", at_work.chief.id, at_work.officer.id),
    ]  # fmt: skip
    page = browse_as(at_work.chief).get("/notices/").text
    assert "25/11/2026" in page
