"""Which words hold: of a commune, at a moment, for a sub-kind."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.engine import clock
from portal.engine.db import db
from portal.organisation.models import line_of
from portal.wordings.blocks import Said, Texts
from portal.wordings.models import WordingChange


def said(texts: Texts, commune_id: int, at: datetime, sub_kind: str = "") -> Said:
    """The sentences of a paper of that moment: what was approved before it, and held on its day.

    The words of a sub-kind go before those of all; of two, those that were approved later. Where the portal has other
    places by now than a wording has, its own words hold, so that a paper leaves nothing out.
    """
    found = sorted(approved(texts.key, commune_id, at), key=lambda one: one.sub_kind != "")
    own = {one.block: one.text for one in found if one.sub_kind in ("", sub_kind) and not one.refusals()}
    return Said(texts, own)


def words(texts: Texts, record: Any, at: datetime | None, tried: Said | None = None) -> Said:
    """The sentences of a record's paper as they held *at* a moment; None: as they hold now, since it may still change.

    *tried* are the words of a paper on invented data.
    """
    if tried is not None:
        return tried
    return said(texts, record.commune_id, at or clock.now(), texts.sub_kind(record))


def approved(paper: str, commune_id: int, at: datetime) -> Sequence[WordingChange]:
    """In the order in which they were decided."""
    holds = (
        WordingChange.paper == paper, WordingChange.state == "approved", WordingChange.voided_at.is_(None),
        WordingChange.commune_id.in_(line_of(commune_id)), WordingChange.decided_at <= at,
        WordingChange.holds_from <= clock.day_of(at),
    )  # fmt: skip
    asked = select(WordingChange).where(*holds).order_by(WordingChange.decided_at, WordingChange.id)
    return db.session.scalars(asked).all()
