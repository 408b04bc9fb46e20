"""Charts as declarations: bars, what they are held against, and the finding. Picture and table are made of the same.

A room's presenter says what is counted (`Chart`), `engine/drawing.py` says where it stands, and the macros of
`components/charts.html` draw it, with the table behind it. Parts of a bar differ by their filling, not by colour alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

FULL, HATCHED, HOLLOW = "full", "hatched", "hollow"


@dataclass(frozen=True)
class Part:
    """A stretch of a bar: how much, how it is filled, and where its number opens what was counted."""

    value: int
    look: str = FULL
    url: str = ""


@dataclass(frozen=True)
class Bar:
    """A month, a week, a place. *short* stands under a column where *label* is long; *told* is a last cell in words.

    *endless* bars have no number: they take up the whole scale, which does not follow them, and say that word instead.
    """

    label: str
    parts: tuple[Part, ...]
    short: str = ""
    told: str = ""
    url: str = ""  # of the whole bar
    endless: str = ""

    @property
    def total(self) -> int:
        return sum(part.value for part in self.parts)

    def part(self, look: str) -> Part:
        """The part of a filling; an empty one where the bar has none."""
        return next((part for part in self.parts if part.look == look), Part(0, look))


@dataclass(frozen=True)
class Limit:
    """What the bars are held against: a goal, a frequency. It is drawn as a line across them."""

    value: int
    label: str


@dataclass(frozen=True)
class Chart:
    """What is shown. *title* is the subject, *finding* what comes of it: who does not see the picture is told both.

    *key* tells the charts of a page apart. *looks* names the fillings, in the order of the table. *of* and *measure*
    head the first columns of that table, *telling* the last. *parted*: a bar may have several parts, each a column.
    """

    key: str
    title: str
    finding: str
    of: str
    measure: str
    bars: Sequence[Bar]
    looks: Mapping[str, str] = field(default_factory=dict)
    limit: Limit | None = None
    parted: bool = False
    telling: str = ""
    empty: str = ""  # said instead of a picture where there is nothing to draw

    @property
    def name(self) -> str:
        """For whoever does not see it: what it shows, and what comes of it."""
        return f"{self.title}. {self.finding}"

    @property
    def top(self) -> int:
        """Where the scale ends, which begins at nought."""
        return max(1, self.limit.value if self.limit else 0, *(bar.total for bar in self.bars))

    @property
    def heads(self) -> list[Any]:
        """The columns of the table, as `components/listing.html` takes them."""
        parts = list(self.looks.values()) if self.parted else []
        numbers = [{"label": one, "num": True} for one in (self.measure, *parts)]
        return [self.of, *numbers, *([self.telling] if self.telling else [])]

    def cells(self, bar: Bar) -> list[Part]:
        """The numbers of a row: the whole, then its parts."""
        parts = [bar.part(look) for look in self.looks] if self.parted else []
        return [Part(bar.total, url=bar.url), *parts]
