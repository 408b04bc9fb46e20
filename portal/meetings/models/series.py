"""Meetings that come again by a rule, and the days on which the rule does not hold."""

import enum
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine.db import Record
from portal.engine.text import _l
from portal.meetings.models.kinds import MeetingKind
from portal.organisation.models import Unit


class SeriesRule(enum.StrEnum):
    WORKING_DAY_AFTER = "working_day_after"  # the first working day after a day of the month
    NTH_WEEKDAY = "nth_weekday"


RULE_NAMES = {
    SeriesRule.WORKING_DAY_AFTER: _l("The first working day after a day of the month"),
    SeriesRule.NTH_WEEKDAY: _l("A weekday of the month, as the first Thursday"),
}


class MeetingSeries(Record):
    """A meeting every so many months, from a day to a day: rule, hour and place are data of the commune."""

    kind: Mapped[MeetingKind]
    rule: Mapped[SeriesRule]
    every_months: Mapped[int] = mapped_column(default=1)
    day_of_month: Mapped[int | None]  # after which the first working day is meant
    week: Mapped[int | None]  # 1 to 4; 5 is the last
    weekday: Mapped[int | None]  # 0 is Monday
    hour: Mapped[int]
    minute: Mapped[int] = mapped_column(default=0)
    place: Mapped[str]
    chair_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    chair_unit: Mapped[Unit] = relationship(foreign_keys=chair_unit_id)
    exceptions: Mapped[list["SeriesException"]] = relationship(
        back_populates="series", order_by="SeriesException.by_rule_on"
    )


class SeriesException(Record):
    """A meeting of a series that is moved to another day or, without one, left out; always with the reason."""

    parent = "series"

    series_id: Mapped[int] = mapped_column(ForeignKey("meeting_series.id"), index=True)
    by_rule_on: Mapped[date]
    moved_to: Mapped[date | None]
    reason: Mapped[str]

    series: Mapped[MeetingSeries] = relationship(back_populates="exceptions")
