"""A term may be shortened more than once: from when, after each cut, by the law of each sentence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.law import REGIMES, policies
from portal.law.days import add_months
from portal.law.rule import Cut, Term

D = date
STARTS, FIVE_YEARS = D(2022, 3, 15), 60
SHORTENED = ("suspended_sentence", "conditional_release", "non_custodial_reform")


def term(*cuts, starts_on=STARTS, months=FIVE_YEARS, **more):
    return Term(starts_on=starts_on, months=months, received_on=starts_on, cuts=cuts, **more)


def rights(of, regime="suspended_sentence", parameters=None):
    law = REGIMES[regime]
    found = law.calendar(of, parameters or law.PARAMETERS)
    return [due for due in found if due.kind == "right" and not due.period.endswith("floor")]


def days(*args, **more):
    return [due.due_on for due in rights(*args, **more)]


def reading(name):
    return REGIMES["suspended_sentence"].PARAMETERS.choosing("once_a_year", name)


def test_before_any_cut_there_is_one_right():
    assert days(term()) == [D(2024, 9, 15)]


@pytest.mark.parametrize(
    ("chosen", "next_on"),
    [("both", D(2025, 1, 1)), ("calendar_year", D(2025, 1, 1)), ("twelve_months", D(2025, 9, 15))],
)
def test_after_a_cut_the_next_right_opens_once_a_year_by_the_chosen_reading(chosen, next_on):
    assert days(term(Cut(D(2024, 9, 15), 12)), parameters=reading(chosen)) == [D(2024, 9, 15), next_on]


def test_the_next_right_names_the_other_reading_and_is_not_certain():
    following = rights(term(Cut(D(2024, 9, 15), 12)))[1]
    assert (following.period, following.confirmed) == ("2", False)
    assert following.note_values == {"other": D(2025, 9, 15)}
    assert "Điều 89 khoản 2" in following.source


def test_where_a_year_has_passed_by_both_readings_the_next_right_is_as_certain_as_the_number():
    following = rights(term(Cut(D(2024, 9, 15), 3)), parameters=reading("twelve_months"))[1]
    assert (following.confirmed, following.note) == (True, "")


def test_a_term_that_was_cut_down_to_its_floor_has_no_further_right():
    assert len(rights(term(Cut(D(2024, 9, 15), 12), Cut(D(2025, 9, 15), 3)))) == 2


def test_a_rest_above_the_floor_that_is_smaller_than_the_smallest_cut_gives_no_right():
    starts = D(2026, 7, 15)
    released = {"starts_on": starts, "months": 20}  # the floor is 15 months, and a cut takes 3 at least
    assert len(rights(term(Cut(D(2027, 5, 15), 3), **released), regime="conditional_release")) == 1


def test_a_cut_for_merit_before_the_first_right_makes_the_next_one_open_no_earlier_than_the_first():
    assert days(term(Cut(D(2022, 12, 1), 3))) == [D(2024, 9, 15), D(2024, 9, 15)]


def test_a_minor_keeps_the_lower_floor_in_the_next_round():
    reform = {"starts_on": D(2024, 1, 1), "months": 36}  # an adult serves 18 of them, a minor 15
    cut, minor = Cut(D(2024, 10, 1), 16), D(2009, 1, 1)
    assert len(rights(term(cut, **reform), regime="non_custodial_reform")) == 1
    assert len(rights(term(cut, born_on=minor, **reform), regime="non_custodial_reform")) == 2


@pytest.mark.parametrize("regime", ["residence_supervision", "residence_ban"])
def test_a_waiver_of_the_rest_has_no_second_round(regime):
    assert len(rights(term(Cut(D(2024, 9, 15), 3)), regime=regime)) == 1


@given(
    regime=st.sampled_from(SHORTENED),
    wait=st.integers(0, 700),
    months=st.integers(3, 9),
    chosen=st.sampled_from(list(policies.POLICIES["once_a_year"].readings)),
)
def test_the_law_refuses_the_year_on_no_day_from_which_it_says_that_a_right_opens(regime, wait, months, chosen):
    law = REGIMES[regime]
    parameters = law.PARAMETERS.choosing("once_a_year", chosen)
    first = rights(term(), regime=regime, parameters=parameters)[0].due_on
    once = term(Cut(D.fromordinal(first.toordinal() + wait), months))
    for following in rights(once, regime=regime, parameters=parameters)[1:]:
        refused = law.refuse_cut(once, following.due_on, 3, parameters=parameters)
        assert not [one for one in refused if "once a year" in one.message]
        day_before = D.fromordinal(following.due_on.toordinal() - 1)
        if day_before > first and following.due_on < add_months(once.starts_on, 40):
            assert law.refuse_cut(once, day_before, 3, parameters=parameters)
