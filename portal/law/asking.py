"""Asking a rule where the law may have no answer."""

from collections.abc import Callable, Iterable
from typing import Any

from portal.law.days_off import DayOutsideTableError
from portal.law.results import Due
from portal.law.rule import NotInForceError


def asked(question: Callable[..., Any], *facts: Any) -> list[Due]:
    """Ask a rule; nothing where no version of it holds, or where the days off of the year are not entered."""
    try:
        found = question(*facts)
    except (NotInForceError, DayOutsideTableError):
        return []
    return list(found) if isinstance(found, Iterable) else [found]
