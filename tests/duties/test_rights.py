"""A right that opened is used, or somebody says why not, where the chief sees it."""

from datetime import date

import pytest

from portal.duties.actions import finish
from portal.duties.daily import renew_all
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from tests.builders import a_case, a_cut

WHY = "Còn một lần bị nhắc nhở trong tháng 10"
LEFT = {"on": "20/11/2026", "note": WHY, "version": "1"}


@pytest.fixture
def case(commune):
    """A case whose right to a shortening has opened."""
    return a_case(commune, starts_on=date(2025, 11, 1), received_on=date(2025, 11, 10))


def rights_of(case):
    db.session.rollback()
    asked = db.select(Duty).where(Duty.case_id == case.id, Duty.rule == "RIGHT").order_by(Duty.id)
    return db.session.scalars(asked).all()


def right_of(case):
    (right,) = rights_of(case)
    return right


def on(day):
    return clock.telling(clock.moment(day))


def answer(browser, case, **sent):
    duty = right_of(case)
    return browser.post(f"/duties/{duty.id}/finish", data={**LEFT, "version": duty.version, **sent})


def test_why_a_right_is_not_used_is_recorded_and_nobody_is_asked_for_the_time_being(commune, browse_as, case):
    assert answer(browse_as(commune.officer), case).status_code == 302
    with on(date(2027, 2, 22)):
        renew_all()
    right = right_of(case)
    assert (right.done_on, right.dropped_on, right.note) == (None, date(2026, 11, 20), WHY)
    assert right.done_by_id == commune.officer.id


def test_the_chief_sees_on_home_and_in_the_story_why_a_right_is_not_used(commune, browse_as, case):
    answer(browse_as(commune.officer), case)
    chief = browse_as(commune.chief)
    home, story = chief.get("/").text, chief.get(f"/cases/{case.id}?story=all").text
    assert "A shortening is not proposed for Nguyễn Công Trứng" in home
    assert f"because: {WHY}" in home
    assert "A shortening is not proposed" in story
    assert WHY in story
    assert "Recorded by Officer xã Bờ Y" in story


def test_the_chief_of_another_commune_learns_nothing_of_it(commune, neighbour, browse_as, case):
    answer(browse_as(commune.officer), case)
    assert WHY not in browse_as(neighbour.chief).get("/").text


def test_that_a_right_was_used_is_said_by_its_proposal_and_never_by_hand(commune, case):
    with pytest.raises(Refused, match="used by the proposal"), transaction(commune.officer):
        finish(right_of(case), date(2026, 11, 20), "TTr số 12", commune.officer.id)
    assert right_of(case).open


@pytest.mark.parametrize("missing", ["note", "on"])
def test_a_right_is_not_left_without_an_answer_a_reason_and_a_day(commune, browse_as, case, missing):
    refused = answer(browse_as(commune.officer), case, **{missing: ""})
    assert refused.status_code == 422
    assert right_of(case).open


def test_the_page_of_a_right_leads_to_where_it_can_be_used(commune, browse_as, case):
    page = browse_as(commune.officer).get(f"/duties/{right_of(case).id}/finish").text
    assert f'href="/cases/{case.id}"' in page
    assert "It is not proposed, because" in page


def test_what_must_be_done_cannot_be_left_with_a_reason(commune, browse_as):
    case, officer = a_case(commune, received_on=date(2026, 11, 10)), browse_as(commune.officer)
    report = db.session.scalars(
        db.select(Duty).where(Duty.case_id == case.id, Duty.rule == "COM-RECEPTION-REPORT")
    ).one()
    sent = officer.post(f"/duties/{report.id}/finish", data={**LEFT, "version": report.version})
    assert sent.status_code == 302
    db.session.rollback()
    assert (report.done_on, report.dropped_on) == (date(2026, 11, 20), None)


# ── asked for again ─────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.both_engines
def test_a_right_that_was_left_is_asked_for_again_after_three_months_and_what_was_said_stays(commune, browse_as, case):
    answer(browse_as(commune.officer), case)
    with on(date(2027, 2, 23)):
        home = browse_as(commune.officer).get("/").text
    left, again = rights_of(case)
    assert "Nguyễn Công Trứng: a shortening or waiver may be proposed" in home
    assert (left.note, left.left, again.open, again.due_on) == (WHY, True, True, date(2027, 2, 23))
    assert again.escalations[0].from_on == date(2027, 3, 10)


def test_a_right_that_is_left_before_its_day_is_asked_for_again_on_its_day(commune, browse_as):
    case = a_case(commune, starts_on=date(2025, 12, 20), received_on=date(2025, 12, 25))
    answer(browse_as(commune.officer), case)
    assert right_of(case).rests_until == date(2026, 12, 20)
    with on(date(2026, 12, 20)):
        renew_all()
    assert [one.open for one in rights_of(case)] == [False, True]


def test_a_right_that_is_left_again_and_again_is_asked_for_each_time(commune, browse_as, case):
    answer(browse_as(commune.officer), case)
    for day in (date(2027, 2, 23), date(2027, 5, 23)):
        with on(day):
            officer = browse_as(commune.officer)
            officer.get("/")
            right = rights_of(case)[-1]
            assert right.open
            sent = {**LEFT, "on": f"{day:%d/%m/%Y}", "version": right.version}
            assert officer.post(f"/duties/{right.id}/finish", data=sent).status_code == 302
            renew_all()
            assert not [one for one in rights_of(case) if one.open]
    assert len(rights_of(case)) == 3


