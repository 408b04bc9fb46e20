"""The duties of a new day: the night makes them or, where none did, the first page that somebody of the commune opens.

A server runs for weeks, and a job that did not run tells nobody. So a commune keeps the day that its duties are of, on
the row that every page reads anyway; where that is not today, the request that says so first brings them up to date.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import Flask, current_app, g, request
from flask_login import current_user
from sqlalchemy import or_, select, update

from portal.duties.actions import renew, sources
from portal.duties.models import Duty
from portal.duties.queries import still_open
from portal.duties.rules import Source
from portal.engine import clock
from portal.engine.db import base_of, db, own_transaction
from portal.engine.transaction import transaction
from portal.organisation.models import Unit, line_of

SLICE = 50  # records of one transaction: others who write wait for no more than these


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

    The day is kept first, so that of several processes one does it, and so that a fault, which is loud, shuts nobody
    out for the rest of the day: the night's job does all of it again.
    """
    if not _first_to_ask(commune_id):
        return
    _renew(_concerned(commune_id))


def renew_all() -> int:
    """Renew the duties of every record that makes any, and tell of how many: for the night, and after a start.

    Whatever went wrong with them is mended by it; pages then know that they need not ask.
    """
    count = _renew(_everything())
    with own_transaction() as rows:
        rows.execute(update(Unit.__table__).values(duties_on=clock.today()))  # type: ignore[arg-type]
    return count


def _renew(concerned: Iterable[tuple[Source, int]]) -> int:
    """A slice at a time, each in a transaction of its own: others may write in between."""
    found = list(concerned)
    for first in range(0, len(found), SLICE):
        with transaction(None):
            for source, number in found[first : first + SLICE]:
                renew(db.session.get_one(source.record, number), source)
    return len(found)


def _everything() -> Iterator[tuple[Source, int]]:
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


def _concerned(commune_id: int) -> Iterator[tuple[Source, int]]:
    """Whatever still owes something, and whatever a new day may ask of: not the many that are done with."""
    for source in sources():
        record, kind = source.record, base_of(source.record).__tablename__
        owing = select(Duty.subject_id).where(Duty.subject_type == kind, still_open())
        owing = owing.where(Duty.commune_id.in_(line_of(commune_id)))
        concerned = or_(source.goes_on(commune_id), record.id.in_(owing))
        for number in db.session.scalars(select(record.id).where(concerned, record.voided_at.is_(None))):
            yield source, number
