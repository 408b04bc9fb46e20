"""Figures as a text tells them, and the small language in which its sentences are written.

A sentence names figures in braces: "{incidents.security.cases} vụ". With ":money", ":full", ":plain" or ":decimal" the
number is written so, with "<" it is that of the year before. A name without a dot is a word that the caller gives.
Where a figure is missing, the sentence vanishes.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portal.reports.wording import numbers
from portal.reports.wording.runs import Run, Sentence

PLACE = re.compile(r"\{([a-z0-9_]+(?:\.[a-z0-9_]+)*)(<)?(?::([a-z]+))?\}")


def plain(value: Any) -> str:
    return str(value)


FORMATS: Mapping[str, Callable[[Any], str]] = {
    "": lambda value: numbers.count(value) if isinstance(value, int | float) else str(value),
    "money": numbers.money,
    "full": numbers.in_full,
    "decimal": numbers.decimal,
    "plain": plain,
}


@dataclass(frozen=True)
class Told:
    """A figure in a period and in the same period of the year before."""

    id: str
    value: Any
    previous_value: Any = None
    label: str = ""
    unit: str = ""
    definition: str = ""
    kind: str = ""

    @property
    def change(self) -> int | float | None:
        """By how much it differs; None where either is blank, or no number."""
        now, before = self.value, self.previous_value
        if not isinstance(now, int | float) or not isinstance(before, int | float):
            return None
        return round(now - before, 2)


@dataclass(frozen=True)
class Figures:
    """All figures that there are, by id. One that is missing is absent, never nought."""

    by_id: Mapping[str, Told]

    def __contains__(self, id: str) -> bool:
        return id in self.by_id and self.by_id[id].value is not None

    def __getitem__(self, id: str) -> Told:
        return self.by_id[id]

    def __iter__(self) -> Iterator[Told]:
        return iter(self.by_id.values())

    def of(self, id: str) -> Any:
        """The value of a figure; None where there is none."""
        return self.by_id[id].value if id in self.by_id else None

    def some(self, *ids: str) -> bool:
        """Whether any of some figures is there and is not nought."""
        return any(self.of(one) for one in ids)

    def none_of(self, id: str) -> bool:
        """Whether a figure is there and is nought: something did not happen."""
        return bool(self.of(id) == 0)


def say(told: Figures, text: str, **given: str | Sentence) -> Sentence:
    """A sentence as runs; nothing where one of its figures is missing."""
    runs: list[Run] = []
    end = 0
    for found in PLACE.finditer(text):
        runs += _words(text[end : found.start()])
        end = found.end()
        put = _put(told, found, given)
        if put is None:
            return ()
        runs += put
    return (*runs, *_words(text[end:]))


def _put(told: Figures, found: re.Match[str], given: Mapping[str, str | Sentence]) -> list[Run] | None:
    name, before, form = found[1], found[2], found[3] or ""
    if name in given:
        put = given[name]
        return _words(put) if isinstance(put, str) else list(put)
    if name not in told:
        return None
    value = told[name].previous_value if before else told[name].value
    return None if value is None else [Run(FORMATS[form](value), figure=name)]


def _words(text: str) -> list[Run]:
    return [Run(text)] if text else []


def places(text: str) -> list[str]:
    """The ids that a text names in braces, in their order."""
    return [found[1] for found in PLACE.finditer(text)]
