"""What a meeting is told of proposals: how many wait for whom, and how many ask for prison, a shortening, a plan or a
transfer; never of whom.
"""

from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, exists, func, select

from portal.cases.models import DECIDED, RUNNING, Case
from portal.duties.models import Duty
from portal.duties.queries import still_open
from portal.engine.agenda import AgendaSource, Contribution, Told
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.text import _, _l, mark
from portal.proposals.models import CourtAnswer, Proposal
from portal.proposals.queries import to_decide, to_endorse

ON_THEIR_WAY = ("submitted", "endorsed", "returned")
OPENS, ROUND = "proposals.index?show=open", "proposals.shortening_round"
REVOKING = ("revocation", "parole_revocation")
MOVING = ("residence_change", "transfer")


def waiting(period: Period) -> Iterator[Contribution]:
    asked = (
        (_("to be endorsed"), to_endorse()), (_("to be decided"), to_decide()),
        (_("to be completed"), Proposal.state == "returned"),
    )  # fmt: skip
    found = [(words, _count(period, where)) for words, where in asked]
    if told := tuple(Told(words, count, "proposals.index") for words, count in found if count):
        yield Contribution(mark("Proposals that wait"), figures=told)


def asked_for(period: Period) -> Iterator[Contribution]:
    """How many are under way of those that a meeting speaks of; what is none is not told."""
    answered = exists().where(
        CourtAnswer.proposal_id == Proposal.id, CourtAnswer.state == "confirmed", CourtAnswer.voided_at.is_(None)
    )
    told = (
        Told(_("Shortenings that nobody has asked for yet, nor said why not"), _rights(period), ROUND),
        Told(_("Shortenings on their way to the decision"), _under_way(period, "shortening"), OPENS),
        Told(_("Shortenings that wait for the court"), _decided(period, ("shortening",), ~answered), ROUND),
        Told(_("Proposals of prison on their way to the decision"), _under_way(period, *REVOKING), OPENS),
        Told(_("Proposals of prison that wait for the court"), _decided(period, REVOKING, ~answered), OPENS),
        Told(_("Supervision plans to be signed"), _under_way(period, "supervision_plan"), OPENS),
        Told(_("Moves and transfers to be decided"), _under_way(period, *MOVING), OPENS),
    )
    if found := tuple(one for one in told if one.value):
        yield Contribution(mark("Shortenings, prison, plans, transfers"), figures=found)


def _under_way(period: Period, *kinds: str) -> int:
    return _count(period, Proposal.kind.in_(kinds), Proposal.state.in_(ON_THEIR_WAY))


def _decided(period: Period, kinds: Collection[str], *where: ColumnElement[bool]) -> int:
    """How many were decided on here, of cases that still run."""
    running = Proposal.case.has(Case.state.in_(RUNNING))
    return _count(period, Proposal.kind.in_(kinds), Proposal.state.in_(DECIDED), running, *where)


def _count(period: Period, *where: ColumnElement[bool]) -> int:
    asked = select(func.count(Proposal.id)).where(
        Proposal.commune_id.in_(period.communes), Proposal.voided_at.is_(None), *where
    )
    return db.session.scalar(asked) or 0


def _rights(period: Period) -> int:
    asked = select(func.count(Duty.id)).where(
        Duty.commune_id.in_(period.communes), Duty.rule == "RIGHT", still_open(), Duty.due_on <= period.last
    )
    return db.session.scalar(asked) or 0


AGENDA = (
    AgendaSource("proposals.asked_for", _l("Shortenings, prison, plans, transfers"), "police", 30, asked_for),
    AgendaSource("proposals.waiting", _l("Proposals that wait"), "chair", 40, waiting),
)
