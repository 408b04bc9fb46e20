"""A photo from a phone: after its text, to the record that the text became, once."""

from dataclasses import dataclass
from typing import Any

from portal.documents import actions as files
from portal.documents import receiving
from portal.engine import audit, clock
from portal.engine.access import find, rows_for
from portal.engine.db import Record, db
from portal.engine.presentation import told
from portal.engine.refusal import Refused
from portal.engine.sync import PhoneForm
from portal.engine.text import _
from portal.engine.transaction import transaction
from portal.offline import answers
from portal.offline.answers import Answer
from portal.offline.forms import PhotoForm
from portal.offline.models import Phone, Receipt
from portal.offline.queries import last_number, receipts_of, record_of
from portal.organisation.models import User
from portal.organisation.queries import force_of


@dataclass(frozen=True)
class Photo:
    """What came with a photo: its own id, and the receipt of the text that it belongs to."""

    id: str
    of: Receipt
    form: PhotoForm


def keep(user: User, phone: Phone, photo: Photo, kind: PhoneForm | None) -> Answer:
    """Attach it where the form of its text has photos, by the right that its owner had when the text was written."""
    with user.as_of(photo.of.written_at, user.acting_key):
        record = _record(user, photo.of) if kind is not None and kind.photos else None
        if record is None:
            return Answer(photo.id, answers.REFUSED, _("What this photo belongs to takes no photos."))
        stored = receiving.stored(photo.form.file)
        if stored is None:
            return Answer(photo.id, answers.REFUSED, " ".join(map(str, photo.form.file.errors)))
        try:
            with transaction(user):
                if before := receipts_of(user.id, [photo.id]).get(photo.id):
                    return answers.received(before)
                unit_id = force_of(user.acting).id if user.acting else None
                files.attach(
                    record, stored, user.id, receiving.most_bytes(), title=_("Photo"),
                    dated_on=clock.day_of(photo.of.written_at), unit_id=unit_id,
                )  # fmt: skip
                return answers.received(_receipt(user, phone, photo, record))
        except Refused as refused:
            return Answer(photo.id, answers.REFUSED, " ".join(told(one) for one in refused.reasons))


def _record(user: User, receipt: Receipt) -> Record | None:
    """The record that carries files: that which the text became, or the one that it belongs to."""
    made: Any = record_of(receipt)
    if made is None:
        return None
    carrier = made if "attach" in rows_for(type(made)) else audit.root_of(made)
    return find(user, "attach", type(carrier), carrier.id) if isinstance(carrier, Record) else None


def _receipt(user: User, phone: Phone, photo: Photo, record: Record) -> Receipt:
    year = clock.today().year
    receipt = Receipt(
        user_id=user.id, phone_id=phone.id, commune_id=phone.commune_id, send_id=photo.id, content="", form="photo",
        year=year, number=last_number(phone.commune_id, year) + 1, record_type=record.kind_of_record,
        record_id=record.id, written_at=photo.of.written_at, phone_said=photo.of.phone_said,
    )  # fmt: skip
    db.session.add(receipt)
    db.session.flush()
    return receipt
