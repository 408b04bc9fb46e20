"""Who may do what to which records.

A right is a condition of the query: a list, a page, a button, an export and a total all ask the same select, so that
they cannot disagree. What the table does not grant is refused. Views are handed records, never ids.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from itertools import chain, compress
from typing import Any, Protocol, TypeVar

from flask import Flask, abort, current_app, g, request
from flask_login import current_user
from sqlalchemy import ColumnElement, Select, false, or_, select
from werkzeug.exceptions import Forbidden, HTTPException, NotFound

from portal.engine import audit, versions
from portal.engine.audit import Acting, Signer
from portal.engine.db import Kept, db
from portal.engine.refusal import Conflict, NoLongerOpen, NotThis

View = Callable[..., Any]
K = TypeVar("K", bound=Kept)
Scope = Callable[[type[Any], Any], ColumnElement[bool]]
Form = type[Any] | Mapping[str, type[Any]] | None
Table = Mapping[type[Any], Mapping[str, Mapping[str, Scope]]]


class Actor(Signer, Protocol):
    """Somebody with roles: the grants that hold today in the role they act in."""

    @property
    def grants_today(self) -> Sequence[Acting]: ...


@dataclass(frozen=True)
class FieldRule:
    """Which actions show a field: openly, masked, and for a while against a reason."""

    openly: str
    masked: str = ""
    reveal: str = ""


@dataclass(frozen=True)
class Shown:
    """What a reader gets of one field."""

    value: Any = None
    masked: bool = False
    hidden: bool = False
    reveal: bool = False


Fields = Mapping[type[Kept], Mapping[str, FieldRule]]


def rows_for(record: type[Any]) -> Mapping[str, Mapping[str, Scope]]:
    table: Table = current_app.extensions["access"]
    return next((table[base] for base in record.__mro__ if base in table), {})


def reach(user: Actor, action: str, record: type[K]) -> Select[K]:
    """Select the records of a type on which the user may take the action today, in the role they act in."""
    return select(record).where(within(user, action, record))


def within(user: Actor, action: str, record: type[Any]) -> ColumnElement[bool]:
    """The condition behind `reach`, for queries that join further or count."""
    return or_(false(), *(scope(record, grant) for scope, grant in _scopes(user, action, record)))


def _scopes(user: Actor, action: str, record: type[Any]) -> tuple[tuple[Scope, Acting], ...]:
    """To what each of the user's grants of today extends the right."""
    scopes = rows_for(record).get(action, {})
    return tuple((scopes[grant.role], grant) for grant in user.grants_today if grant.role in scopes)


def holds(user: Actor, action: str, record: type[Any]) -> bool:
    """Whether the user's role has the right at all, on whichever record: for places in the rail and the like."""
    return bool(_scopes(user, action, record))


def find(user: Actor, action: str, record: type[K], id: int) -> K | None:
    return db.session.scalar(reach(user, action, record).where(record.id == id))


def may(user: Actor, action: str, record: Kept) -> bool:
    """Decide on one record by the very query that lists them."""
    kind = type(record)
    reached = select(kind.id).where(within(user, action, kind), kind.id == record.id)
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
        if scopes := _scopes(user, action, kind):
            alike.setdefault(scopes, []).append(action)
    if not alike or not ids:
        return {}
    answers = [within(user, some[0], kind).label(f"may_{number}") for number, some in enumerate(alike.values())]
    found = db.session.execute(select(kind.id, *answers).where(kind.id.in_(ids)))
    return {row[0]: frozenset(chain(*compress(alike.values(), row[1:]))) for row in found}


def see(user: Actor, record: Kept, field: str) -> Shown:
    """Give what the user may see of one field of a record that they read already."""
    rule = _field_rules(type(record)).get(field)
    if rule is None:
        return Shown(hidden=True)
    if _may_once(user, rule.openly, record) or (record.kind_of_record, record.id, rule.openly) in g.get("revealed", ()):
        return Shown(getattr(record, field))
    if rule.masked and _may_once(user, rule.masked, record):
        value = getattr(record, field)
        return Shown(mask(value), masked=bool(value), reveal=bool(rule.reveal) and _may_once(user, rule.reveal, record))
    return Shown(hidden=True)


def ask_ahead(user: Actor, records: Iterable[Kept]) -> None:
    """Ask at once, for all records of a page, what `see` will be asked for each of them."""
    by_kind: dict[type[Kept], list[Kept]] = {}
    for record in records:
        by_kind.setdefault(type(record), []).append(record)
    for kind, some in by_kind.items():
        actions = {action for rule in _field_rules(kind).values() for action in (rule.openly, rule.masked, rule.reveal)}
        allowed = rights_on(user, kind, {record.id for record in some}, actions)
        for record in some:
            _asked()[user.id, record.kind_of_record, record.id] = allowed.get(record.id, frozenset())


def _may_once(user: Actor, action: str, record: Kept) -> bool:
    """Ask once a request: the fields of a record share their rules."""
    key = (user.id, record.kind_of_record, record.id)
    if key not in _asked():
        ask_ahead(user, [record])
    return action in _asked()[key]


def _asked() -> dict[tuple[Any, ...], frozenset[str]]:
    found: dict[tuple[Any, ...], frozenset[str]] = g.setdefault("asked", {})
    return found


def _field_rules(kind: type[Kept]) -> Mapping[str, FieldRule]:
    fields: Fields = current_app.extensions["fields"]
    return next((fields[base] for base in kind.__mro__ if base in fields), {})


def mask(value: Any) -> str:
    """Leave the first two and last three letters of a long number; of anything else, nothing."""
    text = str(value or "")
    if text.isdigit() and len(text) > 8:
        return text[:2] + "•" * (len(text) - 5) + text[-3:]
    return "•••" if text else ""


