"""Data in a cell, as JSON: read only where they are of the shape that the portal writes."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from portal.engine.letters import kept, plain
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark

Fits = Callable[[Any], bool]

TOO_LARGE = 10**18  # for a number: no sum of a commune comes near it
AS_KEPT = _l("As the portal keeps it.")
NOT_AS_KEPT = mark("This is not as the portal writes it. Please leave the cell as it was exported.")


def in_cell(value: Any) -> str:
    """Data as a cell can keep it letter for letter; nothing for nothing."""
    if value is None:
        return ""
    told = json.dumps(value, ensure_ascii=False)
    return told if kept(plain(told)) == told else json.dumps(value)


def of_cell(column: str, typed: str | None, fits: Fits) -> Any:
    """The data that a cell tells; None where it is empty. Raises Refused where it is no data, of another shape, or
    holds letters that no form of the portal takes."""
    if not typed:
        return None
    try:
        value = json.loads(typed, parse_constant=_no_number)
        right = fits(value) and all(map(_is_legible, _texts_in(value)))
    except (ValueError, RecursionError) as error:
        raise Refused(Misfit(column, NOT_AS_KEPT)) from error
    if not right:
        raise Refused(Misfit(column, NOT_AS_KEPT))
    return value


def _no_number(_word: str) -> Any:
    raise ValueError("Infinities are no numbers.")


def _texts_in(value: Any) -> Iterator[str]:
    """All texts in data, names of parts too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield name
            yield from _texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts_in(one)


def _is_legible(text: str) -> bool:
    """Whether a form would take a text as it is; blanks at its ends are part of a run of words."""
    between = f"|{text}|"
    return kept(plain(between)) == between


def is_text(value: Any) -> bool:
    return isinstance(value, str)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < TOO_LARGE


def alike(empty: Any) -> Fits:
    """Whether something has the shape of what is *empty*: a text, a list of texts, or parts by their names."""

    def fits(value: Any) -> bool:
        if isinstance(empty, Mapping):
            there = isinstance(value, dict) and value.keys() == empty.keys()
            return there and all(alike(part)(value[name]) for name, part in empty.items())
        if isinstance(empty, list):
            return isinstance(value, list) and all(map(is_text, value))
        return is_text(value)

    return fits
