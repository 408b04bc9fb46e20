"""What others recorded of which the user should know without looking for it: in their cases, and of rights not used."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import url_for

from portal.cases import queries
from portal.cases.models import Case
from portal.cases.queries import recorded_by_others
from portal.duties.models import Duty
from portal.duties.queries import left_since
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
class Told:
    """One thing that somebody else recorded: about whom, what, by whom and when or why, and where it stands."""

    title: str
    text: str
    url: str


def told(user: Actor) -> list[Told]:
    """What others recorded within the last week, of each kind the latest first."""
    return [*_rights_left(user), *_corrected(user), *_entries(user)]


def _entries(user: Actor) -> list[Told]:
    """What colleagues on duty entered in cases of the user's."""
    if not holds(user, "record", Case):
        return []
    entries = recorded_by_others(user, clock.now() - TOLD_FOR)[:MOST]
    people = users_named({one.created_by_id for one in entries})
    return [_entry(one, people[one.created_by_id].full_name) for one in entries]


def _entry(entry: Any, by: str) -> Told:
    what = str(DEEDS[entry.kind_of_record])
    return Told(
        title=_("%(what)s of %(name)s", what=what, name=entry.case.person.full_name),
        text=_("recorded by %(name)s, %(time)s", name=by, time=moment(entry.created_at)),
        url=url_for("cases.show", id=entry.case_id),
    )


def _corrected(user: Actor) -> list[Told]:
    """Days of receptions that somebody corrected, since duties are counted from them, for whoever oversees them."""
    if not holds(user, "oversee", Duty):
        return []
    theirs = reach(user, "read_notes", Case).with_only_columns(Case.id)
    steps = queries.reception_corrections(theirs, clock.now() - TOLD_FOR, besides=user.id, most=MOST)
    return [
        Told(
            title=_("The day of the reception of %(name)s was corrected", name=case.person.full_name),
            text=_("because: %(reason)s", reason=step.reason),
            url=url_for("cases.show", id=case.id),
        )
        for step, case in steps
    ]


def _rights_left(user: Actor) -> list[Told]:
    """Rights that are not used, with the reason, for whoever may let them be asked for again."""
    if not holds(user, "ask_again", Duty):
        return []
    theirs = reach(user, "ask_again", Duty).with_only_columns(Duty.id)
    left = left_since(clock.now() - TOLD_FOR).where(Duty.id.in_(theirs), Duty.done_by_id != user.id)
    found = db.session.scalars(left.order_by(Duty.said_at.desc(), Duty.id).limit(MOST))
    return [_right_left(one) for one in found]


def _right_left(duty: Duty) -> Told:
    return Told(
        title=_("A shortening is not proposed for %(name)s", name=duty.case.person.full_name),
        text=_("because: %(reason)s", reason=duty.note),
        url=url_for("duties.ask_again", id=duty.id),
    )
