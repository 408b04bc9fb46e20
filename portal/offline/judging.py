"""Judging one item of a phone as its page would, by the right that its writer had when they wrote it.

Whoever wrote an item acts in the role in which they wrote it. If they did not hold that role then, or it ended long
before the item came, nothing is done until the chief takes it over.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from portal.engine import audit, versions
from portal.engine.access import find, holds, rows_for
from portal.engine.db import Kept, db
from portal.engine.deeds import attempt
from portal.engine.forms import pairs_typed
from portal.engine.presentation import told
from portal.engine.refusal import Conflict, Refused
from portal.engine.sync import Alike, PhoneForm
from portal.engine.text import _
from portal.engine.transaction import transaction
from portal.offline import answers
from portal.offline.answers import Answer
from portal.offline.models import HeldSend, Receipt
from portal.offline.parcel import Item
from portal.offline.receipts import Receipts, content
from portal.organisation.models import User
from portal.organisation.presenters.faster import who_was_faster

GRACE = timedelta(days=30)  # after its end, what was written in a role is still taken


@dataclass
class Judge:
    """Who judges the items of one user, with the receipts that they have."""

    user: User
    receipts: Receipts

    def as_written(self, item: Item) -> AbstractContextManager[None]:
        """Let the role count in which an item was written."""
        return self.user.as_of(self.receipts.written_at(item), item.acting, GRACE)

    def answer(self, form: PhoneForm, item: Item) -> Answer:
        with self.as_written(item):
            return self._again(form, item) if item.id in self.receipts.given else self._judge(form, item)

    def answer_at_once(self, form: PhoneForm, items: Sequence[Item]) -> Mapping[str, Answer]:
        """What neighbours were settled by one deed, by their ids. Each that is left is judged by itself."""
        first = items[0]
        with self.as_written(first):
            about = find(self.user, form.to, form.record, first.about or 0)
            if about is None:
                return {}
            filled = self._filled(form, about, first)
            tried = attempt(filled, lambda: self._settle(form, about, filled, items))
        return {one.send_id: answers.received(one) for one in self.receipts.hand_out(tried.made or ())}

    def _settle(self, form: PhoneForm, about: Kept, filled: Any, items: Sequence[Item]) -> list[Receipt]:
        alike = cast(Alike, form.alike)
        said = {one.id: one.answer(alike.by) for one in items}
        settled = alike.deed(about, filled, list(dict.fromkeys(said.values())), self.user)
        db.session.flush()
        done = [one for one in items if said[one.id] in settled]
        return self.receipts.write([(self.receipts.entry(one), settled[said[one.id]]) for one in done])

    def _again(self, form: PhoneForm, item: Item) -> Answer:
        """The same again is answered as the first time; another content under the same id is shown beside it."""
        receipt = self.receipts.given[item.id]
        if receipt.content == content(item):
            held = self.receipts.held.get(receipt.id)
            return answers.decided(held) if held else answers.received(receipt)
        about = find(self.user, form.to, form.record, item.about) if item.about is not None else None
        if not holds(self.user, form.to, form.record) or (about is None and not form.begins):
            return answers.otherwise(receipt, (), ())  # it is no longer theirs, so nothing of it is told
        filled = self._filled(form, about, item)
        filled.validate()
        return answers.otherwise(receipt, form.stands(about, filled), pairs_typed(filled))

    def _judge(self, form: PhoneForm, item: Item) -> Answer:
        if not self.user.grants_today:
            return self._too_late(form, item)
        if not holds(self.user, form.to, form.record):
            return self._not_theirs(form, item)
        if form.begins:
            return self._try(form, None, item)
        about = find(self.user, form.to, form.record, item.about or 0)
        return self._try(form, about, item) if about is not None else self._gone(form, item)

    def _try(self, form: PhoneForm, about: Kept | None, item: Item) -> Answer:
        """Do what its page would do."""
        filled = self._filled(form, about, item)
        tried = attempt(filled, lambda: self._do(form, about, filled, item), about if form.edits else None)
        if tried.done:
            self.receipts.hand_out([tried.made])
            return answers.received(tried.made)
        return self._refused(form, about, filled, item, tried.refused)

    def _do(self, form: PhoneForm, about: Kept | None, filled: Any, item: Item) -> Receipt:
        made = form.deed(about, filled, self.user)
        db.session.flush()
        return self.receipts.write([(self.receipts.entry(item), made)])[0]

    def _filled(self, form: PhoneForm, about: Kept | None, item: Item) -> Any:
        """The page's own form, filled with what was sent. The token against forgery came with the parcel."""
        return form.filled(about, self.user, formdata=item.values, meta={"csrf": False})

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
            filled = self._filled(form, readable, item)
            filled.validate()
            return self._overtaken(form, readable, filled, item, [who_was_faster(Conflict(readable))])
        self._tell(item, form, readable)
        whom = answers.chief_of(self.receipts.commune_id)
        return Answer(
            item.id, answers.REFUSED, _("This is no longer yours to write on. Please tell %(name)s.", name=whom)
        )

    def _not_theirs(self, form: PhoneForm, item: Item) -> Answer:
        self._tell(item, form, None)
        return Answer(item.id, answers.REFUSED, _("Your role does not include this."))

    def _too_late(self, form: PhoneForm, item: Item) -> Answer:
        """A role that was not held then, or ended long ago: the chief decides. Who never had it is refused."""
        mine = [grant for grant in self.user.grants if grant.has_held and grant.key == item.acting]
        if not any(grant.role in rows_for(form.record).get(form.to, {}) for grant in mine):
            return self._not_theirs(form, item)
        with transaction(self.user):
            receipts = self.receipts.write([(self.receipts.entry(item), None)])
            held = HeldSend(
                commune_id=self.receipts.commune_id, receipt=receipts[0], form=item.form, about_id=item.about,
                typed=json.dumps(item.typed),
            )  # fmt: skip
            db.session.add(held)
        self.receipts.hand_out(receipts, held)
        return answers.decided(held)

    def _tell(self, item: Item, form: PhoneForm, about: Kept | None) -> None:
        """Each refusal is an event, as it is on a page. The lock is held already."""
        asked = {"wanted": form.to, "type": form.record.__tablename__, "id": item.about, "sent": item.id}
        audit.append(db.session(), self.user, [{**audit.about(about), "action": "refused", "changes": asked}])
