"""What is still to be done in a case that is about to be closed."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.cases.duties.rules import LAST_DAYS
from portal.cases.models import Case
from portal.duties.models import Duty
from portal.duties.queries import loaded, still_open
from portal.engine import clock
from portal.engine.db import db

BY_THE_END = (*LAST_DAYS, "CHECK-END", "CONFIRM-END", "DRU-STOP")  # what the closing itself brings


def open_duties(case: Case) -> Sequence[Duty]:
    """What is due by today and not done, the soonest first, save what somebody said to leave undone.

    Rights are no duties. What waits for a decision on a proposal goes its own way, also after the closing.
    """
    due = select(Duty).where(
        Duty.case_id == case.id, still_open(), Duty.is_right.is_(False), Duty.due_on <= clock.today(),
        Duty.rule.not_in(BY_THE_END), Duty.subject_type != "proposal",
    )  # fmt: skip
    found = db.session.scalars(due.options(*loaded()).order_by(Duty.due_on, Duty.id)).unique().all()
    left = {(one.rule, one.key) for one in case.left_undone if one.counts}
    return [one for one in found if (one.rule, one.key) not in left]
