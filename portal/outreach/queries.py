"""What is asked of sessions more than once."""

from datetime import date

from sqlalchemy import select

from portal.engine.db import db
from portal.organisation.models import Unit, line_of
from portal.outreach.models import OutreachSession, SessionForm
from portal.outreach.workflow import HELD


def held_already(village: Unit, form: SessionForm, on: date) -> OutreachSession | None:
    """A session of the same form that was held in the village on the same day."""
    same = OutreachSession.village_id.in_(line_of(village.id)), OutreachSession.form == form
    stands = OutreachSession.voided_at.is_(None), OutreachSession.state == HELD
    found = select(OutreachSession).where(*same, OutreachSession.held_on == on, *stands)
    return db.session.scalar(found.order_by(OutreachSession.id).limit(1))
