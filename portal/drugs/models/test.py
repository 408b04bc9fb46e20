"""Who was tested for drugs, what came of it, and from when on the law gives time to decide."""

import enum
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.books.models import OfPerson
from portal.drugs.models.review import DrugReviewEntry, too_young
from portal.engine import clock
from portal.engine.db import EMPTY, db
from portal.engine.refusal import Misfit, Reason
from portal.engine.text import _l, mark
from portal.engine.workflow import State
from portal.law import drug_user_management
from portal.law.asking import asked
from portal.law.rule import ACT_2025, Due, Parameters
from portal.lawbook.queries import numbers_of
from portal.organisation.models import Unit
from portal.people.models import Sex

if TYPE_CHECKING:
    from portal.drugs.models.fine import FineDecision


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


class Determination(enum.StrEnum):
    """What a medical body found, asked whether somebody is addicted. Nothing else of it is kept."""

    ADDICTED = "addicted"
    NOT_ADDICTED = "not_addicted"


DETERMINATION_NAMES = {
    Determination.ADDICTED: _l("Determined to be addicted"),
    Determination.NOT_ADDICTED: _l("Determined not to be addicted"),
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
    sensitive = OfPerson.sensitive | {
        "result", "location", "note", "person_id", "determination", "determination_number",
    }  # fmt: skip

    beside = (*OfPerson.beside, "sex")
    completes = ("sex",)  # minutes and decision call the person by it

    village_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    context: Mapped[TestContext]
    taken_on: Mapped[date] = mapped_column(index=True)
    result: Mapped[TestResult] = mapped_column(default=TestResult.PENDING)
    location: Mapped[str] = mapped_column(default="")
    device: Mapped[str] = mapped_column(default="")
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("drug_review_entry.id"), index=True)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"), index=True)
    note: Mapped[str] = mapped_column(default="")
    received_on: Mapped[date | None]  # with the hour the moment in which the police received the result
    received_time: Mapped[time | None]
    residence_checked_on: Mapped[date | None]  # on which it was verified that the person lives here
    determined_on: Mapped[date | None]
    determination: Mapped[Determination | None]
    determination_number: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    answered_on: Mapped[date | None]  # on which it was laid before whoever decides on the management, or decided

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
    def sex(self) -> Sex | None:
        return self.person.sex

    @property
    def fined(self) -> bool:
        """Whether a fine is in force on it, or on the person for its incident; `queries.without_fine` is its twin."""
        on_it = any(one.in_force(clock.today()) for one in self.fines)
        fine: Any = type(self).fines.property.mapper.class_
        return on_it or bool(self.incident_id and fine.of_incident(self.person_id, self.incident_id))

    @property
    def positive(self) -> bool:
        return self.result == TestResult.POSITIVE and self.voided_at is None

    @property
    def result_at(self) -> datetime | None:
        """The moment in which the police received the result, by the clock of the commune; None while it is missing."""
        if self.received_on is None or self.received_time is None:
            return None
        return datetime.combine(self.received_on, self.received_time)

    def is_within(self, management: Any) -> bool:
        """Whether it was taken in a year of management, on whatever occasion.

        On the first day the test that led to the management may have been taken as well.
        """
        first, due = management.starts_on, management.law.last_day
        last = management.closed_on or (due.due_on if due else self.taken_on)
        begun: bool = first < self.taken_on or (first == self.taken_on and self.context == TestContext.FOLLOW_UP)
        return begun and self.taken_on <= last

    @property
    def within_management(self) -> bool:
        """Whether the person was managed when it was taken: as somebody wrote down, or by a case of theirs."""
        if self.context == TestContext.FOLLOW_UP:
            return True
        fine: Any = type(self).fines.property.mapper.class_
        case: Any = fine.case.property.mapper.class_
        managements = db.session.scalars(case.managements_of(self.person, self.commune_id)).unique()
        return any(self.is_within(one) for one in managements)

    @property
    def to_determine(self) -> bool:
        """Whether it tells of new use within the year, after which it is determined whether somebody is addicted."""
        return self.positive and self.taken_on >= ACT_2025 and self.within_management

    @property
    def law(self) -> Parameters:
        """The numbers about the management of drug users that hold in the commune."""
        return numbers_of(self.commune_id, "drug_user_management")

    @property
    def to_decide(self) -> Due | None:
        """By when the management is decided, counted from this moment; None where no clock runs from a result.

        Until 30/06/2026 the working days begin with the file that reaches the chair. Within a management nothing is
        decided anew since then.
        """
        if not self.positive or self.village_id is None or self.result_at is None or self.to_determine:
            return None
        due = next(iter(asked(drug_user_management.decision, self.result_at, self.law)), None)
        return due if due is not None and due.due_at is not None else None

    @property
    def misfits(self) -> Iterable[Reason]:
        yield from self._misfits_of_result()
        yield from too_young(self, self.taken_on)
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

    def _misfits_of_result(self) -> Iterable[Reason]:
        if self.received_time and not self.received_on:
            yield Misfit("received_on", mark("Please give the day on which the result was received."))
        if self.received_on and self.result == TestResult.PENDING:
            yield Misfit("result", mark("The result was received: please say what it is."))
        if self.received_on and self.received_on < self.taken_on:
            yield Misfit("received_on", mark("The result cannot be received before the test."))
        if self.result_at and clock.at(self.result_at.date(), self.result_at.time()) > clock.now():
            yield Misfit("received_time", mark("This hour is still to come."))
        if self.residence_checked_on and self.residence_checked_on < self.taken_on:
            yield Misfit("residence_checked_on", mark("The residence is verified after the test."))
        if bool(self.determination) != bool(self.determined_on):
            told = mark("Please give the outcome of the determination together with its day.")
            yield Misfit("determined_on" if self.determination else "determination", told)
        if self.determined_on and self.determined_on < self.taken_on:
            yield Misfit("determined_on", mark("What followed the test cannot lie before it."))
        if self.determination and self.result != TestResult.POSITIVE:
            yield Misfit("determination", mark("Only a positive test is followed by a determination."))

    @property
    def standing(self) -> State:
        return RESULT_STATES[self.result]
