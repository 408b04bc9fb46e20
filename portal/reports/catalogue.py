"""All figures that the rooms declare, by id, and those that somebody typed. A room that is not there has none."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from flask import current_app
from sqlalchemy import Select, select

from portal.engine.db import db
from portal.engine.indicators import Indicator, Period, Value
from portal.organisation.models import line_of
from portal.reports.models.typed import PREFIX, ManualFigure
from portal.reports.wording.told import Told

TYPED = "typed"  # the kind of a figure that no record gives


def indicators() -> dict[str, Indicator]:
    return {one.id: one for area in current_app.extensions["areas"] for one in area.indicators}


def indicator(id: str) -> Indicator | None:
    return indicators().get(id)


def label_of(one: Told) -> Any:
    """In the reader's language, as long as the figure is declared; else as it was called when it was frozen."""
    declared = indicator(one.id)
    return declared.label if declared else one.label


@dataclass(frozen=True)
class Typed(Indicator):
    """A typed figure beside those that are counted: blank where nobody typed it for a period."""

    def value(self, period: Period) -> Value:
        found = db.session.scalar(self.records(period).with_only_columns(ManualFigure.value))
        if found is None:
            return None
        exact = Decimal(found) / self.scale
        return int(exact) if exact == exact.to_integral_value() else float(exact)


def of_period(period: Period) -> dict[str, Indicator]:
    """The declared figures, and after them those that were typed for a period or for that of the year before."""
    before = period.year_before()
    found = {one.name: one for days in (before, period) for one in db.session.scalars(_typed(days))}
    return indicators() | {name: _as_indicator(found[name]) for name in sorted(found)}


def _as_indicator(one: ManualFigure) -> Typed:
    return Typed(
        one.name, one.label, one.unit, one.definition, TYPED, ManualFigure, partial(_typed, key=one.key),
        sums=ManualFigure.value, scale=1000, note=one.evidence,
    )  # fmt: skip


def _typed(period: Period, key: str = "") -> Select[Any]:
    """What was typed for just these days."""
    days = ManualFigure.first == period.first, ManualFigure.last == period.last
    found = select(ManualFigure).where(
        *days, ManualFigure.commune_id.in_(period.communes), ManualFigure.voided_at.is_(None)
    )
    return found.where(ManualFigure.key == key) if key else found


def is_typed(name: str) -> bool:
    return name.startswith(PREFIX)


def record_of(name: str) -> Any:
    """The kind of record behind a figure, also of one that was typed once and struck out since; None where the figure
    is declared no more."""
    if is_typed(name):
        return ManualFigure
    declared = indicator(name)
    return declared.record if declared else None


def typed_somewhere(name: str, commune_id: int) -> bool:
    """Whether a figure of this name was typed in a commune's line, for any days."""
    here = ManualFigure.commune_id.in_(line_of(commune_id)), ManualFigure.voided_at.is_(None)
    found = select(ManualFigure.id).where(ManualFigure.key == name.removeprefix(PREFIX), *here)
    return is_typed(name) and db.session.scalar(found.limit(1)) is not None
