"""Management of illegal drug users: vectors T23 to T26."""

from datetime import date, datetime, timedelta, timezone

import pytest

from portal.law import drug_user_management as regime
from portal.law.rule import NotInForceError, Term

D = date
HERE = timezone(timedelta(hours=7))


def managed(decided_on):
    return Term(starts_on=decided_on, months=12, received_on=decided_on)


def test_T23_under_the_old_act_the_chair_decides_within_three_working_days_and_the_year_runs_from_then():
    due = regime.decision(datetime(2026, 3, 5, 9, 0, tzinfo=HERE))
    assert (due.due_on, due.due_at, due.owner) == (D(2026, 3, 10), None, "commune_leader")
    assert regime.last_day(managed(D(2026, 3, 10))).due_on == D(2027, 3, 10)


def test_T24_under_the_new_act_the_chief_decides_within_24_hours_weekends_included():
    due = regime.decision(datetime(2026, 8, 14, 16, 30, tzinfo=HERE))
    assert (due.due_at, due.owner) == (datetime(2026, 8, 15, 16, 30, tzinfo=HERE), "police_chief")
    assert due.due_on == D(2026, 8, 15)
    assert regime.last_day(managed(D(2026, 8, 15))).due_on == D(2027, 8, 15)


def test_the_clock_changes_on_1_july_2026():
    assert regime.decision(datetime(2026, 6, 30, 23, 59, tzinfo=HERE)).due_on == D(2026, 7, 3)
    assert regime.decision(datetime(2026, 7, 1, 0, 0, tzinfo=HERE)).due_at == datetime(2026, 7, 2, 0, 0, tzinfo=HERE)


def test_T25_a_year_from_a_leap_day_ends_on_28_february():
    assert regime.last_day(managed(D(2028, 2, 29))).due_on == D(2029, 2, 28)


def test_T26_custody_does_not_prolong_the_year():
    due = regime.after_custody(managed(D(2026, 8, 15)), released_on=D(2027, 2, 1))
    assert (due.rule, due.due_on) == ("DRU-CUSTODY", D(2027, 8, 15))


def test_T26_custody_past_the_last_day_stops_the_management():
    due = regime.after_custody(managed(D(2026, 8, 15)), released_on=D(2027, 8, 16))
    assert (due.rule, due.due_on) == ("DRU-STOP", D(2027, 8, 15))


def test_custody_that_ends_on_the_last_day_stops_it_only_by_policy():
    term, last = managed(D(2026, 8, 15)), D(2027, 8, 15)
    assert regime.after_custody(term, last).rule == "DRU-CUSTODY"
    stopping = regime.PARAMETERS.choosing("custody_to_last_day", "stops")
    assert regime.after_custody(term, last, stopping).rule == "DRU-STOP"


def test_nothing_is_computed_for_days_before_the_act():
    with pytest.raises(NotInForceError):
        regime.last_day(managed(D(2021, 12, 31)))


def test_the_year_is_the_laws_whatever_the_case_says():
    assert regime.term_days(Term(D(2026, 3, 10), 6, D(2026, 3, 10))) == 365
    assert regime.calendar(managed(D(2026, 3, 10))) == [regime.last_day(managed(D(2026, 3, 10)))]
