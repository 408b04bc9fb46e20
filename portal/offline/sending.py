"""Taking what a phone sends: item by item, each as its page would take it, each at most once.

All of a parcel is saved at once, but a refusal of one item undoes that item alone. Neighbours that are alike are one
deed, and answered as if each had come by itself. Whoever wrote an item acts in the role that they held when they wrote
it. If they held it no more, nothing is done until the chief takes it over.
"""

import json
import logging
import secrets
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from flask import current_app
from sqlalchemy import update

from portal.engine import audit, clock, versions
from portal.engine.access import find, holds, rows_for
from portal.engine.db import Kept, db
from portal.engine.deeds import attempt
from portal.engine.faults import out_of_reach, traced
from portal.engine.forms import pairs_typed
from portal.engine.presentation import told
from portal.engine.refusal import Conflict, Refused
from portal.engine.sync import Alike, PhoneForm
from portal.engine.text import _
from portal.engine.transaction import several, transaction
from portal.engine.workflow import steps_of
from portal.offline import answers
from portal.offline.answers import Answer
from portal.offline.models import HeldSend, Phone, Receipt
from portal.offline.neighbours import neighbours
from portal.offline.parcel import Damaged, Item, Parcel
from portal.offline.queries import held_of, receipts_of
from portal.offline.receipts import Receipts, content, receipts_for
from portal.organisation.models import Role, User
from portal.organisation.presenters.faster import who_was_faster
from portal.organisation.queries import holders

log = logging.getLogger("portal")


def phone_forms() -> dict[str, PhoneForm]:
    """What the rooms declared, by name."""
    return {form.name: form for area in current_app.extensions["areas"] for form in area.phone_forms}


@dataclass(frozen=True)
class Taken:
    """What is answered to a parcel: its items, what became of those held, and receipts that a restore has lost."""

    answers: list[Answer]
    lost: list[str]


def take(user: User, phone: Phone, parcel: Parcel) -> Taken:
    """Take what a phone sends, and note how much it says is still waiting there."""
    with several(user):
        given = _Desk(user, receipts_for(user, phone, [one.id for one in parcel.items])).answers(parcel.items)
        db.session.execute(
            update(Phone).where(Phone.id == phone.id).values(seen_at=clock.now(), waiting=parcel.waiting)
        )
    decided = [_decided(one) for one in held_of(user.id, parcel.held)]
    lost = set(parcel.receipts) - receipts_of(user.id, parcel.receipts).keys()
    return Taken([*given, *decided], [one for one in parcel.receipts if one in lost])


def _decided(held: HeldSend) -> Answer:
    if held.state == "taken":
        return answers.received(held.receipt)
    if held.state == "held":
        return answers.held(held.receipt, _chief(held.commune_id))
    return Answer(held.receipt.send_id, answers.REFUSED, steps_of(held)[-1].reason, held.receipt.number)


