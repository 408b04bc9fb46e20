"""What is asked of an absence beside its days: it hangs on the law of the case."""

from collections.abc import Iterator, Mapping
from typing import Any

from portal.cases.models import Case
from portal.engine import clock
from portal.engine.refusal import Misfit, Reason
from portal.engine.text import _l, mark
from portal.law.competence import CHAIR, Competence
from portal.law.residence_supervision import Reach
from portal.law.rule import NotInForceError
from portal.proposals.kinds.absence.leave import Leave

REACH_NAMES: Mapping[Reach, Any] = {
    Reach.DISTRICT: _l("Within the district, as it was before July 2025"),
    Reach.PROVINCE: _l("Within the province"),
    Reach.BEYOND: _l("To another province, or abroad"),
}
OF_VISITS = frozenset({"consent_number", "consent_on"})
HOW_FAR = mark("Please say how far the journey goes: who may permit it depends on that.")
HALF_A_PAPER = mark(
    "A paper of the doctor or of the hospital has a number and a day. Leave both empty if it comes later."
)
PAPER_FOR_NOTHING = mark("Here is a paper of a doctor or of a hospital: tick that it is a treatment, or leave it out.")
NOT_THAT_NEAR = mark("A journey out of Viet Nam goes further than the province.")


def by_reach(case: Case) -> bool:
    """Whether it depends on how far the journey goes who permits it (RS-LEAVE)."""
    return hasattr(case.regime, "leave_permitted_by")


def refuse_visit(case: Case, leave: Leave) -> list[Reason]:
    """Say that the commune to be visited has not agreed; nothing where no visits are bounded."""
    if not case.bounds_visits:
        return []
    consented = leave.consented_on is not None and bool(leave.consent)
    refusals: list[Reason] = case.regime.refuse_visit(leave.leaves_on, consented=consented)
    return refusals


def permitted_by(case: Case, leave: Leave) -> Competence | None:
    """Who permits it, where that depends on how far it goes; None where it does not, or is not known."""
    if not by_reach(case) or leave.reach is None:
        return None
    try:
        found: Competence = case.regime.leave_permitted_by(leave.leaves_on, leave.reach)
    except NotInForceError:
        return None
    return found


def misfits_of(case: Case, leave: Leave) -> Iterator[Misfit]:
    """What is missing of what is asked in this case, or does not go together."""
    if by_reach(case) and leave.reach is None:
        yield Misfit("reach", HOW_FAR)
    if by_reach(case) and leave.abroad and leave.reach not in (None, Reach.BEYOND):
        yield Misfit("reach", NOT_THAT_NEAR)
    if leave.consented_on and leave.consented_on > clock.today():
        yield Misfit("consent_on", mark("%(day)s lies in the future."), day=leave.consented_on)
    if leave.proof_on and leave.proof_on > clock.today():
        yield Misfit("proof_on", mark("%(day)s lies in the future."), day=leave.proof_on)
    if leave.medical and bool(leave.proof_on) != bool(leave.proof):
        yield Misfit("proof_number" if leave.proof_on else "proof_on", HALF_A_PAPER)
    if not leave.medical and (leave.proof_on or leave.proof):
        yield Misfit("medical", PAPER_FOR_NOTHING)


def goes_up(case: Case, leave: Leave) -> bool:
    """Whether somebody above the commune permits it."""
    found = permitted_by(case, leave)
    return found is not None and found.actor != CHAIR


def unasked(case: Case) -> frozenset[str]:
    """The columns of which the law of a case makes nothing."""
    if case.bounds_visits:
        return frozenset({"reach", "medical", "proof_number", "proof_on", "abroad"})
    return OF_VISITS if by_reach(case) else OF_VISITS | {"reach"}
