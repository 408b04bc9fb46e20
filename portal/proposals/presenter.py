"""A proposal as its page shows it: the line of steps, the story, what the law says of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.cases.models import Case
from portal.engine.presentation import day
from portal.engine.text import _, say
from portal.engine.workflow import Step, steps_of
from portal.organisation.models import ROLE_NAMES, Role, User
from portal.proposals.models import AbsenceProposal, Proposal, days_used


@dataclass(frozen=True)
class LineStep:
    label: str
    state: str  # done now next
    day: str = ""
    shape: str = ""


@dataclass(frozen=True)
class Told:
    """One step as a sentence."""

    at: datetime
    sentence: str
    remark: str
    shape: str


@dataclass(frozen=True)
class Condition:
    """One thing that the law asks, with its outcome."""

    result: str  # ok refused
    text: str
    source: str
    confirmed: bool
    used_percent: float = 0.0
    asked_percent: float = 0.0
    words: str = ""


def role_name(role: str) -> str:
    return str(ROLE_NAMES[Role(role)])


def line(proposal: Proposal, steps: list[Step]) -> list[LineStep]:
    """Written, submitted, endorsed, decided, carried out: five at most, with their days."""
    days = {step.name: day(step.at) for step in steps}
    way = [(_("Written"), "write", day(proposal.created_at)), (_("Submitted"), "submit", days.get("submit", ""))]
    if proposal.endorser_role or proposal.submitted_on is None:
        way.append((role_name(proposal.endorser_role or "police_chief"), "endorse", days.get("endorse", "")))
    if proposal.decider_role:
        decided = day(proposal.decided_on) if proposal.decided_on else ""
        way.append((role_name(proposal.decider_role), "approve", decided))
    way.append((_("Carried out"), "carry_out", days.get("carry_out", "")))
    here = {"draft": 1, "returned": 1, "submitted": 2, "endorsed": len(way) - 2}.get(proposal.state, len(way) - 1)
    over = proposal.state in ("rejected", "withdrawn")
    return [
        LineStep(str(label), _place(place, here, over or proposal.state == "carried_out"), when)
        for place, (label, _name, when) in enumerate(way)
    ]


def _place(place: int, here: int, ended: bool) -> str:
    if place < here or (ended and place == here):
        return "done"
    return "now" if place == here else "next"


SHAPES = {"return": "returned", "reject": "cancelled", "withdraw": "cancelled"}


def story(proposal: Proposal, people: dict[int, User]) -> list[Told]:
    """One sentence a step: who, as whom, why."""
    told = []
    for step in steps_of(proposal):
        transition = proposal.workflow.named(step.name)
        label = transition.story if transition else step.name
        told.append(Told(step.at, say(label, who=who(step, people)), step.reason, SHAPES.get(step.name, "done")))
    return list(reversed(told))


def who(step: Step, people: dict[int, User]) -> str:
    """Name, office, and for whom they acted."""
    user = people.get(step.by_id or 0)
    name = f"{user.title} {user.full_name}".strip() if user else _("The portal")
    if step.on_behalf_of_id and step.on_behalf_of_id in people:
        return _("%(name)s, on behalf of %(other)s,", name=name, other=people[step.on_behalf_of_id].full_name)
    return name


def conditions(proposal: Proposal) -> list[Condition]:
    """What the law asks of an absence, each with its outcome and clause. Other kinds have no such list."""
    if not isinstance(proposal, AbsenceProposal):
        return []
    return conditions_of(proposal.case, proposal.leaves_on, proposal.returns_on, proposal.medical, proposal)


def conditions_of(
    case: Case, leaves_on: date, returns_on: date, medical: bool, besides: AbsenceProposal | None = None
) -> list[Condition]:
    """The same for days that are only being typed. Both ends of an absence count."""
    limits: Any = case.regime.absence_limits(leaves_on, case.regime.term_days(case.term))
    if limits is None:
        return []
    days = (returns_on - leaves_on).days + 1
    asked, used = 0 if medical else days, days_used(case, besides)
    found = [_each(days, asked, limits)]
    if limits.total is not None:
        found.append(_all(used, asked, limits))
    return found


def _each(days: int, asked: int, limits: Any) -> Condition:
    result = "ok" if asked <= limits.each else "refused"
    text = _("%(asked)s days, at most %(limit)s at a time", asked=days, limit=limits.each)
    return Condition(result, text, limits.each_rule.source, limits.each_rule.confirmed)


def _all(used: int, asked: int, limits: Any) -> Condition:
    return Condition(
        "ok" if used + asked <= limits.total else "refused",
        _("%(sum)s days in all, at most %(limit)s", sum=used + asked, limit=limits.total),
        limits.total_rule.source, limits.total_rule.confirmed,
        _percent(used, limits.total), _percent(asked, limits.total),
        _("Used %(used)s, asked for %(asked)s, of %(limit)s days.", used=used, asked=asked, limit=limits.total),
    )  # fmt: skip


def _percent(part: int, whole: int) -> float:
    return round(min(100.0, 100 * part / whole), 1) if whole else 100.0
