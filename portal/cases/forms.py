"""What may be typed about a case."""

from collections.abc import Callable, Container, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, ClassVar

from flask_login import current_user
from wtforms.validators import Optional

from portal.cases.actions.opening import refuse_custody
from portal.cases.models import (
    CASE_TYPE_NAMES,
    CHANNEL_NAMES,
    CONTACT_KIND_NAMES,
    MEASURE_KIND_NAMES,
    RATING_NAMES,
    VIOLATION_KIND_NAMES,
    CaseType,
)
from portal.cases.presenters.months import Months, spelled
from portal.cases.queries import namesakes
from portal.engine.forms import (
    TO_CHOOSE,
    BooleanField,
    Cards,
    Choice,
    Day,
    EditForm,
    Form,
    Line,
    Number,
    Paragraphs,
    PartForm,
    Required,
    StringField,
    ValidationError,
    Version,
    in_words,
    not_in_the_future,
)
from portal.engine.presentation import told, told_with_source
from portal.engine.text import _, _l
from portal.law import REGIMES
from portal.law.asking import refused_start
from portal.law.rule import ACT_2025
from portal.people.forms import PersonForm
from portal.people.models import Person

MOST_MONTHS, MOST_DAYS = 480, 3650
MOST_YEARS_BEFORE, MOST_YEARS_AFTER = 40, 10  # between the start of a term and the receipt of its file
NEW_PERSON = "new"


def choices(names: Any) -> list[tuple[str, Any]]:
    return [(str(value), label) for value, label in names.items()]


