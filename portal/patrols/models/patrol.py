"""A patrol: what was planned, who went, what they passed and what they found."""

import enum
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, and_, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.documents.queries import document_of
from portal.engine import clock
from portal.engine.db import Record
from portal.engine.refusal import Plain, Reason
from portal.engine.text import _, _l, mark
from portal.engine.workflow import Moves
from portal.organisation.models import SIGNING, CoordinationPlan, Unit
from portal.patrols.models.landmark import Landmark
from portal.patrols.models.span import Span
from portal.patrols.workflow import PATROL, STANDING, TAKES_FILES

if TYPE_CHECKING:
    from portal.patrols.models.log import PatrolLog

GRACE = timedelta(minutes=30)  # after the planned start, before the commands are told
# Whoever went without a plan enters the patrol afterwards, and corrects a log that stands. The briefing of a month is
# held in the next one, so that its figures still see what is a month old; what is older was told there, and stands in
# the log on paper.
AFTERWARDS = timedelta(days=31)
STAYS = mark("The log stands as it is. What is to be added is noted down as an observation.")
MINUTES = "BB"  # the kind under which they stand in the register


class PatrolKind(enum.StrEnum):
    """Within the commune, or along the markers of the border."""

    ORDER = "order"
    BORDER = "border"


PATROL_KIND_NAMES = {
    PatrolKind.ORDER: _l("Order patrol"),
    PatrolKind.BORDER: _l("Border patrol"),
}


