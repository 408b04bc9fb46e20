"""A right that opened is used, or somebody says why not, where the chief sees it."""

from datetime import date, timedelta

import pytest

from portal.duties.daily import renew_all
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from tests.builders import a_case

WHY = "Còn một lần bị nhắc nhở trong tháng 10"
LEFT = {"became": "not_proposed", "on": "20/11/2026", "note": WHY, "version": "1"}


@pytest.fixture
def case(commune):
    """A case whose right to a shortening has opened."""
    return a_case(commune, starts_on=date(2025, 11, 1), received_on=date(2025, 11, 10))


def right_of(case):
    db.session.rollback()
    return db.session.scalars(db.select(Duty).where(Duty.case_id == case.id, Duty.rule == "RIGHT")).one()


def answer(browser, case, **sent):
    duty = right_of(case)
    return browser.post(f"/duties/{duty.id}/finish", data={**LEFT, "version": duty.version, **sent})


def test_why_a_right_is_not_used_is_recorded_and_nobody_is_asked_again(commune, browse_as, case):
    assert answer(browse_as(commune.officer), case).status_code == 302
    with clock.telling(clock.moment(date(2026, 11, 23) + timedelta(days=40))):
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


def test_that_a_right_was_used_is_recorded_as_done(commune, browse_as, case):
    assert answer(browse_as(commune.officer), case, became="proposed", note="TTr số 12").status_code == 302
    right = right_of(case)
    assert (right.done_on, right.dropped_on) == (date(2026, 11, 20), None)
    assert "TTr số 12" in browse_as(commune.chief).get(f"/cases/{case.id}?story=all").text


@pytest.mark.parametrize("missing", ["became", "note", "on"])
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
    plan = db.session.scalars(db.select(Duty).where(Duty.case_id == case.id, Duty.rule == "COM-PLAN")).one()
    sent = officer.post(f"/duties/{plan.id}/finish", data={**LEFT, "version": plan.version})
    assert sent.status_code == 302
    db.session.rollback()
    assert (plan.done_on, plan.dropped_on) == (date(2026, 11, 20), None)
