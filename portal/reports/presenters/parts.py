"""What a figure is made of, as its page draws it; and all figures with what they count."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from portal.engine.indicators import Indicator, Period
from portal.engine.text import _l
from portal.engine.vietnamese import fold
from portal.reports import catalogue, figures, outline
from portal.reports.presenters.page import OTHERS
from portal.reports.presenters.side_by_side import MONTH, Part, drawn, months_told, rows

KINDS = {"flow": _l("What happened in the period"), "stock": _l("What there is at the end of the last day")}


def of(one: Indicator, period: Period) -> Iterator[Part]:
    """The breakdowns of a figure in which there is something to tell apart."""
    for by in one.breakdowns:
        months = months_told(period.first, period.last) if by.name == MONTH else ()
        values = rows(by.name, figures.parted(one, period, by), months)
        if any(now or before for _what, now, before in values):
            yield drawn(by.name, by.label, values, period.first, period.last)


@dataclass(frozen=True)
class Defined:
    """The figures of a section of the report."""

    id: str
    title: Any
    figures: Sequence[Indicator]


def defined(words: str = "") -> Iterator[Defined]:
    """Every figure in the order of the report, or those that *words* are found in; what has no place stands last."""
    left = catalogue.indicators()
    sections = []
    for section in outline.OUTLINE:
        sections.append(Defined(section.id, section.title, [line.indicator for line in section.lines]))
        for line in section.lines:
            left.pop(line.indicator.id, None)
    sections.append(Defined(OTHERS, _l("Other figures"), list(left.values())))
    for one in sections:
        if found := [figure for figure in one.figures if _holds(figure, one.title, words)]:
            yield Defined(one.id, one.title, found)


def _holds(one: Indicator, section: Any, words: str) -> bool:
    """Whether each of the words stands somewhere in what is told of a figure; marks are not needed."""
    told = fold(" ".join(map(str, (one.id, one.label, one.definition, one.unit, section))))
    return all(word in told for word in fold(words).split())


def kind_of(one: Indicator) -> Any:
    return KINDS.get(one.kind, one.kind)
