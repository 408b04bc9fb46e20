"""What is written into a running case as it happens, and what is said of it afterwards."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from wtforms.validators import Optional

from portal.cases.forms.of_case import OfCaseForm, choices
from portal.cases.forms.papers import MOST_MONTHS
from portal.cases.models import CONTACT_KIND_NAMES, MEASURE_KIND_NAMES, VIOLATION_KIND_NAMES, ViolationKind
from portal.cases.months import spelled
from portal.engine.forms import (
    TO_CHOOSE,
    BooleanField,
    Cards,
    Choice,
    Day,
    EditForm,
    Hour,
    Line,
    Number,
    Paragraphs,
    PartForm,
    Required,
    ValidationError,
    not_in_the_future,
)
from portal.engine.text import _, _l

ANOTHER_DUTY = "other"  # the breach is not that a self-report did not come


class ContactForm(OfCaseForm):
    kind = Cards(_l("Kind"), choices=choices(CONTACT_KIND_NAMES), default="visit")
    happened_on = Day(_l("Day"), [Required(), not_in_the_future])
    note = Paragraphs(_l("What was said and seen"), [Required()], length=1000)
    widths: ClassVar[dict[str, str]] = {"happened_on": "day"}


class ViolationForm(OfCaseForm):
    kind = Cards(_l("Kind of violation"), choices=choices(VIOLATION_KIND_NAMES))
    missing_report = Choice(
        _l("Self-report that had not come"),
        description=_l(
            "Of a breach of duty: its month, where the breach is that it did not come. The report is then not entered "
            "as of an earlier day while this record stands."
        ),
    )  # fmt: skip
    occurred_on = Day(_l("Happened on"), [Required(), not_in_the_future])
    recorded_on = Day(_l("Recorded on"), [Required(), not_in_the_future])
    text = Paragraphs(_l("What happened"), [Required()])
    only_reminded = BooleanField(_l("Only reminded, without a record"))
    deliberate = BooleanField(
        _l("It was deliberate"), description=_l("Only such breaches can lead to prison, by the law of the case.")
    )
    duty = Line(_l("Which duty was broken, with its clause"), [Optional()], length=300)
    happened_at = Hour(_l("Hour"), [Optional()])
    location = Line(_l("Where it happened"), [Optional()], length=300)
    statement = Paragraphs(_l("What the person said to it"), [Optional()], length=1000)
    witness = Line(
        _l("Witness"), [Optional()], length=300,
        description=_l("For the minutes. What is left empty is filled in by hand."),
    )  # fmt: skip
    away_from = Day(_l("Away without permission from"), [Optional(), not_in_the_future])
    away_until = Day(
        _l("Last day away"), [Optional(), not_in_the_future],
        description=_l("Days away without permission, both included, are not counted as served: they move the end, "
                       "once two people have taken the new days over."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {
        "occurred_on": "day", "recorded_on": "day", "happened_at": "short", "missing_report": "mid",
        "away_from": "day", "away_until": "day",
    }  # fmt: skip

    def offer(self, overdue: Sequence[date]) -> None:
        """Ask whether the breach is that a self-report did not come, where one is overdue."""
        if not overdue:
            del self.missing_report
            return
        self.missing_report.flags.required = True  # of a breach of the law it says nothing, and may stay unsaid
        months = {month.isoformat(): spelled(month) for month in overdue}
        self.missing_report.choices = [TO_CHOOSE, (ANOTHER_DUTY, _("None: it is another breach")), *months.items()]

    def validate_missing_report(self, field: Choice) -> None:
        if self.kind.data == ViolationKind.DUTY and not field.data:
            told = _("Please say whether the breach is that a self-report did not come, and of which month.")
            raise ValidationError(told)

    def without_stay(self) -> None:
        """Leave out what only counts where days away are not served."""
        del self.away_from, self.away_until

    def of_minutes(self) -> dict[str, Any]:
        """What the minutes tell besides."""
        words = {name: self[name].data or "" for name in ("duty", "location", "statement", "witness")}
        stay = {name: self[name].data for name in ("away_from", "away_until") if name in self}
        missing = self.missing_report.data if "missing_report" in self else ""
        return {
            **words, "deliberate": self.deliberate.data, "happened_at": self.happened_at.data, **stay,
            "missing_report": date.fromisoformat(missing) if missing not in ("", ANOTHER_DUTY) else None,
        }  # fmt: skip

    def validate_recorded_on(self, field: Day) -> None:
        if self.occurred_on.data and field.data and field.data < self.occurred_on.data:
            raise ValidationError(_("It cannot be recorded before it happened."))


class MeasureForm(OfCaseForm):
    kind = Choice(_l("Kind of help"), choices=choices(MEASURE_KIND_NAMES))
    given_on = Day(_l("Given on"), [Required(), not_in_the_future])
    given_by = Line(_l("By whom"), [Required()])
    amount_vnd = Number(_l("Amount in VND"), [Optional()], most=10**12)
    text = Paragraphs(_l("Details"), [Optional()])
    widths: ClassVar[dict[str, str]] = {"kind": "mid", "given_on": "day", "amount_vnd": "short"}


class MeasureResultForm(PartForm):
    on = Day(_l("Asked on"), [Required(), not_in_the_future])
    text = Paragraphs(_l("What became of it"), [Required()])
    widths: ClassVar[dict[str, str]] = {"on": "day"}


class ReturnForm(PartForm):
    reason = Paragraphs(_l("What is missing"), [Required()], length=1000)


class TakeOverForm(EditForm):
    """Why the days that come out today are to hold."""

    reason = Paragraphs(_l("Reason"), [Required()], length=1000)


class TermChangeForm(OfCaseForm):
    """A shortening as the decision of the court tells it."""

    decision_number = Line(_l("Number of the decision"), [Required()], length=60)
    decided_on = Day(_l("Day of the decision"), [Required(), not_in_the_future])
    months = Number(_l("Months cut"), [Required()], least=1, most=MOST_MONTHS)
    printed_ends_on = Day(
        _l("Last day as the decision prints it"), [Optional()],
        description=_l("Leave it empty where it prints none. A printed day wins over the computed one."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {
        "decision_number": "mid", "decided_on": "day", "months": "short", "printed_ends_on": "day",
    }  # fmt: skip
