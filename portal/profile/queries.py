"""What is asked of the commune's profile: which facts hold on a day, which totals and villages there are at its end."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from portal.engine.db import db
from portal.engine.spans import going_on
from portal.organisation.models import Unit, UnitKind
from portal.profile.catalogue import FactKey
from portal.profile.models import CommuneFact, VillageStat


def facts_on(communes: Collection[int], day: date) -> dict[FactKey, CommuneFact]:
    """The facts that hold at the end of a day: of those of one kind the one that began last.

    They are a commune's own; one that took others over and wrote down none has that of the only one of them that did.
    """
    standing = select(CommuneFact).where(
        CommuneFact.commune_id.in_(communes), CommuneFact.voided_at.is_(None), CommuneFact.valid_from <= day,
        going_on(CommuneFact.ended_on, day),
    )  # fmt: skip
    last: dict[FactKey, dict[int, CommuneFact]] = {}
    for one in db.session.scalars(standing.order_by(CommuneFact.valid_from, CommuneFact.id)):
        last.setdefault(one.key, {})[one.commune_id] = one
    after = {one.id: one.successor_id for one in db.session.scalars(select(Unit).where(Unit.id.in_(communes)))}
    return {key: nearest[0] for key, found in last.items() if len(nearest := _nearest(found, after)) == 1}


def _nearest(found: Mapping[int, CommuneFact], after: Mapping[int, int | None]) -> list[CommuneFact]:
    """Without those of communes that were taken over by one that has a fact of its own."""
    return [one for commune, one in found.items() if not found.keys() & set(_heirs(commune, after))]


def _heirs(commune: int, after: Mapping[int, int | None]) -> Iterator[int]:
    while heir := after.get(commune):
        yield heir
        commune = heir


def villages_on(communes: Collection[int], day: date) -> Select[Any]:
    """The villages that are there at the end of a day; their last day counts as one on which they are."""
    return select(Unit).where(
        Unit.kind == UnitKind.VILLAGE, Unit.commune_id.in_(communes), Unit.voided_at.is_(None),
        Unit.valid_from <= day, or_(Unit.valid_to.is_(None), Unit.valid_to >= day),
    )  # fmt: skip


def latest_totals(communes: Collection[int], day: date) -> Select[Any]:
    """Of each village that is there at the end of a day the totals declared last."""
    later = aliased(VillageStat)
    newer = or_(later.as_of > VillageStat.as_of, and_(later.as_of == VillageStat.as_of, later.id > VillageStat.id))
    overtaken = (
        select(later.id)
        .where(later.village_id == VillageStat.village_id, newer, *_declared(later, communes, day))
        .correlate(VillageStat)
        .exists()
    )
    there = VillageStat.village_id.in_(villages_on(communes, day).with_only_columns(Unit.id))
    return select(VillageStat).where(*_declared(VillageStat, communes, day), there, ~overtaken)


def _declared(stat: Any, communes: Collection[int], day: date) -> tuple[ColumnElement[bool], ...]:
    return stat.commune_id.in_(communes), stat.voided_at.is_(None), stat.as_of <= day
