"""The days off of a year are entered by one and confirmed by another; until then nothing is counted by them."""

from datetime import date

import pytest

from portal.engine.db import db
from portal.engine.refusal import Forbidden
from portal.engine.transaction import transaction
from portal.law.days_off import DayOutsideTableError
from portal.lawbook import actions
from portal.lawbook.models import YearOff
from portal.lawbook.queries import days_off_of
from portal.organisation.models import Role
from tests.builders import a_case

OFF = "3/1 24/1 25/1 26/1 27/1 28/1 4/4 1/5 2/5 1/9 4/9 24/11"
SOURCE = "Thông báo 12/TB-BNV ngày 01/12/2027"


def entered(commune, by, off="3/1 24/1"):
    with transaction(by):
        return actions.enter_year(commune.unit, 2028, off, "", "", SOURCE, by)


def answered(year, by, transition="confirm", reason=""):
    with transaction(by):
        year.workflow.take(transition, year, by, reason)


@pytest.mark.both_engines
def test_a_year_is_counted_by_once_a_second_person_confirmed_it(commune, neighbour):
    year = entered(commune, commune.clerk)
    with pytest.raises(DayOutsideTableError):
        days_off_of(commune.id).working_days_after(date(2028, 1, 3), 3)
    answered(year, commune.chief)
    assert days_off_of(commune.id).working_days_after(date(2027, 12, 31), 1).day == date(2028, 1, 4)
    with pytest.raises(DayOutsideTableError):
        days_off_of(neighbour.id).working_days_after(date(2028, 1, 3), 3)


def test_whoever_entered_a_year_never_confirms_it(commune):
    by_clerk, by_chief = entered(commune, commune.clerk), entered(commune, commune.chief)
    assert (by_clerk.decider_role, by_chief.decider_role) == (Role.POLICE_CHIEF, Role.COMMUNE_LEADER)
    for year, by in ((by_clerk, commune.clerk), (by_chief, commune.chief), (by_clerk, commune.leader)):
        with pytest.raises(Forbidden):
            answered(year, by)
    answered(by_chief, commune.leader)
    assert by_chief.state == "confirmed"


def test_a_later_confirmed_year_takes_the_place_of_an_earlier_one(commune):
    for off in ("3/1", "4/1"):
        answered(entered(commune, commune.clerk, off), commune.chief)
    answered(entered(commune, commune.clerk, "5/1"), commune.chief, "refuse", "Sai văn bản")
    assert days_off_of(commune.id).years[2028].off == {date(2028, 1, 4)}


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("off", "1/1", "01/01/2028 is a Saturday or Sunday"), ("off", "32/1", "“32/1” is no day"),
        ("off", "30/2", "“30/2” is no day"), ("off", "Tết", "“Tết” is no day"), ("off", "", ""),
        ("off", "٣/١", "is no day"), ("worked", "3/1", "03/01/2028 is no Saturday"),
        ("unknown", "24/1", "another list"), ("year", "1700", ""), ("year", "2099", "too far ahead"),
        ("year", "2012", "knows the lunar days of 2020-2040"), ("off", "3/1", "24/11 (Viet Nam culture day)"),
        ("off", OFF.replace(" 24/1 ", " "), "1 more day (Lunar New Year)"),
        ("source", "", ""),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_is_told_at_its_list_and_nothing_typed_is_lost(commune, browse_as, field, typed, said):
    sent = {"year": "2028", "off": OFF.replace(" ", ", "), "worked": "", "unknown": "", "source": SOURCE, field: typed}
    answer = browse_as(commune.clerk).post("/rules/days-off/new", data=sent)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert said in answer.text
    assert (SOURCE in answer.text) == (field != "source")
    assert db.session.query(YearOff).count() == 0


def test_the_office_enters_a_year_and_the_chief_confirms_it_on_its_page(commune, browse_as):
    clerk, chief = browse_as(commune.clerk), browse_as(commune.chief)
    sent = {"year": "2028", "off": f"24/1; 3/1 {OFF}", "worked": "", "unknown": "31/1", "source": SOURCE}
    page = clerk.post("/rules/days-off/new", data=sent)
    year = db.session.query(YearOff).one()
    assert (page.status_code, year.off, year.unknown) == (302, OFF, "31/1")
    assert "2028" in chief.get("/").text
    assert "Confirm the days off" in chief.get(f"/rules/days-off/{year.id}").text
    assert "Confirm the days off" not in clerk.get(f"/rules/days-off/{year.id}").text
    assert chief.post(f"/rules/days-off/{year.id}/confirm", data={"version": year.version}).status_code == 302
    assert "Mon 03/01" in chief.get("/rules/days-off").text


def test_whoever_confirms_a_year_sees_what_falls_away_what_stays_unknown_and_whose_days_move(commune, browse_as):
    case = a_case(commune, received_on=date(2026, 11, 20))
    with transaction(commune.clerk):
        year = actions.enter_year(commune.unit, 2026, "1/1 25/12", "", "28/11", SOURCE, commune.clerk)
    page = browse_as(commune.chief).get(f"/rules/days-off/{year.id}").text
    assert "Off until now, a working day with this table:" in page
    assert "Tue 24/11" in page
    assert "Fri 25/12" in page  # newly off
    assert "Mon 23/11" in page  # decided by being left out
    assert "Stays undecided" in page
    assert "Sat 28/11" in page
    assert f">{case.number}</th>" in page
    answered(year, commune.chief)
    assert "Off until now" not in browse_as(commune.chief).get(f"/rules/days-off/{year.id}").text


def test_a_year_that_nobody_entered_before_says_so(commune, browse_as):
    year = entered(commune, commune.clerk, OFF)
    assert "There is no table of 2028 yet" in browse_as(commune.chief).get(f"/rules/days-off/{year.id}").text
