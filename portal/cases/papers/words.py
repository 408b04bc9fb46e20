"""In which words a paper of a case is written: those that held when it was, or those that are being tried."""

from datetime import datetime
from typing import Any

from portal.engine import clock
from portal.engine.db import Kept
from portal.engine.workflow import steps_of
from portal.wordings.blocks import Said, Texts
from portal.wordings.queries import said


def words(texts: Texts, record: Any, at: datetime | None, tried: Said | None = None) -> Said:
    """The sentences of a paper as they held *at* a moment; None: as they hold now, since it may still be changed."""
    if tried is not None:
        return tried
    return said(texts, record.commune_id, at or clock.now(), texts.sub_kind(record))


def taken_at(record: Kept, *steps: str) -> datetime | None:
    """When a record took one of some steps."""
    return next((one.at for one in reversed(steps_of(record)) if one.name in steps), None)
