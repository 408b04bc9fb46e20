"""How many records would leave the portal, by kinds, and what to say where they are too many for one file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from portal.engine.presentation import number
from portal.engine.text import _, ngettext
from portal.exchange.catalogue import Family
from portal.exchange.taking import Taking


@dataclass(frozen=True)
class Counted:
    """A kind of records that may leave: how many there are, and how many of what belongs to them."""

    family: Family
    records: int
    lines: int

    @property
    def key(self) -> str:
        return self.family.head.key

    @property
    def title(self) -> Any:
        return self.family.head.title

    @property
    def total(self) -> int:
        return self.records + self.lines

    @property
    def in_words(self) -> str:
        records, lines = self.records, self.lines
        told = str(ngettext("%(count)s record", "%(count)s records", records, count=number(records)))
        beside = ngettext(
            "%(count)s entry that belongs to them", "%(count)s entries that belong to them", lines, count=number(lines)
        )
        return f"{told}, {beside}" if self.lines else told


def counted_of(family: Family, taking: Taking) -> Counted:
    return Counted(family, family.head.count(taking), sum(one.count(taking) for one in family.lines))


def fitting(kinds: Sequence[Counted], most: int) -> list[str]:
    """The keys of as many kinds as leave at once: all of them, or the smallest first."""
    chosen, total = [], 0
    for one in sorted(kinds, key=lambda one: one.total):
        total += one.total
        if total > most:
            break
        chosen.append(one.key)
    return [one.key for one in kinds if one.key in chosen]


def too_many(chosen: Sequence[Counted], most: int) -> str:
    """What to say where more is chosen than leaves at once, and which kinds are large; nothing where it fits."""
    total = sum(one.total for one in chosen)
    if total <= most:
        return ""
    large = ", ".join(f"{one.title} ({number(one.total)})" for one in _largest(chosen, most))
    told = _("%(total)s records and entries are chosen, and at most %(most)s leave the portal at once. Please choose "
             "fewer. The largest are: %(large)s.", total=number(total), most=number(most), large=large)  # fmt: skip
    if all(one.total <= most for one in chosen):
        return told
    alone = _("What is more than that by itself is taken along by whoever keeps the portal, with the command.")
    return f"{told} {alone}"


def _largest(chosen: Sequence[Counted], most: int) -> Iterator[Counted]:
    """Those without which the rest would fit, the largest first."""
    left = sum(one.total for one in chosen)
    for one in sorted(chosen, key=lambda one: one.total, reverse=True):
        if left <= most:
            return
        left -= one.total
        yield one