class Month(Choice):
    """One of the months that ask for something; of any other it says why not."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label, **options)
        self.flags.required = True
        self.why_not: Callable[[str], str] = lambda _typed: str(Required().message)

    def pre_validate(self, form: Any) -> None:
        if not self.data or self.data not in self._values():
            raise ValidationError(self.why_not(self.data or ""))


class OfCaseForm(Form):
    """What is written into a case beside what others write there.

    It carries the version of the case, so that whoever is overtaken by its end learns by whom. Nothing is compared
    where the case still runs.
    """

    version = Version()


def not_before_receipt(field: Day, received_on: date | None) -> None:
    if field.data and received_on and field.data < received_on:
        raise ValidationError(_("The reception cannot lie before the file was received."))


class _OfAMonth(OfCaseForm):
    """A form about one month of a case.

    *told*: why the month that was wanted is not asked for; *nothing*: why there is no month to record at all.
    """

    month = Month(_l("Month"))
    widths: ClassVar[dict[str, str]] = {"month": "short", "received_on": "day", "held_on": "day", "written_on": "day"}
    told = nothing = ""

    def offer(self, months: Months, wanted: str = "") -> None:
        """Offer the months that are still to be recorded. The *wanted* one ("2026-11") stands chosen, else the last.

        Where the wanted one is not asked for nothing is chosen, and it is told why. A month that was taken while the
        form was open stays in it, so that the answer can tell who was faster.
        """
        offered = {month.isoformat(): spelled(month) for month in months.offered}
        lost = {month.isoformat(): spelled(month) for month in months.taken if month.isoformat() == self.month.data}
        self.month.why_not = lambda typed: self._why_not(months, typed)
        if offered and not self.is_submitted():
            self._choose(months, f"{wanted}-01" if wanted else list(offered)[-1], offered)
        choices = offered | lost
        self.nothing = "" if choices else months.nothing
        self.month.choices = [*([] if self.month.data in choices else [TO_CHOOSE]), *choices.items()]

    def _choose(self, months: Months, month: str, offered: Container[str]) -> None:
        if month in offered:
            self.month.data = month
        else:
            self.told = self._why_not(months, month)

    def _why_not(self, months: Months, typed: str) -> str:
        if not typed:
            return self.nothing or str(Required().message)
        with suppress(ValueError):
            month = date.fromisoformat(typed)
            if month.isoformat() == typed and month.day == 1:
                return months.why_not(month)
        return _("There is no such month.")

    @property
    def month_day(self) -> date:
        return date.fromisoformat(self.month.data)

    def not_before_its_month(self, day: Day) -> None:
        if day.data and not self.month.errors and day.data < self.month_day:
            raise ValidationError(_("The month had not begun on that day."))


class CheckInForm(_OfAMonth):
    received_on = Day(_l("Handed in on"), [Required(), not_in_the_future])
    channel = Cards(_l("How"), choices=choices(CHANNEL_NAMES), default="in_person")
    note = Paragraphs(_l("Note"), [Optional()], length=1000)

    def validate_received_on(self, field: Day) -> None:
        self.not_before_its_month(field)


class RollCallForm(_OfAMonth):
    held_on = Day(_l("Day of the roll-call"), [Required(), not_in_the_future])
    present = Cards(_l("Was the person there?"), choices=[("yes", _l("Present")), ("no", _l("Absent"))], default="yes")
    note = Paragraphs(_l("Note"), [Optional()], length=1000)

    def validate_held_on(self, field: Day) -> None:
        self.not_before_its_month(field)
        if field.data and not self.month.errors and field.data.replace(day=1) > self.month_day:
            raise ValidationError(_("The roll-call of a month is held in that month."))


class AssessmentForm(_OfAMonth):
    written_on = Day(_l("Written on"), [Required(), not_in_the_future])
    rating = Choice(_l("Rating"), choices=[TO_CHOOSE, *choices(RATING_NAMES)])
    text = Paragraphs(_l("Assessment"), [Required()])

    def offer(self, months: Months, wanted: str = "") -> None:
        """Say of the rating whether it must be there: of the month that stands chosen, else of any that is offered."""
        super().offer(months, wanted)
        offered = {value for value, _label in self.month.choices if value}
        chosen = {self.month.data} & offered or offered
        self.rating.flags.required = bool(chosen) and min(chosen) >= ACT_2025.isoformat()
        if any(value < ACT_2025.isoformat() for value in offered):
            self.rating.description = _("Months before July 2026 have no rating.")

    def validate_written_on(self, field: Day) -> None:
        self.not_before_its_month(field)

    def validate_rating(self, field: Choice) -> None:
        """The four grades exist since 01/07/2026."""
        if self.month.data and not self.month.errors:
            graded = self.month_day >= ACT_2025
            if graded and not field.data:
                raise ValidationError(_("Please choose the rating."))
            if not graded and field.data:
                raise ValidationError(_("Months before July 2026 have no rating."))


class ContactForm(OfCaseForm):
    kind = Cards(_l("Kind"), choices=choices(CONTACT_KIND_NAMES), default="visit")
    happened_on = Day(_l("Day"), [Required(), not_in_the_future])
    note = Paragraphs(_l("What was said and seen"), [Required()], length=1000)
    widths: ClassVar[dict[str, str]] = {"happened_on": "day"}


class ViolationForm(OfCaseForm):
    kind = Cards(_l("Kind of violation"), choices=choices(VIOLATION_KIND_NAMES))
    occurred_on = Day(_l("Happened on"), [Required(), not_in_the_future])
    recorded_on = Day(_l("Recorded on"), [Required(), not_in_the_future])
    text = Paragraphs(_l("What happened"), [Required()])
    only_reminded = BooleanField(_l("Only reminded, without a record"))
    widths: ClassVar[dict[str, str]] = {"occurred_on": "day", "recorded_on": "day"}

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


class TermChangeForm(OfCaseForm):
    """A shortening as the decision of the court tells it."""

    decision_number = Line(_l("Number of the decision"), [Required()], length=60)
    decided_on = Day(_l("Day of the decision"), [Required(), not_in_the_future])
    months = Number(_l("Months cut"), [Required()], least=1, most=MOST_MONTHS)
    widths: ClassVar[dict[str, str]] = {"decision_number": "mid", "decided_on": "day", "months": "short"}


class PersonOfCaseForm(PersonForm):
    """What is kept of the person of a case. It carries the version of the case as well: its state opens the page."""

    case_version = Version()
    reason = Paragraphs(
        _l("Why the date of birth is another"), [Optional()], length=1000,
        description=_l("Only if you change it: the paper that says so. A second person compares it and confirms."),
    )  # fmt: skip

    def leave_reason_out(self) -> None:
        """Of somebody who was never taken on the date of birth is changed like the rest."""
        del self.reason

    def why(self) -> str:
        return str(self.reason.data or "") if "reason" in self else ""


class CaseForm(PersonForm):
    """A file as its papers tell it: the person first, then the judgment, then the dates.

    It carries the version of the person as well: two records are changed at once.
    """

    type = Choice(_l("Type of case"), choices=choices(CASE_TYPE_NAMES))
    person_version = Version()
    judgment_number = Line(_l("Number of the judgment or decision"), [Optional()], length=60)
    judgment_on = Day(_l("Day of the judgment or decision"), [Optional(), not_in_the_future])
    court = Line(_l("Court or body"), [Optional()])
    offence = Line(_l("Offence"), [Optional()])
    prison_months = Number(_l("Prison term, in months"), [Optional()], most=MOST_MONTHS)
    received_on = Day(_l("File received on"), [Required(), not_in_the_future])
    starts_on = Day(_l("Term starts on"), [Required()])
    term_months = Number(_l("Length of the term, in months"), [Required()], least=1, most=MOST_MONTHS)
    detained_days = Number(
        _l("Days in custody before the judgment"), [Optional()], most=MOST_DAYS,
        description=_l("Of a non-custodial reform only, as the judgment tells them: the law takes them off the term."),
    )  # fmt: skip
    printed_ends_on = Day(_l("Last day as printed on the paper"), [Optional()])
    reception_on = Day(
        _l("Reception held on"), [Optional(), not_in_the_future],
        description=_l("The session in which rights and duties were explained. If it is to come, record it then."),
    )  # fmt: skip

    widths: ClassVar[dict[str, str]] = {
        **PersonForm.widths, "type": "mid", "judgment_number": "mid", "judgment_on": "day", "prison_months": "short",
        "received_on": "day", "starts_on": "day", "term_months": "short", "printed_ends_on": "day",
        "detained_days": "short", "reception_on": "day",
    }  # fmt: skip

    PAPERS = (
        "type", "judgment_number", "judgment_on", "court", "offence", "prison_months", "received_on", "starts_on",
        "term_months", "detained_days", "printed_ends_on", "reception_on",
    )  # fmt: skip

    JUDGMENT = (
        "judgment_number",
        "judgment_on",
        "court",
        "offence",
        "prison_months",
    )  # folded until one says something

    person_told: Sequence[tuple[str, str]] = ()

    @property
    def tells_judgment(self) -> bool:
        return any(self[name].data or self[name].errors for name in self.JUDGMENT)

    @property
    def has_person(self) -> bool:
        return "full_name" in self

    def leave_person_out(self) -> None:
        """Ask for the papers alone, and only tell what is kept of the person: it is not this file's to change."""
        fields = [self[name] for name in self.PERSON]
        self.person_told = [(str(one.label.text), in_words(one, one.object_data)) for one in fields]
        for name in (*self.PERSON, "person_version"):
            del self[name]

    def old_enough_on(self) -> date | None:
        received: date | None = self.received_on.data
        return received

    def validate_received_on(self, field: Day) -> None:
        if field.data and self.judgment_on.data and field.data < self.judgment_on.data:
            raise ValidationError(_("The file cannot be received before the decision was made."))

    def validate_starts_on(self, field: Day) -> None:
        """A typing error of a century is easily made, and moves every right."""
        received: date | None = self.received_on.data
        if field.data and received and not -MOST_YEARS_BEFORE <= field.data.year - received.year <= MOST_YEARS_AFTER:
            raise ValidationError(_("That is far from the day on which the file was received. Please check the year."))
        judged: date | None = self.judgment_on.data
        if field.data and judged and self.type.data in REGIMES:
            for one in refused_start(REGIMES[self.type.data], field.data, judged):
                raise ValidationError(told_with_source(one))

    def validate_printed_ends_on(self, field: Day) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("The last day cannot lie before the first."))

    def validate_detained_days(self, field: Number) -> None:
        """The deed asks it again; here it is told before anything is saved, also while one only computes the days."""
        start, months = self.starts_on.data, self.term_months.data
        if field.data and self.type.data in CASE_TYPE_NAMES and start and months:
            for reason in refuse_custody(CaseType(self.type.data), start, months, field.data):
                raise ValidationError(told(reason))

    def validate_reception_on(self, field: Day) -> None:
        not_before_receipt(field, self.received_on.data)

    def papers(self) -> dict[str, Any]:
        typed = {name: self[name].data for name in self.PAPERS}
        return {**typed, **{name: typed[name] or "" for name in ("judgment_number", "court", "offence")}}


