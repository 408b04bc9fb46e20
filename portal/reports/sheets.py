"""The figures of a report as a table to take along."""

from collections.abc import Iterable, Sequence
from typing import Any

from portal.engine.sheets import Column
from portal.engine.text import _l
from portal.reports import outline
from portal.reports.wording.told import Told

DECIMALS = "#,##0.00#"  # two or three, with the signs of whoever opens the table


def columns(now: str, before: str) -> Sequence[Column]:
    """*now* and *before* name the two periods over their numbers."""
    return (
        Column(_l("Figure"), lambda one: one.label, 60),
        Column(_l("Unit of measure"), lambda one: one.unit),
        Column(now, lambda one: number(one.value), decimals=DECIMALS),
        Column(before, lambda one: number(one.previous_value), decimals=DECIMALS),
        Column(_l("Difference"), lambda one: number(one.change), decimals=DECIMALS),
        Column(_l("What is counted"), lambda one: one.definition, 90),
        Column(_l("Id of the figure"), lambda one: one.id, 44),
    )


def in_order(told: Iterable[Told]) -> list[Told]:
    """As the report has them; what has no place there stands last."""
    places = {one.id: place for place, one in enumerate(outline.ordered())}
    return sorted(told, key=lambda one: places.get(one.id, len(places)))


def number(value: Any) -> Any:
    """A cell holds a number as a number, so that a spreadsheet reckons with it."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
