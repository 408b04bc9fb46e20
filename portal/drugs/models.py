"""Who is reviewed for the use of drugs, who was tested, who was fined: for the commune police alone."""

import enum
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, and_, exists, or_, select, text
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.books.models import OfPerson
from portal.engine import clock
from portal.engine.db import Money, db
from portal.engine.refusal import Misfit, Reason
from portal.engine.text import _l, mark
from portal.engine.workflow import State
from portal.law.days import add_months
from portal.law.fines import outside_of_band
from portal.organisation.models import Unit, User

_HOLDS = text("voided_at IS NULL AND annulled_on IS NULL")
SECOND_FINE = mark("Two fines stood on one test: the first of them stays.")  # why an upgrade struck a fine out

LISTED, REMOVED = State(_l("On the list"), "active"), State(_l("Taken off the list"), "cancelled")
FINED, ANNULLED = State(_l("In force"), "done"), State(_l("Annulled"), "cancelled")


LEAST_AGE, MOST_MONTHS = 10, 60  # of whoever is reviewed, in years; of a review: beyond is a slip of the pen


def _too_young(entry: OfPerson, day: date) -> Iterable[Reason]:
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
        yield from _too_young(self, self.listed_on)
        if self.review_until and self.review_until > add_months(self.listed_on, MOST_MONTHS):
            yield Misfit("review_until", mark("A review goes on for at most %(years)s years."), years=MOST_MONTHS // 12)
        if self.review_until and self.review_until < self.listed_on:
            yield Misfit("review_until", mark("The review cannot end before it began."))

    @property
    def standing(self) -> State:
        return REMOVED if self.removed_on and self.removed_on <= clock.today() else LISTED


class TestContext(enum.StrEnum):
    REVIEW = "review"
    INCIDENT = "incident"
    FOLLOW_UP = "follow_up"


class TestResult(enum.StrEnum):
    POSITIVE = "positive"
    NEGATIVE = "negative"
    INVALID = "invalid"
    PENDING = "pending"


CONTEXT_NAMES = {
    TestContext.REVIEW: _l("Called in from the review list"),
    TestContext.INCIDENT: _l("At an incident"),
    TestContext.FOLLOW_UP: _l("While under management"),
}
RESULT_NAMES = {
    TestResult.POSITIVE: _l("Positive"),
    TestResult.NEGATIVE: _l("Negative"),
    TestResult.INVALID: _l("Invalid"),
    TestResult.PENDING: _l("No result yet"),
}
# Nobody is marked by a colour: a result is told in words, and its shape says only whether one is there.
RESULT_STATES = {
    TestResult.POSITIVE: State(RESULT_NAMES[TestResult.POSITIVE], "done"),
    TestResult.NEGATIVE: State(RESULT_NAMES[TestResult.NEGATIVE], "done"),
    TestResult.INVALID: State(RESULT_NAMES[TestResult.INVALID], "cancelled"),
    TestResult.PENDING: State(RESULT_NAMES[TestResult.PENDING], "waiting"),
}


class DrugTest(OfPerson):
    """A test of somebody for drugs. It stands on its own: neither an entry of the list nor an incident takes it along.

    One of the review is linked to the person's entry of the list, where there is one.
    """

    prefix = "XN"
    dated = "taken_on"
    sensitive = OfPerson.sensitive | {"result", "location", "note", "person_id"}

    village_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    context: Mapped[TestContext]
    taken_on: Mapped[date] = mapped_column(index=True)
    result: Mapped[TestResult] = mapped_column(default=TestResult.PENDING)
    location: Mapped[str] = mapped_column(default="")
    device: Mapped[str] = mapped_column(default="")
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("drug_review_entry.id"), index=True)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"), index=True)
    note: Mapped[str] = mapped_column(default="")

    village: Mapped[Unit | None] = relationship(foreign_keys=village_id, lazy="joined")
    entry: Mapped[DrugReviewEntry | None] = relationship(foreign_keys=entry_id)
    incident: Mapped[Any] = relationship("Incident", foreign_keys=incident_id)
    fines: Mapped[list["FineDecision"]] = relationship(back_populates="test", order_by="FineDecision.id")

    def __init__(self, **facts: Any) -> None:
        super().__init__(**{**facts, "result": facts.get("result") or TestResult.PENDING})
        self._find_entry()

    def take(self, facts: Mapping[str, Any]) -> None:
        super().take(facts)
        self._find_entry()

    def _find_entry(self) -> None:
        """The person's latest entry of the list that was there on the day, if the test is one of the review."""
        listed = select(DrugReviewEntry).where(
            DrugReviewEntry.person_id == self.person.id, DrugReviewEntry.voided_at.is_(None),
            DrugReviewEntry.commune_id == self.commune_id, DrugReviewEntry.listed_on <= self.taken_on,
        )  # fmt: skip
        of_review = self.context == TestContext.REVIEW and self.person.id is not None
        latest = listed.order_by(DrugReviewEntry.listed_on.desc(), DrugReviewEntry.id.desc()).limit(1)
        self.entry = db.session.scalar(latest) if of_review else None

    def _listed_later(self) -> date | None:
        """The first day on which the person stood on the list, where that came only after the test."""
        if not self.person.id:
            return None
        days = select(DrugReviewEntry.listed_on).where(
            DrugReviewEntry.person_id == self.person.id, DrugReviewEntry.voided_at.is_(None),
            DrugReviewEntry.commune_id == self.commune_id,
        )  # fmt: skip
        return db.session.scalar(days.order_by(DrugReviewEntry.listed_on).limit(1))

    @property
    def fined(self) -> bool:
        """Whether a fine is in force on it, or on the person for its incident; `queries.without_fine` is its twin."""
        on_it = any(one.in_force(clock.today()) for one in self.fines)
        return on_it or bool(self.incident_id and fine_of(self.person_id, self.incident_id))

    @property
    def misfits(self) -> Iterable[Reason]:
        yield from _too_young(self, self.taken_on)
        if self.context == TestContext.REVIEW and self.entry is None and (listed := self._listed_later()):
            told = mark("The person was put on the review list only on %(day)s.")
            yield Misfit("taken_on", told, day=listed)
        fines = [one for one in self.fines if one.in_force(clock.today())]
        if fines and self.result != TestResult.POSITIVE:
            yield Misfit("result", mark("A fine stands on this test. Strike the fine out first."))
        if any(one.decided_on < self.taken_on for one in fines):
            yield Misfit("taken_on", mark("The fine on this test was decided before this day."))
        if self.incident_id and self.context != TestContext.INCIDENT:
            yield Misfit("incident_id", mark("Only a test at an incident names one. Leave it empty here."))

    @property
    def standing(self) -> State:
        return RESULT_STATES[self.result]


