"""What follows from a breach of duty: a written warning, and a review of the person's conduct."""

import enum
from collections.abc import Sequence
from datetime import date, time
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models.case import Case
from portal.cases.models.events import Violation
from portal.cases.workflow import REVIEW, WARNING
from portal.documents.models import OfficialDocument
from portal.documents.queries import document_of
from portal.engine import clock
from portal.engine.db import EMPTY, Record
from portal.engine.refusal import Plain, Reason
from portal.engine.text import _l, mark
from portal.engine.workflow import Moves
from portal.law.breaches import GoodReason
from portal.law.rule import Due

GIVEN_ALREADY = mark("The warning was given to the person on %(day)s. What they were told stays.")


class WrittenWarning(Record, Moves):
    """A warning in writing because of a breach: an officer drafts it, the chief signs it, the person is given it.

    From the day on which it is given a further breach is a ground for a review, where the law of the case says so.
    """

    parent = "case"
    protected = True
    sensitive = frozenset({"text", "handed_how", "paper_number"})
    workflow = WARNING

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    violation_id: Mapped[int] = mapped_column(ForeignKey("violation.id"), index=True)
    written_on: Mapped[date]
    text: Mapped[str]  # what the person is warned of, and asked to do
    signed_on: Mapped[date | None]
    given_on: Mapped[date | None]
    handed_how: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # by whom, before whom, signed or refused
    paper_number: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # given on paper, before it came here
    state: Mapped[str] = mapped_column(default="drafted")

    case: Mapped[Case] = relationship(back_populates="warnings")
    violation: Mapped[Violation] = relationship(lazy="joined", innerjoin=True)

    @property
    def counts(self) -> bool:
        """Whether the person was warned: steps of the law follow from that day."""
        return self.state == "given" and self.voided_at is None

    @property
    def stands(self) -> bool:
        """Whether it is there, signed or not: nobody drafts another because of the same breach."""
        return self.state != "refused" and self.voided_at is None

    @property
    def waits(self) -> bool:
        """Whether a second person is asked to sign it."""
        return self.state == "drafted" and self.voided_at is None

    def moved(self, transition: str, _actor: Any) -> None:
        if transition == "sign":
            self.signed_on = clock.today()

    @property
    def document(self) -> OfficialDocument | None:
        return document_of(self)

    @property
    def against_giving(self) -> Sequence[Reason]:
        """In law the warning is the signed page."""
        document = self.document
        return document.against_telling if document is not None else ()

    @property
    def against_voiding(self) -> Sequence[Reason]:
        if self.given_on is not None and self.state == "given" and not self.paper_number:
            return (Plain(GIVEN_ALREADY, day=self.given_on),)
        document = self.document
        return document.against_voiding if document is not None else ()


class Came(enum.StrEnum):
    """Whether the person came to a review."""

    YES = "yes"
    WITHOUT_REASON = "without_reason"
    WITH_REASON = "with_reason"


CAME_NAMES = {
    Came.YES: _l("The person came"),
    Came.WITHOUT_REASON: _l("The person stayed away, without a good reason"),
    Came.WITH_REASON: _l("The person stayed away, with a good reason"),
}
HELD = ("held", "held_without")
OVER = (*HELD, "not_held")


class ReviewMeeting(Record, Moves):
    """A review of somebody's conduct, from the decision to hold it to its minutes.

    *hold_by* is the last day that the law gives, with its clause, where it gives one. Put off once, it keeps the day on
    which it was to be.
    """

    parent = "case"
    protected = True
    sensitive = frozenset(
        {"invited", "attendees", "statements", "conclusion", "absence_reason", "location", "paper_number"}
    )
    workflow = REVIEW

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id", use_alter=True), index=True)
    paper_on: Mapped[date]  # of the paper that establishes the breach
    planned_on: Mapped[date]
    planned_at: Mapped[time | None]
    location: Mapped[str]
    invited: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # a line each
    organiser: Mapped[str]  # the role whose office holds it, by the law of the day
    hold_by: Mapped[date | None]
    source: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    put_off_from: Mapped[date | None]
    held_on: Mapped[date | None]
    came: Mapped[Came | None]
    good_reason: Mapped[GoodReason | None]
    absence_reason: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    attendees: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # a line each
    statements: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    conclusion: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    paper_number: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # over on paper, before it came here
    state: Mapped[str] = mapped_column(default="planned")

    case: Mapped[Case] = relationship(back_populates="reviews")

    @property
    def held(self) -> bool:
        """Whether it was held, with the person or without."""
        return self.state in HELD and self.voided_at is None

    @property
    def over(self) -> bool:
        """Whether nothing more is to be done about it: it was held, or the person stayed away."""
        return self.state in OVER and self.voided_at is None

    @property
    def waits(self) -> bool:
        return self.state == "planned" and self.voided_at is None

    @property
    def due_again(self) -> Due | None:
        """Put off, it has the days of the law again, from the day on which it was to be."""
        due: Due | None = self.case.regime.review(self.put_off_from) if self.put_off_from else None
        return due

    @property
    def document(self) -> OfficialDocument | None:
        """Its minutes, as the register has them."""
        return document_of(self)

    @property
    def against_voiding(self) -> Sequence[Reason]:
        document = self.document
        return document.against_voiding if document is not None else ()
