"""Every figure that the portal derives, on the example: the report of August 2024 and the year before it."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.engine.db import db
from portal.engine.indicators import Period, figure
from portal.organisation.models import Unit
from portal.reports import outline
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
