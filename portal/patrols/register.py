"""The minutes of a patrol in the register of documents: entered once every force has countersigned."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from portal.documents import actions
from portal.documents.paper import in_lines
from portal.documents.queries import never_entered
from portal.engine import clock
from portal.engine.area import Papers
from portal.engine.db import Kept, db
from portal.patrols.minutes import written
from portal.patrols.models import Patrol, PatrolLog
from portal.patrols.models.patrol import MINUTES
from portal.patrols.workflow import STANDING, STANDS


def enter_minutes(deeds: Sequence[tuple[str, Kept]]) -> None:
    """After a transaction's deeds: a log that stands is printed, and waits for ink."""
    for deed, record in dict.fromkeys(deeds):
        if deed in STANDS and isinstance(record, Patrol) and record.log:
            _enter(record, record.log)


def missing() -> Iterable[int]:
    """Patrols on which all had agreed before there was a register, and whose minutes it lacks."""
    agreed = select(Patrol.id).where(
        Patrol.state.in_(STANDING), Patrol.voided_at.is_(None), never_entered(Patrol, MINUTES)
    )
    return db.session.scalars(agreed.order_by(Patrol.id))


def enter(patrol: Patrol) -> int:
    """Enter the minutes of such a patrol; how many."""
    if patrol.log is None:
        return 0
    _enter(patrol, patrol.log)
    return 1


def _enter(patrol: Patrol, log: PatrolLog) -> None:
    """In the register of the force that wrote it, which learns nothing of what the minutes say; each force signs."""
    paper = written(patrol, log)
    facts = actions.Facts(
        log.logged_for, MINUTES, f"{paper.abstract} ({patrol.number})", symbol=paper.symbol,
        signers=in_lines(paper.signature, *paper.beside), authority=" ".join(paper.signature.lines),
        recipients="; ".join(paper.recipients), drafted_on=clock.day_of(log.logged_at),
    )  # fmt: skip
    actions.register(facts, subject=patrol)


PAPERS = Papers(Patrol, missing, enter)
