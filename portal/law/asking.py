"""Asking a rule where the law may have no answer."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from portal.law.days_off import DayOutsideTableError
from portal.law.results import Due, Refusal
from portal.law.rule import NotInForceError


def credited(regime: Any, days_detained: int | None, starts_on: date) -> int:
    """The days of a term that were served in custody before it; none where the law of a regime counts none."""
    credit = getattr(regime, "detention_credit", None)
    if credit is None or not days_detained:
        return 0
    try:
        return int(credit(days_detained, starts_on))
    except NotInForceError:
        return 0


def refused_start(regime: Any, starts_on: date, judgment_on: date) -> list[Refusal]:
    """Why a term may not begin on a day, where the law of a regime ties its start to the judgment."""
    refuse = getattr(regime, "refuse_start", None)
    return list(refuse(starts_on, judgment_on)) if refuse else []


def asked(question: Callable[..., Any], *facts: Any) -> list[Due]:
    """Ask a rule; nothing where no version of it holds, or where the days off of the year are not entered."""
    try:
        found = question(*facts)
    except (NotInForceError, DayOutsideTableError):
        return []
    return list(found) if isinstance(found, Iterable) else [found]
