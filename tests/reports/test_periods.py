"""Periods of reports: calendar, or closed on the 14th; the year before; what they are called."""

import itertools
from datetime import date

import pytest

from portal.engine.indicators import Period
from portal.reports.periods import Basis, Length, ended_between, holding, of_year
from portal.reports.wording.periods import called, what_follows, with_days

CALENDAR, FOURTEENTH = Basis.CALENDAR, Basis.FOURTEENTH


def d(text):
    day, month, year = map(int, text.split("/"))
    return date(year, month, day)


@pytest.mark.parametrize(
    ("basis", "length", "day", "first", "last"),
    [
        (CALENDAR, Length.MONTH, "14/2/2024", "1/2/2024", "29/2/2024"),
        (CALENDAR, Length.MONTH, "31/8/2024", "1/8/2024", "31/8/2024"),
        (CALENDAR, Length.QUARTER, "31/12/2025", "1/10/2025", "31/12/2025"),
        (CALENDAR, Length.NINE_MONTHS, "30/9/2025", "1/1/2025", "30/9/2025"),
        (FOURTEENTH, Length.MONTH, "14/1/2026", "15/12/2025", "14/1/2026"),
        (FOURTEENTH, Length.MONTH, "15/1/2026", "15/1/2026", "14/2/2026"),
        (FOURTEENTH, Length.MONTH, "31/8/2026", "15/8/2026", "14/9/2026"),
        (FOURTEENTH, Length.MONTH, "15/12/2026", "15/12/2026", "14/1/2027"),
        (FOURTEENTH, Length.QUARTER, "14/3/2026", "15/12/2025", "14/3/2026"),
        (FOURTEENTH, Length.HALF, "14/6/2026", "15/12/2025", "14/6/2026"),
        (FOURTEENTH, Length.HALF, "15/6/2026", "15/6/2026", "14/12/2026"),
        (FOURTEENTH, Length.NINE_MONTHS, "14/9/2026", "15/12/2025", "14/9/2026"),
        (FOURTEENTH, Length.YEAR, "15/12/2025", "15/12/2025", "14/12/2026"),
        (FOURTEENTH, Length.YEAR, "14/12/2026", "15/12/2025", "14/12/2026"),
        (FOURTEENTH, Length.MONTH, "29/2/2024", "15/2/2024", "14/3/2024"),
    ],
)
def test_a_day_lies_in_one_period_of_each_length(basis, length, day, first, last):
    assert holding(basis, length, d(day)) == (d(first), d(last))


@pytest.mark.parametrize("basis", [CALENDAR, FOURTEENTH])
@pytest.mark.parametrize("length", [Length.MONTH, Length.QUARTER, Length.HALF, Length.YEAR])
def test_periods_follow_each_other_without_a_gap(basis, length):
    days = [one for year in range(2023, 2027) for one in of_year(basis, length, year)]
    assert all((later[0] - earlier[1]).days == 1 for earlier, later in itertools.pairwise(days))


def test_after_the_ninth_month_no_day_lies_in_nine_months():
    assert holding(FOURTEENTH, Length.NINE_MONTHS, d("15/9/2026")) is None
    assert holding(Basis.FREE, Length.FREE, d("15/9/2026")) is None


def test_the_periods_that_ended_between_two_days_are_found_at_both_ends():
    found = list(ended_between(FOURTEENTH, Length.MONTH, d("14/12/2025"), d("14/2/2026")))
    assert [last for _first, last in found] == [d("14/12/2025"), d("14/1/2026"), d("14/2/2026")]
    assert not list(ended_between(FOURTEENTH, Length.MONTH, d("15/12/2025"), d("13/1/2026")))


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ("15/12/2025", "14/6/2026", ("15/12/2024", "14/6/2025")),
        ("1/2/2025", "28/2/2025", ("1/2/2024", "29/2/2024")),
        ("15/2/2024", "29/2/2024", ("15/2/2023", "28/2/2023")),
        ("1/1/2024", "31/8/2024", ("1/1/2023", "31/8/2023")),
    ],
)
def test_the_year_before_shifts_alike(first, last, before):
    then = Period(d(first), d(last), ()).year_before()
    assert (then.first, then.last) == tuple(map(d, before))


@pytest.mark.parametrize(
    ("first", "last", "name", "then"),
    [
        ("1/1/2024", "31/8/2024", "8 tháng đầu năm 2024", "4 tháng cuối năm 2024"),
        ("1/1/2024", "30/9/2024", "9 tháng đầu năm 2024", "3 tháng cuối năm 2024"),
        ("1/1/2024", "30/6/2024", "6 tháng đầu năm 2024", "6 tháng cuối năm 2024"),
        ("1/7/2024", "31/12/2024", "6 tháng cuối năm 2024", "6 tháng đầu năm 2025"),
        ("1/1/2024", "31/12/2024", "năm 2024", "năm 2025"),
        ("1/4/2024", "30/6/2024", "quý II năm 2024", "quý III năm 2024"),
        ("1/12/2024", "31/12/2024", "tháng 12 năm 2024", "tháng 01 năm 2025"),
        ("1/1/2024", "31/1/2024", "tháng 01 năm 2024", "tháng 02 năm 2024"),
        ("1/1/2024", "30/11/2024", "11 tháng đầu năm 2024", "tháng 12 năm 2024"),
        ("15/12/2025", "14/1/2026", "tháng 01 năm 2026", "tháng 02 năm 2026"),
        ("15/11/2025", "14/12/2025", "tháng 12 năm 2025", "tháng 01 năm 2026"),
        ("15/12/2025", "14/12/2026", "năm 2026", "năm 2027"),
        ("15/12/2025", "14/9/2026", "9 tháng đầu năm 2026", "3 tháng cuối năm 2026"),
        ("5/3/2024", "20/4/2024", "từ ngày 05/03/2024 đến ngày 20/04/2024", "thời gian tới"),
    ],
)
def test_a_period_has_the_name_that_officials_give_it_and_so_has_the_next(first, last, name, then):
    assert called(d(first), d(last)) == name
    assert what_follows(d(first), d(last)) == then


def test_days_are_told_beside_the_name_where_they_are_not_those_of_the_calendar():
    assert with_days(d("15/12/2025"), d("14/1/2026")) == "tháng 01 năm 2026 (từ ngày 15/12/2025 đến ngày 14/01/2026)"
    assert with_days(d("1/1/2024"), d("31/8/2024")) == "8 tháng đầu năm 2024"
    assert with_days(d("5/3/2024"), d("20/4/2024")) == "từ ngày 05/03/2024 đến ngày 20/04/2024"
