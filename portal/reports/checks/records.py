"""Which records a check looks at: those that stand, those of a period, those that lack something."""

from typing import Any

from sqlalchemy import ColumnElement, Date, Select, or_, select

from portal.engine.db import local_day
from portal.engine.indicators import Period


def day_of(column: Any) -> Any:
    """The day of a moment, or the day itself."""
    return column if isinstance(column.type, Date) else local_day(column)


def in_period(column: Any, period: Period) -> ColumnElement[bool]:
    """Whether a day, or the day of a moment, lies in a period."""
    found: ColumnElement[bool] = day_of(column).between(period.first, period.last)
    return found


def standing(record: Any, period: Period) -> Select[Any]:
    """The records of the communes of a period that stand."""
    return select(record).where(record.commune_id.in_(period.communes), record.voided_at.is_(None))


def of_period(record: Any, column: Any, period: Period) -> Select[Any]:
    """The records that stand and are of a day of the period."""
    return standing(record, period).where(in_period(column, period))


def is_empty(column: Any) -> ColumnElement[bool]:
    """Whether nobody filled a column in."""
    nothing: ColumnElement[bool] = column.is_(None)
    return or_(nothing, column == "") if column.type.python_type is str else nothing
