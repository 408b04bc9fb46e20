"""Conditional early release (tha tù trước thời hạn có điều kiện): vectors T16 and T21."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.law import conditional_release as regime
from portal.law.days import add_months
from portal.law.rule import Cut, Term

D = date
TWENTY_MONTHS = Term(starts_on=D(2026, 7, 15), months=20, received_on=D(2026, 7, 16))


def days(dues):
    return {(each.rule, each.period): each.due_on for each in dues}


def test_T16_twenty_months_from_15_july_2026_have_these_dates():
    assert days(regime.calendar(TWENTY_MONTHS)) == {
        ("PAR-PRESENT-5D", ""): D(2026, 7, 20),
        ("PAR-SHORTEN", ""): D(2027, 5, 15),
        ("PAR-SHORTEN", "floor"): D(2027, 10, 15),
        ("PAR-HANDOVER", ""): D(2028, 2, 29),
        ("PAR-CERT", ""): D(2028, 3, 15),
        ("PAR-TERM", ""): D(2028, 3, 15),
    }


@pytest.mark.parametrize(("months", "allowed"), [(2, False), (3, True), (5, True), (6, False)])
def test_T16_a_cut_of_3_to_5_months_is_possible_and_no_other(months, allowed):
    assert (regime.refuse_cut(TWENTY_MONTHS, D(2027, 5, 15), months) == []) is allowed
    limits = regime.cut_limits(TWENTY_MONTHS, D(2027, 5, 15))
    assert (limits.least <= months <= limits.most) is allowed


def test_a_rest_of_less_than_three_months_may_be_waived_as_a_whole_three_months_may_not():
    at_the_floor = replace(TWENTY_MONTHS, months=60, cuts=(Cut(D(2029, 1, 15), 15),))  # ends on 15/4/2030
    assert regime.refuse_cut(at_the_floor, D(2030, 2, 15), 2) == []
    assert len(regime.doubts_about_cut(at_the_floor, D(2030, 2, 15), 2)) == 1
    assert regime.refuse_cut(at_the_floor, D(2030, 1, 15), 3) != []


@pytest.mark.parametrize(("special", "born_on"), [(True, None), (False, D(2010, 1, 1))])
def test_for_merit_or_for_a_minor_the_whole_rest_may_be_waived(special, born_on):
    term = replace(TWENTY_MONTHS, born_on=born_on)
    assert regime.refuse_cut(term, D(2027, 5, 15), 10, special=special) == []
    assert regime.refuse_cut(term, D(2027, 5, 14), 10, special=special) != []


def test_who_is_18_on_the_day_of_the_decision_is_no_minor():
    turns_18 = replace(TWENTY_MONTHS, born_on=D(2009, 5, 15))
    assert regime.refuse_cut(turns_18, D(2027, 5, 15), 10) != []
    assert regime.refuse_cut(replace(turns_18, born_on=D(2009, 5, 16)), D(2027, 5, 15), 10) == []


def test_the_person_presents_within_five_days_of_release_or_on_the_next_working_day():
    assert regime.present(D(2026, 7, 15)).due_on == D(2026, 7, 20)
    assert regime.present(D(2026, 7, 13)).due_on == D(2026, 7, 20)  # 18/7 is a Saturday
    staying = regime.PARAMETERS.choosing("person_deadline_roll", "no_roll")
    assert regime.present(D(2026, 7, 13), staying).due_on == D(2026, 7, 18)


def test_a_release_before_the_table_of_days_off_keeps_its_unrolled_day_and_says_why():
    present = regime.present(D(2021, 3, 1))
    assert (present.due_on, present.note_values) == (D(2021, 3, 6), {"year": 2021})


def test_the_family_is_asked_and_an_officer_assigned_within_three_working_days_since_2026():
    dues = days(regime.reception(D(2026, 7, 16)))
    assert dues["PAR-CONTACT-3WD", ""] == dues["COM-ASSIGN-OFFICER", ""] == D(2026, 7, 21)
    assert regime.reception(D(2026, 6, 30)) == []


@pytest.mark.parametrize(
    ("length", "used", "allowed"), [(60, 0, True), (61, 0, False), (3, 200, True), (4, 200, False)]
)
def test_absences_are_limited_as_for_a_suspended_sentence(length, used, allowed):
    returns_on = D(2026, 9, 1) + timedelta(days=length - 1)
    assert regime.term_days(TWENTY_MONTHS) == 609
    assert (regime.refuse_absence(D(2026, 9, 1), returns_on, 609, used) == []) is allowed
    assert regime.refuse_absence(D(2026, 9, 1), returns_on, 609, used, abroad=True)[0].rule == "COM-NO-EXIT"


def test_T21_the_review_follows_within_five_working_days_of_the_first_record():
    assert regime.review(D(2026, 10, 2)).due_on == D(2026, 10, 9)
    assert regime.review(D(2026, 6, 30)) is None


@pytest.mark.parametrize(("breaches", "fines", "suggested"), [(2, 0, True), (0, 2, True), (1, 1, False), (1, 0, False)])
def test_two_breaches_or_two_fines_suggest_cancelling_but_one_of_each_is_for_the_officer(breaches, fines, suggested):
    assert regime.suggests_revocation(D(2026, 10, 1), breaches, fines) is suggested
    mixed = regime.PARAMETERS.choosing("par_revoke_mix", "propose")
    assert regime.suggests_revocation(D(2026, 10, 1), breaches, fines, mixed) is (suggested or breaches == fines == 1)


def test_the_month_of_the_hand_over_fifteen_days_before_the_end_is_the_last_assessed():
    assert ("COM-ASSESS-MONTHLY", "2028-02") in days(regime.monthly(TWENTY_MONTHS, D(2028, 2, 1)))
    assert set(days(regime.monthly(TWENTY_MONTHS, D(2028, 3, 1)))) == {
        ("COM-SELF-REPORT", "2028-03"),
        ("COM-ROLLCALL", "2028-03"),
    }


def test_a_helper_reports_every_quarter():
    assert [each.period for each in regime.quarterly(TWENTY_MONTHS, D(2026, 10, 1))] == ["2026-Q4"]


@given(
    start=st.dates(D(2020, 1, 1), D(2026, 12, 31)),
    months=st.integers(6, 120),
    cut=st.integers(1, 24),
    wait=st.integers(0, 900),
)
def test_a_cut_that_is_not_refused_stays_above_three_quarters(start, months, cut, wait):
    term = Term(start, months, start)
    decided_on = days(regime.calendar(term))["PAR-SHORTEN", ""] + timedelta(days=wait)
    strict = regime.PARAMETERS.choosing("small_remainder", "refuse")
    assume(not regime.refuse_cut(term, decided_on, cut, parameters=strict))
    shortened = regime.last_day(replace(term, cuts=(Cut(decided_on, cut),))).due_on
    assert add_months(start, -(-months * 3 // 4)) <= shortened < regime.last_day(term).due_on
