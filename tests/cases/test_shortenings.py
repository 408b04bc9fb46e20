"""No date is set by one person: a shortening of the term counts once a second one has confirmed it."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.cases.models import Case
from portal.engine import clock
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.refusal import Conflict
from portal.engine.transaction import transaction
from portal.engine.voiding import void
from portal.organisation.models import Role
from tests.builders import a_case
from tests.cases.shortenings import days_of, question, recorded, take
from tests.proposals.ways import a_deputy, act_as, also, version_on

CUT = {"decision_number": "12/2026/QĐ-TA", "decided_on": "20/11/2026", "months": "6"}


@pytest.mark.both_engines
def test_a_recorded_shortening_changes_no_day_until_the_chief_has_confirmed_it(commune, browse_as):
    case, officer, chief = a_case(commune), browse_as(commune.officer), browse_as(commune.chief)
    before = days_of(case)
    assert officer.post(f"/cases/{case.id}/term-change", data=CUT).status_code == 302
    assert days_of(case) == before
    change = case.term_changes[0]
    assert take(chief, change, "confirm").status_code == 302
    assert case.ends_on == date(2028, 1, 14)
    assert days_of(case) != before
    story = officer.get(f"/cases/{case.id}?story=all").text
    assert "Term shortened by 6 months" in story
    assert "12/2026/QĐ-TA" in story
    assert "confirmed the shortening" in story


@pytest.mark.both_engines
def test_a_refused_shortening_never_counts_and_its_reason_is_told(commune, browse_as):
    case, chief = a_case(commune), browse_as(commune.chief)
    before = days_of(case)
    change = recorded(commune, case)
    assert take(chief, change, "refuse").status_code == 422
    assert take(chief, change, "refuse", reason="Tòa chỉ rút 3 tháng").status_code == 302
    assert days_of(case) == before
    story = chief.get(f"/cases/{case.id}?story=all").text
    assert "Tòa chỉ rút 3 tháng" in story
    assert "recorded, and not confirmed" in story
    again = recorded(commune, case, months=3)  # as the court's paper has it
    assert take(chief, again, "confirm").status_code == 302
    assert case.ends_on == date(2028, 4, 14)


def test_the_page_shows_the_old_and_the_new_last_day_to_whoever_confirms(commune, browse_as):
    case, chief = a_case(commune), browse_as(commune.chief)
    change = recorded(commune, case)
    for address in (f"/term-changes/{change.id}", f"/cases/{case.id}"):
        page = chief.get(address).text
        assert "Last day then: 14/01/2028" in page
        assert "instead of 14/07/2028" in page
        assert "aiting for confirmation" in page or "waits for confirmation" in page
    assert "A shortening is possible from" in chief.get(f"/term-changes/{change.id}").text


@pytest.mark.parametrize("who", ["officer", "officer2", "leader", "inspector", "helper", "administrator", "military"])
def test_nobody_confirms_a_shortening_but_the_chief(who, commune, browse_as):
    case = a_case(commune, helper="helper")
    change = recorded(commune, case)
    answer = browse_as(getattr(commune, who)).post(f"/term-changes/{change.id}/confirm", data={"version": 1})
    assert answer.status_code in (403, 404)
    assert not change.counts


@pytest.mark.both_engines
def test_whoever_recorded_a_shortening_confirms_it_in_no_role_and_on_nobodys_behalf(commune, browse_as):
    case = a_case(commune)
    also(commune, commune.officer, Role.POLICE_CHIEF, "CA", of=commune.chief)
    change = recorded(commune, case)
    act_as(commune.officer, f"police_chief:{commune.chief.id}")
    browser = browse_as(commune.officer)
    act_as(commune.officer, f"police_chief:{commune.chief.id}")
    page = browser.get(f"/term-changes/{change.id}")
    assert page.status_code == 200
    assert "Confirm the shortening" not in page.text
    answer = browser.post(f"/term-changes/{change.id}/confirm", data={"version": change.version})
    assert answer.status_code == 403
    assert not change.counts


def test_what_the_chief_recorded_a_deputy_confirms(commune, browse_as):
    case, deputy = a_case(commune), a_deputy(commune, "deputy", Role.POLICE_CHIEF, "CA", commune.chief)
    change = recorded(commune, case, by="chief")
    assert question(change).owner_id == deputy.id
    assert browse_as(commune.leader).get(f"/term-changes/{change.id}").status_code == 404
    refused = browse_as(commune.chief).post(f"/term-changes/{change.id}/confirm", data={"version": change.version})
    assert refused.status_code == 403
    assert take(browse_as(deputy), change, "confirm").status_code == 302
    assert change.counts


@pytest.mark.both_engines
def test_what_the_chief_recorded_the_chair_confirms_where_nobody_else_holds_the_office(commune, browse_as):
    case = a_case(commune)
    change = recorded(commune, case, by="chief")
    assert (question(change).owner_role, question(change).owner_id) == ("commune_leader", None)
    assert take(browse_as(commune.leader), change, "confirm").status_code == 302
    assert change.counts


def test_a_deputy_who_comes_while_a_shortening_waits_is_asked_instead_of_the_chair(commune):
    case = a_case(commune)
    change = recorded(commune, case, by="chief")
    deputy = a_deputy(commune, "deputy", Role.POLICE_CHIEF, "CA", commune.chief)
    assert (question(change).owner_role, question(change).owner_id) == ("police_chief", deputy.id)


def test_a_waiting_shortening_is_a_duty_of_the_chief_that_the_confirmation_finishes(commune, browse_as):
    case, chief = a_case(commune), browse_as(commune.chief)
    change = recorded(commune, case)
    duty = question(change)
    assert (duty.owner_role, duty.open, duty.due_on) == ("police_chief", True, clock.today() + timedelta(days=3))
    assert f'href="/term-changes/{change.id}"' in chief.get("/").text
    take(chief, change, "confirm")
    duty = question(change)
    assert (duty.done_on, duty.done_by_id) == (clock.today(), commune.chief.id)


def test_a_waiting_shortening_that_was_entered_in_error_asks_nobody_and_cannot_be_confirmed(commune, browse_as):
    case, chief = a_case(commune), browse_as(commune.chief)
    change = recorded(commune, case)
    with transaction(commune.officer):
        void(change, "Nhầm người")
    assert not question(change).open
    answer = chief.post(f"/term-changes/{change.id}/confirm", data={"version": change.version})
    assert answer.status_code == 409
    assert not change.counts


def test_of_two_confirmations_the_second_is_told_who_was_faster(commune, browse_as):
    case, chief = a_case(commune), browse_as(commune.chief)
    change = recorded(commune, case)
    sent = {"version": change.version}
    assert chief.post(f"/term-changes/{change.id}/confirm", data=sent).status_code == 302
    lost = chief.post(f"/term-changes/{change.id}/refuse", data={**sent, "reason": "Sai"})
    assert lost.status_code == 409
    assert "Chief xã Bờ Y (Chief of commune police) confirmed the shortening at" in lost.text


def test_a_day_whose_decision_waits_takes_no_second_one(commune):
    case = a_case(commune)
    recorded(commune, case)
    with pytest.raises(Conflict):
        recorded(commune, case, months=3)


def test_the_trail_tells_who_recorded_and_who_confirmed(commune, browse_as):
    case = a_case(commune)
    change = recorded(commune, case)
    take(browse_as(commune.chief), change, "confirm")
    told = select(AuditEvent).where(AuditEvent.record_type == "term_change", AuditEvent.action != "look")
    events = db.session.scalars(told.order_by(AuditEvent.sequence)).all()
    assert [(one.action, one.user_id) for one in events] == [
        ("create", commune.officer.id), ("confirm", commune.chief.id),
    ]  # fmt: skip
    assert events[1].changes["state"] == ["recorded", "confirmed"]


# ── the last day that is printed on the paper ───────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("printed", ["14/07/2028", "10/06/2029"])
def test_a_shortening_whose_paper_prints_no_earlier_last_day_is_refused_at_that_day(printed, commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    address, typed = f"/cases/{case.id}/term-change", {**CUT, "printed_ends_on": printed}
    told = "A shortening ends the term earlier, and without it the last day is 14/07/2028."
    assert told in officer.post(address, data={**typed, "only": "check"}).text
    answer = officer.post(address, data={**typed, "version": case.version})
    assert answer.status_code == 422
    assert told in re.search(r'id="printed_ends_on-error">(.*?)</span></span>', answer.text, re.DOTALL)[1]
    assert f'value="{printed}"' in answer.text
    assert case.term_changes == []


def test_a_printed_day_other_than_that_of_the_law_is_told_before_it_is_recorded_and_wins(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    typed = {**CUT, "printed_ends_on": "15/01/2028", "version": case.version}
    asked = officer.post(f"/cases/{case.id}/term-change", data={**typed, "only": "check"})
    assert "By the law the last day would be 14/01/2028; the paper prints 15/01/2028." in asked.text
    assert officer.post(f"/cases/{case.id}/term-change", data=typed).status_code == 302
    take(browse_as(commune.chief), case.term_changes[0], "confirm")
    assert case.ends_on == date(2028, 1, 15)


FILE = {
    "type": "suspended_sentence", "full_name": "Lý Văn Tư", "sex": "", "received_on": "31/07/2026",
    "starts_on": "14/07/2026", "term_months": "24", "supervising_unit_id": "",
}  # fmt: skip


def test_the_printed_last_day_of_a_file_is_changed_no_more_once_it_was_submitted(commune, browse_as):
    officer, chief = browse_as(commune.officer), browse_as(commune.chief)
    case = a_draft_file(commune, officer)
    proposal = opened_by(officer, case)
    shown = version_on(officer.get(f"/cases/{case.id}/edit"))
    typed = {**FILE, "village_id": commune.place("BPH").id, "printed_ends_on": "01/01/2027", "version": shown}
    assert officer.post(f"/proposals/{proposal}/submit", data={"version": 1}).status_code == 302
    assert officer.get(f"/cases/{case.id}/edit").status_code == 403
    for browser in (officer, chief):
        assert browser.post(f"/cases/{case.id}/edit", data=typed).status_code == 409
    seen = version_on(chief.get(f"/proposals/{proposal}"))
    assert chief.post(f"/proposals/{proposal}/approve", data={"version": seen}).status_code == 302
    for browser in (officer, chief):
        assert browser.post(f"/cases/{case.id}/edit", data=typed).status_code in (404, 409)
    db.session.expire_all()
    assert (case.state, case.printed_ends_on) == ("open", date(2028, 7, 14))


def test_a_returned_file_that_gets_another_printed_last_day_is_decided_on_anew(commune, browse_as):
    officer, chief = browse_as(commune.officer), browse_as(commune.chief)
    case = a_draft_file(commune, officer)
    proposal = opened_by(officer, case)
    officer.post(f"/proposals/{proposal}/submit", data={"version": 1})
    seen = version_on(chief.get(f"/proposals/{proposal}"))
    returned = chief.post(f"/proposals/{proposal}/return", data={"version": seen, "reason": "Xem lại ngày"})
    assert returned.status_code == 302
    typed = {**FILE, "village_id": commune.place("BPH").id, "printed_ends_on": "15/07/2028"}
    page = officer.get(f"/cases/{case.id}/edit")
    assert officer.post(f"/cases/{case.id}/edit", data={**typed, "version": version_on(page)}).status_code == 302
    again = officer.get(f"/proposals/{proposal}")
    officer.post(f"/proposals/{proposal}/submit", data={"version": version_on(again)})
    lost = chief.post(f"/proposals/{proposal}/approve", data={"version": seen})
    assert lost.status_code == 409
    db.session.expire_all()
    assert (case.state, case.printed_ends_on) == ("submitted", date(2028, 7, 15))


def a_draft_file(commune, browser):
    """A file that somebody wrote down, with the last day that its paper prints."""
    typed = {**FILE, "village_id": commune.place("BPH").id, "printed_ends_on": "14/07/2028"}
    answer = browser.post("/cases/new", data=typed)
    assert answer.status_code == 302, answer.text
    return db.session.get_one(Case, int(re.search(r"for-case/(\d+)", answer.location)[1]))


def opened_by(browser, case):
    """The proposal to open it, still a draft."""
    answer = browser.post(f"/proposals/new/opening/for-case/{case.id}", data={"reason": "Đủ", "officer_id": ""})
    assert answer.status_code == 302, answer.text
    return int(answer.location.rsplit("/", 1)[1])


def test_one_decision_of_the_court_is_not_recorded_twice_under_another_day(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    first = officer.post(f"/cases/{case.id}/term-change", data={**CUT, "decided_on": "19/11/2026"})
    assert first.status_code == 302
    again = officer.post(f"/cases/{case.id}/term-change", data=CUT)
    assert again.status_code == 422
    assert 'id="decision_number-error"' in again.text
    assert "The shortening of 19/11/2026 is recorded by this number already" in again.text.replace(
        "\N{NO-BREAK SPACE}", " "
    )
