"""The duties of a new day: the night makes them or, where none did, the first page that somebody of the commune opens.

A server runs for weeks, and a job that did not run tells nobody. So a commune keeps the day that its duties are of, on
the row that every page reads anyway; where that is not today, the request that says so first brings them up to date.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from flask import Flask, current_app, g, request
from flask_login import current_user
from sqlalchemy import Update, or_, select, update
from sqlalchemy.exc import DBAPIError

from portal.duties.actions import renew, sources
from portal.duties.models import Duty
from portal.duties.queries import still_open
from portal.duties.rules import Source
from portal.engine import clock
from portal.engine.db import base_of, db, own_transaction
from portal.engine.faults import out_of_reach, traced
from portal.engine.transaction import transaction
from portal.organisation.models import Unit, line_of

log = logging.getLogger("portal")

SLICE = 50  # records of one transaction: others who write wait for no more than these
Subject = tuple[Source, int]


class NotRenewedError(Exception):
    """Some of the records whose duties were renewed could not be; the log says why."""

    def __init__(self, count: int, failed: Sequence[str]) -> None:
        super().__init__(", ".join(failed))
        self.count, self.failed = count, failed


def init_app(app: Flask) -> None:
    app.before_request(_open_the_day)


def _open_the_day() -> None:
    """Before a page is read by somebody who acts in a commune. A deed is followed by a page, and needs none."""
    view: Any = current_app.view_functions.get(request.endpoint or "")
    if request.method != "GET" or getattr(view, "access", "public") == "public":
        return
    if current_user.is_authenticated and current_user.acting is not None:
        g.commune = db.session.get(Unit, current_user.acting.commune_id)  # the frame of the page asks for it again
        if g.commune is not None and g.commune.duties_on != clock.today():
            keep_up(g.commune.id)


def keep_up(commune_id: int) -> None:
    """Bring the duties of a commune up to the day, once, whoever asks.

    The day is kept first, so that of several processes one does it. Whatever goes wrong is told in the log and to
    nobody else: reading goes on. Where the database takes nothing for now, a later page asks once more; what a rule
    fails at waits for the night's job.
    """
    try:
        if _first_to_ask(commune_id):
            _renew(_concerned(commune_id))
    except Exception as error:
        if not out_of_reach(error):
            raise
        log.error("the duties of commune %s are not those of today: %s", commune_id, traced(error))  # noqa: TRY400
        db.session.rollback()
        with suppress(DBAPIError):
            _give_back(commune_id)


def _give_back(commune_id: int) -> None:
    with own_transaction() as rows:
        table = Unit.__table__
        rows.execute(update(table).where(table.c.id.in_(line_of(commune_id))).values(duties_on=None))  # type: ignore[arg-type]


def renew_all() -> int:
    """Renew the duties of every record that makes any, and tell of how many: for the night, and after a start.

    Whatever went wrong with them is mended by it; pages then know that they need not ask. The day is that of its
    begin: where it goes on past midnight, the first page of the new day does its own. Raises NotRenewedError at the
    end, with what could not be renewed; then pages ask once more.
    """
    today, count = clock.today(), _renew_each()
    with own_transaction() as rows:
        rows.execute(_dated(today))
    return count


def renew_along() -> None:
    """The same within a story that is saved together: nobody else may write yet, or sees any of it."""
    _renew_each()
    db.session.execute(_dated(clock.today()))


def _renew_each() -> int:
    found = list(_everything())
    if failed := _renew(found):
        raise NotRenewedError(len(found), failed)
    return len(found)


def _dated(today: date) -> Update:
    table = Unit.__table__
    older = or_(table.c.duties_on.is_(None), table.c.duties_on < today)
    return update(table).where(older).values(duties_on=today)  # type: ignore[arg-type]


def _renew(concerned: Iterable[Subject]) -> list[str]:
    """A slice at a time, each in a transaction of its own: others may write in between. Tells what failed.

    One file at which a rule fails must not cost all others their day, so the rest of its slice is done one by one.
    """
    found, failed = list(concerned), []
    for first in range(0, len(found), SLICE):
        some = found[first : first + SLICE]
        if not _renewed(some):
            failed += [_called(one) for one in some if not _renewed([one])]
    return failed


def _renewed(some: Sequence[Subject]) -> bool:
    """Renew together, all or nothing. Whatever a rule makes of a file is told in the log, as a page's fault is."""
    try:
        with transaction(None):
            for source, number in some:
                renew(db.session.get_one(source.record, number), source)
    except Exception as error:
        if out_of_reach(error):  # no fault of a file: the others would wait for the same
            raise
        log.error("duties of %s were not renewed: %s", ", ".join(map(_called, some)), traced(error))  # noqa: TRY400
        return False
    return True


def _called(one: Subject) -> str:
    return f"{one[0].record.__tablename__} {one[1]}"


def _everything() -> Iterator[Subject]:
    for source in sources():
        for number in db.session.scalars(select(source.record.id).where(source.record.voided_at.is_(None))):
            yield source, number


def _first_to_ask(commune_id: int) -> bool:
    today, table = clock.today(), Unit.__table__
    older = or_(table.c.duties_on.is_(None), table.c.duties_on != today)
    claim = update(table).where(table.c.id.in_(line_of(commune_id)), older)  # type: ignore[arg-type]
    with own_transaction() as rows:
        claimed: Any = rows.execute(claim.values(duties_on=today))
        return bool(claimed.rowcount)


def _concerned(commune_id: int) -> Iterator[Subject]:
    """Whatever still owes something, and whatever a new day may ask of: not the many that are done with."""
    for source in sources():
        record, kind = source.record, base_of(source.record).__tablename__
        owing = select(Duty.subject_id).where(Duty.subject_type == kind, still_open())
        owing = owing.where(Duty.commune_id.in_(line_of(commune_id)))
        concerned = or_(source.goes_on(commune_id), record.id.in_(owing))
        for number in db.session.scalars(select(record.id).where(concerned, record.voided_at.is_(None))):
            yield source, number
