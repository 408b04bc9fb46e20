"""What people do with sessions: say that one was held."""

from datetime import date

from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Conflict, Misfit, Plain, Refused
from portal.engine.text import mark
from portal.organisation.models import Unit
from portal.outreach.models import OutreachSession, SessionForm
from portal.outreach.queries import held_already


def record_session(
    village: Unit, form: SessionForm, attendance: int, held_on: date | None = None, topic: str = ""
) -> OutreachSession:
    """Write down that a session was held, today unless another day is said.

    Raises Refused for a day to come. Of the form that a village holds once a day it is told that it is there already.
    """
    on = held_on or clock.today()
    if on > clock.today():
        raise Refused(Misfit("held_on", mark("The day lies in the future.")))
    if form != SessionForm.OTHER and (before := held_already(village, form, on)):
        told = mark("This is recorded for that day already: %(count)s people came.")
        raise Conflict(before, Plain(told, count=before.attendance))
    session = OutreachSession(
        commune_id=village.commune_id or village.id, village=village, form=form, attendance=attendance, held_on=on,
        topic=topic,
    )  # fmt: skip
    db.session.add(session)
    db.session.flush()
    return session
