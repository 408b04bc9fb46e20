"""Deferred or suspended prison: what the commune owes."""

from datetime import date

from portal.law import prison_deferral as regime
from portal.law.rule import Term

D = date
DEFERRED = Term(starts_on=D(2026, 5, 4), months=6, received_on=D(2026, 5, 6))


def test_since_2026_the_supervision_starts_within_three_working_days_and_report_and_plan_follow_the_reception():
    steps = [(each.rule, each.due_on) for each in regime.reception(D(2026, 7, 2), D(2026, 7, 3))]
    assert steps == [
        ("DEF-ASSIGN", D(2026, 7, 7)),
        ("COM-RECEPTION-REPORT", D(2026, 7, 8)),
        ("COM-PLAN", D(2026, 7, 10)),
    ]
    assert regime.reception(D(2026, 6, 30)) == []


def test_a_running_deferral_has_its_roll_call_and_its_assessment_from_july_2026_to_its_end():
    assert regime.monthly(DEFERRED, D(2026, 6, 1)) == []
    assert [each.rule for each in regime.monthly(DEFERRED, D(2026, 7, 1))] == ["COM-ROLLCALL", "COM-ASSESS-MONTHLY"]
    assert [each.due_on for each in regime.monthly(DEFERRED, D(2026, 11, 1))] == [D(2026, 11, 4), D(2026, 11, 4)]
    assert regime.monthly(DEFERRED, D(2026, 12, 1)) == []


def test_it_ends_as_printed_or_else_after_its_months():
    assert (regime.last_day(DEFERRED).due_on, regime.last_day(DEFERRED).confirmed) == (D(2026, 11, 4), False)
    printed = Term(D(2026, 5, 4), 6, D(2026, 5, 6), printed_ends_on=D(2026, 11, 3))
    assert (regime.last_day(printed).due_on, regime.last_day(printed).confirmed) == (D(2026, 11, 3), True)
    assert regime.calendar(printed) == [regime.last_day(printed)]
    assert regime.term_days(printed) == 183
