"""Numbers that a commune gives out one after the other, anew each year.

What follows a commune goes on where it stood: *among* is its whole line, or two records would bear the same number."""

from typing import Any

from sqlalchemy import ColumnElement, func, select

from portal.engine.db import db


def next_number(column: Any, prefix: str, *among: ColumnElement[bool], digits: int = 3) -> str:
    """The next number after those that begin with *prefix*, as 2026-014; *digits* at least, more as they come.

    Called under the write lock, so that no two get the same.
    """
    given = select(column).where(column.startswith(prefix), *among)
    last = db.session.scalar(given.order_by(func.length(column).desc(), column.desc()).limit(1))
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:0{digits}d}"
