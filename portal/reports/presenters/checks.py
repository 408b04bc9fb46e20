"""Findings as a page shows them: each with the figures and the records that are meant."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any

from flask import current_app, url_for
from sqlalchemy import select

from portal.engine.access import Actor, within
from portal.engine.db import Kept, db
from portal.engine.indicators import Indicator
from portal.engine.presentation import told
from portal.reports import catalogue, figures
from portal.reports.checking import Found
from portal.reports.checks import CHECKS, Check, Weight
from portal.reports.models import Overruling, Report
from portal.reports.presenters.page import opens

SHAPES = {Weight.HARD: "overdue", Weight.DOUBT: "todo", Weight.NOTE: "soon"}
ANSWERED, FOUND_NOTHING = "done", "done"


@dataclass(frozen=True)
class Item:
    """*links* lead to the figures and the records; *hidden* counts the records that the reader may not open."""

    key: str
    text: str
    shape: str
    links: Sequence[tuple[str, str]]
    hidden: int
    overruling: Overruling | None
    asks: bool


@dataclass(frozen=True)
class Group:
    """A check and what it found."""

    check: Check
    items: Sequence[Item]

    @property
    def shape(self) -> str:
        return self.items[0].shape if self.items else FOUND_NOTHING


def groups(report: Report, everything: Iterable[Found], reader: Actor) -> list[Group]:
    """All checks with everything that they found, what stands in the way first, those that found nothing last."""
    by_check = {check: list(found) for check, found in groupby(everything, key=lambda one: one.check)}
    there = _declared(report, chain.from_iterable(by_check.values()))
    made = [Group(check, [_item(report, one, reader, there) for one in by_check.get(check, ())]) for check in CHECKS]
    return sorted(made, key=_urgency)


def _urgency(group: Group) -> int:
    """What blocks, what asks for a reason, what is only told, what was answered, and what found nothing."""
    if not group.items:
        return 4
    if group.check.weight == Weight.HARD:
        return 0
    return 1 if any(one.asks for one in group.items) else 2 if group.check.weight == Weight.NOTE else 3


def item(report: Report, found: Found, reader: Actor) -> Item:
    """A finding by itself."""
    return items(report, [found], reader)[0]


def items(report: Report, found: Sequence[Found], reader: Actor) -> list[Item]:
    """Findings one after the other, of whatever checks."""
    there = _declared(report, found)
    return [_item(report, one, reader, there) for one in found]


def _item(report: Report, found: Found, reader: Actor, there: Mapping[str, Indicator]) -> Item:
    named = (there[name] for name in found.finding.figures if name in there)
    to_figures = [(str(one.label), opens(report, one.id)) for one in named]
    to_records = list(_records(found, reader))
    return Item(
        found.key, told(found.finding.reason), ANSWERED if found.overruling else SHAPES[found.check.weight],
        [*to_figures, *to_records], len(found.finding.records) - len(to_records), found.overruling,
        found.check.weight == Weight.DOUBT and found.overruling is None,
    )  # fmt: skip


def _declared(report: Report, some: Iterable[Found]) -> Mapping[str, Indicator]:
    """The figures that there are, by id; typed ones are looked for only where a finding names one."""
    typed = any(catalogue.is_typed(name) for one in some for name in one.finding.figures)
    return catalogue.of_period(figures.period_of(report)) if typed else catalogue.indicators()


def _records(found: Found, reader: Actor) -> Iterator[tuple[str, str]]:
    """Those that the reader may open, by their numbers."""
    pages: dict[type[Kept], str] = dict(
        subject for area in current_app.extensions["areas"] for subject in area.subjects
    )
    for kind in dict.fromkeys(kind for kind, _id in found.finding.records):
        ids = [number for of, number in found.finding.records if of is kind]
        readable = select(kind).where(kind.id.in_(ids), within(reader, "read", kind)).order_by(kind.id)
        for record in db.session.scalars(readable):
            if kind in pages:
                yield _called(record), url_for(pages[kind], id=record.id)


def _called(record: Any) -> str:
    """By its number; a village has none, nor has what is done in one, nor a breach of a pledge."""
    return str(record.number if hasattr(record, "number") else getattr(record, "village", record).title)