class ReceptionForm(EditForm):
    """The session in which rights and duties were explained to the person."""

    held_on = Day(
        _l("Reception held on"), [Required(), not_in_the_future],
        description=_l("The report to the province, the plan and the helper are counted from this day."),
    )  # fmt: skip
    reason = Paragraphs(
        _l("Why the day is corrected"), [Optional()], length=1000,
        description=_l("The chief sees it. What is past its day stays so."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {"held_on": "day"}

    def __init__(self, received_on: date | None = None, **kept: Any) -> None:
        super().__init__(**kept)
        self.received = received_on
        self.reason.flags.required = True
        if not kept.get("held_on"):
            del self.reason

    @property
    def why(self) -> str:
        return str(self.reason.data or "") if "reason" in self else ""

    def validate_held_on(self, field: Day) -> None:
        not_before_receipt(field, self.received)


class NewCaseForm(CaseForm):
    """A new file: if somebody like that is there already, it must be said whether it is them."""

    person_id = StringField(_l("The same person?"))
    alike: Sequence[Person] = ()

    def validate_person_id(self, field: StringField) -> None:
        if self.full_name.errors or self.national_id.errors:
            return
        self.alike = namesakes(current_user, self.full_name.data, self.national_id.data)
        offered = {NEW_PERSON, *(str(person.id) for person in self.alike)} if self.alike else {"", NEW_PERSON}
        if (field.data or "") not in offered:
            raise ValidationError(_("Please choose one."))

    def chosen(self) -> Person | None:
        """The person who was there already."""
        return next((person for person in self.alike if str(person.id) == self.person_id.data), None)


class AssignForm(EditForm):
    officer_id = Cards(_l("Officer"))
