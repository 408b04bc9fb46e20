"""Absences that were permitted on paper before the file was kept here: their days are used up as any."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from portal.cases.actions.on_paper import refuse_unless_on_paper
from portal.cases.forms.of_case import OfCaseForm
from portal.cases.models import Case
from portal.engine.db import db, touch
from portal.engine.forms import BooleanField, Day, Line, Optional, Required, ValidationError, not_in_the_future
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _, _l, mark
from portal.proposals.actions import next_proposal_number
from portal.proposals.kinds.absence.asked import PAPER_FOR_NOTHING
from portal.proposals.kinds.absence.leave import Leave, misplaced
from portal.proposals.kinds.absence.model import AbsenceProposal

WITHOUT_PAPER = mark("A treatment of before has its paper: give number and day, or do not tick that it was one.")


class PaperAbsenceForm(OfCaseForm):
    paper_number = Line(_l("Number of the permit"), [Required()], length=60)
    paper_on = Day(_l("Day of the permit"), [Required(), not_in_the_future])
    leaves_on = Day(_l("Day of departure"), [Required()])
    returns_on = Day(_l("Day of return"), [Required()])
    destination = Line(_l("Where to"), [Required()])
    medical = BooleanField(
        _l("Treatment in a medical facility, with its papers"), description=_l("Such days do not count.")
    )
    proof_number = Line(
        _l("The doctor's order or the hospital's confirmation: number, whose it is"), [Optional()], length=100
    )
    proof_on = Day(_l("The doctor's order or the hospital's confirmation: day"), [Optional(), not_in_the_future])
    widths: ClassVar[dict[str, str]] = {
        "paper_number": "mid", "paper_on": "day", "leaves_on": "day", "returns_on": "day", "proof_on": "day",
    }  # fmt: skip

    def validate_returns_on(self, field: Day) -> None:
        if self.leaves_on.data and field.data and field.data < self.leaves_on.data:
            day = self.leaves_on.data.strftime("%d/%m/%Y")
            raise ValidationError(_("The day of return cannot lie before the departure on %(day)s.", day=day))

    def told(self) -> dict[str, Any]:
        names = ("paper_number", "paper_on", "leaves_on", "returns_on", "destination", "medical", "proof_on")
        return {**{name: self[name].data for name in names}, "proof_number": self.proof_number.data or ""}


def record_paper_absence(case: Case, paper_on: date, **told: Any) -> AbsenceProposal:
    """Record a permit of before the file was kept here, which somebody else gave and signed on that paper.

    Raises Refused for a day on which it is kept here already, and for an absence that cannot lie where it is said to.
    """
    refuse_unless_on_paper(case, "paper_on", paper_on)
    leave = Leave(
        told["leaves_on"], told["returns_on"], told["medical"], proof_on=told["proof_on"], proof=told["proof_number"]
    )
    if against := [*_misfits_of_proof(leave), *misplaced(case, leave)]:
        raise Refused(*against)
    permit = AbsenceProposal(
        case=case, commune_id=case.commune_id, number=next_proposal_number(case.commune_id, paper_on.year),
        state="carried_out", decided_on=paper_on, **told,
    )  # fmt: skip
    db.session.add(permit)
    touch(case)
    return permit


def _misfits_of_proof(leave: Leave) -> Iterator[Misfit]:
    """A treatment of which no paper is there cannot be told from any other absence."""
    if leave.medical and not leave.proof:
        yield Misfit("proof_number", WITHOUT_PAPER)
    if leave.medical and leave.proof_on is None:
        yield Misfit("proof_on", WITHOUT_PAPER)
    if not leave.medical and (leave.proof_on or leave.proof):
        yield Misfit("medical", PAPER_FOR_NOTHING)
