"""When records came into the portal or were struck out, and by whom."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from portal.engine.db import Kept, db
from portal.engine.presentation import moment
from portal.engine.text import _
from portal.organisation.models import User


def told(records: Sequence[Kept]) -> list[str]:
    """A sentence for each: who recorded it when, and who changed it last where that was another moment."""
    ids = {one for record in records for one in (record.created_by_id, record.changed_by_id) if one is not None}
    names: dict[int | None, str] = dict(
        db.session.execute(select(User.id, User.full_name).where(User.id.in_(ids))).all()
    )
    return [_of(one, names) for one in records]


def _of(record: Kept, names: Mapping[int | None, str]) -> str:
    recorded = _done(_("Recorded %(when)s", when=moment(record.created_at)), names.get(record.created_by_id))
    if record.voided_at is not None:
        last = _done(_("struck out %(when)s", when=moment(record.voided_at)), names.get(record.changed_by_id))
        return _("%(first)s; %(last)s: %(why)s", first=recorded, last=last, why=record.void_reason)
    if moment(record.changed_at) == moment(record.created_at):
        return recorded
    last = _done(_("last changed %(when)s", when=moment(record.changed_at)), names.get(record.changed_by_id))
    return _("%(first)s; %(last)s", first=recorded, last=last)


def _done(what: str, who: Any) -> str:
    return _("%(what)s by %(who)s", what=what, who=who) if who else what
