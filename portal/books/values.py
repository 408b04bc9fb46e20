"""What a form was given, as its record keeps it."""

import enum
from typing import Any

from sqlalchemy import inspect

from portal.engine.db import Kept
from portal.engine.forms import Form, Several
from portal.engine.versions import FIELD as VERSION


def facts_of(form: Form, record: type[Kept]) -> dict[str, Any]:
    """The answers by the columns that keep them; what was left empty is none, or an empty text."""
    columns = inspect(record).columns
    fields = {field.short_name: field for field in form if field.short_name in columns and field.short_name != VERSION}
    answered = getattr(record, "beside", ())
    beside = {field.short_name: field.data or None for field in form if field.short_name in answered}
    return {name: as_kept(columns[name], _data(field)) for name, field in fields.items()} | beside


def _data(field: Any) -> Any:
    return ",".join(field.data or ()) if isinstance(field, Several) else getattr(field, "kept", field.data)


def as_kept(column: Any, typed: Any) -> Any:
    """One answer: a word of a catalogue, the number of a record, or what was typed."""
    if typed in (None, ""):
        return None if column.nullable else "" if column.type.python_type is str else None
    kind = column.type.python_type
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return kind(typed)
    return int(typed) if kind is int and isinstance(typed, str) else typed
