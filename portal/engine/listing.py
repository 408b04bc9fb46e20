"""Lists: filters in the address, search, order, pages. One object that a page, an export and an audit event share."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import abort, current_app, request, url_for
from flask_login import current_user
from sqlalchemy import ColumnElement, Select, func

from portal.engine import audit
from portal.engine.db import db
from portal.engine.forms import FIRST_YEAR, LAST_YEAR
from portal.engine.letters import kept, plain
from portal.engine.vietnamese import fold

MAX_TYPED, MAX_WORDS = 1000, 100  # letters that are looked at, and that are searched for
MONTHS_OF_YEAR = 12
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


def month_asked() -> date | None:
    """The first day of the month that the address asks for, `?month=2026-11`; None where it asks for none.

    Answers 404 where it names none, or one in which nothing can lie.
    """
    typed = request.args.get("month", "")
    if not typed:
        return None
    found = _MONTH.fullmatch(typed)
    if not found or not FIRST_YEAR < int(found[1]) < LAST_YEAR or not 1 <= int(found[2]) <= MONTHS_OF_YEAR:
        abort(404)
    return date(int(found[1]), int(found[2]), 1)


@dataclass(frozen=True)
class Chip:
    """A filter that the address carries: `?show=overdue`."""

    key: str
    label: Any
    where: Callable[[], ColumnElement[bool]] | None = None
    shape: str = ""


@dataclass
class ShownChip:
    """A filter as a page draws it; *count* where it counts anything."""

    label: Any
    count: int | None
    url: str
    current: bool
    shape: str = ""


@dataclass
class Listing:
    """One page of a list, with what is needed to draw it. Making it runs the queries and writes the event."""

    records: Select[Any]
    model: Any
    chips: Sequence[Chip] = ()
    search: Callable[[str], ColumnElement[bool]] | None = None
    orders: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    options: Sequence[Any] = ()
    protected: bool = False
    repeats: bool = False  # whether a join may bring a record more than once
    kept: Sequence[str] = ()  # further names in the address, for filters that are no chips
    endpoint: str = ""  # the page of the list, where a deed at another address may show it as well

    def __post_init__(self) -> None:
        self.words = kept(plain(request.args.get("q", "")[:MAX_TYPED]))[:MAX_WORDS]
        self.chip = self._chosen_chip()
        sort = request.args.get("sort", "")
        if sort and sort not in self.orders:
            abort(404)
        self.order = sort or next(iter(self.orders), "")
        found = self.records
        if self.words and self.search:
            found = found.where(self.search(fold(self.words)))
        self.searched = found
        self.counts = self._counted()
        if self.chip and self.chip.where:
            found = found.where(self.chip.where())
        self.filtered = found.order_by(*(self.orders.get(self.order) or (self.model.id,)), self.model.id)
        self.total: int = self.counts[self.chip.key] if self.chip else self.counts[""]
        self.size: int = current_app.config["PAGE_SIZE"]
        self.pages = max(1, -(-self.total // self.size))
        self.page: int = min(max(1, request.args.get("page", 1, int)), self.pages)
        self._tell()

    def _counted(self) -> dict[str, int]:
        """How many records each chip would show: one question for all of them."""
        every = func.count(func.distinct(self.model.id)) if self.repeats else func.count(self.model.id)
        counts = [every.filter(one.where()) if one.where else every for one in self.chips] or [every]
        answer = db.session.execute(self.searched.with_only_columns(*counts).order_by(None)).one()
        return dict(zip([one.key for one in self.chips] or [""], map(int, answer), strict=True))

    def _chosen_chip(self) -> Chip | None:
        """A mistyped filter is no page: it must not quietly show everything."""
        wanted = request.args.get("show")
        if wanted is None:
            return self.chips[0] if self.chips else None
        return next((one for one in self.chips if one.key == wanted), None) or abort(404)

    def _tell(self) -> None:
        """A search in protected records is an event: a keyed digest of its words, and how many it found."""
        if self.protected:
            what = {"words": "#" + audit.digest(fold(self.words))} if self.words else {}
            audit.tell("search" if self.words else "list", current_user, None, type=self.model.__tablename__,
                       rows=self.total, **what)  # fmt: skip

    @property
    def rows(self) -> Sequence[Any]:
        paged = self.filtered.options(*self.options).limit(self.size).offset((self.page - 1) * self.size)
        return db.session.scalars(paged).unique().all()

    @property
    def all_rows(self) -> Sequence[Any]:
        return db.session.scalars(self.filtered.options(*self.options)).unique().all()

    def count(self, where: ColumnElement[bool]) -> int:
        """How many records of the list meet a further condition, over all its pages."""
        counted = self.filtered.with_only_columns(func.count(func.distinct(self.model.id))).where(where)
        return int(db.session.scalar(counted.order_by(None)) or 0)

    def count_by(self, column: Any) -> dict[Any, int]:
        """How many records of the list have each value of a column, over all its pages."""
        counted = self.filtered.with_only_columns(column, func.count(func.distinct(self.model.id)))
        return {value: int(count) for value, count in db.session.execute(counted.order_by(None).group_by(column))}

    @property
    def first(self) -> int:
        return min(self.total, (self.page - 1) * self.size + 1)

    @property
    def last(self) -> int:
        return min(self.total, self.page * self.size)

    def url(self, **changes: Any) -> str:
        """The same list with other filters; None takes one away."""
        wanted = {**(request.view_args or {}), **self.kept_beside(), **changes}
        endpoint = self.endpoint or request.endpoint or ""
        return url_for(endpoint, **{name: value for name, value in wanted.items() if value is not None})

    def kept_values(self) -> dict[str, str]:
        """The filters of the address besides the words, for the search form."""
        return self.kept_beside("q")

    def kept_beside(self, *asked: str) -> dict[str, str]:
        """The filters of the address besides those that a form asks for itself, to be sent along with it."""
        names = (name for name in ("q", "show", "sort", *self.kept) if name not in asked)
        return {name: request.args[name] for name in names if request.args.get(name)}

    @property
    def previous_url(self) -> str | None:
        return self.url(page=self.page - 1) if self.page > 1 else None

    @property
    def next_url(self) -> str | None:
        return self.url(page=self.page + 1) if self.page < self.pages else None

    def shown_chips(self) -> list[ShownChip]:
        return [
            ShownChip(one.label, self.counts[one.key], self.url(show=one.key, page=None), one is self.chip, one.shape)
            for one in self.chips
        ]
