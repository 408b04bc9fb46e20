"""Which records a right extends to: every one of these questions is answered by the same condition of the query."""

from collections.abc import Callable, Collection, Iterable
from itertools import chain, compress
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, false, or_, select

from portal.engine.access.table import Actor, Scope, rows_for
from portal.engine.audit import Acting
from portal.engine.db import Kept, db

K = TypeVar("K", bound=Kept)


def reach(user: Actor, action: str, record: type[K]) -> Select[K]:
    """Select the records of a type on which the user may take the action today, in the role they act in."""
    return select(record).where(within(user, action, record))


def within(user: Actor, action: str, record: type[Any]) -> ColumnElement[bool]:
    """The condition behind `reach`, for queries that join further or count."""
    return _condition(user.grants_today, action, record)


def _condition(grants: Iterable[Acting], action: str, record: type[Any]) -> ColumnElement[bool]:
    return or_(false(), *(scope(record, grant) for scope, grant in _scopes(grants, action, record)))


def _scopes(grants: Iterable[Acting], action: str, record: type[Any]) -> tuple[tuple[Scope, Acting], ...]:
    """To what each of the grants extends the right."""
    scopes = rows_for(record).get(action, {})
    return tuple((scopes[grant.role], grant) for grant in grants if grant.role in scopes)


def holds(user: Actor, action: str, record: type[Any]) -> bool:
    """Whether the user's role has the right at all, on whichever record: for places in the rail and the like."""
    return holding(user)(action, record)


def holding(user: Actor) -> Callable[[str, type[Any]], bool]:
    """The same question for whoever asks it of many records at once: their grants are looked at once."""
    grants = user.grants_today
    return lambda action, record: bool(_scopes(grants, action, record))


def find(user: Actor, action: str, record: type[K], id: int) -> K | None:
    return db.session.scalar(reach(user, action, record).where(record.id == id))


def may(user: Actor, action: str, record: Kept) -> bool:
    """Decide on one record by the very query that lists them."""
    return may_by(user.grants_today, action, record)


def may_by(grants: Iterable[Any], action: str, record: Kept) -> bool:
    """The same by some grants, whichever role somebody acts in now: for what does not depend on who asks."""
    kind = type(record)
    reached = select(kind.id).where(_condition(grants, action, kind), kind.id == record.id)
    return bool(db.session.scalar(select(reached.exists())))


def rights(user: Actor, record: Kept, actions: Iterable[str]) -> frozenset[str]:
    """Those of the actions that the user may take on a record: one question for all of them."""
    return rights_on(user, type(record), [record.id], actions).get(record.id, frozenset())


def rights_on(user: Actor, kind: type[Kept], ids: Collection[int], actions: Iterable[str]) -> dict[int, frozenset[str]]:
    """The same for some records of a kind, each decided by the very condition that lists them.

    Actions that extend to the same records are one condition.
    """
    alike: dict[Any, list[str]] = {}
    for action in dict.fromkeys(actions):
        if scopes := _scopes(user.grants_today, action, kind):
            alike.setdefault(scopes, []).append(action)
    if not alike or not ids:
        return {}
    answers = [within(user, some[0], kind).label(f"may_{number}") for number, some in enumerate(alike.values())]
    found = db.session.execute(select(kind.id, *answers).where(kind.id.in_(ids)))
    return {row[0]: frozenset(chain(*compress(alike.values(), row[1:]))) for row in found}
