"""Who is reviewed for the use of drugs: for the commune police alone."""

import enum
from collections.abc import Iterable
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.books.models import OfPerson
from portal.engine import clock
from portal.engine.refusal import Misfit, Reason
from portal.engine.text import _l, mark
from portal.engine.workflow import State
from portal.law.days import add_months
from portal.organisation.models import Unit, User

LISTED, REMOVED = State(_l("On the list"), "active"), State(_l("Taken off the list"), "cancelled")

LEAST_AGE, MOST_MONTHS = 10, 60  # of whoever is reviewed, in years; of a review: beyond is a slip of the pen


def too_young(entry: OfPerson, day: date) -> Iterable[Reason]:
    age = day.year - entry.birth_year if entry.birth_year else LEAST_AGE
    if age < LEAST_AGE:
        yield Misfit("birth_year", mark("By this year the person was not %(age)s years old."), age=LEAST_AGE)


class ReviewSource(enum.StrEnum):
    """Where it was heard that somebody is said to use drugs: the kind alone, never who said so."""

    TIP = "tip"
    FAMILY = "family"
    VILLAGE = "village"
    PATROL = "patrol"
    EARLIER_FILE = "earlier_file"
    OTHER_AUTHORITY = "other_authority"
    OTHER = "other"


SOURCE_NAMES = {
    ReviewSource.TIP: _l("A tip"),
    ReviewSource.FAMILY: _l("The family"),
    ReviewSource.VILLAGE: _l("The village or its security team"),
    ReviewSource.PATROL: _l("The police's own work in the area"),
    ReviewSource.EARLIER_FILE: _l("An earlier file or fine"),
    ReviewSource.OTHER_AUTHORITY: _l("Another authority"),
    ReviewSource.OTHER: _l("Another source"),
}


class DrugReviewEntry(OfPerson):
    """Somebody on the list of those who are reviewed, from a day on. *removed_on* is the first day off it."""

    prefix = "RS"
    dated = "listed_on"
    sensitive = OfPerson.sensitive | {"reason", "removal_reason", "person_id"}

    village_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    listed_on: Mapped[date] = mapped_column(index=True)
    source_kind: Mapped[ReviewSource | None]
    reason: Mapped[str] = mapped_column(default="")
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    review_until: Mapped[date | None]  # by then somebody decides whether the person stays on the list
    removed_on: Mapped[date | None]
    removal_reason: Mapped[str] = mapped_column(default="")

    village: Mapped[Unit] = relationship(foreign_keys=village_id, lazy="joined")
    reviewer: Mapped[User | None] = relationship(foreign_keys=reviewer_id)

    @property
    def misfits(self) -> Iterable[Reason]:
        if self.removed_on and self.removed_on < self.listed_on:
            yield Misfit("removed_on", mark("Nobody is taken off the list before they were put on it."))
        if self.removed_on and not self.removal_reason:
            yield Misfit("removal_reason", mark("Please say why the person was taken off the list."))
        if self.removal_reason and not self.removed_on:
            yield Misfit("removed_on", mark("Please give the day on which the person was taken off the list."))
        yield from too_young(self, self.listed_on)
        if self.review_until and self.review_until > add_months(self.listed_on, MOST_MONTHS):
            yield Misfit("review_until", mark("A review goes on for at most %(years)s years."), years=MOST_MONTHS // 12)
        if self.review_until and self.review_until < self.listed_on:
            yield Misfit("review_until", mark("The review cannot end before it began."))

    @property
    def standing(self) -> State:
        return REMOVED if self.removed_on and self.removed_on <= clock.today() else LISTED
