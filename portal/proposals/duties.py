"""Which duties a proposal makes: whose step is next."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from sqlalchemy import select

from portal.duties.rules import DutyRule, Source, Wanted
from portal.engine.db import db
from portal.engine.text import _l
from portal.organisation.models import RoleGrant, line_of
from portal.organisation.queries import grants_of
from portal.proposals.models import Proposal
from portal.proposals.queries import next_people

ANSWER = timedelta(days=3)  # our own policy: a proposal does not lie about

RULES = (
    DutyRule("ENDORSE", _l("Endorse a proposal"), _l("%(title)s: to be endorsed"), _l("Open the proposal"),
             "proposals.show", "police_chief", (("commune_leader", 5),)),
    DutyRule("DECIDE", _l("Decide on a proposal"), _l("%(title)s: to be decided"), _l("Open the proposal"),
             "proposals.show", "commune_leader"),
    DutyRule("NOBODY-DECIDES", _l("A second person is needed"),
             _l("%(title)s: nobody but those who wrote or endorsed it may decide"), _l("Open the proposal"),
             "proposals.show", "commune_leader"),
    DutyRule("COMPLETE", _l("Complete a returned proposal"), _l("%(title)s: returned to be completed"),
             _l("Complete it"), "proposals.edit", "police_officer", (("police_chief", 5),)),
    DutyRule("COMMUNICATE", _l("Communicate a decision"), _l("%(title)s: tell the decision"), _l("Open the proposal"),
             "proposals.show", "police_officer", (("police_chief", 5),)),
)  # fmt: skip


def of_proposal(proposal: Proposal) -> Iterator[Wanted]:
    """One open duty at a time: that of whoever the proposal waits for."""
    if proposal.voided_at:
        return
    day = (proposal.submitted_on or proposal.created_at.date()) + ANSWER
    number = {"title": proposal.number}
    if proposal.waits_for and not next_people(proposal):
        yield Wanted("NOBODY-DECIDES", "", day, "commune_leader", values=number)
    elif proposal.state == "submitted" and proposal.endorser_role:
        yield Wanted("ENDORSE", "", day, proposal.endorser_role, _the_other(proposal), values=number)
    elif proposal.state in ("submitted", "endorsed"):
        yield Wanted("DECIDE", "", day, proposal.decider_role or "", _the_other(proposal), values=number)
    elif proposal.state == "returned":
        yield Wanted("COMPLETE", "", day, "police_officer", proposal.created_by_id, values=number)
    elif proposal.state == "approved" and proposal.decided_on and _to_be_told(proposal):
        due_on, owner = proposal.decided_on + ANSWER, proposal.case.owner_id
        yield Wanted("COMMUNICATE", "", due_on, "police_officer", owner, values=number)


def _the_other(proposal: Proposal) -> int | None:
    """Where somebody of the role had a part in it, the one person who is left; a role alone would ask them too."""
    holders = {grant.user_id for grant in grants_of(proposal.waits_for or "", proposal.commune_id)}
    left = {grant.user_id for grant in next_people(proposal)}
    return next(iter(left)) if len(left) == 1 and left != holders else None


def _under_way(grant: RoleGrant) -> Iterable[Proposal]:
    """Proposals whose next step may become another's when somebody's roles change."""
    waiting = select(Proposal).where(Proposal.commune_id.in_(line_of(grant.commune_id)))
    return db.session.scalars(waiting.where(Proposal.state.in_(("submitted", "endorsed"))))


def _to_be_told(proposal: Proposal) -> bool:
    """A permit is told to the person. A helper learns of it by the assignment, a closed case needs no telling."""
    return proposal.kind == "absence" and proposal.case.running


SOURCES = (Source(Proposal, RULES, of_proposal, also=((RoleGrant, _under_way),)),)
