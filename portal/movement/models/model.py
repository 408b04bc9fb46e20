"""Models of the movement: what a commune or some of its villages try out together, judged once a year."""

import enum
from collections.abc import Iterable
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.books.models import Entry, Part
from portal.engine import clock
from portal.engine.refusal import Misfit, Reason
from portal.engine.spans import goes_on
from portal.engine.text import _l, mark
from portal.engine.workflow import State
from portal.organisation.models import Unit


class ModelKind(enum.StrEnum):
    """What a model is about."""

    SECURITY = "security"
    DRUGS = "drugs"
    FIRE = "fire"
    TRAFFIC = "traffic"
    BORDER = "border"
    YOUTH = "youth"
    OTHER = "other"


class Verdict(enum.StrEnum):
    """What the yearly review says is to become of a model."""

    SPREAD = "spread"
    KEEP = "keep"
    MEND = "mend"
    STOP = "stop"


MODEL_KIND_NAMES = {
    ModelKind.SECURITY: _l("Order and security"),
    ModelKind.DRUGS: _l("Against drugs"),
    ModelKind.FIRE: _l("Fire safety"),
    ModelKind.TRAFFIC: _l("Traffic safety"),
    ModelKind.BORDER: _l("Border and markers"),
    ModelKind.YOUTH: _l("School and youth"),
    ModelKind.OTHER: _l("Something else"),
}
VERDICT_NAMES = {
    Verdict.SPREAD: _l("Spread it"),
    Verdict.KEEP: _l("Carry it on"),
    Verdict.MEND: _l("Put it in order"),
    Verdict.STOP: _l("Stop it"),
}
ENDED, TO_REVIEW = State(_l("Ended"), "cancelled"), State(_l("Review due"), "todo")
STANDING = {
    Verdict.SPREAD: State(_l("To be spread"), "right"),
    Verdict.KEEP: State(_l("Goes on"), "done"),
    Verdict.MEND: State(_l("To be mended"), "soon"),
    Verdict.STOP: State(_l("To be stopped"), "overdue"),
}
STILL_DUE = {
    verdict: State(_l("Review due, last: %(said)s", said=one.label), "todo") for verdict, one in STANDING.items()
}  # with what was said a year or more ago
GOES_ON = STANDING[Verdict.KEEP]


class Model(Entry):
    """A model of the movement. *ended_on* is the first day on which it is no more.

    Without a village of its own it is one of the whole commune.
    """

    prefix = "MH"
    dated = "launched_on"
    searched = ("name",)

    name: Mapped[str]
    kind: Mapped[ModelKind] = mapped_column(index=True)
    launched_on: Mapped[date] = mapped_column(index=True)
    ended_on: Mapped[date | None]
    decision: Mapped[str] = mapped_column(default="")  # number of the paper that set it up
    led_by: Mapped[str] = mapped_column(default="")  # the body that leads it, never a person
    about: Mapped[str] = mapped_column(default="")

    places: Mapped[list["ModelVillage"]] = relationship(back_populates="model", order_by="ModelVillage.id")
    reviews: Mapped[list["ModelReview"]] = relationship(back_populates="model", order_by="ModelReview.reviewed_on")
    trainings: Mapped[list["ModelTraining"]] = relationship(back_populates="model", order_by="ModelTraining.held_on")

    @property
    def misfits(self) -> Iterable[Reason]:
        if self.ended_on and self.ended_on < self.launched_on:
            yield Misfit("ended_on", mark("It cannot end before it was launched."))

    @property
    def last_review(self) -> "ModelReview | None":
        kept = [one for one in self.reviews if one.voided_at is None]
        return max(kept, key=lambda one: (one.reviewed_on, one.id)) if kept else None

    @property
    def standing(self) -> State:
        """Ended, or what its last review said; a model of a former year without a review this year waits for it, and
        says what the last one was."""
        today, last = clock.today(), self.last_review
        if not goes_on(self.ended_on, today):
            return ENDED
        if last and last.holds_on(today):
            return STANDING[last.verdict]
        if self.launched_on.year >= today.year:
            return GOES_ON
        return STILL_DUE[last.verdict] if last else TO_REVIEW

    @property
    def villages(self) -> list[Unit]:
        return [one.village for one in self.places if one.voided_at is None]


class ModelVillage(Part):
    """A village in which a model is tried."""

    parent = "model"

    model_id: Mapped[int] = mapped_column(ForeignKey("model.id"), index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)

    model: Mapped[Model] = relationship(back_populates="places")
    village: Mapped[Unit] = relationship(foreign_keys=village_id)

    @property
    def misfits(self) -> Iterable[Reason]:
        others = (one for one in self.model.places if one is not self and one.voided_at is None)
        if any(one.village_id == self.village_id for one in others):
            yield Misfit("village_id", mark("This village stands there already."))


class ModelReview(Part):
    """The yearly review of a model: what is to become of it, and why."""

    parent = "model"

    model_id: Mapped[int] = mapped_column(ForeignKey("model.id"), index=True)
    reviewed_on: Mapped[date] = mapped_column(index=True)
    verdict: Mapped[Verdict]
    reason: Mapped[str]

    model: Mapped[Model] = relationship(back_populates="reviews")

    @hybrid_method
    def holds_on(self, today: date) -> bool:
        """Whether a model's last review still says how it stands, of one review or as a condition of a query.

        It does for the year in which it was held; what was to be stopped stays so.
        """
        return (self.verdict == Verdict.STOP) | (self.reviewed_on >= today.replace(month=1, day=1))

    @property
    def misfits(self) -> Iterable[Reason]:
        if self.reviewed_on < self.model.launched_on:
            yield Misfit("reviewed_on", mark("The model was launched later than that."))
        others = (one for one in self.model.reviews if one is not self and one.voided_at is None)
        if any(one.reviewed_on.year == self.reviewed_on.year for one in others):
            yield Misfit("reviewed_on", mark("The model was reviewed in that year already."))


class ModelTraining(Part):
    """A training session for those who carry a model."""

    parent = "model"

    model_id: Mapped[int] = mapped_column(ForeignKey("model.id"), index=True)
    held_on: Mapped[date] = mapped_column(index=True)
    count: Mapped[int]  # people who took part
    subject: Mapped[str]

    model: Mapped[Model] = relationship(back_populates="trainings")
