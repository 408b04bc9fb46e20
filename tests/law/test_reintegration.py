"""Reintegration after prison (tái hòa nhập cộng đồng): vectors T28 and T29."""

from datetime import date

import pytest

from portal.law import reintegration as regime
from portal.law.rule import NotInForceError, Term

D = date
RELEASED = Term(starts_on=D(2026, 9, 10), months=24, received_on=D(2026, 7, 10))


def days(dues):
    return {(each.rule, each.period): each.due_on for each in dues}


def test_T28_the_helper_is_proposed_in_three_and_the_file_opened_in_five_working_days():
    dues = days(regime.reception(D(2026, 7, 10), reception_on=D(2026, 9, 14)))
    assert dues == {
        ("REI-VERIFY", ""): D(2026, 7, 15),
        ("REI-HELPER", ""): D(2026, 9, 17),
        ("REI-FILE", ""): D(2026, 9, 21),
    }


def test_T28_the_first_report_of_the_helper_is_due_on_1_to_5_october():
    (report,) = regime.quarterly(RELEASED, D(2026, 7, 1))
    assert (report.period, report.opens_on, report.due_on) == ("2026-Q3", D(2026, 10, 1), D(2026, 10, 5))


def test_the_circular_holds_from_may_2024_and_is_not_verified_after_the_new_act():
    assert regime.reception(D(2024, 4, 30)) == []
    assert all(each.confirmed for each in regime.reception(D(2024, 5, 6)))
    assert not any(each.confirmed for each in regime.reception(D(2026, 7, 1)))


def test_the_reintegration_ends_with_the_estimated_clearance():
    last = regime.last_day(RELEASED)
    assert (last.due_on, last.rule, bool(last.note)) == (D(2028, 9, 10), "REC-CLEAR", True)
    assert regime.calendar(RELEASED) == [last]
    assert regime.term_days(RELEASED) == 731


def test_T29_clearance_comes_two_years_after_prison_or_when_residence_supervision_ends():
    assert regime.record_clearance(D(2026, 9, 10), prison_months=36).due_on == D(2028, 9, 10)
    with_supervision = regime.record_clearance(D(2026, 9, 10), 36, additional_ends_on=D(2029, 9, 10))
    assert with_supervision.due_on == D(2029, 9, 10)


def test_T29_a_suspended_sentence_is_cleared_a_year_after_its_probation():
    assert regime.record_clearance(D(2027, 3, 10)).due_on == D(2028, 3, 10)


@pytest.mark.parametrize(("months", "years"), [(60, 2), (61, 3), (180, 3), (181, 5)])
def test_the_longer_the_prison_the_later_the_clearance(months, years):
    assert regime.record_clearance(D(2026, 9, 10), months).due_on == D(2026 + years, 9, 10)


@pytest.mark.parametrize(("months", "years"), [(None, 1), (60, 3), (180, 5), (181, 7)])
def test_for_crimes_against_security_the_court_decides_after_longer_terms(months, years):
    assert regime.record_clearance(D(2026, 9, 10), months, by_court=True).due_on == D(2026 + years, 9, 10)


def test_nothing_is_asked_of_the_person_by_the_month_and_no_absence_is_limited():
    assert regime.monthly(RELEASED, D(2026, 10, 1)) == []
    assert regime.absence_limits(D(2026, 10, 1), 731) is None
    assert regime.refuse_absence(D(2026, 10, 1), D(2027, 10, 1), 731, 0, abroad=True) == []


def test_who_moves_is_taken_over_within_five_working_days():
    assert regime.transfer(D(2026, 10, 2)).due_on == D(2026, 10, 9)
    with pytest.raises(NotInForceError):
        regime.transfer(D(2023, 10, 2))
