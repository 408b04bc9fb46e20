"""What the proposals of a revocation share: the ground, what the law asks, the way of the file, the court's answer."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from portal.cases import conduct
from portal.cases.models import Case
from portal.engine import clock
from portal.engine.refusal import Plain, Reason
from portal.engine.text import mark
from portal.law.asking import asked
from portal.law.breaches import Conduct
from portal.law.rule import Due
from portal.proposals.models import Condition, Proposal
from portal.proposals.models.conditions import against, by_due

Refuse = Callable[..., list[Any]]


def refusals(proposal: Proposal, refuse: Refuse) -> list[Reason]:
    """Why prison, or the cancelling of a release, may not be proposed as the case stands."""
    if not proposal.case.running:
        return [Plain(mark("The case is not open."))]
    others = (one for one in proposal.case.proposals if one.kind == proposal.kind and one is not proposal)
    waiting = next((one for one in others if one.awaits_answer), None)
    if waiting is not None:
        told = mark("%(number)s waits for the answer of the court. Record that first.")
        return [Plain(told, number=waiting.number)]
    return [*refuse(clock.today(), conduct.so_far(proposal.case), proposal.case.regime.PARAMETERS)]


def conditions(proposal: Proposal, refuse: Refuse) -> list[Condition]:
    """The ground with its clause, or what stands against it; then the steps of the file after it was sent."""
    reasons = refusals(proposal, refuse)
    if reasons:
        return against(reasons)
    return [*_ground(proposal.case), *_hops(proposal.case)]


def _ground(case: Case) -> Iterator[Condition]:
    ground = conduct.revocation_ground(case, clock.today())
    if ground is None:  # one breach and one fine: the law suggests nothing, and forbids nothing
        told: Conduct = conduct.so_far(case)
        yield Condition("note", "mixed", {"breaches": told.deliberate, "fines": told.fines}, "", confirmed=False)
        return
    yield Condition(
        "ok", "against", ground.numbers, ground.source, ground.confirmed, ground.rule, ground.message, ground.holds_from
    )


def _hops(case: Case) -> Iterator[Condition]:
    for due in asked(case.regime.revocation, clock.today()):
        yield by_due("note", "hop", due, day=due.due_on, label=due.label)


def steps_above(proposal: Proposal) -> Sequence[Due]:
    """By when the agency and the court act once the file was sent; one step alone is the commune's own."""
    steps = asked(proposal.case.regime.revocation, proposal.sent_on) if proposal.sent_on else []
    return steps if len(steps) > 1 else ()
