"""Differences of figures with the records behind them, as far as the reader may open those."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from portal.engine.access import Actor
from portal.reports import catalogue, entering, queries
from portal.reports.comparing import Difference
from portal.reports.presenters.page import in_number
from portal.reports.rows import Row, first_of, told_as_listed

CAME, WENT = "came", "went"


@dataclass(frozen=True)
class Side:
    """The records that came, or went: the first *rows* of the *mine* that the reader may open, and how many *hidden*
    ones there are that the reader may not. *all_url* lists those of the reader page by page."""

    rows: Sequence[Row]
    mine: int
    hidden: int
    all_url: str

    @property
    def more(self) -> int:
        """How many the page has no room for."""
        return self.mine - len(self.rows)

    def __bool__(self) -> bool:
        return bool(self.mine or self.hidden)


@dataclass(frozen=True)
class DifferenceShown:
    """*known*: whether the records of both sides are of this portal."""

    label: str
    before: str
    now: str
    came: Side
    went: Side
    known: bool

    @property
    def same_number(self) -> bool:
        """Whether other records make the same number: nothing that the report says is another."""
        return self.before == self.now


def shown(found: Iterable[Difference], reader: Actor, url_of: Callable[[str, str], str]) -> list[DifferenceShown]:
    """*url_of* leads to the list of a figure's records that came, or went."""
    rows: Counter[type[Any]] = Counter()
    told = [_shown(one, reader, rows, url_of) for one in found]
    told_as_listed(reader, rows)
    return told


def label_of(one: Difference) -> str:
    """In the reader's language, as long as the figure is declared."""
    declared = catalogue.indicator(one.id)
    return str(declared.label) if declared else one.label


def _shown(
    one: Difference, reader: Actor, rows: Counter[type[Any]], url_of: Callable[[str, str], str]
) -> DifferenceShown:
    """*rows* counts what is shown of each kind of record."""
    record = catalogue.record_of(one.id)
    came, went = (
        _side(record, ids, reader, url_of(one.id, side)) for side, ids in ((CAME, one.came), (WENT, one.went))
    )
    if record:
        rows[record] += len(came.rows) + len(went.rows)
    return DifferenceShown(label_of(one), in_number(one.before), in_number(one.now), came, went, one.known)


def _side(record: Any, ids: Sequence[int], reader: Actor, url: str) -> Side:
    if not ids or record is None:
        return Side([], 0, len(ids), "")
    rows, mine = first_of(queries.to_read(record, queries.among(ids), reader), record, reader, entering.told)
    return Side(rows, mine, len(ids) - mine, url)
