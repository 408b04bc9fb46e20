"""What somebody owes by name, and the hours for which they stand on the roster."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.duties.models import Duty, DutyRoster
from portal.duties.queries import still_open
from portal.engine import clock
from portal.engine.db import db
from portal.engine.holdings import Held, Holding, Passing
from portal.engine.presentation import day
from portal.engine.refusal import Plain, Reason
from portal.engine.text import _l, mark
from portal.organisation.models import User, line_of
from portal.organisation.queries import people_in

OWED = mark("Open duties: %(num)s, the first due on %(day)s")
TURN = mark("On call on %(day)s")
NOT_OF_FORCE = mark("%(name)s holds no role in %(unit)s today.")


def owed(user: User, commune_id: int) -> Sequence[Held]:
    """All open duties by name as one line: they follow from records, and change hands with those."""
    theirs = Duty.owner_id == user.id, Duty.commune_id.in_(line_of(commune_id)), still_open()
    first = db.session.scalars(select(Duty).where(*theirs).order_by(Duty.due_on, Duty.id).limit(1)).first()
    if first is None:
        return ()
    count = db.session.scalar(select(func.count()).select_from(Duty).where(*theirs))
    return (Held(first, OWED, {"num": count, "day": day(first.due_on)}, many=count or 0),)


def turns(user: User, commune_id: int) -> Sequence[Held]:
    """The turns of today and later."""
    theirs = DutyRoster.user_id == user.id, DutyRoster.commune_id.in_(line_of(commune_id))
    ahead = DutyRoster.on >= clock.today(), DutyRoster.voided_at.is_(None)
    found = select(DutyRoster).where(*theirs, *ahead).options(joinedload(DutyRoster.unit)).order_by(DutyRoster.on)
    return [Held(turn, TURN, {"day": day(turn.on)}) for turn in db.session.scalars(found)]


def against_turn(turn: DutyRoster, taker: User | None) -> Reason | None:
    """A force writes down its own people."""
    if taker is None or taker.id in people_in(turn.unit_id):
        return None
    return Plain(NOT_OF_FORCE, name=taker.full_name, unit=turn.unit.name)


def give_turn(turn: DutyRoster, passing: Passing) -> None:
    """Put the successor on call instead, under the number of their account."""
    turn.user, turn.user_id, turn.phone = passing.taker, passing.taker.id, passing.taker.phone


HOLDINGS = (
    Holding(
        "duties.owed", _l("Open duties by name"), owed,
        _l("A duty follows from its record: it is the successor's with the record, and until then the chief's once its "
           "owner has left."),
        follows=True, endpoint="workload.duties", arguments=lambda user: {"who": user.id, "when": "all"},
    ),
    Holding(
        "duties.turns", _l("Turns on the roster"), turns,
        _l("The successor stands on the roster at once, under the number of their account."), give_turn, against_turn,
        endpoint="roster.index",
    ),
)  # fmt: skip
