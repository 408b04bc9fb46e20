"""Whom a case is about, and who has it in hand."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from wtforms.validators import Optional

from portal.engine import versions
from portal.engine.forms import (
    TO_CHOOSE,
    Cards,
    Choice,
    EditForm,
    Form,
    Paragraphs,
    Required,
    StringField,
    ValidationError,
    Version,
    options_of,
)
from portal.engine.text import _, _l
from portal.people.forms import PersonForm


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


class AssignForm(EditForm):
    officer_id = Cards(_l("Officer"))


class ReassignForm(Form):
    """Cases, one tick each with whom it is with, the officer who is asked to take them, and why."""

    TICK: ClassVar[str] = "case_"
    PREFIXES: ClassVar[tuple[str, ...]] = (TICK,)
    ROWS_AT: ClassVar[str] = "cases"
    BUTTONS: ClassVar[frozenset[str]] = Form.BUTTONS | {"sure", "back"}
    cases = StringField(_l("Cases"))  # the ticks; what is wrong with them is told here
    officer_id = Choice(_l("To whom"), [Required()])
    reason = Paragraphs(_l("Reason"), [Required()], length=500)
    widths: ClassVar[dict[str, str]] = {"officer_id": "mid"}

    def offer(self, officers: Iterable[tuple[int, str]]) -> None:
        """Fill the list of those who may be asked, by their ids."""
        self.officer_id.choices = options_of([TO_CHOOSE, *((str(one), label) for one, label in officers)])

    @property
    def owners(self) -> Mapping[int, int]:
        """With whom each case that was ticked is, as the page showed it, by its id."""
        return {one: versions.read(owner) for one, owner in self.listed(self.TICK).items()}

    def validate_cases(self, _field: StringField) -> None:
        if not self.owners:
            raise ValidationError(_("Tick at least one case."))


class RequestsForm(Form):
    """Requests that are accepted together: one tick each, with the version that was shown."""

    TICK: ClassVar[str] = "request_"
    PREFIXES: ClassVar[tuple[str, ...]] = (TICK,)
    ROWS_AT: ClassVar[str] = "requests"
    requests = StringField(_l("Requests"))

    @property
    def shown(self) -> Mapping[int, int]:
        """The version of each request that was ticked, by its id."""
        return {one: versions.read(version) for one, version in self.listed(self.TICK).items()}

    def validate_requests(self, _field: StringField) -> None:
        if not self.shown:
            raise ValidationError(_("Tick at least one request."))
