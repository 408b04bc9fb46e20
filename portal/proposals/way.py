"""The way of a proposal as a line: the steps behind it, the present one and since when, those that follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.engine import clock
from portal.engine.presentation import day_in_margin
from portal.engine.text import _, _l
from portal.engine.workflow import Step
from portal.organisation.models import ROLE_NAMES, Role
from portal.proposals.models import Proposal
from portal.proposals.queries import chain_of

OFFICES: dict[str, Any] = {
    "police_chief": _l("Chief"),
    "commune_leader": _l("The chair"),
}  # short: five stand on a phone


@dataclass(frozen=True)
class LineStep:
    label: str
    state: str  # done now next
    day: str = ""
    shape: str = ""


def line(proposal: Proposal, steps: Sequence[Step]) -> list[LineStep]:
    """Write, submit, endorse, decide, carry out: five at most, with the days of the present round."""
    way, days = _way(proposal), _days(proposal, steps)
    here = _here(proposal, steps, len(way))
    behind = [LineStep(str(way[name]), "done", _margin(days.get(name))) for name in list(way)[:here]]
    ahead = [LineStep(str(way[name]), "next") for name in list(way)[here + 1 :]]
    return [*behind, *(_present(proposal, steps, label) for label in list(way.values())[here : here + 1]), *ahead]


def _way(proposal: Proposal) -> dict[str, Any]:
    """The steps by the transition that takes them. Of a draft, those that the law of today foresees."""
    chain = chain_of(proposal)
    endorser = proposal.endorser_role if proposal.submitted_on else chain.endorser
    endorse = {"endorse": _office(endorser)} if endorser else {}
    decider = proposal.decider_role or chain.decider
    return {
        "write": _("Write"),
        "submit": _("Submit"),
        **endorse,
        "approve": _office(decider),
        "carry_out": _("Carry out"),
    }


def _office(role: str) -> Any:
    return OFFICES.get(role) or ROLE_NAMES[Role(role)]


def _days(proposal: Proposal, steps: Sequence[Step]) -> dict[str, date]:
    """When each step was taken, since the proposal was last returned."""
    returned = max((place for place, step in enumerate(steps, 1) if step.name == "return"), default=0)
    taken = {step.name: clock.day_of(step.at) for step in steps[returned:]}
    return {"write": clock.day_of(proposal.created_at), **taken}


def _here(proposal: Proposal, steps: Sequence[Step], length: int) -> int:
    """The place of the present step, of the one at which the proposal ended, or the end."""
    state = steps[-1].from_state if proposal.state == "withdrawn" and steps else proposal.state
    deciding = dict.fromkeys(("endorsed", "rejected", "oral", "lapsed", "settled"), length - 2)
    places = {"draft": 0, "returned": 0, "submitted": 2, **deciding}
    return length if state == "carried_out" else places.get(state, length - 1)


def _present(proposal: Proposal, steps: Sequence[Step], label: Any) -> LineStep:
    """The present step with the day since which it waits, or that on which the proposal ended at it."""
    on = _margin(clock.day_of(steps[-1].at if steps else proposal.created_at))
    if proposal.state in ("rejected", "withdrawn", "lapsed", "settled"):
        return LineStep(str(label), "now", on, "cancelled")
    shape = "returned" if proposal.state == "returned" else "waiting"
    return LineStep(str(label), "now", _("since %(day)s", day=on), shape)


def _margin(on: date | None) -> str:
    return day_in_margin(on) if on else ""
