"""Tips from the people, and the boxes into which they put them."""

from collections.abc import Iterable
from datetime import date, time

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.books.models import Entry, Part
from portal.engine import clock
from portal.engine.db import Sealed, db
from portal.engine.refusal import Misfit, Reason
from portal.engine.spans import goes_on
from portal.engine.text import _l, mark
from portal.engine.vietnamese import fold
from portal.engine.workflow import State
from portal.incidents.models.incident import Incident
from portal.incidents.models.words import ASSESSMENT_NAMES, BoxPlace, Channel, TipAssessment
from portal.organisation.models import Unit, User

HANGS, GONE = State(_l("In place"), "done"), State(_l("Taken down"), "cancelled")


class Tip(Entry):
    """What somebody told of a crime. Who it was is kept only where they agree, and lies encrypted."""

    prefix = "TG"
    dated = "received_on"
    searched = ("text",)
    protected = True
    sensitive = frozenset({"text", "giver_name", "giver_contact", "folded"})

    received_on: Mapped[date] = mapped_column(index=True)
    channel: Mapped[Channel]
    village_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    text: Mapped[str]
    giver_agrees: Mapped[bool] = mapped_column(default=False)
    giver_name: Mapped[str | None] = mapped_column(Sealed("tip.giver_name"))
    giver_contact: Mapped[str | None] = mapped_column(Sealed("tip.giver_contact"))
    assessment: Mapped[TipAssessment] = mapped_column(default=TipAssessment.PENDING)
    assessed_on: Mapped[date | None]
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"), index=True)  # to which it led

    village: Mapped[Unit | None] = relationship(foreign_keys=village_id, lazy="joined")
    incident: Mapped[Incident | None] = relationship(foreign_keys=incident_id)

    @property
    def standing(self) -> State:
        assessment = self.assessment or TipAssessment.PENDING
        pending = assessment == TipAssessment.PENDING
        return State(ASSESSMENT_NAMES[assessment], "waiting" if pending else "done")

    @property
    def misfits(self) -> Iterable[Reason]:
        if not self.giver_agrees:
            for name in ("giver_name", "giver_contact"):
                if getattr(self, name):
                    yield Misfit(name, mark("Who gave it is kept only where they agree. Tick that, or leave it empty."))
        if self.received_on > clock.today():
            yield Misfit("received_on", mark("The day lies in the future."))
        yield from self._misfits_of_assessment()

    def _misfits_of_assessment(self) -> Iterable[Reason]:
        if (self.assessment or TipAssessment.PENDING) == TipAssessment.PENDING:
            if self.assessed_on:
                yield Misfit("assessed_on", mark("A day stands here only once it is assessed."))
        elif self.assessed_on is None:
            yield Misfit("assessed_on", mark("Please give the day on which it was assessed."))
        elif self.assessed_on < self.received_on:
            yield Misfit("assessed_on", mark("It cannot be assessed before it came."))
        elif self.assessed_on > clock.today():
            yield Misfit("assessed_on", mark("The day lies in the future."))


class TipBox(Entry):
    """A box for tips, from the day it was put up. *removed_on* is the first day on which it is no more there."""

    prefix = "HT"
    dated = "installed_on"
    searched = ("location",)

    place_kind: Mapped[BoxPlace]
    village_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    location: Mapped[str]
    installed_on: Mapped[date] = mapped_column(index=True)
    removed_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")

    village: Mapped[Unit | None] = relationship(foreign_keys=village_id, lazy="joined")
    openings: Mapped[list["TipBoxOpening"]] = relationship(back_populates="box", order_by="TipBoxOpening.opened_on")

    @property
    def standing(self) -> State:
        return HANGS if goes_on(self.removed_on, clock.today()) else GONE

    @property
    def misfits(self) -> Iterable[Reason]:
        if self.place_kind == BoxPlace.VILLAGE_HALL and self.village_id is None:
            yield Misfit("village_id", mark("Please say in which village the hall is."))
        if self.installed_on > clock.today():
            yield Misfit("installed_on", mark("The day lies in the future."))
        if self.removed_on and self.removed_on < self.installed_on:
            yield Misfit("removed_on", mark("It cannot be taken down before it was put up."))


class TipBoxOpening(Part):
    """That two different people opened a box and how many letters they found: officials by account, others by name."""

    parent = "box"
    sensitive = frozenset({"first_name", "second_name"})

    box_id: Mapped[int] = mapped_column(ForeignKey("tip_box.id"), index=True)
    opened_on: Mapped[date]
    opened_at: Mapped[time | None]
    first_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    first_name: Mapped[str] = mapped_column(default="")
    second_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    second_name: Mapped[str] = mapped_column(default="")
    found: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")

    box: Mapped[TipBox] = relationship(back_populates="openings")

    @property
    def first_called(self) -> str:
        return _called(self.first_id, self.first_name)

    @property
    def second_called(self) -> str:
        return _called(self.second_id, self.second_name)

    @property
    def misfits(self) -> Iterable[Reason]:
        for name in ("first", "second"):
            if not getattr(self, f"{name}_id") and not getattr(self, f"{name}_name"):
                yield Misfit(f"{name}_id", mark("Choose who it was, or write the name."))
            if getattr(self, f"{name}_id") and getattr(self, f"{name}_name"):
                yield Misfit(f"{name}_name", mark("Either choose somebody or write a name, not both."))
        if self._are_one:
            yield Misfit("second_id", mark("Two different people open a box together."))
        yield from self._misfits_of_day()

    @property
    def _are_one(self) -> bool:
        if self.first_id and self.second_id:
            return self.first_id == self.second_id
        first, second = fold(self.first_called), fold(self.second_called)
        return first == second != ""

    def _misfits_of_day(self) -> Iterable[Reason]:
        if self.opened_on > clock.today():
            yield Misfit("opened_on", mark("The day lies in the future."))
        if self.opened_on < self.box.installed_on:
            yield Misfit("opened_on", mark("The box was not there yet on that day."))
        if self.box.removed_on and self.opened_on > self.box.removed_on:
            yield Misfit("opened_on", mark("The box was taken down before that day."))


def _called(user_id: int | None, name: str) -> str:
    """The name of an account, which a line that is not kept yet knows by its number alone; else what was typed."""
    user = db.session.get(User, user_id) if user_id else None
    return user.full_name if user else name or ""
