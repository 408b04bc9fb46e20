"""What is asked of proposals more than once."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, and_, or_, select

from portal.cases.models import Case
from portal.cases.queries import findable
from portal.engine.access import Actor
from portal.proposals.models import Proposal

OPEN = ("draft", "submitted", "returned", "endorsed")


def waiting_for(user: Actor) -> ColumnElement[bool]:
    """Proposals whose next step is the user's: to endorse, to decide, or to complete what was returned."""
    role = user.acting.role if user.acting else ""
    to_endorse = and_(Proposal.state == "submitted", Proposal.endorser_role == role)
    undecided = or_(Proposal.state == "endorsed", and_(Proposal.state == "submitted", Proposal.endorser_role.is_(None)))
    returned = and_(Proposal.state.in_(("draft", "returned")), Proposal.created_by_id == user.id)
    return or_(to_endorse, and_(undecided, Proposal.decider_role == role), returned)


def fitting(user: Actor) -> Callable[[str], ColumnElement[bool]]:
    """Proposals by their number, or by their case's number or person, as far as the user may know who it is."""
    found = findable(user)

    def search(words: str) -> ColumnElement[bool]:
        cases = select(Case.id).where(found(words))
        return or_(Proposal.number.contains(words.upper(), autoescape=True), Proposal.case_id.in_(cases))

    return search
