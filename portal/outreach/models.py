"""Sessions that were held before the people of a village: in which form, on which day, how many came."""

import enum
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.db import Record
from portal.engine.text import _l
from portal.organisation.models import Unit


class SessionForm(enum.StrEnum):
    FLAG_CEREMONY = "flag_ceremony"
    VILLAGE_MEETING = "village_meeting"
    OTHER = "other"


SESSION_FORM_NAMES = {
    SessionForm.FLAG_CEREMONY: _l("Flag ceremony"),
    SessionForm.VILLAGE_MEETING: _l("Village meeting"),
    SessionForm.OTHER: _l("Something else"),
}


class OutreachSession(Record):
    """One session that was held. *attendance* counts heads; who came is not kept."""

    form: Mapped[SessionForm]
    held_on: Mapped[date] = mapped_column(default=clock.today, index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    attendance: Mapped[int]
    topic: Mapped[str] = mapped_column(default="")

    village: Mapped[Unit] = relationship(foreign_keys=village_id)
