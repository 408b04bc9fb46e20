"""What may be typed into a proposal of any kind, how its fields are told, and what may be typed about a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from wtforms.validators import Optional

from portal.engine.forms import EditForm, Paragraphs, Required, Version
from portal.engine.text import _l


@dataclass(frozen=True)
class Field:
    """A field of a proposal in words: its column's name, and its value. Its label is that of the form, unless said."""

    name: str
    value: str
    label: Any = ""
    strong: bool = False
    full: bool = False
    sub: str = ""  # a second line, in smaller words


class ProposalForm(EditForm):
    """What every kind asks for."""

    FIELDS: ClassVar[tuple[str, ...]] = ()
    widths: ClassVar[dict[str, str]] = {}
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

    @classmethod
    def labels(cls) -> dict[str, Any]:
        """The columns with their labels, in the order of the form."""
        return {name: getattr(cls, name).args[0] for name in (*cls.FIELDS, "reason")}


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


def returning_form(labels: Mapping[str, Any]) -> type[ReturningForm]:
    """The form that returns a proposal with these fields: with a place for a remark at each."""
    places = {REMARK + name: Paragraphs(label, [Optional()], length=1000) for name, label in labels.items()}
    return type("ReturningForm", (ReturningForm,), places)
