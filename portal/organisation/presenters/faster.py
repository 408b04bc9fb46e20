"""Who was faster: what is told to whoever lost a race."""

from portal.engine.db import db
from portal.engine.once import SentOtherwise
from portal.engine.presentation import moment
from portal.engine.refusal import Conflict
from portal.engine.text import _
from portal.engine.workflow import latest_step
from portal.organisation.models import User
from portal.organisation.presenters.stories import people_of, sentence
from portal.organisation.queries import users_named


def who_was_faster(conflict: Conflict) -> str:
    """Say who changed a record meanwhile, and when; where they took a step of its workflow, which one."""
    if isinstance(conflict, SentOtherwise):
        return _("This form was sent at %(time)s already, with other content.", time=moment(conflict.changed_at))
    record, at = conflict.record, moment(conflict.changed_at)
    if record is not None and (step := latest_step(record)):
        return _("%(what)s at %(time)s.", what=sentence(record, step, users_named(people_of(record, [step]))), time=at)
    user = db.session.get(User, conflict.changed_by_id) if conflict.changed_by_id else None
    if user is None:
        return _("Somebody else changed this meanwhile.")
    return _("%(name)s changed this at %(time)s.", name=user.full_name, time=at)
