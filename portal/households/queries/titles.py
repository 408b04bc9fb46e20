"""The titles that a campaign may serve. They are kept next door; a campaign knows them by their relationship alone."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import inspect

from portal.engine.access import Actor, holds, reach
from portal.engine.db import db
from portal.households.models import PledgeCampaign


def programmes(reader: Actor) -> Sequence[Any]:
    """Those that the reader may open, the latest first."""
    kind = inspect(PledgeCampaign).relationships["programme"].mapper.class_
    if not holds(reader, "read", kind):
        return ()
    found = reach(reader, "read", kind).where(kind.voided_at.is_(None)).order_by(kind.first_on.desc(), kind.id.desc())
    return db.session.scalars(found).all()
