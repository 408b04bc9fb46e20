"""What somebody entered or confirmed in a village and may take back, by the moment of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, not_, or_, select, union_all

from portal.engine import clock
from portal.engine.db import db
from portal.households.models import UNDO_WITHIN, CampaignGoal, DoorCall, Pledge
from portal.households.queries.pledging import of_village
from portal.households.queries.register import of_those_in


def latest_tick(goal: CampaignGoal, user_id: int | None) -> tuple[datetime, int] | None:
    """When somebody ticked last in a village, within the minutes in which it can be taken back, and how many."""
    ticks = select(_moment().label("at")).where(*_own_ticks(goal, user_id))
    moments = union_all(ticks, select(DoorCall.created_at).where(*_own_calls(goal, user_id))).subquery()
    asked = select(moments.c.at, func.count()).where(moments.c.at >= clock.now() - UNDO_WITHIN)
    found = db.session.execute(asked.group_by(moments.c.at).order_by(moments.c.at.desc()).limit(1)).first()
    return (found[0], int(found[1])) if found else None


def ticked_at(goal: CampaignGoal, at: datetime, user_id: int | None) -> Sequence[Pledge]:
    """The pledges that somebody ticked at a moment."""
    asked = select(Pledge).where(*_own_ticks(goal, user_id), _moment() == at)
    return db.session.scalars(asked.order_by(Pledge.id)).all()


def called_at(goal: CampaignGoal, at: datetime, user_id: int | None) -> Sequence[DoorCall]:
    """The calls that somebody noted down at a moment."""
    asked = select(DoorCall).where(*_own_calls(goal, user_id), DoorCall.created_at == at)
    return db.session.scalars(asked.order_by(DoorCall.id)).all()


def _moment() -> ColumnElement[datetime | None]:
    """When somebody confirmed a pledge; of one that waits, when it was entered."""
    return case((Pledge.state == "confirmed", Pledge.confirmed_at), else_=Pledge.created_at)


def _own_ticks(goal: CampaignGoal, user_id: int | None) -> tuple[ColumnElement[bool], ...]:
    """What was entered by a sheet is taken back with the sheet; what was confirmed of it later, is not."""
    confirmed = and_(Pledge.confirmed_by_id == user_id, Pledge.state == "confirmed")
    entered = and_(Pledge.created_by_id == user_id, Pledge.state == "signed")
    by_sheet = and_(Pledge.sheet_id.is_not(None), Pledge.created_at == _moment())
    return *of_village(goal), or_(confirmed, entered), not_(by_sheet)


def _own_calls(goal: CampaignGoal, user_id: int | None) -> tuple[ColumnElement[bool], ...]:
    here = of_those_in(DoorCall, goal.campaign.counted_on, goal.village_id)
    of = DoorCall.campaign_id == goal.campaign_id, here
    return *of, DoorCall.created_by_id == user_id, DoorCall.voided_at.is_(None), DoorCall.sheet_id.is_(None)
