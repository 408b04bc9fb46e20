"""How a person is received into a case: the summons that calls them, and the session in which they are received."""

import enum
from collections.abc import Collection, Sequence
from datetime import date, time

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models.case import Case
from portal.cases.models.events import Violation
from portal.documents.queries import document_of
from portal.engine.db import EMPTY, Record
from portal.engine.refusal import Plain, Reason
from portal.engine.text import _l, mark
from portal.law.community import ReceptionItem
from portal.law.competence import summoned_by_agency

RECORDED_AS_BREACH = mark("The absence is recorded as a breach of duty. Strike that entry out first.")
MINUTES, SUMMONS = "BB", "GTT"  # as what their papers stand in the register


class SummonsPurpose(enum.StrEnum):
    RECEPTION = "reception"
    REVIEW = "review"
    OTHER = "other"


SUMMONS_PURPOSE_NAMES = {
    SummonsPurpose.RECEPTION: _l("Reception and commitment"),
    SummonsPurpose.REVIEW: _l("Review of a violation"),
    SummonsPurpose.OTHER: _l("Another reason"),
}


class SummonsOutcome(enum.StrEnum):
    CAME = "came"
    EXCUSED = "excused"
    ABSENT = "absent"


SUMMONS_OUTCOME_NAMES = {
    SummonsOutcome.CAME: _l("Came"),
    SummonsOutcome.EXCUSED: _l("Did not come, for a good reason"),
    SummonsOutcome.ABSENT: _l("Did not come, without a good reason"),
}


class Summons(Record):
    """A written call to appear at a day, an hour and a place, and what became of it.

    Where somebody stays away without a good reason, that is recorded as a breach of duty. If they do not come within
    the time that the law gives after it, a second one is recorded: the two are kept with the summons.
    """

    __tablename__ = "summons"
    parent = "case"
    protected = True
    sensitive = frozenset({"about", "representative", "place", "outcome_note"})

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    purpose: Mapped[SummonsPurpose]
    about: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # what for, where it is another reason
    summoned_on: Mapped[date]
    appear_on: Mapped[date]
    appear_time: Mapped[time]
    place: Mapped[str]
    representative: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # summoned together with a minor
    outcome: Mapped[SummonsOutcome | None]
    outcome_on: Mapped[date | None]  # on which it was recorded whether they came
    outcome_note: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    violation_id: Mapped[int | None] = mapped_column(ForeignKey("violation.id"))
    second_violation_id: Mapped[int | None] = mapped_column(ForeignKey("violation.id"))

    case: Mapped[Case] = relationship(back_populates="summonses")
    violation: Mapped[Violation | None] = relationship(foreign_keys=violation_id)
    second_violation: Mapped[Violation | None] = relationship(foreign_keys=second_violation_id)

    @property
    def counts(self) -> bool:
        return self.voided_at is None

    @property
    def of_agency(self) -> bool:
        """Whether it is the summons of the agency, which is handed over here and is no paper of the commune police."""
        rules = self.case.regime.PARAMETERS.rules
        return self.purpose == SummonsPurpose.RECEPTION and summoned_by_agency(rules, self.summoned_on) is not None

    @property
    def waits(self) -> bool:
        """Whether it is still to be recorded what became of it."""
        return self.counts and self.outcome is None

    @property
    def missed_on(self) -> date | None:
        """The day on which it was recorded that they stayed away without a good reason, where that still stands."""
        return self.violation.recorded_on if self.counts and _stands(self.violation) and self.violation else None

    @property
    def missed_again_on(self) -> date | None:
        """The day of the second record."""
        again = self.second_violation
        return again.recorded_on if self.missed_on and again is not None and _stands(again) else None

    @property
    def against_voiding(self) -> list[Reason]:
        breach = self.missed_on or _stands(self.second_violation)
        return [*([Plain(RECORDED_AS_BREACH)] if breach else []), *_issued(self)]


def _stands(violation: Violation | None) -> bool:
    return violation is not None and violation.voided_at is None


def _issued(record: Record) -> Sequence[Reason]:
    """What went out as a signed paper stays, until its scan is struck out."""
    document = document_of(record)
    return document.against_voiding if document is not None else ()


class Reception(Record):
    """The session in which a person is received: what it held, who took part, and what was said.

    What was missing then may be made good later; *completed_on* is the day on which all of it was there. Of receptions
    from before there was this record the case knows the day alone.
    """

    parent = "case"
    protected = True
    sensitive = frozenset({"place", "representative", "participants", "statements"})

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    held_on: Mapped[date]
    begun_at: Mapped[time | None]
    closed_at: Mapped[time | None]
    place: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    announced: Mapped[bool] = mapped_column(default=False)
    rights: Mapped[bool] = mapped_column(default=False)
    briefed: Mapped[bool] = mapped_column(default=False)
    declaration: Mapped[bool] = mapped_column(default=False)
    commitment: Mapped[bool] = mapped_column(default=False)
    minutes: Mapped[bool] = mapped_column(default=False)
    committed_on: Mapped[date | None]  # on which the commitment was signed
    representative: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    representative_confirms: Mapped[bool] = mapped_column(default=False)
    participants: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    statements: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    completed_on: Mapped[date | None]

    case: Mapped[Case] = relationship(back_populates="receptions")

    @property
    def counts(self) -> bool:
        return self.voided_at is None

    @property
    def items(self) -> list[ReceptionItem]:
        """What the session held, and what was made good since."""
        return [item for item in ReceptionItem if getattr(self, item)]

    @items.setter
    def items(self, items: Collection[str]) -> None:
        for item in ReceptionItem:
            setattr(self, item, item in items)

    @property
    def against_voiding(self) -> list[Reason]:
        return list(_issued(self))


def reception_of(case: Case) -> Reception | None:
    """What is kept of the session in which the person was received; of old ones the case knows the day alone."""
    return next((one for one in reversed(case.receptions) if one.counts), None) if case.reception_on else None


def waiting_summons(case: Case, purpose: SummonsPurpose) -> Summons | None:
    """The summons for a purpose of which nobody has recorded what became of it."""
    return next((one for one in case.summonses if one.waits and one.purpose == purpose), None)
