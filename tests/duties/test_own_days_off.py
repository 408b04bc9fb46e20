"""The days off that a commune confirmed hold for its digests, its notices and its calendar as they do for its law."""

from datetime import date

import pytest

from portal.engine.days_off import is_day_off, is_unknown
from portal.engine.transaction import transaction
from portal.lawbook import actions
from tests.builders import a_case
from tests.duties.reminding import digests, job, unread
from tests.duties.test_calendar import NOVEMBER, cell

TUESDAY, WEDNESDAY, THURSDAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)


@pytest.fixture
def own_table(commune):
    """Another day off than the portal's own, and one of which nothing is known."""
    with transaction(commune.clerk):
        year = actions.enter_year(commune.unit, 2026, "1/1 25/11", "", "27/11", "Thông báo 12/TB-BNV", commune.clerk)
    with transaction(commune.chief):
        year.workflow.take("confirm", year, commune.chief)
    return year


def test_a_year_that_waits_for_a_second_person_moves_nothing(commune):
    with transaction(commune.clerk):
        actions.enter_year(commune.unit, 2026, "25/11", "", "", "Thông báo 12/TB-BNV", commune.clerk)
    assert is_day_off(TUESDAY, commune.id)
    assert not is_day_off(WEDNESDAY, commune.id)


def test_each_commune_has_its_own(commune, neighbour, own_table):
    assert (is_day_off(TUESDAY, commune.id), is_day_off(WEDNESDAY, commune.id)) == (False, True)
    assert (is_day_off(TUESDAY, neighbour.id), is_day_off(WEDNESDAY, neighbour.id)) == (True, False)


def test_of_what_is_not_known_the_earlier_outcome_is_taken(commune, own_table):
    day = date(2026, 11, 27)
    assert (is_unknown(day, commune.id), is_day_off(day, commune.id)) == (True, False)
    saturday, monday = date(2031, 11, 22), date(2031, 11, 24)  # a year that nobody has entered
    assert (is_day_off(saturday, commune.id), is_day_off(monday, commune.id)) == (True, False)


def test_a_digest_is_made_on_the_days_that_are_worked_there(app, commune, own_table):
    a_case(commune)
    job(app, WEDNESDAY)
    assert not digests(commune.officer)
    job(app, THURSDAY)
    assert [one.on for one in digests(commune.officer)] == [THURSDAY]


def test_what_nobody_looked_at_climbs_by_the_working_days_of_the_commune(app, commune, own_table):
    a_case(commune)
    job(app, TUESDAY)
    job(app, THURSDAY)
    assert unread(commune.chief, "DIGEST-UNSEEN") == []
    job(app, date(2026, 11, 27))  # Wednesday is off here: this is the second working day
    assert len(unread(commune.chief, "DIGEST-UNSEEN")) == 1


def test_the_calendar_shows_the_days_off_of_the_commune_and_marks_what_is_not_known(commune, browse_as, own_table):
    a_case(commune)
    page = browse_as(commune.officer).get(NOVEMBER)
    assert "off" not in cell(page, 24)[0].split()
    assert "off" in cell(page, 25)[0].split()
    assert "off" not in cell(page, 27)[0].split()
    assert "It is not known yet whether this day is off" in cell(page, 27)[1]
