"""Where a photo from a phone belongs: to the record that its text became, or to the held text until that is decided."""

from typing import cast

from portal.documents import actions as files
from portal.documents import receiving
from portal.documents.store import Stored
from portal.engine import audit, clock
from portal.engine.access import rows_for
from portal.engine.db import Kept, Record, db
from portal.engine.refusal import Plain, Refused
from portal.engine.text import _, mark
from portal.offline.models import HeldPhoto, HeldSend, Receipt
from portal.organisation.models import User
from portal.organisation.queries import force_of

MOST_HELD = 10  # photos of one held text: nobody has asked for them yet


def carrier_of(made: Kept | None) -> Record | None:
    """The record that carries the files of what a text became: itself, or the one that it belongs to."""
    carrier = made if made is None or "attach" in rows_for(type(made)) else audit.root_of(made)
    return carrier if isinstance(carrier, Record) else None


def attach(record: Record, stored: Stored, text: Receipt, by: User) -> None:
    """Raises Refused where the record takes no file, or of this account no more."""
    unit_id = force_of(by.acting).id if by.acting else None
    dated_on = clock.day_of(text.written_at)
    files.attach(
        record, stored, by.id, receiving.most_bytes(), title=_("Photo"), dated_on=dated_on, unit_id=unit_id
    )  # fmt: skip


def keep(held: HeldSend, stored: Stored, receipt: Receipt) -> None:
    """Keep a photo with a held text. Raises Refused where it has many already."""
    if len(held.photos) >= MOST_HELD:
        raise Refused(Plain(mark("More than %(limit)s photos are not kept before it is decided."), limit=MOST_HELD))
    db.session.add(HeldPhoto(
        held_id=held.id, receipt_id=receipt.id, stored_as=stored.stored_as, digest=stored.digest, size=stored.size,
        media_type=stored.media_type, file_name=stored.file_name,
    ))  # fmt: skip
    audit.note("attach", held)


def hand_on(held: HeldSend, made: Kept, by: User) -> None:
    """Attach the photos of a held text to what it became. Raises Refused as `attach` does."""
    record = carrier_of(made)
    for one in held.photos:
        stored = Stored(one.stored_as, one.digest, one.size, one.media_type, one.file_name)
        attach(cast(Record, record), stored, held.receipt, by)
        one.receipt.record_type, one.receipt.record_id = cast(Record, record).kind_of_record, cast(Record, record).id
