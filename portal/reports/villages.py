"""The records of a figure in one village, by the name under which a breakdown tells it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select

from portal.engine.db import db
from portal.engine.indicators import Breakdown, Indicator, Period

VILLAGE = "village"


def parting(one: Indicator) -> Breakdown | None:
    """The breakdown by village whose parts may be opened: of records of their own, none that gives people away."""
    return next((by for by in one.breakdowns if by.name == VILLAGE and by.people is None), None)


def named(one: Indicator, period: Period) -> Mapping[str, Sequence[int]]:
    """The villages in which records of a figure lie, in the period or the year before, by what they are called."""
    by = parting(one)
    if by is None or getattr(by.key, "class_", None) is not one.record:
        return {}
    keys: set[int] = set()
    for days in (period, period.year_before()):
        asked = one.records(days).with_only_columns(by.key).order_by(None).distinct()
        keys |= {key for key in db.session.scalars(asked) if key is not None}
    found: dict[str, list[int]] = {}
    for key, name in by.called(sorted(keys), period.last).items():
        found.setdefault(name, []).append(key)
    return found


def within(found: Select[Any], one: Indicator, villages: Sequence[int]) -> Select[Any]:
    """Those of some records of a figure that lie in some villages."""
    by = parting(one)
    return found if by is None else found.where(by.key.in_(villages))