class Patrol(Record, Moves):
    """A patrol of one or more forces. No trace of the way is kept, and no plan of operations.

    *log_number* is that of the log that stands; 0 while there is none.
    """

    __table_args__ = (
        UniqueConstraint("commune_id", "number"),
        Index("ix_patrol_started", "commune_id", "kind", "started_at"),
    )
    workflow = PATROL

    number: Mapped[str]  # TT-2026-011
    kind: Mapped[PatrolKind]
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("coordination_plan.id"), index=True)
    planned_start_at: Mapped[datetime] = mapped_column(index=True)
    planned_end_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    leading_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))  # the force that planned it, and answers for it
    leader: Mapped[str] = mapped_column(default="")
    means: Mapped[str] = mapped_column(default="")
    violations_found: Mapped[int] = mapped_column(default=0)
    conclusion: Mapped[str] = mapped_column(default="")
    recommendation: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="planned", index=True)
    log_number: Mapped[int] = mapped_column(default=0)
    late_told_at: Mapped[datetime | None]  # when the commands were told that it had not set out

    plan: Mapped[CoordinationPlan | None] = relationship(foreign_keys=plan_id)
    leading_unit: Mapped[Unit] = relationship(foreign_keys=leading_unit_id)
    forces: Mapped[list["PatrolForce"]] = relationship(back_populates="patrol", order_by="PatrolForce.id")
    stops: Mapped[list["PatrolStop"]] = relationship(
        back_populates="patrol", order_by="PatrolStop.position, PatrolStop.id"
    )
    logs: Mapped[list["PatrolLog"]] = relationship(back_populates="patrol", order_by="PatrolLog.number")
    observations: Mapped[list[Any]] = relationship(
        "Observation", back_populates="patrol", order_by="Observation.id", foreign_keys="Observation.patrol_id"
    )

    @property
    def begins_at(self) -> datetime:
        """When it started or, until then, when it is to start."""
        return self.started_at or self.planned_start_at

    @property
    def ends_at(self) -> datetime:
        return self.ended_at or self.planned_end_at

    @property
    def span(self) -> Span:
        """From its start to its end; while it is under way, to now at the least, whatever was planned."""
        under_way = self.state == "under_way"
        return Span(self.begins_at, max(self.ends_at, clock.now()) if under_way else self.ends_at)

    @property
    def day(self) -> date:
        """The day on which it began: a patrol over midnight belongs to that one."""
        return clock.day_of(self.begins_at)

    @property
    def planned_day(self) -> date:
        return clock.day_of(self.planned_start_at)

    @property
    def planned_day_lies_ahead(self) -> bool:
        return self.planned_day > clock.today()

    @property
    def hours_are_past(self) -> bool:
        """Whether it was to be back by now and nobody noted that it set out: its log is what is wanting."""
        return self.state == "planned" and self.planned_end_at < clock.now()

    @property
    def title(self) -> str:
        names = {
            PatrolKind.ORDER: _("Order patrol of %(day)s", day=self._days),
            PatrolKind.BORDER: _("Border patrol of %(day)s", day=self._days),
        }
        return names[self.kind]

    @property
    def _days(self) -> str:
        """Its day, or the first and the last of several; a night is no second day."""
        first, last = self.day, clock.day_of(self.ends_at)
        if self.ends_at - self.begins_at < timedelta(days=1):
            return f"{first:%d/%m/%Y}"
        same = "%d" if (first.year, first.month) == (last.year, last.month) else "%d/%m"
        return f"{first:{same if first.year == last.year else '%d/%m/%Y'}}–{last:%d/%m/%Y}"

    @property
    def asked(self) -> list["PatrolForce"]:
        """The forces that were asked along, whether they sent anybody or not."""
        return [force for force in self.forces if force.voided_at is None]

    @property
    def present(self) -> list["PatrolForce"]:
        """Those of them that take part."""
        return [force for force in self.forces if force.takes_part]

    @property
    def signing(self) -> list["PatrolForce"]:
        """Those that take part and sign in the portal."""
        return [force for force in self.present if force.signs]

    @property
    def written_out(self) -> list["PatrolForce"]:
        """Forces that were asked along and of which the log that stands says that they sent nobody: they are told, and
        agree or dispute it."""
        return [force for force in self.asked if force.signs and not force.takes_part] if self.log else []

    @property
    def people(self) -> int:
        """How many went or, until that is known, are to go."""
        return sum(force.count for force in self.present)

    @property
    def log(self) -> "PatrolLog | None":
        """The log that stands."""
        return next((one for one in self.logs if one.number == self.log_number), None)

    @property
    def unsigned(self) -> list["PatrolForce"]:
        """The forces that have yet to say whether the log that stands is right."""
        return self._silent(self.signing)

    @property
    def unheard(self) -> list["PatrolForce"]:
        """The forces that it leaves out and that have yet to say so too, as long as they are waited for: nobody writes
        another out by themselves, and nobody keeps a patrol open for good."""
        waits = self.log is not None and clock.today() <= self.log.answer_by
        return self._silent(self.written_out) if waits else []

    @property
    def awaited(self) -> list["PatrolForce"]:
        """All for whose word the log waits before the patrol goes on."""
        return [*self.unsigned, *self.unheard]

    def _silent(self, forces: Sequence["PatrolForce"]) -> list["PatrolForce"]:
        """Those of some forces that said nothing to the log that stands."""
        if self.log is None:
            return []
        answered = {signature.unit_id for signature in self.log.signatures}
        return [force for force in forces if force.unit_id not in answered]

    @property
    def signed_by_others(self) -> bool:
        """Whether another force than that of its writer answered to the log, as long as nobody disputes it."""
        signatures = self.log.signatures if self.log and self.state != "disputed" else ()
        return any(one.unit_id != one.log.logged_for_id for one in signatures)

    @property
    def is_late(self) -> bool:
        """Whether it should have started half an hour ago, and did not."""
        return self.state == "planned" and clock.now() > self.planned_start_at + GRACE

    @property
    def against_files(self) -> Sequence[Reason]:
        """What another force signed stays as it was, with the photos beside it, until somebody disputes it.

        What stands as the word of one force alone takes photos as long as that force may correct it: of a log from a
        phone they come after the text, with which the patrol closed.
        """
        if self.state in STANDING and not self.signed_by_others:
            return self.against_correction
        begun = self.state in TAKES_FILES and not (self.state == "planned" and self.planned_day_lies_ahead)
        if begun and not self.signed_by_others:
            return ()
        return (
            Plain(mark("Files are attached and struck out from the day of a patrol until another force has signed.")),
        )

    @property
    def against_correction(self) -> Sequence[Reason]:
        """Why the force that wrote the log does not write it over.

        One that nobody else signed is its own word, also where the patrol went on at once: until its recommendation was
        dealt with, its minutes were numbered or its month was told.
        """
        waits = self.state == "logged"
        if self.signed_by_others:
            signed = mark("Another force has signed the log. It is written again once a force disputes it.")
            return (Plain(signed if waits else STAYS),)
        if self.state == "closed" and self.recommendation:
            return (Plain(mark("The recommendation was dealt with, and the patrol closed upon it: the log stays.")),)
        if not waits and self.day < clock.today() - AFTERWARDS:
            return (
                Plain(mark("A log that stands is corrected up to %(days)s days afterwards."), days=AFTERWARDS.days),
            )
        entry = None if waits else document_of(self, MINUTES)
        numbered = mark("The minutes stand in the register with their number: the log stays as it was signed on paper.")
        return (Plain(numbered),) if entry and entry.number else ()

    @property
    def ways(self) -> list["PatrolStop"]:
        """The stops that were not struck out, in the order of the way."""
        return [stop for stop in self.stops if stop.voided_at is None]

    @property
    def passed(self) -> list["PatrolStop"]:
        """Those of them that were passed, in the order of the hours."""
        return sorted((stop for stop in self.ways if stop.at), key=lambda stop: (stop.at, stop.id))

    @property
    def ahead(self) -> list["PatrolStop"]:
        """Those of them that nobody noted as passed."""
        return [stop for stop in self.ways if not stop.at]

    def force_of(self, unit: Unit) -> "PatrolForce | None":
        """The part of a force, by its present name or the one that it had."""
        same = (force for force in self.asked if force.unit.heir_id == unit.heir_id)
        return next(same, None)

    def moved(self, transition: str, actor: Any) -> None:
        """A patrol that starts, starts now."""
        if transition == "start":
            self.started_at = clock.now()


