"""What was typed, as a person reads it."""

from datetime import date, time
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
from wtforms.fields.choices import SelectFieldBase

from portal.engine.forms.choices import Several
from portal.engine.forms.form import Form
from portal.engine.letters import kept, plain
from portal.engine.text import _


def in_words(field: Field, value: Any) -> str:
    """A value of a field as a person reads it: of a list its label, a day as it is written, yes or no."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(field, Several):
        return "; ".join(_labels(field).get(one, one) for one in value or ()) or "–"
    if isinstance(field, SelectField | RadioField) and value is not None:
        return _labels(field).get(str(value), "–")
    return str(value) if value not in (None, "") else "–"


def _labels(field: SelectFieldBase) -> dict[str, str]:
    """What a list offers: the label of each value."""
    pairs = (one if isinstance(one, tuple) else (one.value, one.label) for one in field.choices or ())
    return {str(chosen): str(label) for chosen, label in pairs if chosen}


def what_was_typed(kind: type[Form], record: Any = None) -> str:
    """What was written into a form over a *record* that is closed to it now, a line a field, to be copied."""
    form = kind()
    form.fill_lists(record)
    return "\n".join(f"{label}: {text}" for label, text in pairs_typed(form))


def pairs_typed(form: Form) -> list[tuple[str, str]]:
    """What was written into a form, in pairs of label and words."""
    shown = [field for field in form if not isinstance(field, HiddenField | PasswordField | FileField)]
    pairs = [(str(field.label.text), _as_typed(field)) for field in shown]
    return [(label, text) for label, text in pairs if text not in ("", "–")]


def _as_typed(field: Field) -> str:
    """A choice by its label; as it was sent where only the view, which is not reached, could have filled the list."""
    sent = kept(plain(str(field.raw_data[0]))).strip() if field.raw_data else ""
    if isinstance(field, BooleanField | Several):
        return in_words(field, field.data)
    if isinstance(field, SelectField | RadioField):
        label = in_words(field, field.data)
        return label if label != "–" else sent
    return sent
