"""What was typed, as a person reads it."""

from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    FileField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
)

from portal.engine.forms.form import Form
from portal.engine.letters import kept, plain
from portal.engine.text import _


def in_words(field: Field, value: Any) -> str:
    """A value of a field as a person reads it: of a list its label, a day as it is written, yes or no."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(field, SelectField | RadioField) and value is not None:
        pairs = (one if isinstance(one, tuple) else (one.value, one.label) for one in field.choices or ())
        return {str(chosen): str(label) for chosen, label in pairs}.get(str(value), "–")
    return str(value) if value not in (None, "") else "–"


def what_was_typed(kind: type[Form]) -> str:
    """What was written into a form that is not open any more, a line a field, so that it can be copied."""
    shown = [field for field in kind() if not isinstance(field, HiddenField | PasswordField | FileField)]
    lines = [(field.label.text, _as_typed(field)) for field in shown]
    return "\n".join(f"{label}: {text}" for label, text in lines if text not in ("", "–"))


def _as_typed(field: Field) -> str:
    if isinstance(field, SelectField | RadioField | BooleanField):
        return in_words(field, field.data)
    return kept(plain(str(field.raw_data[0]))).strip() if field.raw_data else ""