class PatrolForce(Record):
    """The part of one force: how many were to go, how many went, who is in charge of them."""

    __table_args__ = (UniqueConstraint("patrol_id", "unit_id"),)
    parent = "patrol"

    patrol_id: Mapped[int] = mapped_column(ForeignKey("patrol.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    planned_count: Mapped[int] = mapped_column(default=0)
    actual_count: Mapped[int | None]
    in_charge: Mapped[str] = mapped_column(default="")
    joined_on_the_way: Mapped[bool] = mapped_column(default=False)
    changes: Mapped[str] = mapped_column(default="")  # what became different on the way, and when

    patrol: Mapped[Patrol] = relationship(back_populates="forces")
    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)

    @property
    def count(self) -> int:
        return self.planned_count if self.actual_count is None else self.actual_count

    @hybrid_property
    def takes_part(self) -> bool:
        """Whether it goes along, with somebody: only then it writes, signs and is counted. 0 in the log: it did not."""
        return self.voided_at is None and self.count > 0

    @takes_part.inplace.expression
    @classmethod
    def _takes_part(cls) -> ColumnElement[bool]:
        return and_(cls.voided_at.is_(None), func.coalesce(cls.actual_count, cls.planned_count) > 0)

    @property
    def signs(self) -> bool:
        return self.unit.kind in SIGNING


class PatrolStop(Record):
    """A point of the way: planned, or passed at an hour. One entry of the log."""

    parent = "patrol"

    patrol_id: Mapped[int] = mapped_column(ForeignKey("patrol.id"), index=True)
    landmark_id: Mapped[int | None] = mapped_column(ForeignKey("landmark.id"), index=True)
    place: Mapped[str] = mapped_column(default="")  # where it is no point of the catalogue
    planned: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime | None] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(default="")
    attention: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)

    patrol: Mapped[Patrol] = relationship(back_populates="stops")
    landmark: Mapped[Landmark | None] = relationship(foreign_keys=landmark_id)

    @property
    def name(self) -> str:
        return self.landmark.name if self.landmark else self.place
