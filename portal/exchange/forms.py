"""A workbook that is brought to a page, and a list that a commune keeps in its own way."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask import current_app
from flask_wtf.file import FileField

from portal.engine.forms import (
    TO_CHOOSE,
    BooleanField,
    Choice,
    Day,
    Form,
    HiddenField,
    Optional,
    Required,
    Several,
    ValidationError,
    not_in_the_future,
    optional_id,
)
from portal.engine.text import _, _l
from portal.exchange.counting import Counted, too_many
from portal.exchange.households import Chosen
from portal.exchange.own_list import Sheet, guessed, heading_of
from portal.organisation.models import Unit
from portal.organisation.taking_along import MOST_ROWS, PurposeForm

LEAVE_OUT, ENTER, TAKE = "leave_out", "enter", "take"
LETTERS = 26


class Book(FileField):
    """A workbook; *content* is what was sent, once it is known not to be too large."""

    content: bytes = b""

    def post_validate(self, form: Form, validation_stopped: bool) -> None:
        if validation_stopped or not self.data:
            return
        most = current_app.config["UPLOAD_BYTES"]
        self.content = self.data.stream.read(most + 1)
        if len(self.content) > most:
            raise ValidationError(_("The file is larger than %(limit)s MB.", limit=most // 2**20))


class BringForm(Form):
    """*checked* is the digest of the file that was looked at: only that very file is then written."""

    file = Book(_l("Workbook (.xlsx)"), [Required()])
    checked = HiddenField(validators=[Optional()])


class ExportForm(PurposeForm):
    """Which kinds of records leave the portal, and what for."""

    sheets = Several(_l("Which data"))

    def offer(self, counted: Sequence[Counted], chosen: Sequence[str]) -> None:
        """Fill the list; *chosen* are those that stand chosen before anybody answers, and before the others."""
        self.counted = sorted(counted, key=lambda one: one.key not in chosen)
        self.sheets.choices = [(one.key, one.title) for one in self.counted]
        if not self.is_submitted():
            self.sheets.data = list(chosen)

    @property
    def chosen(self) -> list[Counted]:
        return [one for one in self.counted if one.key in (self.sheets.data or ())]

    @property
    def too_many(self) -> str:
        """What is to be said where more is chosen than leaves at once; nothing where it is not."""
        return too_many(self.chosen, MOST_ROWS)

    def validate_sheets(self, field: Several) -> None:
        if not field.data:
            raise ValidationError(_("Please choose what leaves the portal: at least one of the list."))
        if told := self.too_many:
            raise ValidationError(told)


class ListForm(Form):
    """A list of households in Excel."""

    file = Book(_l("List of households (.xlsx)"), [Required()])


class ColumnsForm(Form):
    """Which sheet and row of the list, and which of its columns say what. *kept* is the list itself, sealed."""

    kept = HiddenField(validators=[Required()])
    shown = HiddenField(validators=[Optional()])  # of which sheet and heading the page showed the columns
    sheet = Choice(_l("Sheet of the workbook"), [Required()])
    heading = Choice(_l("Row of the headings"), [Required()])
    head = Choice(_l("Head of the household"), [Required()])
    people = Choice(_l("How many people"), [Required()])
    number = Choice(
        _l("Number of the household"), [Optional()], description=_l("Without it the portal gives the next ones.")
    )
    village = Choice(_l("Village"), [Optional()])
    all_in = Choice(
        _l("Village of rows that name none"), [Optional()], description=_l("Needed where no column is chosen.")
    )
    since = Choice(_l("Lives there since"), [Optional()])
    all_since = Day(
        _l("Lives there since, where a row says nothing"), [Optional(), not_in_the_future],
        description=_l(
            "Needed where no column is chosen. The households are counted from this day on: such as that of the list."
        ),
    )  # fmt: skip

    COLUMNS = ("head", "people", "number", "village", "since")
    widths: ClassVar[dict[str, str]] = {"all_since": "day"}

    def fill(self, sheets: Sequence[Sheet], places: Sequence[Unit]) -> None:
        """Fill the lists; columns are guessed anew where another sheet or heading is chosen than the page showed."""
        self.sheet.choices = [(str(place), one.title) for place, one in enumerate(sheets)]
        if self.sheet.data not in dict(self.sheet.choices):
            self.sheet.data = "0"
        self.chosen_sheet = sheets[int(self.sheet.data)]
        rows = self.chosen_sheet.head_rows
        self.heading.choices = [(str(number), _row_told(number, cells)) for number, cells in rows]
        sheet_is_new = not self.shown.data or self.shown.data.partition(":")[0] != self.sheet.data
        if sheet_is_new or self.heading.data not in dict(self.heading.choices):
            self.heading.data = str(heading_of(self.chosen_sheet))
        labels = self.chosen_sheet.labels(int(self.heading.data))
        choices = [TO_CHOOSE, *((str(place), _column_told(place, label)) for place, label in enumerate(labels))]
        for name in self.COLUMNS:
            self[name].choices = list(choices)
        self.all_in.choices = [TO_CHOOSE, *((str(one.id), one.title) for one in places)]
        self.is_anew = self.shown.data != self._showing
        if self.is_anew:
            self._guess(guessed(labels))
        self.shown.data = self._showing

    @property
    def _showing(self) -> str:
        return f"{self.sheet.data}:{self.heading.data}"

    def _guess(self, found: Mapping[str, int]) -> None:
        for name in self.COLUMNS:
            self[name].data = str(found[name]) if name in found else ""

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse as well a column that would say two things, and what neither a column nor a field says."""
        valid = super().validate(extra_validators)
        taken = [self[name].data for name in self.COLUMNS if self[name].data]
        twice = [name for name in self.COLUMNS if taken.count(self[name].data) > 1]
        for name in twice:
            self[name].errors = [*self[name].errors, _("This column is chosen twice.")]
        without = [(one, other) for one, other in (("village", "all_in"), ("since", "all_since"))
                   if not self[one].data and not self[other].data and not self[other].errors]  # fmt: skip
        for _one, other in without:
            self[other].errors = [_("Please choose a column, or say it here for all rows.")]
        return valid and not twice and not without

    def chosen(self) -> Chosen:
        columns = {name: int(self[name].data) for name in self.COLUMNS if self[name].data}
        since = f"{self.all_since.data:%d/%m/%Y}" if self.all_since.data else ""
        return Chosen(int(self.heading.data), columns, optional_id(self.all_in.data), since)


