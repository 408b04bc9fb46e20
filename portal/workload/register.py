"""The minutes of a hand-over in the register of documents."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from portal.documents import actions
from portal.documents.paper import in_lines
from portal.documents.queries import never_entered
from portal.engine.area import Papers
from portal.engine.db import Kept, db
from portal.workload.models import MINUTES, WorkHandover
from portal.workload.papers import written


def enter_minutes(deeds: Sequence[tuple[str, Kept]]) -> None:
    """After a hand-over: its minutes wait for ink."""
    for deed, record in dict.fromkeys(deeds):
        if deed == "hand_work_over" and isinstance(record, WorkHandover):
            enter(record)


def missing() -> Iterable[int]:
    """Hand-overs whose minutes the register lacks."""
    lacking = WorkHandover.voided_at.is_(None), never_entered(WorkHandover, MINUTES)
    return db.session.scalars(select(WorkHandover.id).where(*lacking).order_by(WorkHandover.id))


def enter(handover: WorkHandover) -> int:
    """Enter the minutes of one; how many."""
    paper = written(handover)
    abstract = f"{paper.abstract} của {handover.giver.full_name} cho {handover.taker.full_name}"
    facts = actions.Facts(
        handover.unit, MINUTES, abstract, symbol=paper.symbol, signers=in_lines(paper.signature, *paper.beside),
        authority=" ".join(paper.signature.lines), recipients="; ".join(paper.recipients), drafted_on=handover.on,
    )  # fmt: skip
    actions.register(facts, subject=handover)
    return 1


PAPERS = Papers(WorkHandover, missing, enter)