@dataclass
class _Desk:
    """Where one parcel is taken: by whom, with which receipts, by the forms that the rooms declared."""

    user: User
    receipts: Receipts
    forms: Mapping[str, PhoneForm] = field(default_factory=phone_forms)

    def answers(self, items: Sequence[Item | Damaged]) -> list[Answer]:
        """One to each item, in their order. Neighbours that are alike are tried as one deed first."""
        given: list[Answer] = []
        for form, some in neighbours(items, self.forms, self._writer):
            done = self._at_once(form, some) if form is not None else {}
            given += [done.get(one.id) or self._answer(one) for one in some]
        return given

    def _writer(self, item: Item) -> Hashable:
        """The roles in which it was written. What was received before is no deed any more, and stands alone."""
        if item.id in self.receipts.given:
            return None
        with self._as_written(item):
            return tuple(one.id for one in self.user.grants_today)

    def _as_written(self, item: Item) -> Any:
        return self.user.as_of(self.receipts.written_at(item), item.acting)

    def _at_once(self, form: PhoneForm, items: Sequence[Any]) -> dict[str, Answer]:
        """What neighbours were settled by one deed, by their ids. Each that is left is tried by itself."""
        first = items[0]
        try:
            with self._as_written(first):
                about = find(self.user, form.to, form.record, first.about or 0)
                if about is None:
                    return {}
                filled = _filled(form, about, first)
                tried = attempt(filled, lambda: self._settle(form, about, filled, items))
        except Exception as error:  # noqa: BLE001 - each is tried by itself then
            _fault(error, form.name)
            return {}
        return {one.send_id: answers.received(one) for one in self.receipts.hand_out(tried.made or ())}

    def _settle(self, form: PhoneForm, about: Kept, filled: Any, items: Sequence[Item]) -> list[Receipt]:
        alike = cast(Alike, form.alike)
        told = {one.id: one.answer(alike.by) for one in items}
        settled = alike.deed(about, filled, list(dict.fromkeys(told.values())), self.user)
        db.session.flush()
        return self.receipts.write([(one, settled[told[one.id]]) for one in items if told[one.id] in settled])

    def _answer(self, item: Item | Damaged) -> Answer:
        """A fault of ours undoes this item alone, which stays on the phone."""
        if isinstance(item, Damaged):
            return answers.damaged(item.id)
        form = self.forms.get(item.form)
        if form is None:
            return answers.unknown(item.id)
        try:
            with self._as_written(item):
                return self._again(form, item) if item.id in self.receipts.given else self._judge(form, item)
        except Exception as error:  # noqa: BLE001 - it is logged, and blocks no other
            return answers.failed(item.id, _fault(error, form.name))

    def _again(self, form: PhoneForm, item: Item) -> Answer:
        """The same again is answered as the first time; another content under the same id is shown beside it."""
        receipt = self.receipts.given[item.id]
        if receipt.content == content(item):
            held = self.receipts.held.get(receipt.id)
            return _decided(held) if held else answers.received(receipt)
        about = find(self.user, form.to, form.record, item.about) if item.about is not None else None
        if about is None and not form.begins:  # it is no longer theirs, so nothing of it is told
            return answers.otherwise(receipt, (), ())
        filled = _filled(form, about, item)
        filled.validate()
        return answers.otherwise(receipt, form.stands(about, filled), pairs_typed(filled))

    def _judge(self, form: PhoneForm, item: Item) -> Answer:
        if not holds(self.user, form.to, form.record):
            return self._too_late(form, item)
        if form.begins:
            return self._try(form, None, item)
        about = find(self.user, form.to, form.record, item.about or 0)
        return self._try(form, about, item) if about is not None else self._gone(form, item)

    def _try(self, form: PhoneForm, about: Kept | None, item: Item) -> Answer:
        """Do what its page would do."""
        filled = _filled(form, about, item)
        tried = attempt(filled, lambda: self._do(form, about, filled, item), about if form.edits else None)
        if tried.done:
            self.receipts.hand_out([tried.made])
            return answers.received(tried.made)
        return self._refused(form, about, filled, item, tried.refused)

    def _do(self, form: PhoneForm, about: Kept | None, filled: Any, item: Item) -> Receipt:
        made = form.deed(about, filled, self.user)
        db.session.flush()
        return self.receipts.write([(item, made)])[0]

    def _refused(self, form: PhoneForm, about: Kept | None, filled: Any, item: Item, refused: Refused | None) -> Answer:
        """Why not: at the fields, and of the whole; of a lost race also what stands and what was sent."""
        words = [told(one) for one in refused.reasons] if refused else []
        if isinstance(refused, Conflict):
            return self._overtaken(form, about, filled, item, [who_was_faster(refused), *words])
        errors = {one.name: [str(error) for error in one.errors] for one in filled if one.errors}
        said = " ".join([*words, *map(str, filled.form_errors)])
        self._tell(item, form, about)
        return Answer(
            item.id, answers.REFUSED, said or _("Something in it is not right."), errors=errors,
            stands=form.stands(about, filled), mine=pairs_typed(filled),
        )  # fmt: skip

    def _overtaken(self, form: PhoneForm, about: Kept | None, filled: Any, item: Item, words: list[str]) -> Answer:
        now = {one.name: str(one.data) for one in filled if one.name.endswith(versions.FIELD) and one.data}
        if about is not None and versions.FIELD in now:
            now[versions.FIELD] = str(about.version)
        self._tell(item, form, about)
        return Answer(
            item.id, answers.CONFLICT, " ".join(words), stands=form.stands(about, filled), mine=pairs_typed(filled),
            versions=now,
        )  # fmt: skip

    def _gone(self, form: PhoneForm, item: Item) -> Answer:
        """The record is not the user's to write on: somebody was faster, or it has moved, or it never was."""
        readable = find(self.user, "read", form.record, item.about or 0)
        if readable is not None and versions.older(readable, item.values):
            filled = _filled(form, readable, item)
            filled.validate()
            return self._overtaken(form, readable, filled, item, [who_was_faster(Conflict(readable))])
        self._tell(item, form, readable)
        whom = _chief(self.receipts.commune_id)
        return Answer(
            item.id, answers.REFUSED, _("This is no longer yours to write on. Please tell %(name)s.", name=whom)
        )

    def _too_late(self, form: PhoneForm, item: Item) -> Answer:
        """A role that ended before it was written: the chief decides. Who never held such a role is refused."""
        if not any(
            grant.has_held and grant.role in rows_for(form.record).get(form.to, {}) for grant in self.user.grants
        ):
            self._tell(item, form, None)
            return Answer(item.id, answers.REFUSED, _("Your role does not include this."))
        with transaction(self.user):
            receipts = self.receipts.write([(item, None)])
            held = HeldSend(
                commune_id=self.receipts.commune_id, receipt=receipts[0], form=item.form, about_id=item.about,
                typed=json.dumps(item.typed, ensure_ascii=False),
            )  # fmt: skip
            db.session.add(held)
        self.receipts.hand_out(receipts, held)
        return answers.held(held.receipt, _chief(self.receipts.commune_id))

    def _tell(self, item: Item, form: PhoneForm, about: Kept | None) -> None:
        """Each refusal is an event, as it is on a page. The lock is held already."""
        asked = {"wanted": form.to, "type": form.record.__tablename__, "id": item.about, "sent": item.id}
        audit.append(db.session(), self.user, [{**audit.about(about), "action": "refused", "changes": asked}])


def _fault(error: Exception, form: str) -> str:
    """Log a fault of ours and give back its number. Of the database's own there is no end: it goes up."""
    if out_of_reach(error):
        raise error
    number = secrets.token_hex(4)
    log.error("error %s at what a phone sent, %s: %s", number, form, traced(error))
    return number


def _filled(form: PhoneForm, about: Kept | None, item: Item) -> Any:
    """The page's own form, filled with what was sent. The token against forgery came with the parcel."""
    return form.form(about, formdata=item.values, meta={"csrf": False})


def _chief(commune_id: int) -> str:
    """Whom to tell."""
    names = ", ".join(one.full_name for one in holders(Role.POLICE_CHIEF, commune_id))
    return names or _("the chief of commune police")
