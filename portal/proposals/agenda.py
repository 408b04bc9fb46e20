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

ON_THEIR_WAY = ("submitted", "endorsed", "returned")
OPENS, ROUND = "proposals.index?show=open", "proposals.shortening_round"
REVOKING = ("revocation", "parole_revocation")
MOVING = ("residence_change", "transfer")


def waiting(period: Period) -> Iterator[Contribution]:
    count = func.count(Proposal.id)
    asked = select(Proposal.state, count).where(
        Proposal.commune_id.in_(period.communes), Proposal.voided_at.is_(None),
        Proposal.state.in_(ON_THEIR_WAY),
    )  # fmt: skip
    found = {row.state: row[1] for row in db.session.execute(asked.group_by(Proposal.state))}
    words = {"submitted": _("to be endorsed"), "endorsed": _("to be decided"), "returned": _("to be completed")}
    told = tuple(Told(words[state], found[state], "proposals.index") for state in words if state in found)
    if told:
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
    return _count(period, kinds, Proposal.state.in_(ON_THEIR_WAY))


def _decided(period: Period, kinds: Collection[str], *where: ColumnElement[bool]) -> int:
    """How many were decided on here, of cases that still run."""
    return _count(period, kinds, Proposal.state.in_(DECIDED), Proposal.case.has(Case.state.in_(RUNNING)), *where)


def _count(period: Period, kinds: Collection[str], *where: ColumnElement[bool]) -> int:
    asked = select(func.count(Proposal.id)).where(
        Proposal.commune_id.in_(period.communes), Proposal.voided_at.is_(None), Proposal.kind.in_(kinds), *where
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
