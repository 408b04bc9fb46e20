"""Files that belong to records, and the register of documents of each unit."""

import enum
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.documents.kept_file import KeptFile
from portal.documents.waiting import DECIDED, REPORTED, still_waits
from portal.engine import clock
from portal.engine.db import EMPTY, Kept, Record
from portal.engine.refusal import Plain, Reason
from portal.engine.text import _l, mark
from portal.engine.vietnamese import fold
from portal.organisation.models import Unit


class AttachmentKind(enum.StrEnum):
    """What a file is to its record."""

    FILE = "file"
    SIGNED_PAGE = "signed_page"  # the scan of a decision: with its number and day the paper is issued


class Attachment(Record):
    """A file of a record. Its content lies encrypted under a random name in the instance folder, never in `static/`."""

    parent = "belongs_to"
    protected = True
    sensitive = frozenset({"title", "file_name"})

    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    patrol_id: Mapped[int | None] = mapped_column(ForeignKey("patrol.id"), index=True)
    observation_id: Mapped[int | None] = mapped_column(ForeignKey("observation.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("official_document.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # the force that attached it
    pledge_sheet_id: Mapped[int | None] = mapped_column(ForeignKey("pledge_sheet.id"), index=True)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"), index=True)
    kind: Mapped[AttachmentKind] = mapped_column(default=AttachmentKind.FILE, server_default="file")
    title: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]  # bytes, after re-encoding
    digest: Mapped[str]  # SHA-256 of the content
    stored_as: Mapped[str] = mapped_column(unique=True)
    dated_on: Mapped[date]
    forgotten_on: Mapped[date | None]  # since when its content is gone, with the names of whoever it was about

    case: Mapped[Any] = relationship("Case", foreign_keys=case_id)
    patrol: Mapped[Any] = relationship("Patrol", foreign_keys=patrol_id)
    observation: Mapped[Any] = relationship("Observation", foreign_keys=observation_id)
    pledge_sheet: Mapped[Any] = relationship("PledgeSheet", foreign_keys=pledge_sheet_id)
    incident: Mapped[Any] = relationship("Incident", foreign_keys=incident_id)
    document: Mapped["OfficialDocument | None"] = relationship(foreign_keys=document_id, back_populates="files")

    @property
    def belongs_to(self) -> Kept | None:
        """The case, the patrol, the observation, the incident or the signed sheet, or the document about none."""
        outdoors: Kept | None = self.patrol or self.observation or self.incident
        found: Kept | None = self.case or outdoors or self.pledge_sheet or self.document
        return found

    @property
    def against_voiding(self) -> Sequence[Reason]:
        """Its record says whether its files stay as they are.

        Of a signed page that came to a case after its end, as that of the certificate does, its document alone: what
        lay there before is closed with the case.
        """
        came_later = self.document and self.case and not self.case.closed_after(self.created_at)
        records = dict.fromkeys((self.document, None if came_later else self.belongs_to))
        return [reason for record in records if record for reason in record.against_files]

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


class Direction(enum.StrEnum):
    INCOMING = "incoming"
    OUTGOING = "outgoing"


class Category(enum.StrEnum):
    """What a document is for, as reports count it."""

    DIRECTIVE = "directive"
    INDIVIDUAL = "individual"
    REPORT = "report"
    LETTER = "letter"
    MINUTES = "minutes"


class IssuedBy(enum.StrEnum):
    """Whose paper an outgoing one is: of the unit in whose register it stands, or of a body that keeps none here."""

    UNIT = "unit"
    PARTY_COMMITTEE = "party_committee"
    STEERING_COMMITTEE = "steering_committee"


ISSUED_BY_NAMES = {
    IssuedBy.UNIT: _l("The unit of this register"),
    IssuedBy.PARTY_COMMITTEE: _l("Party committee of the commune"),
    IssuedBy.STEERING_COMMITTEE: _l("Steering committee of the commune"),
}
DIRECTION_NAMES = {Direction.INCOMING: _l("Incoming"), Direction.OUTGOING: _l("Outgoing")}
CATEGORY_NAMES = {
    Category.DIRECTIVE: _l("Directive"),
    Category.INDIVIDUAL: _l("Individual decision"),
    Category.REPORT: _l("Report"),
    Category.LETTER: _l("Letter"),
    Category.MINUTES: _l("Minutes"),
}

# The kinds of paper by their code in the symbol (NĐ 30/2020, phụ lục III), and what each is mostly for.
TYPES: dict[str, tuple[Any, Category]] = {
    "QĐ": (_l("Decision"), Category.INDIVIDUAL),
    "KH": (_l("Plan"), Category.DIRECTIVE),
    "BC": (_l("Report"), Category.REPORT),
    "TTr": (_l("Submission"), Category.LETTER),
    "TB": (_l("Notice"), Category.LETTER),
    "GM": (_l("Invitation"), Category.LETTER),
    "BB": (_l("Minutes"), Category.MINUTES),
    "GTT": (_l("Summons"), Category.INDIVIDUAL),
    "CT": (_l("Instruction"), Category.DIRECTIVE),
    "CTr": (_l("Programme"), Category.DIRECTIVE),
    "ĐA": (_l("Scheme"), Category.DIRECTIVE),
    "HD": (_l("Guidance"), Category.DIRECTIVE),
    "KL": (_l("Conclusion of the party"), Category.DIRECTIVE),
    "NQ": (_l("Resolution"), Category.DIRECTIVE),
    "NĐ": (_l("Decree"), Category.DIRECTIVE),
    "TT": (_l("Circular"), Category.DIRECTIVE),
    "CV": (_l("Official letter"), Category.LETTER),
}


# Of these no kind says what one is for: whoever enters one that goes out has to.
EITHER_WAY = ("QĐ",)
SAY_WHICH = mark("A decision is about one person, or it sets up or launches something. Please say which.")
STAYS_AS_ISSUED = mark("The paper is issued. Strike out the scan with a reason before anything is mended.")
TOLD_ALREADY = mark(
    "What the paper decides was told on %(day)s, so its signed page stays. A better scan is attached to the case."
)
ONLY_ITS_SCAN = mark(
    "The paper is issued under its number and day. Only the scan of its signed page can still be added."
)


class OfficialDocument(KeptFile, Record):
    """An entry of a unit's register of the year: a document that it received, or one that it issues.

    One that goes out is issued once its number, its day and the scan of the signed page are there; what went out before
    the portal knew of it may lack its scan if a second person vouches. Of its *subject* it tells nothing here.
    """

    __table_args__ = (
        Index("ix_official_document_register", "unit_id", "direction", "dated_on"),
        Index("ix_official_document_about", "subject_type", "subject_id"),
    )

    parent = "case"
    sensitive = frozenset({"abstract", "recipients", "sender", "folded", "as_written"})

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))  # whose register
    direction: Mapped[Direction]
    code: Mapped[str]  # of the kind of paper: QĐ, KH, BC
    category: Mapped[Category]
    issued_by: Mapped[IssuedBy] = mapped_column(default=IssuedBy.UNIT, server_default="unit")
    symbol: Mapped[str] = mapped_column(default="")  # QĐ-UBND
    number: Mapped[str] = mapped_column(default="")  # 05/QĐ-UBND; of an incoming one, the sender's
    dated_on: Mapped[date | None]
    arrival: Mapped[int | None]  # the number under which one came in
    received_on: Mapped[date | None]
    sender: Mapped[str] = mapped_column(default="")
    abstract: Mapped[str]
    recipients: Mapped[str] = mapped_column(default="")
    signers: Mapped[str] = mapped_column(default="")  # whose signatures it waits for: a line each, in their order
    signed: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # the places in that list of who has: "1 3"
    authority: Mapped[str] = mapped_column(default="")  # in whose name, by what power: "TM. ỦY BAN NHÂN DÂN"
    drafted_on: Mapped[date | None]  # before this day it cannot have been signed, unless it is recorded afterwards
    afterwards: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # why what went out is recorded so late
    afterwards_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # who said so
    vouched_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # who stands for it, where no page is left
    told_on: Mapped[date | None]  # when somebody was told what it decides: from then on its signed page stays
    as_written: Mapped[dict[str, str] | None] = mapped_column(JSON)  # what its paper said the last time
    dropped: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # the number that it bore before it changed
    dropped_from_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # in whose register that is free again
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    subject_type: Mapped[str] = mapped_column(default="")  # what it was written for: a proposal, a patrol, a meeting
    subject_id: Mapped[int | None]
    folded: Mapped[str] = mapped_column(default="")  # what it is found by

    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)
    dropped_from: Mapped[Unit | None] = relationship(foreign_keys=dropped_from_id)
    case: Mapped[Any] = relationship("Case", foreign_keys=case_id)
    files: Mapped[list[Attachment]] = relationship(
        back_populates="document", foreign_keys="Attachment.document_id", order_by="Attachment.id"
    )

    @property
    def incoming(self) -> bool:
        return self.direction == Direction.INCOMING

    @property
    def scan(self) -> Attachment | None:
        """The scan of the signed page that holds."""
        held = (one for one in reversed(self.files) if one.kind == AttachmentKind.SIGNED_PAGE and not one.voided_at)
        return next(held, None)

    @property
    def registered(self) -> bool:
        """Whether it has its number and its day."""
        return bool(self.number and self.dated_on)

    @property
    def signatures(self) -> list[str]:
        """Whose signatures it bears once it is whole, in their order."""
        return self.signers.splitlines()

    @property
    def unsigned(self) -> list[str]:
        """Those that are missing, for all that is known, told apart by their place, since two may bear one name."""
        whole = self.issued or self.told_afterwards
        return [] if whole else [one for place, one in self.placed if place not in self.signed.split()]

    @property
    def placed(self) -> list[tuple[str, str]]:
        """Each signature with its place in the list, from 1."""
        return [(str(place), one) for place, one in enumerate(self.signatures, start=1)]

    @property
    def sealed(self) -> bool:
        """Whether the signed page lies here: what it says is changed no more."""
        return not self.incoming and self.registered and self.scan is not None

    @property
    def issued(self) -> bool:
        """Sealed, or without a scan where a second person vouches for it; `queries.is_issued` is its twin."""
        return self.sealed or (self.told_afterwards and self.vouched_by_id is not None)

    @property
    def to_be_vouched(self) -> bool:
        """Whether it is said to have gone out without a scan, and nobody has vouched for it yet."""
        return self.told_afterwards and not self.issued

    @property
    def told_afterwards(self) -> bool:
        return not self.incoming and self.registered and bool(self.afterwards)

    @property
    def may_be_older(self) -> bool:
        """Whether it can have been signed before it was entered here: not what was decided in the portal that day."""
        return self.drafted_on is None or self.drafted_on < clock.day_of(self.created_at)

    @property
    def against_telling(self) -> Sequence[Reason]:
        """Why nobody is told yet what it decides: in law the decision is the signed page."""
        return still_waits(self, DECIDED)

    @property
    def against_sending(self) -> Sequence[Reason]:
        """Why a report, which decides nothing, is not sent yet: in law it is the signed page."""
        return still_waits(self, REPORTED)

    @property
    def against_change(self) -> Sequence[Reason]:
        """What was issued stays as it is: while its scan holds, or for good where it has none."""
        if self.sealed:
            return (Plain(STAYS_AS_ISSUED),)
        return (Plain(ONLY_ITS_SCAN),) if self.issued else ()

    @property
    def against_voiding(self) -> Sequence[Reason]:
        return self.against_change

    @property
    def against_files(self) -> Sequence[Reason]:
        """What somebody was told is what this page says: another number or another page would be another decision."""
        return (Plain(TOLD_ALREADY, day=self.told_on),) if self.told_on and self.issued else ()

    @property
    def waits(self) -> bool:
        """Whether it goes out and is not issued yet."""
        return not self.incoming and self.voided_at is None and not self.issued

    @property
    def title(self) -> str:
        """Its number, or while it has none what it will be."""
        return self.number or f"…/{self.symbol}"


@event.listens_for(OfficialDocument, "before_insert")
@event.listens_for(OfficialDocument, "before_update")
def _found_by(_mapper: Any, _connection: Any, document: OfficialDocument) -> None:
    document.folded = fold(" ".join((document.number or "", document.abstract or "", document.sender or "")))
