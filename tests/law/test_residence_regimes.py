"""Residence supervision (quản chế) and residence ban (cấm cư trú): vectors T19 and T20."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.law import residence_ban, residence_supervision
from portal.law.rule import Term

D = date
THREE_YEARS = Term(starts_on=D(2026, 8, 20), months=36, received_on=D(2026, 8, 20))
RUNNING = Term(starts_on=D(2025, 1, 10), months=24, received_on=D(2025, 1, 10))


def days(dues):
    return {(each.rule, each.period): each.due_on for each in dues}


def test_T19_three_years_of_residence_supervision_have_these_dates():
    assert days(residence_supervision.calendar(THREE_YEARS)) == {
        ("RS-EXEMPT", ""): D(2028, 2, 20),
        ("RS-HANDOVER", ""): D(2029, 8, 17),
        ("RS-HANDOVER", "certificate"): D(2029, 8, 20),
        ("RS-TERM", ""): D(2029, 8, 20),
    }


@pytest.mark.parametrize(("length", "allowed"), [(10, True), (11, False)])
def test_T19_a_leave_lasts_ten_days_at_most_unless_for_treatment(length, allowed):
    returns_on = D(2026, 9, 1) + timedelta(days=length - 1)
    assert (residence_supervision.refuse_absence(D(2026, 9, 1), returns_on, 1096, 500) == []) is allowed
    assert residence_supervision.refuse_absence(D(2026, 9, 1), returns_on, 1096, 0, medical=True) == []


def test_T19_twelve_days_away_without_permission_are_not_served_and_move_the_end():
    away = replace(THREE_YEARS, credit_days=-12)
    assert residence_supervision.last_day(away).due_on == D(2029, 9, 1)
    assert residence_supervision.last_day(replace(away, printed_ends_on=D(2029, 8, 20))).due_on == D(2029, 9, 1)


def test_all_leaves_together_have_no_limit():
    limits = residence_supervision.absence_limits(D(2026, 9, 1), 1096)
    assert (limits.each, limits.total, limits.total_rule) == (10, None, None)


def test_the_person_presents_in_the_first_week_and_is_assessed_by_the_month_from_july_2026():
    june, july = (days(residence_supervision.monthly(RUNNING, D(2026, month, 1))) for month in (6, 7))
    assert june == {("RS-PRESENT-MONTHLY", "2026-06"): D(2026, 6, 7)}
    assert july == {
        ("RS-PRESENT-MONTHLY", "2026-07"): D(2026, 7, 7),
        ("COM-ROLLCALL", "2026-07"): D(2026, 7, 5),
        ("COM-ASSESS-MONTHLY", "2026-07"): D(2026, 8, 5),
    }


def test_the_quarter_is_assessed_until_the_second_of_2026():
    assert days(residence_supervision.quarterly(RUNNING, D(2026, 4, 1))) == {("RS-ASSESS", "2026-Q2"): D(2026, 7, 5)}
    assert residence_supervision.quarterly(RUNNING, D(2026, 7, 1)) == []


def test_reception_of_either_regime_opens_a_file_under_the_old_law_and_a_plan_without_helper_under_the_new():
    for regime, file in ((residence_supervision, "RS-FILE"), (residence_ban, "RB-FILE")):
        assert days(regime.reception(D(2026, 1, 12))) == {(file, ""): D(2026, 1, 19)}
        # Saturday 22/08/2026 is worked
        assert days(regime.reception(D(2026, 8, 20), D(2026, 8, 21))) == {
            ("COM-ASSIGN-OFFICER", ""): D(2026, 8, 24),
            ("COM-RECEPTION-REPORT", ""): D(2026, 8, 25),
            ("COM-PLAN", ""): D(2026, 8, 27),
        }


@pytest.mark.parametrize(("length", "allowed"), [(5, True), (6, False)])
def test_T20_a_visit_to_a_banned_place_lasts_five_days_at_most(length, allowed):
    returns_on = D(2026, 9, 7) + timedelta(days=length - 1)
    refusals = residence_ban.refuse_absence(D(2026, 9, 7), returns_on, 1096, 0)
    assert (refusals == []) is allowed
    assert all(each.rule == "RB-VISIT" for each in refusals)


def test_a_banned_person_owes_no_report_but_is_called_and_assessed_since_july_2026():
    assert residence_ban.monthly(RUNNING, D(2026, 6, 1)) == []
    assert days(residence_ban.monthly(RUNNING, D(2026, 7, 1))) == {
        ("COM-ROLLCALL", "2026-07"): D(2026, 7, 5),
        ("COM-ASSESS-MONTHLY", "2026-07"): D(2026, 8, 5),
    }
    assert residence_ban.quarterly(RUNNING, D(2026, 7, 1)) == []


def test_a_ban_of_three_years_has_the_same_calendar_by_its_own_clauses():
    assert days(residence_ban.calendar(THREE_YEARS)) == {
        ("RB-EXEMPT", ""): D(2028, 2, 20),
        ("RB-HANDOVER", ""): D(2029, 8, 17),
        ("RB-HANDOVER", "certificate"): D(2029, 8, 20),
        ("RB-TERM", ""): D(2029, 8, 20),
    }
    assert residence_ban.term_days(THREE_YEARS) == residence_supervision.term_days(THREE_YEARS) == 1096
    assert residence_ban.absence_limits(D(2026, 9, 7), 1096).each == 5
