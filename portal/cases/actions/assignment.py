"""Giving cases to an officer. A case keeps its owner until the officer has accepted."""

from collections.abc import Mapping, Sequence

from portal.cases.models import Assignment, AssignmentKind, Case, may_own
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.refusal import Conflict, Misfit, Plain, Refused
from portal.engine.text import mark
from portal.engine.transaction import unchanged
from portal.organisation.models import User

NO_OFFICER = mark("%(name)s is no officer of the commune police today.")


def assign_officer(case: Case, officer: User, reason: str = "") -> Assignment:
    """Ask an officer to take the case.

    Raises Refused if somebody has been asked already, if it is theirs, or if they hold no role that may own cases.
    """
    if not case.running:
        raise Refused(Plain(mark("The case is not open.")))
    if waiting := case.proposed(AssignmentKind.OFFICER):
        raise Refused(Plain(mark("%(name)s has been asked and has not answered yet."), name=waiting.assignee.full_name))
    if _is_theirs(case, officer):
        raise Refused(Plain(mark("The case is theirs already.")))
    if not may_own(officer):
        raise Refused(Plain(NO_OFFICER, name=officer.full_name))
    assignment = Assignment(
        case=case, commune_id=case.commune_id, kind=AssignmentKind.OFFICER, assignee=officer, assignee_id=officer.id,
        reason=reason,
    )  # fmt: skip
    db.session.add(assignment)
    db.session.flush()
    return assignment


def assign_many(cases: Sequence[Case], owners: Mapping[int, int], officer: User, reason: str) -> list[Assignment]:
    """Ask an officer to take several cases: all of them, or none.

    *owners*: from whom each was to go, as the page said. Raises Conflict if one is somebody else's by now, Refused with
    what stands against each of them, at the field of the list.
    """
    if not may_own(officer):
        raise Refused(Misfit("officer_id", NO_OFFICER, name=officer.full_name))
    if moved := next((case for case in cases if case.owner_id != owners.get(case.id)), None):
        raise Conflict(moved, Plain(mark("Case %(number)s is with %(name)s now."), number=moved.number,
                                    name=moved.owner.full_name))  # fmt: skip
    if against := against_giving(cases, officer):
        raise Refused(*against)
    return [assign_officer(case, officer, reason) for case in cases]


def against_giving(cases: Sequence[Case], officer: User) -> list[Misfit]:
    """What stands against asking an officer to take some cases, a reason a case, by their numbers."""
    return [reason for case in cases if (reason := _against(case, officer))]


def _against(case: Case, officer: User) -> Misfit | None:
    if not case.running:
        return Misfit("cases", mark("Case %(number)s is not open."), number=case.number)
    if waiting := case.proposed(AssignmentKind.OFFICER):
        asked = mark("Case %(number)s: %(name)s has been asked and has not answered yet. Take that request back first.")
        return Misfit("cases", asked, number=case.number, name=waiting.assignee.full_name)
    if _is_theirs(case, officer):
        theirs = mark("Case %(number)s is with %(name)s already.")
        return Misfit("cases", theirs, number=case.number, name=officer.full_name)
    return None


def _is_theirs(case: Case, officer: User) -> bool:
    running = case.accepted(AssignmentKind.OFFICER)
    return running is not None and running.assignee_id == officer.id


def accept_many(requests: Sequence[Assignment], shown: Mapping[int, int], actor: Actor) -> None:
    """Accept several cases at once, as whoever is asked: all of them, or none.

    Raises Conflict if one of them is another than when its version was *shown*.
    """
    for request in requests:
        unchanged(request, shown.get(request.id))
        request.workflow.take("accept", request, actor, version=shown.get(request.id))
