"""What is asked of hotlines more than once."""

from collections.abc import Sequence

from portal.engine.access import Actor, holds, reach
from portal.engine.db import db
from portal.forces.models import Hotline


def published(user: Actor) -> Sequence[Hotline]:
    """The numbers that the user's commune publishes, in their order."""
    if not holds(user, "read", Hotline):
        return ()
    shown = reach(user, "read", Hotline).where(Hotline.voided_at.is_(None))
    return db.session.scalars(shown.order_by(Hotline.position, Hotline.name, Hotline.id)).all()
