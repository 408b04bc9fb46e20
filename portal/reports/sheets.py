"""The figures of a report as a table to take along."""

from collections.abc import Sequence
from typing import Any

from portal.engine.sheets import Column
from portal.engine.text import _l

COLUMNS: Sequence[Column] = (
    Column(_l("Figure"), lambda one: one.label, 60),
    Column(_l("Unit of measure"), lambda one: one.unit),
    Column(_l("This period"), lambda one: number(one.value)),
    Column(_l("A year before"), lambda one: number(one.previous_value)),
    Column(_l("Difference"), lambda one: number(one.change)),
    Column(_l("What is counted"), lambda one: one.definition, 90),
    Column(_l("Id of the figure"), lambda one: one.id, 44),
)


def number(value: Any) -> Any:
    """A cell holds whole numbers; what has decimals, or is none, is written as it is read."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else f"{value}".replace(".", ",")
    return value
