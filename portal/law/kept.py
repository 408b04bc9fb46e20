"""The numbers of a reason as they can be kept, and read again: days among them stay days."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

PARTED = ("inputs", "note_values")  # what a due holds as a map
DAY = "day"  # under this name a day lies among the numbers, of which none is a map


def written_values(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: {DAY: value.isoformat()} if isinstance(value, date) else value for name, value in values.items()}


def read_values(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _read(value) for name, value in values.items()}


def _read(value: Any) -> Any:
    return date.fromisoformat(cast("str", value[DAY])) if isinstance(value, dict) else value
