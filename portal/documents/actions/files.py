"""What people do with files: attach them."""

from datetime import date
from typing import Any

from portal.documents.models import Attachment, AttachmentKind
from portal.documents.queries import bytes_kept_by
from portal.documents.store import Stored
from portal.engine import audit
from portal.engine.db import Record, db
from portal.engine.refusal import Plain, Refused
from portal.engine.text import mark


class QuotaSpent(Refused):
    """Somebody has attached as much as one account may."""


def attach(
    to: Record, stored: Stored, by: int | None, most_bytes: int, *, title: str, dated_on: date,
    kind: AttachmentKind = AttachmentKind.FILE, proposal_id: int | None = None, unit_id: int | None = None,
) -> Attachment:  # fmt: skip
    """Attach a file to a case, a proposal in it, or a patrol; *unit_id* is the force for which that is done.

    Raises Refused where the record takes no file as it stands, QuotaSpent if *by* has attached *most_bytes*.
    """
    if against := to.against_files:
        raise Refused(*against)
    owner = {to.kind_of_record: to, f"{to.kind_of_record}_id": to.id}
    return keep(
        stored, by, most_bytes, **owner, commune_id=to.commune_id, proposal_id=proposal_id, unit_id=unit_id, kind=kind,
        title=title, dated_on=dated_on,
    )  # fmt: skip


def keep(stored: Stored, by: int | None, most_bytes: int, **facts: Any) -> Attachment:
    """Write down a file that lies in the store already. Raises QuotaSpent if *by* has attached *most_bytes*."""
    if bytes_kept_by(by) + stored.size > most_bytes:
        raise QuotaSpent(
            Plain(
                mark("You have attached %(limit)s MB in all, and more is not kept for one account."),
                limit=most_bytes // 2**20,
            )
        )
    attachment = Attachment(
        file_name=stored.file_name, media_type=stored.media_type, size=stored.size, digest=stored.digest,
        stored_as=stored.stored_as, **facts,
    )  # fmt: skip
    db.session.add(attachment)
    db.session.flush()
    audit.note("attach", attachment)
    return attachment