def opens(
    record: type[Kept], to: str, by: str = "id", told_as: str = "look", form: Form = None
) -> Callable[[View], View]:
    """Hand the view the record of its address, if the user may take the action on it.

    404 whether it is missing or out of reach, 403 if it may be read but not this; 409 if it was open to the user's
    role until somebody moved it on, with what had been typed into the *form* (by the *kind* in the address, where it
    names one). All are events, and so is the look, under the name that the trail gives to this kind of it: a file is
    downloaded, a paper printed.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def opened(**address: Any) -> Any:
            typed_into = form.get(address.get("kind", "")) if isinstance(form, Mapping) else form
            found = _admit(_Door(record, to, address.pop(by), typed_into), told_as)
            return view(found, **address)

        opened.access = (record, to)  # type: ignore[attr-defined]
        return opened

    return wrap


@dataclass(frozen=True)
class _Door:
    """What a request asks for: an action on the record of an address, perhaps with a form."""

    record: type[Kept]
    to: str
    id: int
    form: type[Any] | None

    @property
    def asked(self) -> dict[str, Any]:
        return {"wanted": self.to, "type": self.record.__tablename__, "id": self.id}

    def find(self) -> Kept | None:
        return find(current_user, self.to, self.record, self.id)

    def readable(self) -> Kept | None:
        return find(current_user, "read", self.record, self.id) if self.to != "read" else None

    def answer(self, readable: Kept | None) -> HTTPException | Conflict:
        """Why it does not open. Only who may read the record learns that it is there, and who moved it on.

        A step often ends with the state that it starts from, or with that of the record it belongs to. So whoever's
        role has the right at all, and sent a form that showed an earlier version, is told of the lost race and not
        that the step was never theirs.
        """
        if readable is None:
            return NotFound()
        moved_on = _moved_on(readable) if holds(current_user, self.to, self.record) else None
        return Conflict(moved_on, typed_into=self.form) if moved_on else NotThis()


def _moved_on(record: Kept) -> Kept | None:
    """What has changed since the form that was sent was shown: the record itself, or the one that it belongs to."""
    if request.method != "POST":
        return None
    if versions.older(record, request.form):
        return record
    parent: Kept | None = getattr(record, record.parent) if record.parent else None
    older = parent is not None and versions.older(parent, request.form, versions.OF_PARENT)
    return parent if parent is not None and older and may(current_user, "read", parent) else None


def _admit(door: _Door, told_as: str) -> Kept:
    found = door.find()
    if found is None:
        readable = door.readable()
        audit.tell("refused", current_user, readable, **door.asked)
        raise door.answer(readable)
    audit.look(current_user, found, told_as)

    def ask_again() -> None:
        if door.find() is None:
            raise NoLongerOpen(door.answer(door.readable()), **door.asked)

    g.setdefault("opened_by", []).append(ask_again)
    return found


def lists(record: type[Any], to: str = "read") -> Callable[[View], View]:
    """Hand the view the select of all records that the user may take the action on."""

    def wrap(view: View) -> View:
        def ask_again() -> None:
            if not holds(current_user, to, record):
                raise NoLongerOpen(Forbidden(), wanted=to, type=record.__tablename__)

        @wraps(view)
        def listed(**address: Any) -> Any:
            if not holds(current_user, to, record):
                audit.tell("refused", current_user, None, wanted=to, type=record.__tablename__)
                abort(403)
            g.setdefault("opened_by", []).append(ask_again)
            return view(reach(current_user, to, record), **address)

        listed.access = (record, to)  # type: ignore[attr-defined]
        return listed

    return wrap


def allows(record: type[Any], to: str) -> Callable[[View], View]:
    """Open the page to whoever holds the right at all: for what starts from no record, like drafting a new one."""

    def wrap(view: View) -> View:
        listed = lists(record, to)(lambda _records, **address: view(**address))
        return wraps(view, updated=())(listed)

    return wrap


def signed_in(view: View) -> View:
    """A page of one's own: it shows nothing but what belongs to whoever is signed in."""
    view.access = "signed in"  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """A page for anybody. Those are few, and `PUBLIC` in the access table names them all."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def init_app(app: Flask, table: Table, fields: Fields, open_to_all: frozenset[str]) -> None:
    app.extensions["access"] = table
    app.extensions["fields"] = fields
    app.extensions["open_to_all"] = open_to_all

    @app.before_request
    def sign_in_first() -> Any:
        view = app.view_functions.get(request.endpoint or "")
        if view is None or getattr(view, "access", None) == "public" or request.endpoint in open_to_all:
            return None
        if not current_user.is_authenticated:
            return app.login_manager.unauthorized()  # type: ignore[attr-defined]
        return None


def check_routes(app: Flask) -> None:
    """Refuse to start with a page that has no rule, or with a rule that the table does not know."""
    table, open_to_all = app.extensions["access"], app.extensions["open_to_all"]
    for rule in app.url_map.iter_rules():
        access = getattr(app.view_functions[rule.endpoint], "access", None)
        if access is None and rule.endpoint not in open_to_all:
            raise RuntimeError(f"{rule.endpoint} has no access rule.")
        if access == "public" and rule.endpoint not in open_to_all:
            raise RuntimeError(f"{rule.endpoint} is open to all, but PUBLIC does not name it.")
        if isinstance(access, tuple):
            _check_known(rule.endpoint, access[0], access[1], table)


def _check_known(endpoint: str, record: type[Any], action: str, table: Table) -> None:
    rows = next((table[base] for base in record.__mro__ if base in table), {})
    if action not in rows:
        raise RuntimeError(f"{endpoint} asks for {record.__name__}.{action}, which the access table does not know.")
