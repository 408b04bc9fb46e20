"""What may be typed into a proposal, kind by kind, and about a decision."""

from typing import Any, ClassVar

from wtforms.validators import Optional

from portal.cases.models import CLOSING_REASON_NAMES
from portal.engine.forms import (
    BooleanField,
    Choice,
    Day,
    EditForm,
    Line,
    Paragraphs,
    Required,
    ValidationError,
    Version,
)
from portal.engine.text import _, _l


class ProposalForm(EditForm):
    """What every kind asks for."""

    FIELDS: ClassVar[tuple[str, ...]] = ()
    CHECKED: ClassVar[tuple[str, ...]] = ()  # what a look at the limits of the law needs
    version = Version()  # of the proposal or, while there is none, of the case
    reason = Paragraphs(_l("Why it is proposed"), [Required()], length=2000)

    def __init__(self, *typed: Any, **more: Any) -> None:
        """Whatever the kind asks for, the reason is drawn last, and what is wrong is told in that order."""
        super().__init__(*typed, **more)
        self._fields.move_to_end("reason")

    def check(self) -> None:
        """Tell what is wrong with what a look at the limits needs. The rest may still be empty."""
        self.validate()
        for field in self:
            field.errors = field.errors if field.name in self.CHECKED else []

    def content(self) -> dict[str, Any]:
        """What was typed, by the names of the record's columns."""
        return {name: self[name].data for name in (*self.FIELDS, "reason")}


class OpeningForm(ProposalForm):
    FIELDS = ("officer_id",)
    officer_id = Choice(_l("Officer suggested"), [Optional()])
    widths: ClassVar[dict[str, str]] = {"officer_id": "mid"}

    def content(self) -> dict[str, Any]:
        typed = super().content()
        return {**typed, "officer_id": int(typed["officer_id"]) if typed["officer_id"] else None}


class HelperForm(ProposalForm):
    FIELDS = ("helper_id",)
    helper_id = Choice(_l("Helper"), [Required()])
    widths: ClassVar[dict[str, str]] = {"helper_id": "mid"}

    def content(self) -> dict[str, Any]:
        typed = super().content()
        return {**typed, "helper_id": int(typed["helper_id"])}


class AbsenceForm(ProposalForm):
    FIELDS = ("leaves_on", "returns_on", "destination", "medical", "abroad")
    CHECKED = ("leaves_on", "returns_on", "medical", "abroad")
    leaves_on = Day(_l("Day of departure"), [Required()])
    returns_on = Day(_l("Day of return"), [Required()])
    destination = Line(_l("Where to"), [Required()])
    medical = BooleanField(
        _l("Treatment in a medical facility, with its papers"), description=_l("Such days do not count.")
    )
    abroad = BooleanField(_l("The journey leads out of Viet Nam"))
    widths: ClassVar[dict[str, str]] = {"leaves_on": "day", "returns_on": "day"}

    def validate_returns_on(self, field: Day) -> None:
        if self.leaves_on.data and field.data and field.data < self.leaves_on.data:
            day = self.leaves_on.data.strftime("%d/%m/%Y")
            raise ValidationError(_("The day of return cannot lie before the departure on %(day)s.", day=day))


class CompletionForm(ProposalForm):
    FIELDS = ("completed_on", "closing_reason")
    completed_on = Day(_l("Completed on"), [Required()])
    closing_reason = Choice(
        _l("Reason for closing"), choices=[(str(value), label) for value, label in CLOSING_REASON_NAMES.items()]
    )
    widths: ClassVar[dict[str, str]] = {"completed_on": "day", "closing_reason": "mid"}


FORMS: dict[str, type[ProposalForm]] = {
    "open_case": OpeningForm,
    "helper": HelperForm,
    "absence": AbsenceForm,
    "completion": CompletionForm,
}


class StepForm(EditForm):
    """A step with the opinion of whoever takes it."""

    reason = Paragraphs(_l("Opinion"), [Optional()], length=2000)


class ReasonedForm(StepForm):
    """A step that needs a reason."""

    reason = Paragraphs(_l("Reason"), [Required(_l("A reason is needed."))], length=2000)


REMARK = "remark_"


class ReturningForm(ReasonedForm):
    """Returning a proposal: a reason for the whole and, if one likes, a remark at each of its fields."""

    @property
    def remarks(self) -> dict[str, Paragraphs]:
        """The fields for remarks, by the names of the columns that they are about."""
        return {one.name.removeprefix(REMARK): one for one in self if one.name.startswith(REMARK)}

    def written(self) -> dict[str, str]:
        return {name: one.data or "" for name, one in self.remarks.items()}


def fields_of(kind: str) -> dict[str, Any]:
    """What a proposal of a kind is made of: the columns with their labels, in the order of its form."""
    form = FORMS[kind]
    return {name: getattr(form, name).args[0] for name in (*form.FIELDS, "reason")}


def returning_form(kind: str) -> type[ReturningForm]:
    """The form that returns a proposal of a kind: with a place for a remark at each field."""
    places = {REMARK + name: Paragraphs(label, [Optional()], length=1000) for name, label in fields_of(kind).items()}
    return type("ReturningForm", (ReturningForm,), places)