class FineDecision(OfPerson):
    """A fine for the use of drugs, on a test that was positive or for an incident: on one of the two.

    *annulled_on* is the first day on which it holds no more. Without an amount (0) it is a warning.
    """

    prefix = "XP"
    dated = "decided_on"
    searched = ("full_name", "paper_number")
    sensitive = OfPerson.sensitive | {"paper_number", "deviation", "annulment_reason", "person_id"}

    village_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    test_id: Mapped[int | None] = mapped_column(ForeignKey("drug_test.id"), index=True)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"), index=True)
    paper_number: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date] = mapped_column(index=True)
    amount_vnd: Mapped[int] = mapped_column(Money)
    deviation: Mapped[str] = mapped_column(default="")  # why the amount lies outside of the band of the decree
    annulled_on: Mapped[date | None]
    annulment_reason: Mapped[str] = mapped_column(default="")

    village: Mapped[Unit | None] = relationship(foreign_keys=village_id, lazy="joined")
    test: Mapped[DrugTest | None] = relationship(back_populates="fines")
    incident: Mapped[Any] = relationship("Incident", foreign_keys=incident_id)

    @classmethod
    def more_table_args(cls) -> tuple[Any, ...]:
        return (Index("uq_fine_in_force", "test_id", unique=True, sqlite_where=_HOLDS, postgresql_where=_HOLDS),)

    def __init__(self, **facts: Any) -> None:
        """Who was fined on a test is whoever was tested."""
        if facts.get("test_id") and not facts.get("person_id"):
            tested = db.session.get_one(DrugTest, facts["test_id"])
            facts = {"person_id": tested.person_id, **{name: facts[name] for name in facts if name != "person_id"}}
        super().__init__(**facts)

    @property
    def misfits(self) -> Iterable[Reason]:
        yield from self._misfits_of_test()
        yield from _too_young(self, self.decided_on)
        if not self.deviation:
            yield from (Misfit.by("amount_vnd", one) for one in outside_of_band(self.amount_vnd, self.decided_on))
        if self.annulled_on and self.annulled_on < self.decided_on:
            yield Misfit("annulled_on", mark("It cannot be annulled before it was decided."))
        if self.annulled_on and not self.annulment_reason:
            yield Misfit("annulment_reason", mark("Please say why it was annulled."))
        if self.annulment_reason and not self.annulled_on:
            yield Misfit("annulled_on", mark("Please give the day on which it was annulled."))

    def _misfits_of_test(self) -> Iterable[Reason]:
        if bool(self.test_id) == bool(self.incident_id):
            chosen = mark("A fine stands on a test or is for an incident: please choose one of the two.")
            yield from (Misfit(field, chosen) for field in ("test_id", "incident_id"))
        test = db.session.get(DrugTest, self.test_id) if self.test_id else None
        if self.in_force(clock.today()) and (other := self._other_of_incident(test)):
            told = mark("For this incident the same person was fined already: %(number)s.")
            yield Misfit("incident_id" if self.incident_id else "test_id", told, number=other)
        if test is None:
            return
        if test.person_id != self.person_id and test.person is not self.person:
            yield Misfit("test_id", mark("This test is somebody else's."))
        if not self.in_force(clock.today()):
            return  # it holds no more, whatever became of the test
        if test.voided_at is not None:
            yield Misfit("test_id", mark("This test is struck out."))
        if other := self._other_on_test():
            yield Misfit("test_id", mark("A fine stands on this test already: %(number)s."), number=other)
        if test.result != TestResult.POSITIVE:
            yield Misfit("test_id", mark("This test is not positive."))
        if self.decided_on < test.taken_on:
            yield Misfit("decided_on", mark("Nobody is fined on a test before it was taken."))

    def _other_on_test(self) -> str | None:
        """The number of another fine that is in force on the same test."""
        on_test = select(FineDecision.number).where(
            FineDecision.test_id == self.test_id, FineDecision.id != (self.id or 0)
        )
        return db.session.scalar(on_test.where(FineDecision.in_force(clock.today())))

    def _other_of_incident(self, test: DrugTest | None) -> str | None:
        """The number of another fine on the same person for the same incident, or for that at which the test was."""
        incident_id = self.incident_id or (test.incident_id if test else None)
        if not incident_id or self.person.id is None:
            return None
        return fine_of(self.person.id, incident_id, besides=(self.id or 0, self.test_id or 0))

    @hybrid_method
    def in_force(self, day: date) -> bool:
        """Whether it holds at the end of a day: neither struck out nor annulled by then."""
        return self.voided_at is None and (self.annulled_on is None or self.annulled_on > day)

    @in_force.inplace.expression  # type: ignore[attr-defined, untyped-decorator]
    @classmethod
    def _in_force(cls, day: date) -> ColumnElement[bool]:
        return and_(cls.voided_at.is_(None), or_(cls.annulled_on.is_(None), cls.annulled_on > day))

    @property
    def standing(self) -> State:
        return FINED if self.in_force(clock.today()) else ANNULLED


def fine_of(person_id: int, incident_id: int, besides: tuple[int, int] = (0, 0)) -> str | None:
    """The number of the fine that is in force on a person for an incident or on a test at it. *besides* are the id of a
    fine and that of a test whose fines are left out."""
    fine, test = besides
    held = FineDecision.person_id == person_id, FineDecision.in_force(clock.today()), FineDecision.id != fine
    at_it = exists().where(
        DrugTest.id == FineDecision.test_id, DrugTest.incident_id == incident_id, DrugTest.id != test
    )
    found = select(FineDecision.number).where(*held, or_(FineDecision.incident_id == incident_id, at_it))
    return db.session.scalar(found.order_by(FineDecision.id).limit(1))
