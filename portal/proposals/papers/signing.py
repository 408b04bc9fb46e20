"""Whose signature a paper bears: the lines come from the role held on the day of the step, not from today's."""

from datetime import date

from portal.documents.paper import Signature
from portal.documents.signature import IN_OWN_NAME, OFFICES, signature
from portal.engine import clock
from portal.engine.db import db
from portal.engine.workflow import Step, steps_of
from portal.law import approval
from portal.organisation.models import User
from portal.proposals.models import Proposal

DEPUTY = "KT"


def decider_role(proposal: Proposal) -> str:
    """The role that decides: as it was fixed at submission, before that as the law has it today."""
    return proposal.decider_role or approval.chain(proposal.chain_row, clock.today()).decider


def in_own_name(proposal: Proposal, day: date) -> bool:
    """Whether the law of the day of the act gives the decision to the head, not to the body."""
    return approval.chain(proposal.chain_row, day).own_power


def deciding_step(proposal: Proposal) -> Step | None:
    """The approval, if there is one."""
    return next((step for step in reversed(steps_of(proposal)) if step.name == "approve"), None)


def signer(proposal: Proposal) -> User | None:
    """Who decided, and therefore signs."""
    step = deciding_step(proposal)
    return db.session.get(User, step.by_id) if step and step.by_id else None


def signed_by(proposal: Proposal, kind: str, day: date) -> Signature:
    """The lines of the office; with the name of whoever decided, once somebody has. *kind* is that of the commune."""
    offices = IN_OWN_NAME if in_own_name(proposal, day) else OFFICES
    office = offices[decider_role(proposal)](kind)
    step, user = deciding_step(proposal), signer(proposal)
    if step is None or user is None:
        return signature(office)
    return signature(office, capacity_of(step), user.title, user.full_name)


def capacity_of(step: Step) -> str:
    """By what power the step was taken: as its grant said; who acts for another without more is the deputy."""
    return step.capacity.rstrip(".").upper() or (DEPUTY if step.on_behalf_of_id else "")
