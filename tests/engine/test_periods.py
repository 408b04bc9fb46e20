"""The same period of the year before."""

import calendar
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from portal.engine.indicators import Period

days = st.dates(date(1901, 1, 1), date(2200, 12, 31))


@given(one=days, other=days)
def test_the_year_before_begins_and_ends_a_year_earlier(one, other):
    period = Period(min(one, other), max(one, other), (1,))
    before = period.year_before()
    assert (before.first.year, before.last.year) == (period.first.year - 1, period.last.year - 1)
    assert (before.first.month, before.last.month) == (period.first.month, period.last.month)
    assert before.first <= before.last
    assert before.communes == period.communes


@given(year=st.integers(1901, 2200), month=st.integers(1, 12))
def test_a_whole_month_is_compared_with_the_whole_month(year, month):
    def whole(of: int) -> Period:
        return Period(date(of, month, 1), date(of, month, calendar.monthrange(of, month)[1]), ())

    assert whole(year).year_before() == whole(year - 1)


def test_the_29th_of_february_is_compared_with_the_28th():
    assert Period(date(2024, 2, 29), date(2024, 2, 29), ()).year_before().first == date(2023, 2, 28)
