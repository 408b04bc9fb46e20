"""Whom a case is about, and who has it in hand."""

from wtforms.validators import Optional

from portal.engine.forms import Cards, EditForm, Paragraphs, Version
from portal.engine.text import _l
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
