"""Giving a case to an officer. It keeps its owner until the officer has accepted."""

from portal.cases.models import Assignment, AssignmentKind, Case, may_own
from portal.engine.db import db
from portal.engine.refusal import Plain, Refused
from portal.engine.text import mark
from portal.organisation.models import User


def assign_officer(case: Case, officer: User) -> Assignment:
    """Ask an officer to take the case.

    Raises Refused if somebody has been asked already, if it is theirs, or if they hold no role that may own cases.
    """
    if not case.running:
        raise Refused(Plain(mark("The case is not open.")))
    if waiting := case.proposed(AssignmentKind.OFFICER):
        raise Refused(Plain(mark("%(name)s has been asked and has not answered yet."), name=waiting.assignee.full_name))
    running = case.accepted(AssignmentKind.OFFICER)
    if running and running.assignee_id == officer.id:
        raise Refused(Plain(mark("The case is theirs already.")))
    if not may_own(officer):
        raise Refused(Plain(mark("%(name)s is no officer of the commune police today."), name=officer.full_name))
    assignment = Assignment(
        case=case, commune_id=case.commune_id, kind=AssignmentKind.OFFICER, assignee=officer, assignee_id=officer.id
    )
    db.session.add(assignment)
    db.session.flush()
    return assignment
