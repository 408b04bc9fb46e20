"""What comes later to an absence: the answer of the agency above that permits it, and the paper of a treatment."""

from datetime import date
from typing import Any, ClassVar

from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.forms import Cards, Day, EditForm, Line, Required, not_in_the_future
from portal.engine.refusal import Misfit, Plain, Refused
from portal.engine.text import _, _l, mark
from portal.engine.workflow import steps_of
from portal.proposals.kinds.absence.leave import permitted_already
from portal.proposals.kinds.absence.model import AbsenceProposal
from portal.proposals.kinds.kind import Links

SENT = ("communicated", "carried_out")
TWICE = mark(
    "An absence from %(first)s to %(last)s is permitted already: no day is permitted and counted twice. Clear up with "
    "the agency which of the two holds."
)


class AgencyAnswerForm(EditForm):
    granted = Cards(
        _l("What the agency answered"),
        choices=[("yes", _l("It permits the absence")), ("no", _l("It refuses the absence"))],
    )
    agency_number = Line(_l("Number of its paper"), [Required()], length=60)
    agency_on = Day(_l("Day of its paper"), [Required(), not_in_the_future])
    widths: ClassVar[dict[str, str]] = {"agency_number": "mid", "agency_on": "day"}

    def told(self) -> dict[str, Any]:
        number = (self.agency_number.data or "").strip()
        return {"granted": self.granted.data == "yes", "number": number, "on": self.agency_on.data}


def record_agency_answer(proposal: AbsenceProposal, by: Actor, *, granted: bool, number: str, on: date) -> None:
    """Write down what the agency answered; granted, the leave counts as permitted from now on.

    Raises Refused where nothing went up, it was answered before, its day cannot be, or other leave that was permitted
    meanwhile has some of the days.
    """
    if not proposal.goes_up or proposal.state not in SENT:
        raise Refused(Plain(mark("The answer of the agency is recorded once the signed file was sent.")))
    if proposal.agency_on is not None:
        raise Refused(Plain(mark("The answer of the agency of %(day)s is recorded already."), day=proposal.agency_on))
    if on > clock.today():
        raise Refused(Misfit("agency_on", mark("The day lies in the future.")))
    sent_on = next(clock.day_of(one.at) for one in steps_of(proposal) if one.name == "communicate")
    if on < sent_on:
        raise Refused(Misfit("agency_on", mark("The file was sent only on %(day)s."), day=sent_on))
    if granted and (same := next(permitted_already(proposal.case, proposal.leave, proposal), None)):
        raise Refused(Misfit("granted", TWICE, **same.numbers))
    proposal.agency_granted, proposal.agency_number, proposal.agency_on = granted, number, on
    if proposal.state == "communicated":
        proposal.workflow.follow("carry_out", proposal, by)


class ProofForm(EditForm):
    proof_number = Line(_l("Number, and whose it is"), [Required()], length=100)
    proof_on = Day(_l("Day of its paper"), [Required(), not_in_the_future])
    widths: ClassVar[dict[str, str]] = {"proof_on": "day"}

    def told(self) -> dict[str, Any]:
        return {"number": (self.proof_number.data or "").strip(), "on": self.proof_on.data}


def record_proof(proposal: AbsenceProposal, *, number: str, on: date) -> None:
    """Write down the doctor's order or the hospital's confirmation of a treatment that was permitted before it came.

    Raises Refused where no treatment was permitted, its paper is here already, or its day lies in the future.
    """
    if not proposal.awaits_proof:
        raise Refused(Plain(mark("No treatment was permitted here whose paper is still to come.")))
    if on > clock.today():
        raise Refused(Misfit("proof_on", mark("The day lies in the future.")))
    proposal.proof_number, proposal.proof_on = number, on


def further(proposal: AbsenceProposal) -> Links:
    """What the agency answered, once the file was sent; the paper of a treatment that was permitted before it came."""
    links = []
    if proposal.goes_up and proposal.state in SENT and proposal.agency_on is None:
        links.append(("record_answer", _("Record the answer of the agency"), "proposals.agency_answer"))
    if proposal.awaits_proof:
        links.append(("record_proof", _("Record the paper of the treatment"), "proposals.medical_paper"))
    return links
