"""Who was faster: what is told to whoever lost a race."""

from portal.engine.db import db
from portal.engine.once import SentOtherwise
from portal.engine.presentation import moment
from portal.engine.refusal import Conflict
from portal.engine.text import _
from portal.organisation.models import User


def who_was_faster(conflict: Conflict) -> str:
    """Say who changed a record meanwhile, and when."""
    if isinstance(conflict, SentOtherwise):
        return _("This form was sent at %(time)s already, with other content.", time=moment(conflict.changed_at))
    user = db.session.get(User, conflict.changed_by_id) if conflict.changed_by_id else None
    if user is None:
        return _("Somebody else changed this meanwhile.")
    return _("%(name)s changed this at %(time)s.", name=user.full_name, time=moment(conflict.changed_at))
