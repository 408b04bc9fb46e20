"""What the forms about a running case have in common."""

from datetime import date
from typing import Any

from portal.engine.forms import Day, Form, ValidationError, Version
from portal.engine.text import _


def choices(names: Any) -> list[tuple[str, Any]]:
    return [(str(value), label) for value, label in names.items()]


class OfCaseForm(Form):
    """What is written into a case beside what others write there.

    It carries the version of the case, so that whoever is overtaken by its end learns by whom. Nothing is compared
    where the case still runs.
    """

    version = Version()


def not_before_receipt(field: Day, received_on: date | None) -> None:
    if field.data and received_on and field.data < received_on:
        raise ValidationError(_("The reception cannot lie before the file was received."))
