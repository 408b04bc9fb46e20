"""Coordination plans: entered as they were signed, changed, ended."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from portal.engine import audit
from portal.engine.db import db
from portal.engine.refusal import Misfit, Plain, Refused
from portal.engine.text import _, as_on_paper, mark
from portal.engine.voiding import put_back, take_out
from portal.organisation.models import Briefing, CoordinationParty, CoordinationPlan, Unit
from portal.organisation.queries import plans_beside

FEWEST = 2
ALONE = mark("Please choose at least two forces: a plan is made between them.")


@dataclass(frozen=True)
class PlanFacts:
    """What stands in a signed plan."""

    doc_number: str
    dated_on: date
    valid_from: date
    valid_to: date | None = None
    superior: str = ""
    briefing_every: Briefing = Briefing.MONTHLY
    patrols_a_month: int = 0


def enter_plan(
    commune_id: int, facts: PlanFacts, parties: Collection[Unit], *, replaces: bool = False
) -> CoordinationPlan:
    """Enter a plan with the forces that signed it.

    Raises Refused with fewer than two, and where two of them stand under another plan at that time, unless this one
    *replaces* it: then that one ends on the day before.
    """
    _refuse_alone(parties)
    others = plans_beside(commune_id, facts.valid_from, facts.valid_to, parties)
    _make_room(others, facts, parties, replaces=replaces)
    plan = CoordinationPlan(commune_id=commune_id, **vars(facts))
    db.session.add(plan)
    db.session.flush()
    _join(plan, parties)
    return plan


def change_plan(plan: CoordinationPlan, facts: PlanFacts, parties: Collection[Unit], *, replaces: bool = False) -> None:
    """Change what was entered; who is no party any more stays on record, struck out. Raises Refused as `enter_plan`."""
    _refuse_alone(parties)
    others = plans_beside(plan.commune_id, facts.valid_from, facts.valid_to, parties, besides=plan)
    _make_room(others, facts, parties, replaces=replaces)
    for name, value in vars(facts).items():
        setattr(plan, name, value)
    wanted = {unit.id for unit in parties}
    for party in plan.parties:
        if party.voided_at is None and party.unit_id not in wanted:
            take_out(party, mark("no party of the plan"))
        elif party.unit_id in wanted:
            put_back(party)
    _join(plan, parties)


def end_plan(plan: CoordinationPlan, last_day: date, reason: str) -> None:
    """Let a plan hold to a day, that day included; the trail keeps why. Raises Refused if it had not begun by then."""
    if last_day < plan.valid_from:
        raise Refused(Misfit("last_day", mark("The plan holds from %(day)s only."), day=plan.valid_from))
    plan.valid_to = last_day
    audit.note("end", plan, reason=reason)


def _refuse_alone(parties: Collection[Unit]) -> None:
    if len(parties) < FEWEST:
        raise Refused(Plain(ALONE))


def _make_room(
    others: Collection[CoordinationPlan], facts: PlanFacts, parties: Collection[Unit], *, replaces: bool
) -> None:
    """One plan at a time says how often two forces meet and patrol: what others there are ends before this one."""
    for other in others:
        named = {"number": other.doc_number, "day": other.valid_from}
        if facts.valid_from <= other.valid_from:
            field = "valid_to" if facts.valid_from < other.valid_from else "valid_from"
            raise Refused(Misfit(field, mark("From %(day)s on these forces stand under %(number)s."), **named))
        if not replaces:
            raise Refused(_question(other, parties))
        with as_on_paper():  # it stays in the trail
            reason = _("It is replaced by %(number)s.", number=facts.doc_number)
        end_plan(other, facts.valid_from - timedelta(days=1), reason)


def _question(other: CoordinationPlan, parties: Collection[Unit]) -> Misfit:
    """Whether this plan replaces another; what ends with that one for whoever is no party of this one is told."""
    heirs = {unit.heir_id for unit in parties}
    left = [party.unit.title for party in other.standing_parties if party.unit.heir_id not in heirs]
    why = mark("These forces stand under %(number)s at that time as well. Does this one replace it?")
    if not left:
        return Misfit("replaces", why, number=other.doc_number)
    why = mark(
        "These forces stand under %(number)s at that time as well. Does this one replace it? Then it ends for %(left)s "
        "too, with its %(patrols)s patrols a month."
    )
    told = {"left": ", ".join(left), "patrols": other.patrols_a_month}
    return Misfit("replaces", why, number=other.doc_number, **told)


def _join(plan: CoordinationPlan, parties: Collection[Unit]) -> None:
    known = {party.unit_id for party in plan.parties}
    for unit in parties:
        if unit.id not in known:
            plan.parties.append(CoordinationParty(commune_id=plan.commune_id, unit_id=unit.id, unit=unit))
    db.session.flush()
