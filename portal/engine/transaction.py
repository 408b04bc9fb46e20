"""One transaction a deed: the change, its steps and its audit events, or nothing of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app, g, has_request_context
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from portal.engine import audit
from portal.engine.audit import Signer, Writer
from portal.engine.db import Kept, db, lock
from portal.engine.refusal import Conflict

WRITERS_LOCK = 2


@contextmanager
def transaction(actor: Signer | None, editing: Kept | None = None, version: int | None = None) -> Iterator[None]:
    """Write as *actor*: all that is done inside is saved and signed, or none of it.

    What was read before is read anew under the write lock, and the right by which the page was opened is asked again.
    *editing* with the *version* that the form showed makes sure that nobody else changed the record meanwhile.
    Raises Conflict if somebody did. A transaction within a transaction is the outer one.
    """
    session = db.session()
    if "writer" in session.info:
        yield
        return
    session.rollback()
    lock(session.connection(execution_options={"writes": True}), WRITERS_LOCK)
    session.info["writer"] = Writer(actor, {}, [])
    try:
        _still_open()
        if editing is not None and version is not None and editing.version != version:
            raise Conflict(editing)
        yield
        session.flush()
        _renew(session)
        audit.append(session, actor, audit.entries_of(session.info["writer"]))
        head = session.info.pop("audit_head", None)
        session.commit()
    except StaleDataError as stale:
        session.rollback()
        raise Conflict(editing) from stale
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("writer", None)
    if head:
        audit.keep_head(head)


def _renew(session: Session) -> None:
    """Let rooms draw the consequences of what was changed, such as duties, so that no action can forget them."""
    for draw_consequences in current_app.extensions.get("when_changed", ()):
        draw_consequences(list(session.info["writer"].changes))
    session.flush()


def _still_open() -> None:
    """Ask again for the right by which this request came in: it may have ended while the form was open."""
    if has_request_context():
        for ask_again in g.get("opened_by", ()):
            ask_again()
