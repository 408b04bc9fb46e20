"""The receipts of one parcel: those that its owner was given before, and those that are given now."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from portal.engine import clock
from portal.engine.db import Kept, db
from portal.engine.keys import keys
from portal.offline.models import HeldSend, Phone, Receipt
from portal.offline.parcel import Item
from portal.offline.queries import held_of, last_number, receipts_of
from portal.organisation.models import User


@dataclass(frozen=True)
class Entry:
    """What was taken, of which a receipt is written: a text, or a photo of one."""

    id: str
    content: str  # its keyed digest
    form: str
    acting: str
    written_at: datetime
    phone_said: str


@dataclass
class Receipts:
    """What was *given*, by the id that an item got on the phone, and what of it is *held*, by the id of the receipt."""

    user: User
    phone: Phone
    given: dict[str, Receipt]
    held: dict[int, HeldSend]
    year: int = field(default_factory=lambda: clock.today().year)

    def __post_init__(self) -> None:
        self.last_number = last_number(self.commune_id, self.year)

    @property
    def commune_id(self) -> int:
        return self.phone.commune_id

    def written_at(self, item: Item) -> datetime:
        """When it was written. A clock that was set meanwhile can say anything, but not before the phone was here."""
        return min(max(item.written_at, self.phone.created_at), clock.now())

    def entry(self, item: Item) -> Entry:
        return Entry(item.id, content(item), item.form, item.acting, self.written_at(item), item.phone_said)

    def write(self, made: Sequence[tuple[Entry, Kept | None]]) -> list[Receipt]:
        """Write, together with the deed, that these were taken, and what came of each."""
        rows = [self._row(number, *one) for number, one in enumerate(made, self.last_number + 1)]
        if rows:
            db.session.execute(insert(Receipt), rows)
        written = receipts_of(self.user.id, [entry.id for entry, _made in made])
        return [written[entry.id] for entry, _made in made]

    def hand_out(self, receipts: Sequence[Receipt], held: HeldSend | None = None) -> Sequence[Receipt]:
        """Count on them, now that the deed is done: before, it could still be undone together with its receipts."""
        self.last_number += len(receipts)
        self.given |= {one.send_id: one for one in receipts}
        if held is not None:
            self.held[held.receipt_id] = held
        return receipts

    def _row(self, number: int, entry: Entry, made: Kept | None) -> dict[str, Any]:
        """All rows go in at once: a record each would be made only to be read."""
        return {
            "user_id": self.user.id, "phone_id": self.phone.id, "commune_id": self.commune_id, "send_id": entry.id,
            "content": entry.content, "form": entry.form, "acting": entry.acting, "year": self.year, "number": number,
            "record_type": made.kind_of_record if made else "", "record_id": made.id if made else None,
            "written_at": entry.written_at, "phone_said": entry.phone_said, "received_at": clock.now(),
        }  # fmt: skip


def receipts_for(user: User, phone: Phone, ids: Collection[str]) -> Receipts:
    """What is known already of a parcel: three questions, however much is in it."""
    given = receipts_of(user.id, ids)
    return Receipts(user, phone, given, {one.receipt_id: one for one in held_of(user.id, given)})


def content(item: Item) -> str:
    """A keyed digest of what was written, about what."""
    return keys().digest("sent by phone", json.dumps([item.form, item.about, item.typed, item.phone_said]))
