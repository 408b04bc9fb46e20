"""The figures of a report as a table to take along."""

from collections.abc import Sequence
from typing import Any

from portal.engine.sheets import Column
from portal.engine.text import _l

DECIMALS = "#,##0.00#"  # two or three, with the signs of whoever opens the table

COLUMNS: Sequence[Column] = (
    Column(_l("Figure"), lambda one: one.label, 60),
    Column(_l("Unit of measure"), lambda one: one.unit),
    Column(_l("This period"), lambda one: number(one.value), decimals=DECIMALS),
    Column(_l("A year before"), lambda one: number(one.previous_value), decimals=DECIMALS),
    Column(_l("Difference"), lambda one: number(one.change), decimals=DECIMALS),
    Column(_l("What is counted"), lambda one: one.definition, 90),
    Column(_l("Id of the figure"), lambda one: one.id, 44),
)


def number(value: Any) -> Any:
    """A cell holds a number as a number, so that a spreadsheet reckons with it."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
