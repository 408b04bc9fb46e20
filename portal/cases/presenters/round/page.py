"""The round of a month as its page shows it: people by village, what is missing of each, how far it has come."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from flask import abort, request, url_for
from sqlalchemy import Select

from portal.cases.models import RoundKind
from portal.cases.monthly_round import is_next, may_be_held
from portal.cases.months import spelled
from portal.cases.presenters.round.rows import Row, rows_of
from portal.engine import audit, clock
from portal.engine.access import Actor
from portal.engine.letters import kept, plain
from portal.engine.listing import MAX_TYPED, MAX_WORDS, ShownChip, month_asked
from portal.engine.presentation import day
from portal.engine.text import _, _l
from portal.engine.vietnamese import fold
from portal.law.days import add_months

PER_PAGE = 50  # people; a phone on a slow line waits for no more
NOT_YET, ABSENT, NO_REPORT, NO_ASSESSMENT = "not_yet", "absent", "no_report", "no_assessment"
MINE = "mine"


@dataclass(frozen=True)
class Group:
    """A village with those of its people whom the page shows. *unassessed* are all whose assessment is missing."""

    title: str
    village_id: int
    rows: Sequence[Row]
    done: int
    total: int
    unassessed: int


@dataclass(frozen=True)
class Filters:
    """What the address asks for."""

    show: str
    village: str
    words: str
    whose: str
    page: int


SHOWN: Mapping[str, tuple[Any, Callable[[Row], bool]]] = {
    "": (_l("All"), lambda _row: True),
    NOT_YET: (_l("Still missing"), lambda row: not row.done),
    ABSENT: (_l("Absent"), lambda row: row.standing.is_absent),
    NO_REPORT: (_l("Self-report missing"), lambda row: row.standing.asks_report),
    NO_ASSESSMENT: (_l("Not assessed"), lambda row: row.asks_assessment),
}


@dataclass(frozen=True)
class Page:
    month: date
    filters: Filters
    everybody: Sequence[Row]  # of those whose cases are shown
    found: Sequence[Row]  # that the filters let through
    colleagues: int  # people of colleagues, for whom the reader could stand in

    @property
    def title(self) -> str:
        return _("Monthly round of %(month)s", month=spelled(self.month))

    @property
    def assessed(self) -> str:
        return spelled(add_months(self.month, -1))

    @property
    def done(self) -> int:
        return sum(row.done for row in self.everybody)

    @property
    def total(self) -> int:
        return len(self.everybody)

    @property
    def percent(self) -> float:
        return round(100 * self.done / self.total, 1) if self.total else 100.0

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.found) // PER_PAGE))

    @property
    def number(self) -> int:
        return min(max(1, self.filters.page), self.pages)

    @cached_property
    def rows(self) -> Sequence[Row]:
        return self.found[(self.number - 1) * PER_PAGE : self.number * PER_PAGE]

    @cached_property
    def groups(self) -> list[Group]:
        return [
            self._group(village, list(rows)) for village, rows in groupby(self.rows, key=lambda row: row.village_id)
        ]

    def _group(self, village: int, rows: list[Row]) -> Group:
        all_ = [row for row in self.everybody if row.village_id == village]
        unassessed = sum(row.asks_assessment for row in all_)
        title = rows[0].village or _("Village not told")
        return Group(title, village, rows, sum(row.done for row in all_), len(all_), unassessed)

    @property
    def asks_anything(self) -> bool:
        return any(row.asks_anything for row in self.rows)

    @property
    def unassessed(self) -> int:
        return sum(row.asks_assessment for row in self.everybody)

    @property
    def is_now(self) -> bool:
        return self.month == clock.today().replace(day=1)

    @property
    def next_prints(self) -> list[tuple[str, str]]:
        """The papers of the next month, on the page of the present one."""
        kept = {name: value for name, value in self._kept().items() if value and name in ("village", "whose")}
        return beforehand(add_months(self.month, 1), **kept) if self.is_now else []

    @property
    def first(self) -> int:
        return min(len(self.found), (self.number - 1) * PER_PAGE + 1)

    @property
    def last(self) -> int:
        return min(len(self.found), self.number * PER_PAGE)

    # ── where it leads ──────────────────────────────────────────────────────────────────────────────────────────────
    def url(self, endpoint: str = "cases.monthly_round", **changes: Any) -> str:
        wanted = {"month": f"{self.month:%Y-%m}", **self._kept(), **changes}
        return url_for(endpoint, **{name: value for name, value in wanted.items() if value not in (None, "")})

    def _kept(self) -> dict[str, str]:
        one = self.filters
        return {"show": one.show, "village": one.village, "q": one.words, "whose": one.whose}

    def kept_beside(self, *asked: str) -> dict[str, str]:
        """The filters besides those that a form asks for itself."""
        found = {"month": f"{self.month:%Y-%m}", **self._kept()}
        return {name: value for name, value in found.items() if value and name not in asked}

    @property
    def chips(self) -> list[ShownChip]:
        """Who is shown, with how many; those of nobody are left out."""
        counted = [(key, label, sum(map(fits, self.everybody))) for key, (label, fits) in SHOWN.items()]
        return [
            ShownChip(label, count, self.url(show=key, page=None), key == self.filters.show)
            for key, label, count in counted
            if count or key in ("", NOT_YET, self.filters.show)
        ]

    @property
    def villages(self) -> list[ShownChip]:
        """The villages with how far each is."""
        by_village = [
            (village, list(rows)) for village, rows in groupby(self.everybody, key=lambda row: row.village_id)
        ]
        if len(by_village) < 2:
            return []
        chosen = self.filters.village
        every = ShownChip(_("All villages"), None, self.url(village=None, page=None), not chosen)
        return [every, *(self._of_village(village, rows, chosen) for village, rows in by_village)]

    def _of_village(self, village: int, rows: Sequence[Row], chosen: str) -> ShownChip:
        done = sum(row.done for row in rows)
        label = f"{rows[0].village or _('Village not told')} {done}/{len(rows)}"
        return ShownChip(label, None, self.url(village=village, page=None), chosen == str(village))

    @property
    def whose(self) -> list[ShownChip]:
        if not self.colleagues:
            return []
        own = self.filters.whose == MINE
        return [
            ShownChip(_("My cases"), None, self.url(whose=MINE, village=None, page=None), own),
            ShownChip(_("Also for colleagues"), None, self.url(whose="all", village=None, page=None), not own),
        ]

    @property
    def previous_url(self) -> str:
        return self.url(page=self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        return self.url(page=self.number + 1) if self.number < self.pages else ""

    @property
    def other_months(self) -> list[tuple[str, str]]:
        """The round before and the one after, where they may be held."""
        months = (add_months(self.month, shift) for shift in (-1, 1))
        return [
            (spelled(month), url_for("cases.monthly_round", month=f"{month:%Y-%m}"))
            for month in months
            if may_be_held(month)
        ]

    @property
    def signing(self) -> list[tuple[str, str]]:
        month = f"{self.month:%Y-%m}"
        labels = {
            RoundKind.ASSESSMENTS: _("Sign the assessments of %(month)s", month=self.assessed),
            RoundKind.ROLL_CALL: _("Sign the roll-call of %(month)s", month=spelled(self.month)),
        }
        return [(label, url_for("cases.sign_round", kind=kind.value, month=month)) for kind, label in labels.items()]


def month_of_round(*, or_next: bool = False) -> date:
    """The month in the address, else the present one. 404 where no round is held in it; *or_next* allows the next."""
    month = month_of_page()
    return month if may_be_held(month) or (or_next and is_next(month)) else abort(404)


def month_of_page() -> date:
    """The month in the address, else the present one, whether or not a round is held in it."""
    return month_asked() or clock.today().replace(day=1)


@dataclass(frozen=True)
class NotHeld:
    """Why the round of a month cannot be opened, and where one goes on."""

    month: date

    @property
    def is_next(self) -> bool:
        return is_next(self.month)

    @property
    def title(self) -> str:
        if self.is_next:
            return _("The round of %(month)s begins on %(day)s", month=spelled(self.month), day=day(self.month))
        return _("No round of %(month)s can be opened", month=spelled(self.month))

    @property
    def prints(self) -> list[tuple[str, str]]:
        return beforehand(self.month) if self.is_next else []


def beforehand(month: date, **kept: str) -> list[tuple[str, str]]:
    """What of a month to come is printed before it begins."""
    asked: dict[str, Any] = {"month": f"{month:%Y-%m}", **kept}
    return [
        (_("List of %(month)s, to print beforehand", month=spelled(month)), url_for("cases.round_list", **asked)),
        (
            _("Self-report forms of %(month)s, to print beforehand", month=spelled(month)),
            url_for("cases.round_forms", **asked),
        ),
    ]


def page(user: Actor, cases: Select[Any], month: date) -> Page:
    """The round of the cases that the reader may stand in for; a search and a list are events."""
    rows = rows_of(user, cases, month)
    mine = [row for row in rows if row.assesses]
    filters = _filters(bool(mine))
    shown = mine if filters.whose == MINE else rows
    found = _found(shown, filters)
    what = {"words": "#" + audit.digest(fold(filters.words))} if filters.words else {}
    audit.tell("search" if filters.words else "list", user, None, type="case", rows=len(found), **what)
    return Page(month, filters, shown, found, len(rows) - len(mine))


def _filters(keeps_cases: bool) -> Filters:
    show = request.args.get("show", "")
    if show not in SHOWN:
        abort(404)
    words = kept(plain(request.args.get("q", "")[:MAX_TYPED]))[:MAX_WORDS]
    whose = request.args.get("whose", MINE if keeps_cases else "all")
    if whose not in (MINE, "all"):
        abort(404)
    return Filters(show, request.args.get("village", ""), words, whose, request.args.get("page", 1, int))


def _found(rows: Iterable[Row], filters: Filters) -> list[Row]:
    """Whose name is withheld is found by no letter of it."""
    words, fits = fold(filters.words), SHOWN[filters.show][1]
    return [
        row for row in rows
        if fits(row)
        and filters.village in ("", str(row.village_id))
        and (not words or words in row.standing.case.number or (row.named and words in row.standing.case.person.folded))
    ]  # fmt: skip
