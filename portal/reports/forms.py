"""The period of a figure, as the address carries it; what is written into reports and kinds of reports."""

from datetime import date
from typing import Any, ClassVar

from portal.books import Amount, BookForm
from portal.engine import clock
from portal.engine.forms import (
    TO_CHOOSE,
    BooleanField,
    Choice,
    Day,
    EditForm,
    Form,
    HiddenField,
    Line,
    Number,
    Optional,
    Paragraphs,
    Required,
    Several,
    ValidationError,
)
from portal.engine.indicators import Period
from portal.engine.text import _, _l
from portal.reports.models import BASIS_NAMES, BODY_NAMES, LENGTH_NAMES, SIGNER_NAMES, Body
from portal.reports.periods import MOST_YEARS, Basis, Length, too_long
from portal.reports.sections import SECTIONS


class PeriodForm(Form):
    """From a day to a day, both included. It changes nothing, so it needs no token."""

    class Meta:
        csrf = False

    first = Day(_l("From day"), [Required()], name="from")
    last = Day(_l("To day"), [Required()], name="to")

    def validate_first(self, field: Day) -> None:
        if field.data is not None and field.data > clock.today():
            raise ValidationError(_("The period has not begun yet."))

    def validate_last(self, field: Day) -> None:
        first: date | None = self.first.data
        last: date | None = field.data
        if first is None or last is None:
            return
        if last < first:
            raise ValidationError(_("The last day cannot be before the first."))
        if last.year > clock.today().year:
            raise ValidationError(_("This day lies too far ahead: a period ends this year at the latest."))
        if too_long(first, last):
            raise ValidationError(_("A period is at most %(years)s years long.", years=MOST_YEARS))

    def period(self, communes: tuple[int, ...]) -> Period | None:
        """The period that was asked for; None, with the errors at the fields, if it is none."""
        if not self.validate() or self.first.data is None or self.last.data is None:
            return None
        self.first.raw_data = self.last.raw_data = None  # shown again as a day, however it was written
        return Period(self.first.data, self.last.data, communes)


class YearsForm(PeriodForm):
    """The same days of several years."""

    years = Choice(_l("Years"), [Required()], choices=[(str(number), str(number)) for number in range(2, 7)])

    @property
    def count(self) -> int:
        return int(self.years.data)


class PeriodsForm(Form):
    """Which period of a kind of report: one that ended, or that runs."""

    widths: ClassVar[dict[str, str]] = {"period": ""}

    period = Choice(_l("Period"), [Required()])

    @property
    def last(self) -> date:
        return date.fromisoformat(str(self.period.data))


class DaysForm(Form):
    """A period of any days."""

    widths = {"first": "day", "last": "day"}

    first = Day(_l("From day"), [Required()])
    last = Day(_l("To day"), [Required()])


class SectionForm(EditForm):
    """What people write in a section, with figures as {their.id}."""

    text = Paragraphs(_l("Text"), length=20_000)


class ManualFigureForm(BookForm):
    """A figure that no record gives."""

    widths: ClassVar[dict[str, str]] = {"key": "mid", "value": "short", "unit": "short", "first": "day", "last": "day"}

    label = Line(_l("Figure"), [Required()])
    key = Line(
        _l("Name in texts"), [Required()], length=40,
        description=_l("Small letters, digits and underscores: loans_paid is written as {typed.loans_paid}. The same "
                       "name in every period."),
    )  # fmt: skip
    value = Amount(_l("Value"), [Required()])
    unit = Line(_l("Unit of measure"), [Required()], length=40)
    first = Day(_l("From day"), [Required()])
    last = Day(_l("To day"), [Required()], description=_l("Just the days of the report in which it stands."))
    definition = Paragraphs(_l("What is counted"), [Required()], length=1000)
    evidence = Paragraphs(
        _l("Where it comes from"), [Required()], length=1000,
        description=_l("The paper, the register or the office that gave it, with its day."),
    )  # fmt: skip


class OverruleForm(EditForm):
    reason = Paragraphs(_l("Why the report goes with it"), [Required()], length=1000)


class ApproveForm(EditForm):
    """*shown* is a digest of what the page showed: nobody approves other figures than those that they read.
    *reason* answers what came up since the report was submitted, and stays with it."""

    shown = HiddenField()
    reason = Paragraphs(_l("Why it is approved all the same"), length=1000)

    def ask_reason(self) -> None:
        """Something came up that has to be answered."""
        self.reason.flags.required = True


class CorrectForm(EditForm):
    why = Paragraphs(_l("Why it is corrected"), [Required()], length=1000)


class TaskForm(EditForm):
    """A line of the last section as a task of a unit."""

    widths = {"due_on": "day"}

    line = Choice(_l("Task"), [Required()])
    unit_id = Choice(_l("Who does it"), [Required()])
    due_on = Day(_l("Due on"), [Required()])


class KindForm(EditForm):
    """A kind of report."""

    widths = {"due_days": "short", "since": "day", "basis": "mid", "length": "mid", "body": "mid", "signer_role": "mid"}

    title = Line(
        _l("Title on the paper"), [Required()],
        description=_l("Without the word “Báo cáo” and without the period, which are added."),
    )  # fmt: skip
    addressee = Paragraphs(_l("To whom it is addressed"), length=1000, description=_l("“Kính gửi”, a line each."))
    recipients = Paragraphs(
        _l("Who receives it"), [Required()], length=1000,
        description=_l("“Nơi nhận”, a line each; the last line is where it is kept."),
    )  # fmt: skip
    body = Choice(_l("In whose name"), [Required()], choices=[TO_CHOOSE, *BODY_NAMES.items()])
    signer_role = Choice(_l("Who signs the report"), [Required()], choices=[TO_CHOOSE, *SIGNER_NAMES.items()])
    basis = Choice(_l("Basis of the period"), [Required()], choices=[TO_CHOOSE, *BASIS_NAMES.items()])
    length = Choice(_l("Length of the period"), [Required()], choices=[TO_CHOOSE, *LENGTH_NAMES.items()])
    due_days = Number(
        _l("Due so many days after the period"),
        [Optional()],
        most=365,
        description=_l("Empty where it has no deadline."),
    )
    since = Day(_l("Owed since"), [Required()], description=_l("Periods that ended before this day are not asked for."))
    sections = Several(_l("Sections"), choices=[(one.id, one.label) for one in SECTIONS])
    table = BooleanField(_l("With the table of figures as an annex"))
    active = BooleanField(_l("In use"))

    def validate_sections(self, field: Several) -> None:
        if not field.data:
            raise ValidationError(_("Please choose at least one section."))

    def validate_length(self, field: Choice) -> None:
        if (self.basis.data == Basis.FREE) != (field.data == Length.FREE) and self.basis.data != Basis.CALENDAR:
            raise ValidationError(_("Any length goes with any days or the calendar alone."))

    def validate_due_days(self, field: Number) -> None:
        if field.data is not None and (self.basis.data == Basis.FREE or self.length.data == Length.FREE):
            raise ValidationError(_("A report of any days has no deadline by rule. Leave it empty."))

    def facts(self) -> dict[str, Any]:
        """The columns of the kind. Sections keep the order that reports have."""
        chosen = set(self.sections.data or ())
        typed = {name: self[name].data for name in ("title", "since", "table", "active", "due_days")}
        return {
            **typed, "addressee": self.addressee.data or "", "recipients": self.recipients.data or "",
            "body": Body(self.body.data), "signer_role": self.signer_role.data, "basis": Basis(self.basis.data),
            "length": Length(self.length.data), "sections": [one.id for one in SECTIONS if one.id in chosen],
        }  # fmt: skip
