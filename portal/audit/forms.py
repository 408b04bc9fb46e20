"""The filters of the trail, as the address carries them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from portal.audit import words
from portal.audit.queries import Filters
from portal.engine.forms import Choice, Day, Form, Line, Optional, ValidationError, optional_id
from portal.engine.text import _, _l
from portal.organisation.models import User


class FilterForm(Form):
    """What of the trail to show. It changes nothing, so it needs no token."""

    class Meta:
        csrf = False

    who = Choice(_l("Who"))
    action = Choice(_l("What was done"))
    kind = Choice(_l("What it is about"))
    number = Line(_l("Number of a record"), [Optional()], length=60)
    first = Day(_l("From day"), [Optional()], name="from")
    last = Day(_l("To day"), [Optional()], name="to")

    def __init__(self, typed: Any, people: Iterable[User]) -> None:
        super().__init__(typed)
        anything = ("", _("All"))
        self.who.choices = [anything, *((str(user.id), user.full_name) for user in people)]
        self.action.choices = [anything, *((key, str(name)) for key, name in words.DEED_NAMES.items())]
        self.kind.choices = [anything, *((key, str(names[1])) for key, names in words.RECORDS.items())]
        for field in (self.who, self.action, self.kind):
            field.data = field.data if field.raw_data else ""

    def validate_last(self, field: Day) -> None:
        first: date | None = self.first.data
        if first and field.data and field.data < first:
            raise ValidationError(_("The last day cannot be before the first."))

    @property
    def filters(self) -> Filters:
        return Filters(
            optional_id(self.who.data), self.action.data or None, self.kind.data or None,
            self.first.data, self.last.data, self.number.data or None,
        )  # fmt: skip

    @property
    def active(self) -> bool:
        return any(field.data for field in (self.who, self.action, self.kind, self.first, self.last, self.number))
