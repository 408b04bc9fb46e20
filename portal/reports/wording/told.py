"""Figures as a text tells them, and the small language in which its sentences are written.

A sentence names figures in braces: "{incidents.security.cases} vụ". With ":money", ":full", ":plain" or ":decimal" the
number is written so, with "<" it is that of the year before. A name without a dot is a word that the caller gives.
Where a figure is missing, or its value cannot be written so, the sentence vanishes.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portal.reports.wording import numbers
from portal.reports.wording.runs import Run, Sentence

_PLACE = re.compile(r"\{([a-z0-9_]+(?:\.[a-z0-9_]+)*)(<)?(?::([a-z]+))?\}")
BRACES = re.compile(r"\{[^{}\n]{0,60}\}?|\}")  # whatever a reader would see of them


@dataclass(frozen=True)
class Place:
    """What stands in braces: the *id* of a figure or a word, whether of the year *before*, and its *form*."""

    text: str
    id: str
    before: bool = False
    form: str = ""


def parsed(text: str) -> Iterator[str | Place]:
    """The words of a text and its places, in their order. A brace that belongs to no place is left in the words."""
    end = 0
    for found in _PLACE.finditer(text):
        if words := text[end : found.start()]:
            yield words
        yield Place(found[0], found[1], bool(found[2]), found[3] or "")
        end = found.end()
    if words := text[end:]:
        yield words


def places(text: str) -> list[Place]:
    """What a text names in braces, in its order."""
    return [one for one in parsed(text) if isinstance(one, Place)]


def strays(text: str) -> list[str]:
    """Braces that name nothing, with what stands in them: they would be read on paper."""
    return [found for one in parsed(text) if isinstance(one, str) for found in BRACES.findall(one)]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float)


def _is_amount(value: Any) -> bool:
    return isinstance(value, int) and value >= 0


def _is_anything(_value: Any) -> bool:
    return True


@dataclass(frozen=True)
class Form:
    """A way in which a value is written, and which values can be."""

    write: Callable[[Any], str]
    fits: Callable[[Any], bool]


FORMS: Mapping[str, Form] = {
    "": Form(lambda value: numbers.count(value) if _is_number(value) else str(value), _is_anything),
    "money": Form(numbers.money, _is_amount),
    "full": Form(numbers.in_full, _is_amount),
    "decimal": Form(numbers.decimal, _is_number),
    "plain": Form(str, _is_anything),
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
    for one in parsed(text):
        put = _words(one) if isinstance(one, str) else put_in(one, told, given)
        if put is None:
            return ()
        runs += put
    return tuple(runs)


def put_in(place: Place, told: Figures, given: Mapping[str, str | Sentence]) -> list[Run] | None:
    """What a place says; None where there is no such value, or it is not written so. A word has no year before."""
    if place.id in given:
        if place.before or place.form not in ("", "plain"):
            return None
        put = given[place.id]
        return _words(put) if isinstance(put, str) else list(put)
    value = value_of(place, told)
    form = FORMS.get(place.form)
    if value is None or form is None or not form.fits(value):
        return None
    return [Run(form.write(value), figure=place.id)]


def value_of(place: Place, told: Figures) -> Any:
    """The value that a place names; None where there is none."""
    one = told.by_id.get(place.id)
    if one is None:
        return None
    return one.previous_value if place.before else one.value


def _words(text: str) -> list[Run]:
    return [Run(text)] if text else []
