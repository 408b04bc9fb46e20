"""What may be typed of a printed list: its rows, as people write them."""

import re
from collections.abc import Sequence
from typing import Any

from portal.engine.forms import Day, Form, Line, Optional, Required, not_in_the_future
from portal.engine.text import _, _l
from portal.households.models import RESULT_NAMES, CallResult

_RANGE, _DASH = re.compile(r"([0-9]{1,6})(?:-([0-9]{1,6}))?"), re.compile(r"\s*[-–]\s*")


class Rows(Line):
    """Rows of a printed list, as people write them: "1-40, 43"."""

    rows: tuple[int, ...] = ()
    errors: Any  # a list of sentences once it is checked

    def among(self, last: int) -> None:
        """Read what was typed; say at the field which rows the list does not have, and what is no row."""
        parts = [part for part in re.split(r"[,;\s]+", _DASH.sub("-", self.data or "")) if part]
        wrong: list[str] = []
        found: list[int] = []
        for part in parts:
            match = _RANGE.fullmatch(part)
            span = range(int(match[1]), int(match[2] or match[1]) + 1) if match else range(0)
            if not span or span[0] < 1 or span[-1] > last:
                wrong.append(part)
            else:
                found += span
        if wrong:
            told = _("No rows of this list, which has %(last)s: %(rows)s.", rows=", ".join(wrong), last=last)
            self.errors = [*(self.errors or ()), told]
        self.rows = tuple(dict.fromkeys(found))


class RowsForm(Form):
    """A printed list typed back: who signed, and what was said in the other rows."""

    on = Day(_l("Day of signing"), [Required(), not_in_the_future])
    signed = Rows(_l("Rows that signed"), [Optional()], length=1000, description=_l("For example 1-40, 43."))
    absent = Rows(RESULT_NAMES[CallResult.ABSENT], [Optional()], length=1000)
    refused = Rows(RESULT_NAMES[CallResult.REFUSED], [Optional()], length=1000)
    moved = Rows(RESULT_NAMES[CallResult.MOVED], [Optional()], length=1000)
    not_applicable = Rows(RESULT_NAMES[CallResult.NOT_APPLICABLE], [Optional()], length=1000)
    last = 0  # how many rows the list has

    @property
    def fields_of_rows(self) -> list[Rows]:
        return [self.signed, self.absent, self.refused, self.moved, self.not_applicable]

    def results(self) -> dict[int, CallResult]:
        return {row: CallResult(one.name) for one in self.fields_of_rows[1:] for row in one.rows}

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        seen: dict[int, Any] = {}
        for field in self.fields_of_rows:
            field.errors = list(field.errors)
            field.among(self.last)
            if twice := [row for row in field.rows if row in seen]:
                told = _("These rows stand in another field as well: %(rows)s.", rows=_numbers(twice))
                field.errors = [*field.errors, told]
            seen |= dict.fromkeys(field.rows, field)
        if not seen and not any(field.errors for field in self.fields_of_rows):
            self.signed.errors = [_("Please write at least one row.")]
        return valid and not any(field.errors for field in self.fields_of_rows)


def _numbers(rows: Sequence[int]) -> str:
    return ", ".join(str(row) for row in rows)
