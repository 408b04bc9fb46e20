"""Questions on which the law of a regime is silent: nothing is owed, nothing is limited, nothing is refused.

A regime imports from here what it has no rule for, so that all regimes answer the same questions.
"""
# ruff: noqa: ARG001

from datetime import date

from portal.law.breaches import Conduct
from portal.law.hops import Done
from portal.law.rule import AbsenceLimits, Due, Ground, Parameters, Refusal, Term

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


def review(paper_on: date, parameters: Parameters = NO_RULES) -> Due | None:
    """The law sets no day for a review."""
    return None


def review_ground(day: date, conduct: Conduct, parameters: Parameters = NO_RULES) -> Ground | None:
    """Nothing calls for a review."""
    return None


def revocation_ground(day: date, conduct: Conduct, parameters: Parameters = NO_RULES) -> Ground | None:
    """Nothing that a person does turns this into prison."""
    return None


def revocation(reported_on: date, done: Done = (), parameters: Parameters = NO_RULES) -> list[Due]:
    """There is nothing to revoke."""
    return []


def no_show(recorded_on: date, parameters: Parameters = NO_RULES) -> list[Due]:
    """The law sets no days after a summons that was not obeyed."""
    return []


def cut_steps(reported_on: date, done: Done = (), parameters: Parameters = NO_RULES) -> list[Due]:
    """No term is shortened or waived."""
    return []


def residence_change(
    asked_on: date, done: Done = (), other_province: bool = False, parameters: Parameters = NO_RULES
) -> list[Due]:
    """Nobody has to permit a change of residence."""
    return []


def death(told_on: date, done: Done = (), parameters: Parameters = NO_RULES) -> list[Due]:
    """The law sets no days after a death."""
    return []


def prenotice(released_on: date, parameters: Parameters = NO_RULES) -> Due | None:
    """No prison announces the person."""
    return None
