"""Taking what a phone sends: item by item, each at most once, whatever becomes of the others.

All of a parcel is saved at once, but a refusal of one item undoes that item alone. Neighbours that are alike are one
deed, and answered as if each had come by itself. What was written about a record keeps its order: behind an item that
failed, nothing more of that record is done.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import update

from portal.engine import audit
from portal.engine.db import db
from portal.engine.sync import PhoneForm
from portal.engine.transaction import several
from portal.offline import answers, faults
from portal.offline.answers import Answer
from portal.offline.declared import phone_forms
from portal.offline.judging import Judge
from portal.offline.models import Phone
from portal.offline.neighbours import neighbours
from portal.offline.parcel import Damaged, Item, Parcel
from portal.offline.queries import held_of, receipts_of
from portal.offline.receipts import receipts_for
from portal.organisation.models import User

Failed = set[Hashable]  # of which records an item has failed


@dataclass(frozen=True)
class Taken:
    """What is answered to a parcel: its items, what became of those held, and receipts that a restore has lost."""

    answers: list[Answer]
    lost: list[str]


def take(user: User, phone: Phone, parcel: Parcel, **contact: Any) -> Taken:
    """Take what a phone sends, and note of the phone what this *contact* tells of it."""
    given = take_items(user, phone, parcel.items, set(), **contact)
    decided = _decided(user, parcel.held)
    lost = set(parcel.receipts) - receipts_of(user.id, parcel.receipts).keys()
    return Taken([*given, *decided], [one for one in parcel.receipts if one in lost])


def _decided(user: User, ids: Collection[str]) -> list[Answer]:
    """What became of items that a phone believes to be held; another phone may have had one received meanwhile."""
    known = receipts_of(user.id, ids)
    held = {one.receipt_id: one for one in held_of(user.id, known)}
    return [answers.decided(held[one.id]) if one.id in held else answers.received(one) for one in known.values()]


def take_items(
    user: User, phone: Phone, items: Sequence[Item | Damaged], failed: Failed, **contact: Any
) -> list[Answer]:
    """Answer each item. Where what follows from all of them together fails, each is taken by itself."""
    before = set(failed)
    try:
        return _saved(user, phone, items, failed, contact)
    except Exception as error:  # noqa: BLE001 - it is logged, and the guilty one is found
        faults.noted(error, "a parcel")
    failed.clear()
    failed |= before
    given = [_alone(user, phone, one, failed) for one in items]
    _saved(user, phone, (), failed, contact)
    return given


def _saved(
    user: User, phone: Phone, items: Sequence[Item | Damaged], failed: Failed, contact: Mapping[str, Any]
) -> list[Answer]:
    with several(user):
        given = _Desk(Judge(user, receipts_for(user, phone, [one.id for one in items])), failed).answers(items)
        if contact:
            db.session.execute(update(Phone).where(Phone.id == phone.id).values(**contact))
    return given


def _alone(user: User, phone: Phone, item: Item | Damaged, failed: Failed) -> Answer:
    try:
        return _saved(user, phone, [item], failed, {})[0]
    except Exception as error:  # noqa: BLE001 - it is logged, and blocks no other
        if isinstance(item, Item):
            failed.add(_record_of(item, phone_forms()))
        return answers.failed(item.id, faults.noted(error, "what follows from an item"))


def _record_of(item: Item, forms: Mapping[str, PhoneForm]) -> Hashable:
    """What an item is about: the record, and the row of it where it has several. What begins one is about none."""
    form = forms.get(item.form)
    if form is None or item.about is None:
        return item.id
    row = item.values.get(form.alike.by) if form.alike else None
    return form.record.__tablename__, item.about, row


@dataclass
class _Desk:
    """Where one parcel is taken, by the forms that the rooms declared."""

    judge: Judge
    failed: Failed
    forms: Mapping[str, PhoneForm] = field(default_factory=phone_forms)

    def answers(self, items: Sequence[Item | Damaged]) -> list[Answer]:
        """One to each item, in their order. Neighbours that are alike are tried as one deed first."""
        given: list[Answer] = []
        for form, some in neighbours(items, self.forms, self._writer):
            done = self._at_once(form, some) if form is not None else {}
            given += [done.get(one.id) or self._answer(one) for one in some]
        self._tell_strange(items)
        return given

    def _writer(self, item: Item) -> Hashable:
        """The roles in which it was written. What was received before is no deed any more, and stands alone."""
        if item.id in self.judge.receipts.given:
            return None
        with self.judge.as_written(item):
            return tuple(one.id for one in self.judge.user.grants_today)

    def _waits(self, item: Item) -> bool:
        return _record_of(item, self.forms) in self.failed

    def _at_once(self, form: PhoneForm, items: Sequence[Any]) -> Mapping[str, Answer]:
        free = [one for one in items if not self._waits(one)]
        try:
            return self.judge.answer_at_once(form, free) if free else {}
        except Exception as error:  # noqa: BLE001 - each is tried by itself then
            faults.noted(error, form.name)
            return {}

    def _answer(self, item: Item | Damaged) -> Answer:
        """A fault of ours undoes this item alone, which stays on the phone."""
        if isinstance(item, Damaged):
            return answers.damaged(item.id)
        form = self.forms.get(item.form)
        if form is None:
            return answers.unknown(item.id)
        if item.id not in self.judge.receipts.given and self._waits(item):
            return answers.behind(item.id)
        try:
            return self.judge.answer(form, item)
        except Exception as error:  # noqa: BLE001 - it is logged, and blocks no other
            self.failed.add(_record_of(item, self.forms))
            return answers.failed(item.id, faults.noted(error, form.name))

    def _tell_strange(self, items: Iterable[Item | Damaged]) -> None:
        """What no form takes is refused as well: one event tells of all of it in a parcel."""
        strange = [one.id for one in items if isinstance(one, Damaged) or one.form not in self.forms]
        if strange:
            asked = {"wanted": "send", "sent": strange[0], "rows": len(strange)}
            audit.append(db.session(), self.judge.user, [{"action": "refused", "changes": asked}])
