"""What somebody wrote too late, opened for whoever decides: as its writer was offered it, about what they may read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from portal.engine.access import find
from portal.engine.db import Kept
from portal.engine.forms import pairs_typed
from portal.engine.sync import Pairs, PhoneForm
from portal.offline.declared import phone_forms
from portal.offline.models import HeldSend
from portal.organisation.models import User


@dataclass(frozen=True)
class Opened:
    """The *kind* of form, what it is *about*, and the form as it was *filled*; *ready* if the reader may do it.

    None of them where this portal knows the form no more, or the reader may not read what it is about.
    """

    kind: PhoneForm | None = None
    about: Kept | None = None
    filled: Any = None
    ready: bool = False
    subject: Pairs = ()

    @property
    def written(self) -> Sequence[tuple[str, str]]:
        """What it is about and what was written, in words."""
        return [*self.subject, *pairs_typed(self.filled)] if self.filled is not None else []

    @property
    def to_mend(self) -> Sequence[tuple[str, str]]:
        """What does not fit, once that was asked."""
        wrong = [one for one in self.filled or () if one.errors]
        return [(str(one.label.text), " ".join(map(str, one.errors))) for one in wrong]


def opened(held: HeldSend, reader: User) -> Opened:
    kind = phone_forms().get(held.form)
    if kind is None:
        return Opened()
    if kind.begins:
        return _filled(held, kind, None, reader, ready=True)
    mine = find(reader, kind.to, kind.record, held.about_id or 0)
    about = mine or find(reader, "read", kind.record, held.about_id or 0)
    return _filled(held, kind, about, reader, ready=mine is not None) if about is not None else Opened(kind)


def _filled(held: HeldSend, kind: PhoneForm, about: Kept | None, reader: User, *, ready: bool) -> Opened:
    """The form as it was offered to its writer in the role that they had: so it means what they meant."""
    writer, receipt = held.author, held.receipt
    with writer.as_of(writer.last_held(receipt.acting, receipt.written_at), receipt.acting):
        typed = MultiDict([(name, value) for name, value in json.loads(held.typed)])
        filled = kind.filled(about, writer, formdata=typed, meta={"csrf": False})
    return Opened(kind, about, filled, ready, kind.subject(about, filled, reader))
