"""A report on a period: drafted and submitted by the chief, approved by the leader, frozen, and sent."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.documents.models import OfficialDocument
from portal.engine import clock
from portal.engine.db import EMPTY, Record
from portal.engine.keys import keys
from portal.engine.refusal import Plain, Reason
from portal.engine.text import mark
from portal.engine.workflow import Moves
from portal.organisation.models import Unit
from portal.reports.models.figure import ReportFigure
from portal.reports.models.kind import ReportKind
from portal.reports.models.overruling import Overruling
from portal.reports.models.section import ReportSection
from portal.reports.sections import BY_ID, Section
from portal.reports.unknown import against_text
from portal.reports.workflow import REPORT

EDITABLE = ("draft", "returned")
SIGNED = ("approved", "sent")  # its figures are frozen, its number is taken, its file is kept


class Report(Moves, Record):
    """*number* is the portal's own; that of the paper is its document's. *version_no* counts the corrections, each of
    which *corrects* the one before and stands beside it.

    With the approval come *text* (the paragraphs as they were written that day), *frame* (all that its paper has around
    them; none where it was approved before that was kept), *approved_on*, its document and the file, whose bytes lie in
    the store; *sealed* binds all of it.
    """

    workflow = REPORT
    __table_args__ = (
        UniqueConstraint("commune_id", "number"),
        Index("ix_report_of_period", "kind_id", "first", "last"),
    )

    number: Mapped[str]
    kind_id: Mapped[int] = mapped_column(ForeignKey("report_kind.id"), index=True)
    first: Mapped[date]
    last: Mapped[date]
    state: Mapped[str] = mapped_column(default="draft")
    version_no: Mapped[int] = mapped_column(default=1)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("report.id"), index=True)
    why_corrected: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    approved_on: Mapped[date | None]
    sent_on: Mapped[date | None]
    text: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)
    frame: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("official_document.id"))
    stored_as: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    file_digest: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    file_name: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    file_size: Mapped[int | None]  # bytes
    sealed: Mapped[str] = mapped_column(default="", server_default=EMPTY)

    kind: Mapped[ReportKind] = relationship()
    commune: Mapped[Unit] = relationship(foreign_keys="Report.commune_id")
    document: Mapped[OfficialDocument | None] = relationship()
    corrects: Mapped["Report | None"] = relationship(remote_side="Report.id", back_populates="corrections")
    corrections: Mapped[list["Report"]] = relationship(back_populates="corrects", order_by="Report.id")
    written: Mapped[list[ReportSection]] = relationship(back_populates="report", order_by="ReportSection.id")
    figures: Mapped[list[ReportFigure]] = relationship(back_populates="report", order_by="ReportFigure.position")
    overrulings: Mapped[list[Overruling]] = relationship(back_populates="report", order_by="Overruling.id")
    tasks: Mapped[list[Any]] = relationship("ActionItem", back_populates="report", order_by="ActionItem.id")

    @property
    def editable(self) -> bool:
        return self.state in EDITABLE and self.voided_at is None

    @property
    def is_signed(self) -> bool:
        """Whether its figures are frozen."""
        return self.state in SIGNED

    @property
    def was_brought_in(self) -> bool:
        """Whether it was approved in another portal, where its file and the records behind its figures lie."""
        return self.is_signed and any(one.was_brought_in for one in self.figures)

    @property
    def year_before(self) -> int:
        """The year with which it is compared."""
        return self.last.year - 1

    @property
    def due_on(self) -> date | None:
        return self.kind.due_on(self.last)

    @property
    def title(self) -> str:
        """What it is about, without its period: as it was signed; before that, as its kind has it."""
        return str(self.frame["title"]) if self.frame else self.kind.title

    @property
    def recipients(self) -> Sequence[str]:
        """Who receives it, as it was signed; before that, as its kind has it."""
        return list(self.frame["recipients"]) if self.frame else self.kind.sent_to

    @property
    def correction(self) -> "Report | None":
        """The version that stands beside it and corrects it."""
        return next((one for one in self.corrections if one.voided_at is None), None)

    def figure(self, figure_id: str) -> ReportFigure | None:
        """A figure that the approval froze."""
        return next((one for one in self.figures if one.figure_id == figure_id), None)

    def section(self, key: str) -> ReportSection | None:
        return next((one for one in self.written if one.key == key), None)

    def text_of(self, key: str) -> str:
        found = self.section(key)
        return found.text if found else ""

    @property
    def digest(self) -> str:
        """A keyed digest of all that the approval froze, of the records counted by theirs."""
        frozen = [
            self.id, self.kind_id, self.first.isoformat(), self.last.isoformat(), self.text, self.file_digest,
            [[one.figure_id, one.value, one.previous_value, one.records_digest] for one in self.figures],
        ]  # fmt: skip
        if self.frame is not None:
            frozen.append(self.frame)
        content = json.dumps(frozen, ensure_ascii=False, separators=(",", ":"))
        return keys().digest("report", hashlib.sha256(content.encode()).hexdigest())

    @property
    def intact(self) -> bool:
        """Whether what was approved is what stands here."""
        return not self.is_signed or self.sealed == self.digest

    def against_submitting(self) -> Sequence[Reason]:
        """What is missing in it: texts that people write, and figures that they name and that there are not."""
        empty = [str(section.label) for section in self.by_hand if not self.text_of(section.id).strip()]
        found: list[Reason] = []
        if empty:
            found.append(Plain(mark("These sections are empty: %(sections)s."), sections=", ".join(empty)))
        read = [one.text for one in self.written if one.key in self.kind.sections]
        return found + [reason for text in read for reason in against_text(text, self.commune_id)]

    @property
    def by_hand(self) -> list[Section]:
        """The sections of its kind that people write alone."""
        return [BY_ID[key] for key in self.kind.sections if key in BY_ID and BY_ID[key].by_hand]

    @property
    def against_voiding(self) -> Sequence[Reason]:
        """A draft may be struck out; what somebody has before them, or signed, stays."""
        return (
            ()
            if self.editable
            else (Plain(mark("It was submitted. Once approved, it is corrected by a new version.")),)
        )

    def moved(self, transition: str, _actor: Any) -> None:
        if transition == "send":
            self.sent_on = clock.today()

    def values(self) -> Mapping[str, Any]:
        """What duties and notices say of it."""
        return {"number": self.number}
