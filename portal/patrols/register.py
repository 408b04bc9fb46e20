"""The minutes of a patrol in the register of documents: entered once every force has countersigned."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.documents import actions
from portal.documents.paper import in_lines
from portal.documents.queries import never_entered
from portal.engine import clock
from portal.engine.db import Kept, db
from portal.patrols.minutes import AGREED, CODE, written
from portal.patrols.models import Patrol, PatrolLog


def enter_minutes(deeds: Sequence[tuple[str, Kept]]) -> None:
    """After a transaction's deeds: a log that every force has countersigned is printed, and waits for ink."""
    for deed, record in dict.fromkeys(deeds):
        if deed == "complete" and isinstance(record, Patrol) and record.log:
            _enter(record, record.log)


def enter_missing() -> int:
    """Enter the minutes of patrols on which all had agreed before there was a register; how many."""
    agreed = select(Patrol).where(Patrol.state.in_(AGREED), Patrol.voided_at.is_(None), never_entered(Patrol, CODE))
    missing = [(one, one.log) for one in db.session.scalars(agreed.order_by(Patrol.id)) if one.log]
    for patrol, log in missing:
        _enter(patrol, log)
    return len(missing)


def _enter(patrol: Patrol, log: PatrolLog) -> None:
    """In the register of the force that wrote it, which learns nothing of what the minutes say; each force signs."""
    paper = written(patrol, log)
    facts = actions.Facts(
        log.logged_for, CODE, f"{paper.abstract} ({patrol.number})", symbol=paper.symbol,
        signers=in_lines(paper.signature, *paper.beside), authority=" ".join(paper.signature.lines),
        recipients="; ".join(paper.recipients), drafted_on=clock.day_of(log.logged_at),
    )  # fmt: skip
    actions.register(facts, subject=patrol)
