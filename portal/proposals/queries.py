"""What is asked of proposals more than once."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, not_, or_, select

from portal.cases.models import Case
from portal.cases.queries import findable, no_owner
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.workflow import bound, bound_among
from portal.law import approval
from portal.organisation.models import RoleGrant, User
from portal.organisation.queries import grants_of
from portal.proposals.models import Proposal

OPEN = ("draft", "submitted", "returned", "endorsed", "oral")


def to_endorse() -> ColumnElement[bool]:
    """Proposals whose next step is to endorse them: by the law of most kinds since 07/2026 nobody does."""
    return and_(Proposal.state == "submitted", Proposal.endorser_role.is_not(None))


def to_decide() -> ColumnElement[bool]:
    """Proposals on which somebody decides next."""
    return or_(Proposal.state == "endorsed", and_(Proposal.state == "submitted", Proposal.endorser_role.is_(None)))


def _known(*ids: int | None) -> set[int]:
    return {one for one in ids if one is not None}


def waiting_for(user: Actor) -> ColumnElement[bool]:
    """Proposals whose next step is the user's: to endorse, to decide, or to complete what was returned.

    What they, or those for whom they would decide, had a part in is somebody else's to answer.
    """
    role, acts_for = (user.acting.role, user.acting.on_behalf_of_id) if user.acting else ("", None)
    endorses = and_(to_endorse(), Proposal.endorser_role == role, not_(bound_among(Proposal, _known(user.id))))
    part = bound_among(Proposal, _known(user.id, acts_for))
    decides = and_(to_decide(), Proposal.decider_role == role, not_(part))
    returned = and_(Proposal.state.in_(("draft", "returned")), Proposal.created_by_id == user.id)
    to_confirm = and_(Proposal.state == "oral", Proposal.oral_by_id == user.id)
    return or_(endorses, decides, returned, to_confirm)


def fitting(user: Actor) -> Callable[[str], ColumnElement[bool]]:
    """Proposals by their number, or by their case's number or person, as far as the user may know the name."""
    known = findable(user)

    def search(words: str) -> ColumnElement[bool]:
        cases = select(Case.id).where(known(words))
        return or_(Proposal.number.contains(words.upper(), autoescape=True), Proposal.case_id.in_(cases))

    return search


def without_author(proposal: type[Proposal], commune_id: int) -> ColumnElement[bool]:
    """Proposals whose author holds no role in the commune today in which one proposes: nobody is left to withdraw."""
    return no_owner(proposal.created_by_id, commune_id)


def author_left(proposal: Proposal) -> bool:
    """The same of one proposal."""
    left = without_author(Proposal, proposal.commune_id)
    return bool(db.session.scalar(select(exists().where(Proposal.id == proposal.id, left))))


def author_among(proposals: Select[Any], id: int | None) -> User | None:
    """The author of some of these proposals with an id, if there is such a one."""
    authors = proposals.with_only_columns(Proposal.created_by_id).order_by(None)
    return db.session.scalar(select(User).where(User.id == id, User.id.in_(authors))) if id else None


def chain_of(proposal: Proposal) -> approval.Chain:
    """Who endorses and who decides by the law of the day of submission; of a draft, by that of today."""
    return approval.chain(proposal.chain_row, proposal.submitted_on or clock.today())


def next_people(proposal: Proposal) -> list[RoleGrant]:
    """The grants by which somebody may take the next step today: of the role, and with no part in it so far."""
    endorses = proposal.state == "submitted" and proposal.endorser_role is not None
    role = proposal.waits_for or chain_of(proposal).decider
    found = _others(proposal, role, stand_in=endorses)
    return [one for one in found if one.user_id == proposal.oral_by_id] if proposal.state == "oral" else found


def nobody_decides(proposal: Proposal) -> bool:
    """Whether nobody holds the role that decides but those who had a part in it."""
    if proposal.state not in OPEN:
        return False
    return not _others(proposal, proposal.decider_role or chain_of(proposal).decider, stand_in=False)


def _others(proposal: Proposal, role: str, *, stand_in: bool) -> list[RoleGrant]:
    part = bound(proposal)
    return [
        grant
        for grant in grants_of(role, proposal.commune_id)
        if grant.user_id not in part and (stand_in or grant.on_behalf_of_id not in part)
    ]
