"""Questions on which the law of a regime is silent: nothing is owed, nothing is limited, nothing is refused.

A regime imports from here what it has no rule for, so that all regimes answer the same questions.
"""
# ruff: noqa: ARG001

from datetime import date

from portal.law.rule import AbsenceLimits, Due, Parameters, Refusal, Term

NO_RULES = Parameters({})


def reception(received_on: date, reception_on: date | None = None, parameters: Parameters = NO_RULES) -> list[Due]:
    """No steps follow from receiving the papers."""
    return []


def monthly(term: Term, month: date, parameters: Parameters = NO_RULES) -> list[Due]:
    """Nothing is owed by the month."""
    return []


def quarterly(term: Term, quarter_start: date, parameters: Parameters = NO_RULES) -> list[Due]:
    """Nothing is owed by the quarter."""
    return []


def absence_limits(leaves_on: date, days_of_term: int, parameters: Parameters = NO_RULES) -> AbsenceLimits | None:
    """The law limits no absence."""
    return None


def refuse_absence(
    leaves_on: date, returns_on: date, days_of_term: int, days_used: int,
    abroad: bool = False, medical: bool = False, parameters: Parameters = NO_RULES,
) -> list[Refusal]:  # fmt: skip
    """The law forbids no absence."""
    return []
