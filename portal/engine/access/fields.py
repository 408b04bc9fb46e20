"""What a reader gets of the fields of a record: openly, masked, or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, g

from portal.engine.access.records import rights_on
from portal.engine.access.table import Actor, FieldRule, Fields
from portal.engine.db import Kept


@dataclass(frozen=True)
class Shown:
    """What a reader gets of one field."""

    value: Any = None
    masked: bool = False
    hidden: bool = False
    reveal: bool = False


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