def test_the_page_says_when_a_right_that_is_left_is_asked_for_again(commune, browse_as, case):
    assert "asked for again on 23/02/2027" in browse_as(commune.officer).get(f"/duties/{right_of(case).id}/finish").text
    answer(browse_as(commune.officer), case)
    assert "Asked for again on 23/02/2027" in browse_as(commune.chief).get(f"/cases/{case.id}?story=all").text


@pytest.mark.both_engines
def test_the_chief_lets_a_right_be_asked_for_again_from_home_and_story(commune, browse_as, case):
    answer(browse_as(commune.officer), case)
    chief, left = browse_as(commune.chief), right_of(case)
    address = f"/duties/{left.id}/ask-again"
    for page in ("/", f"/cases/{case.id}?story=all"):
        assert f'href="{address}"' in chief.get(page).text
    page = chief.get(address)
    assert WHY in page.text
    assert "Officer xã Bờ Y" in page.text
    assert chief.post(address, data={"version": left.version}).status_code == 302
    left, again = rights_of(case)
    assert (left.left, again.open, again.due_on, again.owner_id) == (True, True, clock.today(), commune.officer.id)
    assert "a shortening or waiver may be proposed" in browse_as(commune.officer).get("/").text


def test_a_right_is_not_let_be_asked_for_twice(commune, browse_as, case):
    answer(browse_as(commune.officer), case)
    chief, address = browse_as(commune.chief), f"/duties/{right_of(case).id}/ask-again"
    chief.post(address, data={"version": right_of(case).version})
    late = chief.post(address, data={"version": rights_of(case)[0].version})
    assert late.status_code == 422
    assert "This right is asked for again already." in late.text
    assert len(rights_of(case)) == 2


@pytest.mark.parametrize("who", ["officer", "officer2", "leader", "inspector", "helper", "administrator"])
def test_nobody_but_the_chief_lets_a_right_be_asked_for_again(who, commune, browse_as, case):
    answer(browse_as(commune.officer), case)
    duty = right_of(case)
    refused = browse_as(getattr(commune, who)).post(f"/duties/{duty.id}/ask-again", data={"version": duty.version})
    assert refused.status_code in (403, 404)
    assert right_of(case).rests


# ── the day that is typed ───────────────────────────────────────────────────────────────────────────────────────────
def test_the_chief_is_told_of_a_right_left_today_whichever_day_was_typed(commune, browse_as, case):
    answer(browse_as(commune.officer), case, on="01/09/2026")
    assert right_of(case).dropped_on == date(2026, 9, 1)
    assert WHY in browse_as(commune.chief).get("/").text
    with on(date(2026, 12, 1)):
        assert WHY not in browse_as(commune.chief).get("/").text


@pytest.mark.parametrize("became", ["not_proposed", "proposed"])
@pytest.mark.parametrize(("day", "told"), [("01/01/1900", "received only on 10/11/2025"), ("24/11/2026", "future")])
def test_what_became_of_a_right_is_dated_between_the_receipt_of_the_file_and_today(
    became, day, told, commune, browse_as, case
):
    refused = answer(browse_as(commune.officer), case, became=became, on=day)
    assert refused.status_code == 422
    assert told in refused.text
    assert WHY in refused.text
    assert right_of(case).open


def test_what_opens_on_a_day_is_not_done_before_it(commune, browse_as):
    case = a_case(commune, received_on=date(2026, 11, 20))
    report = db.session.scalars(
        db.select(Duty).where(Duty.case_id == case.id, Duty.rule == "COM-RECEPTION-REPORT")
    ).one()
    with transaction(None):
        db.session.execute(db.update(Duty).where(Duty.id == report.id).values(opens_on=date(2026, 11, 22)))
    officer, sent = browse_as(commune.officer), {"on": "21/11/2026", "note": "Báo cáo số 2", "version": report.version}
    early = officer.post(f"/duties/{report.id}/finish", data=sent)
    assert early.status_code == 422
    assert "This can be done from 22/11/2026 on." in early.text
    assert officer.post(f"/duties/{report.id}/finish", data={**sent, "on": "22/11/2026"}).status_code == 302


# ── the next round ──────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.both_engines
def test_after_a_cut_the_right_of_the_next_year_is_asked_for(commune, browse_as):
    case = a_case(commune, starts_on=date(2025, 6, 1), received_on=date(2025, 6, 10))
    a_cut(commune, case, date(2026, 11, 20), 3)
    first, second = rights_of(case)
    assert (first.key, first.done_on) == ("", date(2026, 11, 20))
    assert (second.key, second.open, second.due_on, second.confirmed) == ("2", True, date(2027, 1, 1), False)
    with on(date(2027, 1, 4)):
        assert "a shortening or waiver may be proposed" in browse_as(commune.officer).get("/").text
        a_cut(commune, case, date(2027, 1, 4), 3, "3/QĐ-TA")
    assert [(one.key, one.done_on) for one in rights_of(case)] == [
        ("", date(2026, 11, 20)), ("2", date(2027, 1, 4)),
    ]  # fmt: skip


def test_a_right_that_was_left_and_then_used_is_not_asked_for_again(commune, browse_as, case):
    answer(browse_as(commune.officer), case)
    a_cut(commune, case, date(2026, 11, 21), 6)
    with on(date(2027, 2, 23)):
        renew_all()
    assert [one.key for one in rights_of(case) if one.open] == []
