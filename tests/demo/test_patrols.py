"""The patrols of the example: as the report of August 2024 counts them, and those of these days."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.engine import clock
from portal.engine.db import db
from portal.engine.indicators import Period, figure
from portal.organisation.models import Unit
from portal.patrols.indicators import INDICATORS
from portal.patrols.models import Patrol, PatrolKind
from tests.reports import outings_by_hand as hand

# Of the story: day and hour of each order patrol, and the village that it went through.
ORDERS_OF_2024 = (
    ("05/07/2024 20:00", "Bắc Phong"), ("12/07/2024 21:00", "Ngọc Hải"), ("19/07/2024 20:30", "Măng Tôn"),
    ("26/07/2024 21:00", "Kon Khôn"), ("02/08/2024 20:00", "Bắc Phong"), ("09/08/2024 22:30", "Ngọc Hải"),
    ("16/08/2024 20:00", "Ngọc Tân"), ("23/08/2024 21:00", "Iệc"),
)  # fmt: skip
ORDERS_OF_2023 = ("18/01/2023", "27/04/2023", "29/04/2023", "23/06/2023", "21/07/2023", "18/08/2023")


def out_in(year, kind=PatrolKind.ORDER):
    """The patrols of a kind in the eight months that the report tells of, in the order of their days."""
    found = db.session.scalars(select(Patrol).where(Patrol.kind == kind).order_by(Patrol.started_at)).all()
    return [one for one in found if one.started_at and date(year, 1, 1) <= one.day <= date(year, 8, 31)]


def began(patrol):
    return f"{patrol.started_at.astimezone(clock.VIETNAM):%d/%m/%Y %H:%M}"


def test_the_order_patrols_of_2024_and_of_2023_are_those_of_the_story(example):
    told = [(began(one), next(stop.name for stop in one.ways)) for one in out_in(2024)]
    assert told == list(ORDERS_OF_2024)
    assert [f"{one.day:%d/%m/%Y}" for one in out_in(2023)] == list(ORDERS_OF_2023)
    assert [one.day for one in out_in(2023) if one.violations_found] == [date(2023, 6, 23)]


@pytest.mark.parametrize("year", [2023, 2024])
def test_three_forces_and_the_team_of_the_village_go_on_each_six_to_nine_people(example, year):
    for patrol in out_in(year):
        kinds = sorted(str(force.unit.kind) for force in patrol.present)
        assert kinds == ["border_post", "military", "police", "security_team"]
        assert 6 <= patrol.people <= 9
        assert patrol.state == "closed"
    teams = {force.unit.name for patrol in out_in(year) for force in patrol.present if not force.signs}
    assert teams == {{2023: "Tổ An ninh nhân dân xã Pờ Y", 2024: "Tổ bảo vệ ANTT xã Pờ Y"}[year]}


def test_along_the_border_they_go_on_the_18th_of_each_month_without_a_village(example):
    for year in (2023, 2024):
        gone = out_in(year, PatrolKind.BORDER)
        assert [one.day for one in gone] == [date(year, month, 18) for month in range(1, 9)]
        assert not [force for one in gone for force in one.present if not force.signs]


def by_hand(first, last):
    """The example's own rows, counted from the definition."""
    rows = [
        hand.Patrol(
            one.kind, one.state, one.planned_start_at, one.started_at, one.violations_found, one.voided_at is not None
        )
        for one in db.session.scalars(select(Patrol))
    ]
    counted = hand.figures(rows, [], first, last)
    return {one.id: counted[one.id] for one in INDICATORS}


def assert_the_figures_of_the_report():
    communes = tuple(db.session.scalars(select(Unit.id)))
    found = [figure(one, Period(date(2024, 1, 1), date(2024, 8, 31), communes)) for one in INDICATORS]
    assert [(one.value, one.previous_value) for one in found] == [(8, 6), (0, 1), (8, 8), (0, 0)]
    for year, values in ((2024, (8, 0, 8, 0)), (2023, (6, 1, 8, 0))):
        assert tuple(by_hand(date(year, 1, 1), date(year, 8, 31)).values()) == values


def assert_the_day_of_a_user():
    """One under way, one for the coming Friday, one that the border post has to sign, one to be written again."""
    today = clock.today()
    now = {
        one.state: one for one in db.session.scalars(select(Patrol).where(Patrol.state.not_in(("closed", "cancelled"))))
    }
    assert (now["under_way"].day, [stop.name for stop in now["under_way"].ways if stop.at]) == (today, ["Măng Tôn"])
    assert now["under_way"].started_at < clock.now()
    assert today < now["planned"].planned_day <= today + timedelta(days=7)
    assert now["planned"].planned_day.weekday() == 4
    assert [force.unit.kind for force in now["logged"].unsigned] == ["border_post"]
    assert now["disputed"].log.dispute.reason
    assert now["disputed"].day == today - timedelta(days=2)


def test_the_figures_of_the_report_come_out_and_the_rows_say_the_same(example):
    assert_the_figures_of_the_report()


def test_what_is_out_what_waits_and_what_is_disputed_can_be_seen_today(example):
    assert_the_day_of_a_user()


def test_so_it_is_on_any_later_day_and_the_old_figures_stay(later_example):
    assert_the_day_of_a_user()
    assert_the_figures_of_the_report()
    since = select(Patrol).where(Patrol.started_at >= clock.moment(date(2027, 1, 1)))
    orders = Counter(one.day.replace(day=1) for one in db.session.scalars(since) if one.kind == PatrolKind.ORDER)
    assert all(orders[date(2027, month, 1)] == 2 for month in range(1, 13))
