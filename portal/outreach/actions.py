"""What people do with sessions: say that one was held, hold or cancel what was planned."""

from datetime import date

from portal.books.actions import write_down
from portal.engine import clock
from portal.engine.access import Actor
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
    facts = {"village_id": village.id, "form": form, "attendance": attendance, "held_on": on, "topic": topic}
    session: OutreachSession = write_down(OutreachSession, village.commune_id or village.id, facts, None)
    return session


def hold(session: OutreachSession, held_on: date, attendance: int, by: Actor) -> None:
    """Say that a planned session was held, on which day and before how many.

    Raises Refused for a day to come, Conflict where it is planned no more, Forbidden where the step is somebody else's.
    """
    if held_on > clock.today():
        raise Refused(Misfit("held_on", mark("The day lies in the future.")))
    session.workflow.take("hold", session, by)
    session.held_on, session.attendance = held_on, attendance


def cancel(session: OutreachSession, reason: str, by: Actor, version: int | None = None) -> None:
    """Cancel a planned session, with the reason. Raises what `Workflow.take` raises."""
    session.workflow.take("cancel", session, by, reason, version)
    session.why_cancelled = reason.strip()
