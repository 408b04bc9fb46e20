"""Every figure that the portal derives, on the example: the report of August 2024 and the year before it."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.demo.reports import reports
from portal.engine import clock
from portal.engine.db import db
from portal.engine.indicators import Period, figure
from portal.organisation.models import Unit
from portal.reports import outline
from portal.reports.models import Report
from portal.reports.queries import taken_in
from tests.reports.story import TOLD


@pytest.mark.parametrize("line", TOLD, ids=str)
def test_what_the_report_says_is_what_the_records_give(example, line):
    commune = db.session.scalars(select(Unit).where(Unit.code == "BY")).one()
    period = Period(date(2024, 1, 1), date(2024, 8, 31), taken_in(commune))
    found = figure(outline.named(line.figure), period)
    assert (found.value, found.previous_value) == (line.of_2024, line.of_2023)


def test_the_report_tells_of_83_figures_and_of_each_once():
    assert len({line.figure for line in TOLD}) == len(TOLD) == 83


def test_on_another_day_too_the_report_of_the_year_is_in_draft_beside_the_signed_one_of_the_year_before(later_example):
    states = {}
    for year in (2027, 2028):
        days = Report.first == date(year, 1, 1), Report.last == date(year, 12, 31)
        states[year] = db.session.scalars(select(Report.state).where(*days)).all()
    assert states == {2027: ["sent"], 2028: ["draft"]}


@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 6), date(2027, 7, 15)])
def test_the_draft_of_a_year_is_begun_on_a_day_of_that_year(day):
    begun = [one for one in reports(day) if getattr(one.act, "args", ())[:1] == (date(day.year, 1, 1),)]
    (draft,) = begun
    assert date(day.year, 1, 1) <= clock.day_of(draft.at) <= day
