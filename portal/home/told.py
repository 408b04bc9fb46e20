"""What others recorded: in one's own cases, and to the chief of rights that are not used. Nobody has to look for it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import url_for

from portal.cases.models import Case
from portal.cases.queries import recorded_by_others
from portal.duties.models import Duty
from portal.duties.queries import answered_rights
from portal.engine import clock
from portal.engine.access import Actor, holds, reach
from portal.engine.db import db
from portal.engine.presentation import moment
from portal.engine.text import _, _l
from portal.organisation.queries import users_named

TOLD_FOR = timedelta(days=7)
MOST = 6
DEEDS = {"check_in": _l("Self-report"), "roll_call": _l("Roll-call"), "contact": _l("Visit or call")}


@dataclass(frozen=True)
class ColleaguesEntry:
    """One entry of a colleague: for whom, what, and by whom and when."""

    title: str
    text: str
    url: str


def recorded_for(user: Actor) -> list[ColleaguesEntry]:
    """The entries of the last week that others made in cases of the user's, the latest first."""
    if not holds(user, "record", Case):
        return []
    entries = recorded_by_others(user, clock.now() - TOLD_FOR)[:MOST]
    people = users_named({one.created_by_id for one in entries})
    return [*_rights_left(user), *(_told(one, people[one.created_by_id].full_name) for one in entries)]


def _rights_left(user: Actor) -> list[ColleaguesEntry]:
    """The chief sees that a right is not used, and why, without having to look for it."""
    if not holds(user, "oversee", Duty):
        return []
    since, theirs = clock.today() - TOLD_FOR, reach(user, "oversee", Duty).with_only_columns(Duty.id)
    left = answered_rights().where(Duty.dropped_on >= since, Duty.id.in_(theirs), Duty.done_by_id != user.id)
    return [_left(one) for one in db.session.scalars(left.order_by(Duty.dropped_on.desc(), Duty.id).limit(MOST))]


def _left(duty: Duty) -> ColleaguesEntry:
    return ColleaguesEntry(
        title=_("A shortening is not proposed for %(name)s", name=duty.case.person.full_name),
        text=_("because: %(reason)s", reason=duty.note),
        url=url_for("cases.show", id=duty.case_id),
    )


def _told(entry: Any, by: str) -> ColleaguesEntry:
    what = str(DEEDS[entry.kind_of_record])
    return ColleaguesEntry(
        title=_("%(what)s of %(name)s", what=what, name=entry.case.person.full_name),
        text=_("recorded by %(name)s, %(time)s", name=by, time=moment(entry.created_at)),
        url=url_for("cases.show", id=entry.case_id),
    )
