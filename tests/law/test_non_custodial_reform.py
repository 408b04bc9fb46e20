"""Non-custodial reform (cải tạo không giam giữ): vectors T12, T17 and T18."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.law import non_custodial_reform as regime
from portal.law.days import add_months
from portal.law.rule import Cut, Term

D = date
EIGHTEEN_MONTHS = Term(starts_on=D(2026, 1, 15), months=18, received_on=D(2026, 1, 16))
MINOR = replace(EIGHTEEN_MONTHS, months=20, born_on=D(2009, 6, 1))


def days(dues):
    return {(each.rule, each.period): each.due_on for each in dues}


def test_T17_eighteen_months_from_15_january_2026_have_these_dates():
    assert days(regime.calendar(EIGHTEEN_MONTHS)) == {
        ("NCR-REDUCE", ""): D(2026, 7, 15),
        ("NCR-REDUCE", "floor"): D(2026, 10, 15),
        ("NCR-HANDOVER", ""): D(2027, 7, 12),
        ("NCR-CERT", ""): D(2027, 7, 15),
        ("NCR-START", ""): D(2027, 7, 15),
    }


def test_T17_all_absences_together_last_a_third_of_546_days():
    assert regime.term_days(EIGHTEEN_MONTHS) == 546
    limits = regime.absence_limits(D(2026, 3, 1), 546)
    assert (limits.each, limits.total) == (30, 182)


@pytest.mark.parametrize(("months", "allowed"), [(2, False), (3, True), (9, True), (10, False)])
def test_T17_a_reduction_is_3_to_9_months(months, allowed):
    assert (regime.refuse_cut(EIGHTEEN_MONTHS, D(2026, 7, 15), months) == []) is allowed


def test_T17_a_day_before_a_third_is_served_nothing_may_be_reduced():
    (refusal,) = regime.refuse_cut(EIGHTEEN_MONTHS, D(2026, 7, 14), 3)
    assert refusal.numbers == {"eligible_on": D(2026, 7, 15)}


def test_T18_twenty_days_of_detention_deduct_sixty_days_after_the_months():
    credit = regime.detention_credit(20, D(2026, 1, 15))
    assert credit == 60
    term = replace(EIGHTEEN_MONTHS, months=12, credit_days=credit)
    assert regime.last_day(term).due_on == D(2026, 11, 16)
    assert regime.last_day(term).inputs["credit_days"] == 60


def test_days_credited_for_detention_count_as_served_and_the_other_reading_is_told():
    term = replace(EIGHTEEN_MONTHS, months=12, credit_days=60)
    (right,) = [each for each in regime.calendar(term) if (each.rule, each.period) == ("NCR-REDUCE", "")]
    assert (right.due_on, right.note_values) == (D(2026, 3, 16), {"other": D(2026, 5, 15)})
    assert not right.confirmed


def test_a_printed_end_already_contains_the_credit():
    term = replace(EIGHTEEN_MONTHS, months=12, credit_days=60, printed_ends_on=D(2026, 11, 16))
    assert (regime.last_day(term).due_on, regime.last_day(term).note) == (D(2026, 11, 16), "")


@pytest.mark.parametrize(("length", "allowed"), [(30, True), (31, False), (60, False)])
def test_T12_an_absence_lasts_30_days_at_most(length, allowed):
    returns_on = D(2026, 3, 1) + timedelta(days=length - 1)
    assert (regime.refuse_absence(D(2026, 3, 1), returns_on, 546, 0) == []) is allowed
    assert regime.refuse_absence(D(2026, 3, 1), returns_on, 546, 0, medical=True) == []
    assert regime.refuse_absence(D(2026, 3, 1), returns_on, 546, 0, abroad=True)[0].rule == "COM-NO-EXIT"


def test_a_minor_may_be_reduced_after_a_quarter_and_serves_two_fifths():
    dues = days(regime.calendar(MINOR))
    assert dues["NCR-REDUCE", "minor"] == D(2026, 6, 15)
    assert dues["NCR-REDUCE", "minor_floor"] == D(2026, 9, 15)
    assert regime.refuse_cut(MINOR, D(2026, 6, 15), 9) == []
    adult = replace(MINOR, born_on=D(1990, 1, 1))
    assert regime.refuse_cut(adult, D(2026, 6, 15), 9) != []


def test_who_grows_up_before_a_quarter_is_served_waits_for_a_third():
    grown = replace(MINOR, born_on=D(2008, 6, 15))
    assert ("NCR-REDUCE", "minor") not in days(regime.calendar(grown))


def test_for_merit_a_quarter_opens_up_to_twelve_months_with_a_floor_of_two_fifths():
    term = replace(EIGHTEEN_MONTHS, months=20)
    limits = regime.cut_limits(term, D(2026, 6, 15), special=True)
    assert (limits.least, limits.most, limits.earliest_end.due_on) == (1, 12, D(2026, 9, 15))
    assert regime.cut_limits(term, D(2026, 6, 14), special=True).most == 0
    assert regime.cut_limits(replace(term, months=36), D(2026, 10, 15), special=True).most == 12


def test_for_merit_a_minor_may_be_reduced_at_once():
    assert regime.refuse_cut(MINOR, D(2026, 1, 15), 12, special=True) == []
    assert regime.refuse_cut(MINOR, D(2026, 1, 15), 13, special=True) != []
    assert regime.refuse_cut(MINOR, D(2026, 9, 15), 12, special=True) == []


def test_the_old_law_gives_three_working_days_for_the_summons_and_seven_days_for_the_file():
    dues = days(regime.reception(D(2026, 1, 15), D(2026, 1, 20)))
    assert dues == {("NCR-SUMMON", ""): D(2026, 1, 20), ("NCR-FILE", ""): D(2026, 1, 27)}


def test_a_self_report_is_not_owed_for_days_of_a_permitted_absence():
    notes = {each.rule: each.note for each in regime.monthly(EIGHTEEN_MONTHS, D(2026, 8, 1))}
    assert set(notes) == {"COM-SELF-REPORT", "COM-ROLLCALL", "COM-ASSESS-MONTHLY"}
    assert notes["COM-SELF-REPORT"]
    assert not notes["COM-ROLLCALL"]


def test_the_review_and_the_helper_are_those_of_the_new_decree():
    assert regime.review(D(2026, 10, 2)).due_on == D(2026, 10, 9)
    assert regime.review(D(2026, 6, 30)) is None
    assert [each.period for each in regime.quarterly(EIGHTEEN_MONTHS, D(2026, 8, 1))] == ["2026-Q3"]


def test_a_doubt_about_the_year_is_told():
    term = replace(EIGHTEEN_MONTHS, months=36, cuts=(Cut(D(2027, 3, 1), 3),))
    assert regime.refuse_cut(term, D(2028, 2, 1), 3) == []
    assert len(regime.doubts_about_cut(term, D(2028, 2, 1), 3)) == 1


@given(
    start=st.dates(D(2020, 1, 1), D(2026, 12, 31)),
    months=st.integers(6, 36),
    cut=st.integers(3, 9),
    wait=st.integers(0, 400),
    credit=st.integers(0, 90),
)
def test_a_reduction_that_is_not_refused_leaves_at_least_half(start, months, cut, wait, credit):
    term = Term(start, months, start, credit_days=credit)
    right = days(regime.calendar(term))["NCR-REDUCE", ""]
    decided_on = max(start, right) + timedelta(days=wait)
    assume(not regime.refuse_cut(term, decided_on, cut))
    shortened = regime.last_day(replace(term, cuts=(Cut(decided_on, cut),))).due_on
    assert add_months(start, -(-months // 2)) - timedelta(days=credit) <= shortened < regime.last_day(term).due_on