class DecideForm(ColumnsForm):
    """What becomes of rows that are likely there already, and of those that are wrong."""

    PREFIXES = ("double-",)

    doubles = Choice(
        _l("All rows that are likely there already"), [Optional()],
        choices=[("", _l("Decide each of them")), (LEAVE_OUT, _l("Leave them out")),
                 (ENTER, _l("Enter them as other households")),
                 (TAKE, _l("Take their number of people over where it is another, else leave them out"))],
    )  # fmt: skip
    without_wrong = BooleanField(_l("Leave out the rows that are wrong"), [Optional()])

    def decided(self, number: int) -> str:
        """What becomes of a row that is likely a double; empty where nobody said it."""
        own = self.listed(self.PREFIXES[0]).get(number, "")
        return own if own in (LEAVE_OUT, ENTER, TAKE) else str(self.doubles.data or "")


def _row_told(number: int, cells: Sequence[Any]) -> str:
    words = ", ".join(cell.text for cell in cells if cell.text)
    return _("Row %(number)s: %(words)s", number=number, words=words[:80])


def _column_told(place: int, label: str) -> str:
    letters = (
        chr(ord("A") + place)
        if place < LETTERS
        else chr(ord("A") + place // LETTERS - 1) + chr(ord("A") + place % LETTERS)
    )
    return f"{letters}: {label[:60]}" if label else letters
