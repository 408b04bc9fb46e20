"""What became of the rights of a case, as entries of its timeline: used, or left with the reason."""

from collections.abc import Iterator

from portal.cases.models import Case
from portal.cases.presenters.entries import Entry, sentence
from portal.duties.models import Duty
from portal.duties.queries import answered_rights
from portal.engine.db import db
from portal.engine.text import _
from portal.organisation.queries import users_named


def answered(case: Case) -> Iterator[Entry]:
    """What somebody said of each right, with their name."""
    rights = db.session.scalars(answered_rights().where(Duty.case_id == case.id)).all()
    users = users_named({one.done_by_id for one in rights})
    for one in rights:
        by = _("Recorded by %(name)s", name=users[one.done_by_id or 0].full_name)
        if one.dropped_on:
            yield Entry(one.dropped_on, "cancelled", _("A shortening is not proposed"), sentence(one.note, by))
        elif one.done_on:
            yield Entry(one.done_on, "done", _("A shortening was proposed"), sentence(one.note, by))
