"""What is asked of an absence beside its days: it hangs on the law of the case."""

from collections.abc import Iterator, Mapping
from typing import Any

from portal.cases.models import Case
from portal.engine.refusal import Misfit
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
HOW_FAR = mark("Please say how far the journey goes: who may permit it depends on that.")
NOT_THAT_NEAR = mark("A journey out of Viet Nam goes further than the province.")


def by_reach(case: Case) -> bool:
    """Whether it depends on how far the journey goes who permits it (RS-LEAVE)."""
    return hasattr(case.regime, "leave_permitted_by")


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


def goes_up(case: Case, leave: Leave) -> bool:
    """Whether somebody above the commune permits it."""
    found = permitted_by(case, leave)
    return found is not None and found.actor != CHAIR


def unasked(case: Case) -> frozenset[str]:
    """The columns of which the law of a case makes nothing."""
    return frozenset() if by_reach(case) else frozenset({"reach"})
