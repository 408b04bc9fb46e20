"""A proposal as its page shows it: whose step is next, the story, why somebody may decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.duties.presenter import hours_left, how_far
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.presentation import day, moment
from portal.engine.story import StepTold
from portal.engine.text import _, say
from portal.engine.workflow import Step, bound, steps_of
from portal.law.unanswered import unanswered
from portal.organisation.models import ROLE_NAMES, Role, RoleGrant, User
from portal.organisation.presenters.stories import name, sentence
from portal.proposals.models import ENDED, Proposal
from portal.proposals.oral.form import HOW
from portal.proposals.queries import chain_of, next_people, nobody_decides


@dataclass(frozen=True)
class ProposalStep(StepTold):
    """A step of a proposal, with the remarks of a return by the label of their field."""

    remarks: Sequence[tuple[str, str]] = ()
    version: int | None = None  # of a decision: the one that was decided on


@dataclass(frozen=True)
class Next:
    """Whose step is next, who they are, and since when it waits."""

    role: str
    names: Sequence[str]
    since: datetime
    nobody: str = ""  # the role that nobody else holds, without whom it cannot go on


def role_name(role: str) -> str:
    return str(ROLE_NAMES[Role(role)])


SHAPES = {
    "return": "returned", "reject": "cancelled", "withdraw": "cancelled", "time_out": "overdue", "lapse": "overdue",
}  # fmt: skip
DECISIONS = ("endorse", "approve", "reject")


def story(
    proposal: Proposal, steps: Sequence[Step], people: Mapping[int, User], labels: Mapping[str, Any]
) -> list[ProposalStep]:
    """One sentence a step, the latest first: who, as whom, why."""
    told = [_told(proposal, step, people, labels) for step in reversed(steps)]
    author = name(people, proposal.created_by_id)
    first = (
        _("%(who)s recorded what was on paper", who=author) if proposal.on_paper
        else _("%(who)s wrote the proposal", who=author)
    )  # fmt: skip
    return [*told, ProposalStep(proposal.created_at, first)]


def _told(proposal: Proposal, step: Step, people: Mapping[int, User], labels: Mapping[str, Any]) -> ProposalStep:
    remarks = [(str(labels.get(one.field, one.field)), one.text) for one in proposal.remarks if one.step_id == step.id]
    version = step.record_version if step.name in DECISIONS else None
    told = sentence(proposal, step, people)
    return ProposalStep(step.at, told, step.reason, SHAPES.get(step.name, "done"), remarks, version)


def remarks_to_mend(proposal: Proposal) -> dict[str, str]:
    """What was remarked at each field when the proposal was last returned, for its author."""
    if proposal.state != "returned":
        return {}
    latest = steps_of(proposal)[-1].id
    return {one.field: one.text for one in proposal.remarks if one.step_id == latest}


def next_up(proposal: Proposal, since: datetime) -> Next | None:
    """Whose step is next; of a draft only what would stop it. None once nobody's is."""
    nobody = role_name(proposal.decider_role or chain_of(proposal).decider) if nobody_decides(proposal) else ""
    if proposal.waits_for is None:
        return Next("", (), since, nobody) if nobody else None
    return Next(role_name(proposal.waits_for), [_by(grant) for grant in next_people(proposal)], since, nobody)


def _by(grant: RoleGrant) -> str:
    if grant.on_behalf_of:
        return _("%(name)s, on behalf of %(other)s", name=grant.user.full_name, other=grant.on_behalf_of.full_name)
    return grant.user.full_name


@dataclass(frozen=True)
class Clock:
    """The time that the law gives to decide: until when, and what is said beside it. *late*: it has passed."""

    until: str
    left: str
    late: bool


def clock_of(proposal: Proposal) -> Clock | None:
    """Of a proposal on which nobody decided yet, where the law counts hours, or where its time has passed."""
    if proposal.decided_on is not None or proposal.state in ENDED:
        return None
    due, late = proposal.limit, proposal.timed_out is not None
    if due is None or not (due.due_at or late):
        return None
    if due.due_at is None:
        return Clock(day(due.due_on), how_far(due.due_on), late)
    until = clock.at(due.due_at.date(), due.due_at.time())
    return Clock(moment(until), hours_left(until), late)


def what_follows(proposal: Proposal) -> str:
    """What the law makes of it that the time to decide has passed."""
    return say(unanswered(proposal.chain_row).message)


@dataclass(frozen=True)
class Oral:
    """An oral approval in words, and until when it is confirmed; *lapsed*: it was not."""

    who: str
    at: str
    how: str
    why: str
    until: str
    left: str
    lapsed: bool


def oral_of(proposal: Proposal) -> Oral | None:
    if proposal.oral_at is None or proposal.oral_by is None or proposal.confirmed_by is None:
        return None
    until, lapsed = proposal.confirmed_by, proposal.state in ("lapsed", "settled") or bool(proposal.word_lapsed())
    left = hours_left(until) if proposal.state == "oral" and not lapsed else ""
    return Oral(
        proposal.oral_by.full_name, moment(proposal.oral_at), str(HOW.get(proposal.oral_how, proposal.oral_how)),
        proposal.oral_why, moment(until), left, lapsed,
    )  # fmt: skip


def why_you_may(proposal: Proposal, user: Actor, people: Mapping[int, User]) -> str:
    """Why this person may decide: who had a part in it, and that they had none."""
    part = [people[one].full_name for one in sorted(bound(proposal)) if one in people and one != user.id]
    return _("Taken part so far: %(names)s. You have not, so this step is yours.", names=", ".join(part))
