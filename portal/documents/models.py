"""Files that belong to records."""

import enum
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine.db import Record


class AttachmentKind(enum.StrEnum):
    """What a file is to its record."""

    FILE = "file"
    SIGNED_PAGE = "signed_page"  # the scan of a decision: with its number and day the paper is issued


class Attachment(Record):
    """A file of a record. Its content lies encrypted under a random name in the instance folder, never in `static/`."""

    parent = "owner"
    protected = True
    sensitive = frozenset({"title", "file_name"})

    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    patrol_id: Mapped[int | None] = mapped_column(ForeignKey("patrol.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    kind: Mapped[AttachmentKind] = mapped_column(default=AttachmentKind.FILE, server_default="file")
    title: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]  # bytes, after re-encoding
    digest: Mapped[str]  # SHA-256 of the content
    stored_as: Mapped[str] = mapped_column(unique=True)
    dated_on: Mapped[date]

    case: Mapped[Any] = relationship("Case", foreign_keys=case_id)
    patrol: Mapped[Any] = relationship("Patrol", foreign_keys=patrol_id)

    @property
    def owner(self) -> Any:
        """The record that it is a file of: a case or a patrol."""
        return self.patrol if self.patrol_id is not None else self.case

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")
