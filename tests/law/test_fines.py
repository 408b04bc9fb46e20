"""The band of fines for the use of drugs, by the decree of the day (vector T27)."""

from datetime import date

import pytest

from portal.law import fines


@pytest.mark.parametrize(("day", "source"), [(date(2025, 12, 14), "144/2021"), (date(2025, 12, 15), "282/2025")])
def test_the_decree_of_the_day_is_cited(day, source):
    refusal = fines.outside_of_band(999_999, day)[0]
    assert source in refusal.source
    assert refusal.numbers == {"least": 1_000_000, "most": 2_000_000}


@pytest.mark.parametrize("amount", [0, 1_000_000, 1_500_000, 2_000_000])
def test_a_warning_and_both_ends_of_the_band_are_within_it(amount):
    assert fines.outside_of_band(amount, date(2024, 7, 18)) == []


def test_the_middle_of_the_band_times_six_is_what_the_report_tells():
    assert 6 * fines.middle(date(2024, 7, 18)) == 9_000_000


def test_nothing_is_said_of_days_before_the_decree():
    assert fines.outside_of_band(5, date(2021, 12, 31)) == []
    assert fines.middle(date(2021, 12, 31)) is None
