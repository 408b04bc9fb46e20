"""A photo from a phone: after its text, to the record that the text became, once."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import FileStorage, MultiDict

from portal.documents import receiving
from portal.documents.store import Stored
from portal.engine.access import find
from portal.engine.db import Record
from portal.engine.keys import keys
from portal.engine.presentation import told
from portal.engine.refusal import Refused
from portal.engine.text import _
from portal.engine.transaction import transaction
from portal.offline import answers, attaching, faults
from portal.offline.answers import Answer
from portal.offline.declared import phone_forms
from portal.offline.forms import PhotoForm
from portal.offline.judging import GRACE
from portal.offline.models import HeldSend, Phone, Receipt
from portal.offline.queries import held_of, receipts_of, record_of
from portal.offline.receipts import Entry, receipts_for
from portal.organisation.models import User


@dataclass(frozen=True)
class Photo:
    """What came with a photo: its own id, that of the text that it belongs to, and its file."""

    id: str
    of: str
    file: FileStorage | None

    @property
    def content(self) -> str:
        """A keyed digest of the file, and of what it belongs to."""
        if self.file is None:
            return ""
        self.file.stream.seek(0)
        found = hashlib.file_digest(self.file.stream, "sha256").hexdigest()  # type: ignore[arg-type]
        self.file.stream.seek(0)
        return keys().digest("sent by phone", json.dumps(["photo", self.of, found]))


def take(user: User, phone: Phone, photo: Photo) -> Answer | None:
    """Answer a photo; None where its text has not come yet. A fault of ours undoes this photo alone."""
    try:
        return _answer(user, phone, photo)
    except Refused as refused:
        return Answer(photo.id, answers.REFUSED, " ".join(told(one) for one in refused.reasons))
    except Exception as error:  # noqa: BLE001 - it is logged, and blocks no other
        return answers.failed(photo.id, faults.noted(error, "photo"))


def _answer(user: User, phone: Phone, photo: Photo) -> Answer | None:
    known = receipts_of(user.id, [photo.of, photo.id])
    if before := known.get(photo.id):
        return _again(photo, before)
    text = known.get(photo.of)
    if text is None:
        return None
    form = PhotoForm(formdata=MultiDict({"file": photo.file} if photo.file else {}), meta={"csrf": False})
    if not form.validate():
        return Answer(photo.id, answers.REFUSED, " ".join(str(error) for error in form.file.errors))
    with user.as_of(text.written_at, text.acting, GRACE):
        if not _fits(user, text):
            return Answer(photo.id, answers.REFUSED, _("What this photo belongs to takes no photos."))
        stored = receiving.stored(form.file)
        if stored is None:
            return Answer(photo.id, answers.REFUSED, " ".join(map(str, form.file.errors)))
        with transaction(user):
            return _kept(user, phone, photo, stored)


def _again(photo: Photo, before: Receipt) -> Answer:
    """The same again is answered as the first time. What stands under the id already is never put aside."""
    if before.content == photo.content:
        return answers.received(before)
    told = _("Something else was received under the number of this photo (no. %(number)s).", number=before.number)
    return Answer(photo.id, answers.REFUSED, told, before.number)


def _fits(user: User, text: Receipt) -> bool:
    """Whether the form of a text has photos, and a record is there or still to be decided of that takes them."""
    kind = phone_forms().get(text.form)
    if kind is None or not kind.photos:
        return False
    held = _held(user, text)
    return held.state == "held" if held is not None and held.state != "taken" else _record(user, text, held) is not None


def _held(user: User, text: Receipt) -> HeldSend | None:
    return next(iter(held_of(user.id, [text.send_id])), None)


def _record(user: User, text: Receipt, held: HeldSend | None) -> Record | None:
    """The record that carries it, by the right of the text. What was taken over was the chief's to open."""
    carrier: Any = attaching.carrier_of(record_of(text))
    if carrier is None or held is not None:
        return carrier  # type: ignore[no-any-return]
    return find(user, "attach", type(carrier), carrier.id)


def _kept(user: User, phone: Phone, photo: Photo, stored: Stored) -> Answer:
    """Under the write lock all of it is asked again: the text may have been decided meanwhile."""
    known = receipts_of(user.id, [photo.of, photo.id])
    if before := known.get(photo.id):
        return _again(photo, before)
    text = known[photo.of]
    held = _held(user, text)
    waits = held is not None and held.state == "held"
    record = None if waits else _record(user, text, held)
    if not waits and record is None:
        return Answer(photo.id, answers.REFUSED, _("What this photo belongs to takes no photos."))
    entry = Entry(photo.id, photo.content, "photo", text.acting, text.written_at, text.phone_said)
    (receipt,) = receipts_for(user, phone, []).write([(entry, record)])
    if record is not None:
        attaching.attach(record, stored, text, user)
    elif held is not None:
        attaching.keep(held, stored, receipt)
    return answers.received(receipt)
