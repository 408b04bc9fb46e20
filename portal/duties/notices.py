"""Telling people by themselves: a line behind their bell and, where hours count and mail is set, a mail."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import delete, update

from portal.duties import outbox
from portal.duties.models import Notification
from portal.engine import clock
from portal.engine.audit import Writer
from portal.engine.db import Kept, db
from portal.engine.notices import NoticeKind
from portal.engine.transaction import is_news
from portal.organisation.models import User

MORE = "more"  # the value that says of how many further records of the same act a notice tells
KEPT_FOR = timedelta(days=180)  # what was read is put away after that

Deeds = Sequence[tuple[str, Kept]]


def kinds() -> Mapping[str, NoticeKind]:
    """What the rooms declared, by id, in the order of the rooms."""
    return {kind.id: kind for area in current_app.extensions["areas"] for kind in area.notices}


def notify(kind_id: str, subject: Kept, to: Iterable[User], **values: Any) -> None:
    """Tell people of something about a record, within the open transaction. Nobody is told of what they do themselves.

    It is mailed at once where hours count; else the digest of the next morning tells that there is something to read.
    Raises LookupError for a kind that no room declares.
    """
    if kind_id not in kinds():
        raise LookupError(f"No room declares notices of the kind {kind_id}.")
    told = {name: _plain(value) for name, value in values.items()}
    writer: Writer = db.session.info["writer"]
    by = writer.signer.id if writer.signer else None
    users = {one.id: one for one in to if one.id != by and one.is_active}
    if not users:
        return
    _put_away(users)
    about = {"kind": kind_id, "subject_type": subject.kind_of_record, "subject_id": subject.id, "values": told}
    db.session.add_all(Notification(user_id=one, **about) for one in users)
    db.session.flush()
    if kinds()[kind_id].by_hours:
        outbox.announce(users.values(), by_hours())


def by_hours() -> frozenset[str]:
    """The kinds whose subject's clock runs in hours."""
    return frozenset(kind.id for kind in kinds().values() if kind.by_hours)


def forget_unread(user: User, kind_id: str) -> None:
    """Let a notice of a kind that says how things stand give way to the next one."""
    stale = Notification.user_id == user.id, Notification.kind == kind_id, Notification.read_at.is_(None)
    db.session.execute(delete(Notification).where(*stale))


def _plain(value: Any) -> Any:
    """What a column of JSON keeps: days as people write them."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return value if isinstance(value, bool | int) else str(value)


def _put_away(ids: Collection[int]) -> None:
    """Forget what these people read long ago."""
    old = Notification.read_at < clock.now() - KEPT_FOR
    db.session.execute(delete(Notification).where(Notification.user_id.in_(ids), old))


def tell_of(deeds: Deeds) -> None:
    """After a transaction's deeds: what waited is over, and whoever the declared kinds name is told.

    One act is one notice: what a kind would tell somebody of several records is told of the first, with how many more
    there are. Each clock of hours is told by itself.
    """
    if not is_news():
        return
    declared = kinds().values()
    _over(list(dict.fromkeys(record for _deed, record in deeds)), [kind for kind in declared if kind.waits])
    named = {deed: [kind for kind in declared if deed in kind.deeds] for deed in {deed for deed, _record in deeds}}
    together: dict[str, dict[User, dict[Kept, Kept]]] = {}  # by kind and user: what it is about, with the record
    for deed, record in dict.fromkeys(deeds):
        for kind in named[deed]:
            if not kind.follows(deed, record):
                continue
            if kind.by_hours:
                notify(kind.id, kind.about(record), kind.to(record), **kind.values(record))
                continue
            for user in kind.to(record):
                together.setdefault(kind.id, {}).setdefault(user, {}).setdefault(kind.about(record), record)
    for kind_id, by_user in together.items():
        _tell_together(kinds()[kind_id], by_user)


def _tell_together(kind: NoticeKind, by_user: Mapping[User, Mapping[Kept, Kept]]) -> None:
    """Whoever is told of the same records is told in one go."""
    alike: dict[tuple[Kept, ...], list[User]] = {}
    for user, about in by_user.items():
        alike.setdefault(tuple(about), []).append(user)
    for subjects, users in alike.items():
        first = by_user[users[0]][subjects[0]]
        more = {MORE: len(subjects) - 1} if len(subjects) > 1 else {}
        notify(kind.id, subjects[0], users, **kind.values(first), **more)


def _over(records: Iterable[Kept], waiting: Sequence[NoticeKind]) -> None:
    """What waited for somebody to do something about records waits no more, but for those whom it still waits for.

    Those alike are one question, so that a deed done to hundreds of records asks no more than one done to a few.
    """
    alike: dict[tuple[Any, ...], list[int]] = {}
    for record in records:
        for still, ids in _by_who_is_left(record, waiting).items():
            alike.setdefault((record.kind_of_record, still, tuple(ids)), []).append(record.id)
    for (kind_of_record, still, ids), numbers in alike.items():
        about = Notification.subject_type == kind_of_record, Notification.subject_id.in_(numbers)
        done = Notification.kind.in_(ids), Notification.user_id.not_in(still), Notification.read_at.is_(None)
        db.session.execute(update(Notification).where(*about, *done).values(read_at=clock.now()))


def _by_who_is_left(record: Kept, waiting: Iterable[NoticeKind]) -> Mapping[tuple[int, ...], list[str]]:
    """The kinds that may wait about a record, by the users for whom they still do: most of them for nobody."""
    found: dict[tuple[int, ...], list[str]] = {}
    for kind in waiting:
        left = kind.still(record) if isinstance(record, kind.of) else ()
        found.setdefault(tuple(sorted({user.id for user in left})), []).append(kind.id)
    return found


def read(user: User, *wanted: Any) -> None:
    """Mark the user's own notices that fulfil some conditions as read."""
    own = Notification.user_id == user.id, Notification.read_at.is_(None)
    db.session.execute(update(Notification).where(*own, *wanted).values(read_at=clock.now()))
