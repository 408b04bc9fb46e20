"""Duties follow from facts, belong to somebody, and climb."""

from datetime import date, timedelta

import pytest

from portal.cases.actions import record_check_in
from portal.duties.models import Duty
from portal.duties.queries import open_until
from portal.engine import clock
from portal.engine.access import reach
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests.builders import a_case
from tests.conftest import TODAY

pytestmark = pytest.mark.both_engines


def report_of(case, month="2026-11"):
    wanted = Duty.case_id == case.id, Duty.rule == "COM-SELF-REPORT", Duty.key == month
    return db.session.scalars(db.select(Duty).where(*wanted)).one()


def seen_by(user, duty):
    return db.session.scalar(reach(user, "read", Duty).where(Duty.id == duty.id)) is not None


def test_a_running_sentence_makes_a_self_report_a_duty_of_its_officer_by_the_fifth(commune):
    duty = report_of(a_case(commune))
    assert (duty.due_on, duty.owner_id, duty.open) == (date(2026, 11, 5), commune.officer.id, True)


def test_handing_it_in_clears_the_duty_by_itself(commune):
    case = a_case(commune)
    with transaction(commune.officer):
        record_check_in(case, TODAY, TODAY)
    assert (report_of(case).done_on, report_of(case).done_by_id) == (TODAY, commune.officer.id)


def test_changing_nothing_changes_no_duty(commune):
    case = a_case(commune)
    before = report_of(case).version
    with transaction(commune.officer):
        case.offence = "Gây rối trật tự công cộng"
    assert report_of(case).version == before


def test_an_overdue_report_climbs_to_the_chief_then_the_chair_and_never_to_a_colleague(commune):
    duty = report_of(a_case(commune))
    with clock.telling(clock.moment(date(2026, 11, 8))):
        assert not seen_by(commune.chief, duty)
    with clock.telling(clock.moment(date(2026, 11, 9))):
        assert seen_by(commune.chief, duty)
        assert not seen_by(commune.leader, duty)
    assert seen_by(commune.leader, duty)
    assert not seen_by(commune.officer2, duty)


def test_nothing_of_another_commune_stands_on_home(commune, neighbour):
    a_case(neighbour, "Người xã khác")
    later = TODAY + timedelta(days=60)
    assert not open_until(commune.officer, later)
    assert open_until(neighbour.officer, later)


def test_whoever_a_duty_climbed_to_is_led_to_the_case_and_not_to_the_form(commune, browse_as):
    case = a_case(commune)
    assert f"/cases/{case.id}/check-in" in browse_as(commune.officer).get("/").text
    page = browse_as(commune.leader).get("/").text
    assert f"/cases/{case.id}/check-in" not in page
    assert f"/cases/{case.id}" in page
