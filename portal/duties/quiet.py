"""Hours in which nobody is written to, each person's own; what is counted in hours reaches whoever is on call."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select

from portal.duties.roster import called
from portal.engine import clock
from portal.engine.db import db
from portal.organisation.models import RoleGrant, User, holding_on


def over_at(moment: datetime, first: int, until: int) -> datetime:
    """The moment itself or, where it lies in the quiet hours, their end. They run from an hour of the day to another,
    over midnight if that comes sooner; the last hour is not among them. The same hour twice: none are quiet."""
    local = moment.astimezone(clock.VIETNAM)
    if not _is_quiet(local.hour, first, until):
        return moment
    day = local.date() + timedelta(days=local.hour >= until)
    return clock.moment(day, until)


def _is_quiet(hour: int, first: int, until: int) -> bool:
    return first <= hour < until if first <= until else hour >= first or hour < until


def audible_at(user: User, moment: datetime) -> datetime:
    """From when on somebody can be told of what came at a moment."""
    return over_at(moment, user.quiet_from, user.quiet_until)


def on_call_among(users: Iterable[User]) -> frozenset[int]:
    """Who of some people is on call now, for a force in which they hold a role: their ids."""
    theirs = RoleGrant.user_id.in_([user.id for user in users]), holding_on(clock.today())
    units = {grant.unit.heir_id: grant.unit for grant in db.session.scalars(select(RoleGrant).where(*theirs)).unique()}
    return frozenset(turn.user_id for turn in called(units.values(), clock.now()))
