"""What became of an entry, as the trail tells it: who wrote it down, who changed what, who struck it out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import request
from flask_login import current_user
from sqlalchemy import inspect, select

from portal.books import queries
from portal.books.book import Book, PartOf
from portal.books.forms import BookForm, Offered
from portal.books.models import Entry
from portal.books.said import said
from portal.engine.audit import AuditEvent, time_told
from portal.engine.db import db
from portal.engine.forms import Day
from portal.engine.story import StepTold
from portal.engine.text import _, _l, say
from portal.organisation.queries import users_named

SHOWN = 100  # events, unless the address asks for all of them
WHOLE = "all"

WRITTEN, MENDED, STRUCK = _l("%(who)s wrote it down"), _l("%(who)s changed: %(what)s"), _l("%(who)s struck it out")
ADDED, LINE_MENDED = _l("%(who)s added: %(what)s"), _l("%(who)s changed in “%(line)s”: %(what)s")
LINE_STRUCK = _l("%(who)s struck out: %(what)s")
NOTHING, CLOSED = "–", "#"  # what a list says of a value that it does not know; what begins a keyed digest


@dataclass(frozen=True)
class History:
    """What was done, the latest first; whether there is more of it than is shown."""

    steps: Sequence[StepTold]
    is_cut: bool


def history(book: Book, entry: Entry) -> History:
    """Who wrote what and changed what. What is sensitive is named and not told."""
    shown = None if request.args.get("history") == WHOLE else SHOWN
    events = queries.changes_of(entry, shown + 1 if shown else None)
    teller = _Teller(book, events[:shown])
    told = ((one, teller.sentence(one)) for one in events[:shown])
    steps = [StepTold(one.at, sentence, "", "done") for one, sentence in told if sentence]
    return History(steps, is_cut=bool(shown) and len(events) > (shown or 0))


@dataclass(frozen=True)
class _Kind:
    """The entry or one kind of its lines: how its changes are called, and the names of what they speak of.

    A name is that of the record which was chosen, whether or not anybody could choose it today.
    """

    of: Book | PartOf
    changes: Sequence[Mapping[str, Any]]

    @cached_property
    def form(self) -> BookForm:
        return self.of.form(formdata=None)

    @cached_property
    def _names(self) -> dict[str, dict[Any, str]]:
        return {}

    def named(self, field: Offered, value: Any) -> str:
        if field.name not in self._names:
            self._names[field.name] = dict(self._asked(field))
        return self._names[field.name].get(value, str(value))

    def _asked(self, field: Offered) -> Iterable[tuple[Any, str]]:
        """The names of all values that a field ever had, in one question."""
        mapper: Any = inspect(self.of.record)
        leads_to = mapper.relationships.get(field.name.removesuffix("_id"))
        if leads_to is None or not field.name.endswith("_id"):
            return ((value, str(label)) for value, label in field.offer(current_user))
        kind: Any = leads_to.mapper.class_
        ids = {one for changed in self.changes for one in changed.get(field.name, ()) if isinstance(one, int)}
        found = db.session.scalars(select(kind).where(kind.id.in_(ids))).unique()
        return ((one.id, str(field.called(one))) for one in found)


def _table(of: Book | PartOf) -> str:
    return str(of.record.__tablename__)


def _changes_in(table: str, events: Sequence[AuditEvent]) -> list[Mapping[str, Any]]:
    return [one.changes for one in events if one.record_type == table]


class _Teller:
    """Events of one entry in words: their forms are made once, and names asked for all at once."""

    def __init__(self, book: Book, events: Sequence[AuditEvent]) -> None:
        self.book, self.users = book, users_named({one.user_id for one in events})
        every: tuple[Book | PartOf, ...] = (book, *book.parts)
        self.kinds = {_table(one): _Kind(one, _changes_in(_table(one), events)) for one in every}

    def sentence(self, event: AuditEvent) -> str:
        user = self.users.get(event.user_id or 0)
        who = user.full_name if user else _("The portal")
        part = next((one for one in self.book.parts if _table(one) == event.record_type), None)
        if event.action == "void":
            return say(LINE_STRUCK, who=who, what=part.words.one) if part else say(STRUCK, who=who)
        if event.action == "create":
            return say(ADDED, who=who, what=part.words.one) if part else say(WRITTEN, who=who)
        if step := _step(self.book, event.action):
            return say(step.story, who=who)
        what = self._changed(event)
        if not what:
            return ""
        return say(LINE_MENDED, who=who, line=part.words.one, what=what) if part else say(MENDED, who=who, what=what)

    def _changed(self, event: AuditEvent) -> str:
        of_person = [_("what is kept of the person")] if event.action == "change_person" else []
        kind = self.kinds.get(event.record_type) or self.kinds[_table(self.book)]
        return "; ".join([*of_person, *_changes(kind, event.changes)])


def _step(book: Book, action: str) -> Any:
    workflow = getattr(book.record, "workflow", None)
    return workflow.named(action) if workflow else None


def _changes(kind: _Kind, changes: Mapping[str, Any]) -> list[str]:
    return [
        _change(kind, kind.form[name], *value) for name, value in changes.items()
        if name in kind.form and isinstance(value, list) and len(value) == 2
    ]  # fmt: skip


def _change(kind: _Kind, field: Any, old: Any, new: Any) -> str:
    label = str(field.label.text)
    if any(isinstance(one, str) and one.startswith(CLOSED) for one in (old, new)):
        return label
    before, after = (_as_told(kind, field, one) for one in (old, new))
    if not before:
        return _("%(label)s: “%(new)s”", label=label, new=after or NOTHING)
    if not after:
        return _("%(label)s “%(old)s” taken out", label=label, old=before)
    return _("%(label)s from “%(old)s” to “%(new)s”", label=label, old=before, new=after)


def _as_told(kind: _Kind, field: Any, value: Any) -> str:
    """A value as the trail keeps it, in words; of a list that has it no more, the value itself."""
    if value is None or value == "":
        return ""
    if isinstance(field, Offered):
        return kind.named(field, value)
    words = said(field, (time_told(str(value)) or value) if isinstance(field, Day) else value)
    return words if words != NOTHING else str(value)
