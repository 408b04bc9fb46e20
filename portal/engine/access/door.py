"""The door to one record: the view is handed it, or whoever knocked learns as much as they may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import g, request
from flask_login import current_user
from werkzeug.exceptions import HTTPException, NotFound

from portal.engine import audit, versions
from portal.engine.access.records import find, holds, may
from portal.engine.db import Kept, db
from portal.engine.refusal import Conflict, NoLongerOpen, NotThis

View = Callable[..., Any]
Form = type[Any] | Mapping[str, type[Any]] | Callable[[Any], type[Any]] | None


def opens(
    record: type[Kept], to: str, by: str = "id", told_as: str = "look", form: Form = None
) -> Callable[[View], View]:
    """Hand the view the record of its address, if the user may take the action on it.

    404 whether it is missing or out of reach, 403 if it may be read but not this; 409 if it was open to the user's
    role until somebody moved it on, with what had been typed into the *form* (by the *kind* in the address, where it
    names one, or as a function of the record says). All are events, and so is the look, under the name that the trail
    gives to this kind of it: a file is downloaded, a paper printed.
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
    form: type[Any] | Callable[[Any], type[Any]] | None

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
            return self.ended() or NotFound()
        moved_on = _moved_on(readable) if holds(current_user, self.to, self.record) else None
        return Conflict(moved_on, typed_into=self.typed_into(readable)) if moved_on else NotThis()

    def ended(self) -> Conflict | None:
        """Tell that the record ended, and nothing else of it, to whom it was open then: the trail knows who looked."""
        record = db.session.get(self.record, self.id) if request.method == "POST" else None
        if record is None or record.end_to_tell is None or not holds(current_user, self.to, self.record):
            return None
        if not versions.older(record, request.form):
            return None
        version = versions.shown(request.form, record.kind_of_record)
        had_it_open = audit.looked_at(current_user, record, version)
        return Conflict(None, record.end_to_tell, typed_into=self.typed_into(record)) if had_it_open else None

    def typed_into(self, record: Kept) -> type[Any] | None:
        """The kind of form that was filled in, which may depend on the record."""
        return self.form if self.form is None or isinstance(self.form, type) else self.form(record)


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
