"""One transaction a deed: the change, its steps and its audit events, or nothing of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from flask import current_app, g, has_request_context
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from portal.engine import audit, clock, once
from portal.engine.audit import Signer, Writer
from portal.engine.db import Kept, db, lock
from portal.engine.refusal import Conflict, Forbidden, NoLongerOpen

Deeds = Sequence[tuple[str, Kept]]  # each by name, with the record that it was done to

WRITERS_LOCK = 2


@dataclass(frozen=True)
class Together:
    """Many deeds that are saved at once, in which records of some kinds stay as they are.

    *changed*: the records of which consequences are still to be drawn at the end; None where the teller does it.
    *draws*: each deed draws its own, as one that is saved by itself.
    """

    news_from: datetime | None
    unchanging: tuple[type[Kept], ...]
    changed: list[Kept] | None = None
    draws: bool = False

    def is_news(self, at: datetime) -> bool:
        return self.news_from is not None and at >= self.news_from


@contextmanager
def transaction(actor: Signer | None, editing: Kept | None = None, version: int | None = None) -> Iterator[None]:
    """Write as *actor*: all that is done inside is saved and signed, or none of it.

    What was read before is read anew under the write lock, and the right by which the page was opened is asked again.
    *editing* with the *version* that the form showed makes sure that nobody else changed the record meanwhile.
    Raises Conflict if somebody did. A form that was sent before is not done again (`once`). A transaction within a
    transaction is the outer one. A refusal is an event of its own, written once the lock is free.
    """
    if in_deed():
        yield
        return
    session = db.session()
    saving = session.begin_nested() if "together" in session.info else _saved(session)
    try:
        with saving, _signed(session, actor, editing, version):
            yield
    except StaleDataError as stale:
        raise Conflict(editing) from stale
    except Forbidden as refused:
        if "together" not in session.info:  # there the lock is still held, and it is no request that is refused
            audit.tell("refused", actor, refused.record, wanted=refused.wanted)
        raise
    except NoLongerOpen as ended:
        audit.tell("refused", actor, None, **ended.asked)
        raise


def in_deed() -> bool:
    """Whether somebody writes now: what was known before does not count."""
    return "writer" in db.session().info


def read_at_one_moment() -> None:
    """Read anew, all that follows as it stands at this moment, whatever others write until this one writes or undoes.

    On SQLite every transaction reads so. Within a deed nobody else writes, and nothing is read anew.
    """
    if in_deed():
        return
    session = db.session()
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


@contextmanager
def together(news_from: datetime | None = None, unchanging: tuple[type[Kept], ...] = ()) -> Iterator[None]:
    """Save many deeds of many people at once, each signed by whoever does it, or none of them.

    For telling the example commune: it is there whole or not at all, and the disk waits once. Never within a request.
    What was done before *news_from* is news to nobody; without it nothing is. Records of *unchanging* kinds are not
    read anew with each deed: those who act, and their units, would be read thousands of times.
    """
    if has_request_context():
        raise RuntimeError("A request does one deed.")
    session = db.session()
    with _saved(session):
        session.info["together"] = Together(news_from, unchanging)
        try:
            yield
        finally:
            del session.info["together"]


def go_on_as_any_day() -> None:
    """Let each further deed of a story that is saved together draw what follows from it, and be news.

    For what its people do last, once the duties of the day are there.
    """
    told: Together = db.session.info["together"]
    db.session.info["together"] = replace(told, news_from=datetime.min.replace(tzinfo=UTC), draws=True)


@contextmanager
def several(actor: Signer) -> Iterator[None]:
    """Save several deeds of one request at once: each is signed, or undone, by itself, and the disk waits once.

    For what a phone brings. What follows from the deeds, such as duties, is drawn once, at the end. The lock is held
    from the beginning, so nothing is read anew in between. Who does the deeds tells the trail of each refusal.
    """
    session = db.session()
    with _saved(session):
        changed: list[Kept] = []
        session.info["together"] = Together(datetime.min.replace(tzinfo=UTC), (Kept,), changed)
        try:
            yield
            with _signed(session, actor, None, None):
                _draw(dict.fromkeys(changed))
        finally:
            del session.info["together"]


@contextmanager
def _saved(session: Session) -> Iterator[None]:
    """Take the write lock, commit at the end, and move the kept head of the chain; at any error undo all of it."""
    session.rollback()
    lock(session.connection(execution_options={"writes": True}), WRITERS_LOCK)
    try:
        yield
        session.flush()
        head = session.info.get("audit_head")
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("audit_head", None)
    if head:
        audit.keep_head(head)


@contextmanager
def _signed(session: Session, actor: Signer | None, editing: Kept | None, version: int | None) -> Iterator[None]:
    """Let one person write, and chain the events of what they did."""
    _read_anew(session)
    session.info["writer"] = Writer(actor, {}, [])
    try:
        once.look(session)
        _still_open()
        if editing is not None:
            unchanged(editing, version)
        yield
        session.flush()
        _follow(session, "when_done")
        _renew(session)
        _follow(session, "when_told")
        audit.append(session, actor, audit.entries_of(session.info["writer"]))
        once.keep(session)
    finally:
        session.info.pop("writer", None)


def _read_anew(session: Session) -> None:
    """Forget what was read before. While a whole story is told nobody else writes, so what it leaves alone is known."""
    told: Together | None = session.info.get("together")
    if told is None or not told.unchanging:
        session.expire_all()
        return
    if Kept in told.unchanging:
        return
    for record in list(session):
        if not isinstance(record, told.unchanging):
            session.expire(record)


def unchanged(record: Kept, version: int | None) -> None:
    """Raise Conflict if somebody changed a record since a form showed this version of it.

    `transaction` asks it of the record that is edited; a deed asks it, within the transaction, of any other.
    """
    if version is not None and record.version != version:
        raise Conflict(record)


def _renew(session: Session) -> None:
    """Let rooms draw the consequences of what was changed, such as duties, so that no action can forget them.

    While many deeds are saved at once they wait for the end.
    """
    changed = session.info["writer"].changes
    told: Together | None = session.info.get("together")
    if told is None or told.draws:
        _draw(changed)
        session.flush()
    elif told.changed is not None:
        told.changed.extend(changed)


def _draw(changed: Iterable[Kept]) -> None:
    for draw_consequences in current_app.extensions.get("when_changed", ()):
        draw_consequences(list(changed))


def _follow(session: Session, what: str) -> None:
    """Let rooms do what follows from the deeds that were done, then tell people of all of it."""
    deeds = list(audit.deeds_of(session.info["writer"]))
    for follow in current_app.extensions.get(what, ()):
        follow(deeds)
    session.flush()


def is_news() -> bool:
    """Whether anybody is to be told of what the open transaction does: of a story only its last days."""
    told: Together | None = db.session.info.get("together")
    return "no_news" not in db.session.info and (told is None or told.is_news(clock.now()))


@contextmanager
def no_news() -> Iterator[None]:
    """Let nobody be told of what is done inside: what an import brings in happened long ago."""
    db.session.info["no_news"] = True
    try:
        yield
    finally:
        del db.session.info["no_news"]


@contextmanager
def brought_in() -> Iterator[None]:
    """Let nothing follow inside from deeds that were done elsewhere, and nobody be told of them."""
    db.session.info["brought_in"] = True
    try:
        with no_news():
            yield
    finally:
        del db.session.info["brought_in"]


def done_here(follow: Callable[[Deeds], None]) -> Callable[[Deeds], None]:
    """What a room does after deeds, save those of which an import only tells: what followed comes with them."""

    def unless_brought_in(deeds: Deeds) -> None:
        if "brought_in" not in db.session.info:
            follow(deeds)

    return unless_brought_in


def _still_open() -> None:
    """Ask again for the right by which this request came in: it may have ended while the form was open."""
    if has_request_context():
        for ask_again in g.get("opened_by", ()):
            ask_again()
