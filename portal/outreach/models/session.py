"""Sessions before the people of a commune: in which form, on which day, how many came or were reached."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.books.models import Entry
from portal.engine import clock
from portal.engine.refusal import Misfit, Reason
from portal.engine.text import _l, mark
from portal.engine.workflow import Moves
from portal.law.days import add_months
from portal.organisation.models import Unit
from portal.outreach.workflow import CANCELLED, HELD, PLANNED, SESSION

MOST_MONTHS_AHEAD = 24  # that a session is planned before its day


class SessionForm(enum.StrEnum):
    FLAG_CEREMONY = "flag_ceremony"
    VILLAGE_MEETING = "village_meeting"
    LAUNCH = "launch"
    SCHOOL = "school"
    WORKPLACE = "workplace"
    MOBILE_CAMPAIGN = "mobile_campaign"
    FESTIVAL = "festival"
    HOUSEHOLD_VISIT_ROUND = "household_visit_round"
    LOUDSPEAKER = "loudspeaker"
    SOCIAL_MEDIA = "social_media"
    OTHER = "other"


@dataclass(frozen=True)
class FormOfSession:
    """A form as the catalogue has it. Only what is held *face to face* counts as a session."""

    name: Any
    face_to_face: bool = True


SESSION_FORMS: dict[SessionForm, FormOfSession] = {
    SessionForm.FLAG_CEREMONY: FormOfSession(_l("Flag ceremony")),
    SessionForm.VILLAGE_MEETING: FormOfSession(_l("Village meeting")),
    SessionForm.LAUNCH: FormOfSession(_l("Launch")),
    SessionForm.SCHOOL: FormOfSession(_l("At a school")),
    SessionForm.WORKPLACE: FormOfSession(_l("At a workplace")),
    SessionForm.MOBILE_CAMPAIGN: FormOfSession(_l("Mobile campaign")),
    SessionForm.FESTIVAL: FormOfSession(_l("Festival")),
    SessionForm.HOUSEHOLD_VISIT_ROUND: FormOfSession(_l("Round of household visits")),
    SessionForm.LOUDSPEAKER: FormOfSession(_l("Loudspeaker"), face_to_face=False),
    SessionForm.SOCIAL_MEDIA: FormOfSession(_l("Social media"), face_to_face=False),
    SessionForm.OTHER: FormOfSession(_l("Another form of session"), face_to_face=False),
}
SESSION_FORM_NAMES = {form: one.name for form, one in SESSION_FORMS.items()}
FACE_TO_FACE = tuple(form for form, one in SESSION_FORMS.items() if one.face_to_face)


class Extent(enum.StrEnum):
    """For whom it was: a session for several villages is one."""

    VILLAGE = "village"
    SEVERAL = "several"
    COMMUNE = "commune"


EXTENT_NAMES = {
    Extent.VILLAGE: _l("One village"),
    Extent.SEVERAL: _l("Several villages"),
    Extent.COMMUNE: _l("The whole commune"),
}


class OutreachSession(Moves, Entry):
    """One session, or one thing that was broadcast or posted.

    *held_on* is the day for which it is planned or on which it was held; *attendance* counts heads, of what was posted
    how many it reached. Who came is not kept. What is written down for a day to come is planned.
    """

    prefix = "TTR"
    dated = "held_on"
    searched = ("topic", "audience")
    workflow = SESSION

    form: Mapped[SessionForm]
    held_on: Mapped[date] = mapped_column(default=clock.today, index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)  # where it was, if in a village
    extent: Mapped[Extent] = mapped_column(default=Extent.VILLAGE)
    attendance: Mapped[int | None]
    topic: Mapped[str] = mapped_column(default="")
    audience: Mapped[str] = mapped_column(default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # the force or body that ran it
    note: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=HELD)
    why_cancelled: Mapped[str] = mapped_column(default="")

    village: Mapped[Unit | None] = relationship(foreign_keys=village_id)
    unit: Mapped[Unit | None] = relationship(foreign_keys=unit_id)

    def __init__(self, **facts: Any) -> None:
        super().__init__(**{**facts, "held_on": facts.get("held_on") or clock.today()})
        self.state = self.state or (PLANNED if self.held_on > clock.today() else HELD)
        in_village = self.village_id is not None or self.village is not None
        self.extent = self.extent or (Extent.VILLAGE if in_village else Extent.COMMUNE)

    def brought_in(self, words: str) -> None:
        self.why_cancelled = words if self.state == CANCELLED else ""

    @property
    def where(self) -> str:
        """The village, or that it was for more than one."""
        if self.extent == Extent.VILLAGE or self.village is None:
            return self.village.title if self.village else str(EXTENT_NAMES[self.extent])
        return f"{self.village.title} · {EXTENT_NAMES[self.extent]}"

    @property
    def planned(self) -> bool:
        return self.state == PLANNED

    @property
    def spared(self) -> Sequence[str]:
        """How many came is known of what was held before people."""
        return () if self.state == HELD and self.form in FACE_TO_FACE else ("attendance",)

    @property
    def misfits(self) -> Iterable[Reason]:
        if self.extent == Extent.VILLAGE and self.village_id is None and self.village is None:
            yield Misfit("village_id", mark("Please say in which village, or that it was for more than one."))
        if self.state == HELD and self.held_on > clock.today():
            yield Misfit("held_on", mark("What was held cannot lie in the future."))
        if self.held_on > add_months(clock.today(), MOST_MONTHS_AHEAD):
            yield Misfit("held_on", mark("This lies too far ahead. Please look at the year."))
        if self.attendance is not None and self.state == PLANNED:
            yield Misfit("attendance", mark("How many came is told once it was held."))
        if self.attendance is not None and self.state == CANCELLED:
            yield Misfit("attendance", mark("It was cancelled: nobody came."))
