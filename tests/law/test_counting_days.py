"""Days off, working days, months and shares of a term (law.md §3, conventions (a) to (i))."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.law.days import (
    DAYS_OFF,
    DayOutsideTableError,
    add_months,
    last_of_month,
    last_of_term,
    share_of_days,
    share_of_months,
)
from portal.law.days_off import entered

D = date
known_days = st.dates(D(2023, 1, 1), D(2027, 11, 30))
any_day = st.dates(D(2000, 1, 1), D(2080, 1, 1))
SHARES = [Fraction(1, 2), Fraction(1, 3), Fraction(1, 4), Fraction(2, 5), Fraction(3, 4)]

WITHOUT_24_NOVEMBER = DAYS_OFF.with_year(2026, entered(2026, "30/4 1/5"))
WITH_24_NOVEMBER = DAYS_OFF.with_year(2026, entered(2026, "30/4 1/5 24/11"))
WITH_SWAPPED_MONDAY = DAYS_OFF.with_year(2026, entered(2026, "30/4 1/5 23/11 24/11"))
WITHOUT_AUGUST_SWAP = DAYS_OFF.with_year(2026, entered(2026, "1/9 2/9"))


def working_day(start, count, table=DAYS_OFF):
    return table.working_days_after(start, count).day


def test_T05_three_working_days_step_over_the_holidays_of_april_and_may():
    assert working_day(D(2026, 4, 24), 3) == D(2026, 5, 4)


def test_T06_the_swapped_monday_before_national_day_moves_the_third_working_day():
    assert working_day(D(2026, 8, 28), 3, WITHOUT_AUGUST_SWAP) == D(2026, 9, 4)
    assert working_day(D(2026, 8, 28), 3) == D(2026, 9, 7)


def test_T07_a_saturday_that_is_worked_counts():
    assert working_day(D(2026, 8, 20), 3) == D(2026, 8, 24)
    assert working_day(D(2026, 8, 20), 3, WITHOUT_AUGUST_SWAP) == D(2026, 8, 25)


@pytest.mark.parametrize(
    ("table", "third"),
    [
        (WITHOUT_24_NOVEMBER, D(2026, 11, 25)),
        (WITH_24_NOVEMBER, D(2026, 11, 26)),
        (WITH_SWAPPED_MONDAY, D(2026, 11, 27)),
    ],
)
def test_T30_the_new_holiday_counts_only_in_a_table_that_has_it(table, third):
    assert working_day(D(2026, 11, 20), 3, table) == third


def test_T30_while_it_is_not_known_whether_a_monday_is_off_the_earlier_day_is_given_with_the_later_one():
    counted = DAYS_OFF.working_days_after(D(2026, 11, 20), 3)
    assert (counted.day, counted.later, counted.unknown) == (D(2026, 11, 26), D(2026, 11, 27), (D(2026, 11, 23),))


def test_T30_each_day_that_is_not_known_is_named_up_to_the_later_day():
    """From Friday 20/11/2026, five days: with the swap or without it Monday 30/11; with both days off Tuesday 01/12."""
    counted = DAYS_OFF.working_days_after(D(2026, 11, 20), 5)
    assert (counted.day, counted.later) == (D(2026, 11, 28), D(2026, 12, 1))
    assert counted.unknown == (D(2026, 11, 23), D(2026, 11, 28))


def test_a_doubt_that_changes_nothing_is_not_told():
    counted = DAYS_OFF.working_days_after(D(2026, 11, 18), 1)
    assert (counted.day, counted.later) == (D(2026, 11, 19), None)


@pytest.mark.parametrize("start", [D(2022, 12, 28), D(2027, 12, 30), D(2031, 5, 5)])
def test_a_working_day_outside_the_table_is_refused_aloud(start):
    with pytest.raises(DayOutsideTableError):
        DAYS_OFF.working_days_after(start, 3)


def test_a_year_that_somebody_enters_is_counted_from_then_on():
    table = DAYS_OFF.with_year(2028, entered(2028, "3/1"))
    assert working_day(D(2027, 12, 31), 1, table) == D(2028, 1, 4)


@pytest.mark.parametrize(
    ("day", "alert"),
    [
        (D(2027, 3, 7), D(2027, 3, 5)),  # a Sunday
        (D(2026, 2, 18), D(2026, 2, 13)),  # Tết
        (D(2026, 11, 23), D(2026, 11, 20)),  # not known: earlier does no harm
        (D(2026, 8, 22), None),  # a Saturday that is worked
        (D(2029, 8, 17), None),  # a Friday of a year that nobody has entered
        (D(2029, 8, 18), D(2029, 8, 17)),
    ],
)
def test_the_alert_for_a_day_off_comes_on_the_working_day_before(day, alert):
    assert DAYS_OFF.alert_before(day) == alert


@given(start=known_days, count=st.integers(1, 15))
def test_working_days_are_those_of_a_walk_by_hand(start, count):
    day, left = start, count
    year = DAYS_OFF.years
    while left:
        day += timedelta(days=1)
        weekend = day.weekday() > 4 and day not in year[day.year].worked
        unknown = day in year[day.year].unknown
        left -= unknown or not (weekend or day in year[day.year].off)
    assert working_day(start, count) == day


@given(start=known_days, count=st.integers(1, 15))
def test_one_more_working_day_is_always_later_and_a_doubt_never_makes_it_earlier(start, count):
    counted = DAYS_OFF.working_days_after(start, count)
    assert start < counted.day < working_day(start, count + 1)
    assert counted.later is None or counted.later > counted.day


@given(day=known_days)
def test_a_day_rolls_to_the_first_working_day_and_a_working_day_stays(day):
    rolled = DAYS_OFF.rolled_forward(day).day
    passed = [day + timedelta(days=number) for number in range((rolled - day).days)]
    assert all(DAYS_OFF.is_off(one) for one in passed)
    assert not DAYS_OFF.is_off(rolled)


@given(day=known_days)
def test_a_day_off_and_its_alert_have_no_working_day_between(day):
    alert = DAYS_OFF.alert_before(day)
    assert (alert is None) is not DAYS_OFF.is_off(day, if_unknown=True)
    assert alert is None or alert < day


def test_every_weekday_off_in_the_table_is_a_weekday_and_every_worked_one_a_saturday():
    for year in DAYS_OFF.years.values():
        assert all(day.weekday() < 5 for day in year.off)
        assert all(day.weekday() == 5 for day in year.worked)


@pytest.mark.parametrize(
    ("start", "months", "corresponding", "start_counted"),
    [
        (D(2025, 3, 10), 24, D(2027, 3, 10), D(2027, 3, 9)),  # T01
        (D(2025, 8, 31), 6, D(2026, 2, 28), D(2026, 2, 28)),  # T02
        (D(2024, 2, 29), 12, D(2025, 2, 28), D(2025, 2, 28)),  # T03
        (D(2024, 2, 29), 48, D(2028, 2, 29), D(2028, 2, 28)),  # T03
        (D(2026, 8, 30), 18, D(2028, 2, 29), D(2028, 2, 29)),  # T04
        (D(2026, 8, 29), 18, D(2028, 2, 29), D(2028, 2, 28)),  # T04
    ],
)
def test_T01_to_T04_a_term_ends_on_the_same_number_or_the_day_before(start, months, corresponding, start_counted):
    assert last_of_term(start, months) == corresponding
    assert last_of_term(start, months, "START_DAY_COUNTED") == start_counted


@given(day=any_day, months=st.integers(-120, 120))
def test_months_keep_the_number_of_the_day_or_fall_on_the_last_of_the_month(day, months):
    result = add_months(day, months)
    assert (result.year * 12 + result.month) - (day.year * 12 + day.month) == months
    assert result.day == day.day or (result.day < day.day and result == last_of_month(result))


@given(day=any_day, months=st.integers(1, 60))
def test_the_two_readings_of_a_term_differ_by_a_day_at_most_and_the_kinder_is_never_later(day, months):
    assert (last_of_term(day, months) - last_of_term(day, months, "START_DAY_COUNTED")).days in (0, 1)


@given(start=any_day, months=st.integers(1, 60), share=st.sampled_from(SHARES))
def test_nobody_waits_longer_for_a_share_than_the_next_whole_month(start, months, share):
    whole = share_of_months(months, share)
    served_on = (
        start + timedelta(days=share_of_days(start, months, share)) if whole is None else add_months(start, whole)
    )
    assert start < served_on <= add_months(start, -int(-(months * share) // 1))


@given(start=any_day, months=st.integers(1, 60), share=st.sampled_from(SHARES))
def test_a_share_in_days_is_the_first_whole_day_that_reaches_it(start, months, share):
    total = (add_months(start, months) - start).days
    elapsed = share_of_days(start, months, share)
    assert elapsed * share.denominator >= total * share.numerator > (elapsed - 1) * share.denominator


def test_twenty_months_halve_into_ten_and_twenty_one_into_days():
    assert share_of_months(20, Fraction(1, 2)) == 10
    assert share_of_months(21, Fraction(1, 2)) is None
