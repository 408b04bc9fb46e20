"""What is typed to propose an absence, how it is told, and what the law says while it is typed."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from portal.cases.models import Case
from portal.engine.forms import BooleanField, Day, Line, Required, ValidationError
from portal.engine.presentation import day
from portal.engine.text import _, _l
from portal.proposals.forms import Field, ProposalForm
from portal.proposals.kinds.absence.conditions import left, of_absence
from portal.proposals.kinds.absence.leave import Leave
from portal.proposals.kinds.absence.model import AbsenceProposal
from portal.proposals.models import Condition


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


def look(form: Any, case: Case, proposal: AbsenceProposal | None) -> list[Condition]:
    """What the law says of what is typed so far, and what is left while too little is."""
    days = form.leaves_on, form.returns_on
    if any(one.errors or not isinstance(one.data, date) for one in days):
        return left(case)
    leave = Leave(days[0].data, days[1].data, bool(form.medical.data), bool(form.abroad.data))
    return of_absence(case, leave, proposal)


def told(proposal: AbsenceProposal) -> Iterator[Field]:
    yield Field("leaves_on", day(proposal.leaves_on), strong=True)
    yield Field("returns_on", day(proposal.returns_on), strong=True)
    yield Field("destination", proposal.destination, full=True)
    yield Field("medical", _("yes") if proposal.medical else "", full=True)
    yield Field("abroad", _("yes") if proposal.abroad else "", full=True)
