"""The calendar of whoever reads it: a list of what is near, or a month by its days; one's own, or the unit's."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import Select, and_, case, func, select

from portal.duties import presenter, queries
from portal.duties.models import Duty
from portal.duties.presenter import Row
from portal.engine import clock
from portal.engine.access import Actor, reach
from portal.engine.days_off import is_day_off, is_unknown
from portal.engine.db import db
from portal.engine.presentation import day
from portal.engine.text import _, ngettext
from portal.law.days import last_of_month, next_month

DAYS_OF_WEEK = 7
MOST_NAMED = 3  # kinds of duties that a day of the month names


@dataclass(frozen=True)
class Asked:
    """What the address asks for: *month* is none for the list of what is near; *unit*: of the whole unit."""

    month: date | None
    on: date | None
    unit: bool

    def url(self, **changed: Any) -> str:
        """The address of the same with something else."""
        wanted = {"month": self.month, "on": self.on, "unit": self.unit, **changed}
        month, on = wanted["month"], wanted["on"]
        return url_for(
            "duties.calendar", month=f"{month:%Y-%m}" if month else None, day=on.isoformat() if on else None,
            whose="unit" if wanted["unit"] else None,
        )  # fmt: skip

    def day_to_show(self) -> date | None:
        """The day of the month to which the list under it is narrowed."""
        inside = self.month is not None and self.on is not None and self.on.replace(day=1) == self.month
        return self.on if inside else None


@dataclass(frozen=True)
class Line:
    """Duties of one kind on one day."""

    shape: str
    word: str
    label: str
    count: int


@dataclass(frozen=True)
class Cell:
    """A day of the month, with what is owed on it."""

    on: date
    outside: bool  # of the month before or after
    is_today: bool
    is_off: bool
    in_doubt: bool  # whether it is off is not known yet
    chosen: bool
    lines: Sequence[Line] = ()
    more: int = 0
    open: int = 0
    done: int = 0
    url: str = ""

    @property
    def told(self) -> str:
        """What is read out for it."""
        words = [day(self.on)]
        if self.open:
            words.append(ngettext("%(num)s open", "%(num)s open", self.open))
        if self.done:
            words.append(ngettext("%(num)s done", "%(num)s done", self.done))
        return ", ".join(words)


def within_reach(user: Actor, asked: Asked) -> Select[Any]:
    """The duties that the reader sees: their own with what has climbed to them, or all of the unit."""
    return reach(user, "oversee" if asked.unit else "read", Duty)


def chips(asked: Asked, *, oversees: bool) -> list[Mapping[str, Any]]:
    """The two ways to look at it and, for whoever oversees the unit, whose it is."""
    this_month = asked.month or clock.today().replace(day=1)
    found: list[Mapping[str, Any]] = [
        {"label": _("List"), "url": asked.url(month=None, on=None), "current": asked.month is None},
        {"label": _("Month"), "url": asked.url(month=this_month), "current": asked.month is not None},
    ]
    if oversees:
        found += [
            {"label": _("Mine"), "url": asked.url(unit=False), "current": not asked.unit},
            {"label": _("Whole unit"), "url": asked.url(unit=True), "current": asked.unit},
        ]
    return found


# ── the list ────────────────────────────────────────────────────────────────────────────────────────────────────────
def near(user: Actor, asked: Asked) -> tuple[dict[str, list[Row]], tuple[int, int] | None]:
    """What is overdue and which rights have opened, then what is owed until the end of the next month, by month; and,
    where there is more than a page holds, how many are shown of how many."""
    last = last_of_month(next_month(clock.today()))
    if asked.unit:
        found = within_reach(user, asked).where(queries.still_open(), queries.near(last))
        ordered = found.options(*queries.loaded()).order_by(Duty.due_on, Duty.id).limit(presenter.MOST)
        shown = presenter.rows(user, db.session.scalars(ordered).unique())
        cut = _cut(shown, found)
    else:
        shown = presenter.rows(user, queries.open_until(user, last, presenter.MOST))
        many = len(shown) == presenter.MOST
        cut = (len(shown), sum(queries.tally(user, last).values())) if many else None
    return {head: rows for head, rows in _by_head(shown).items() if rows}, cut


def _by_head(rows: Iterable[Row]) -> dict[str, list[Row]]:
    heads: dict[str, list[Row]] = {_("Overdue"): [], _("Rights coming due"): []}
    for row in rows:
        month = _("Month %(month)s", month=f"{row.duty.due_on:%m/%Y}")
        behind = _("Rights coming due") if row.when == "right" else _("Overdue")
        heads.setdefault(behind if row.duty.days_left < 0 else month, []).append(row)
    return heads


# ── the month ───────────────────────────────────────────────────────────────────────────────────────────────────────
def weeks(user: Actor, asked: Asked, month: date) -> list[list[Cell]]:
    """The days of a month in whole weeks, from Monday on."""
    first, last = month - timedelta(days=month.weekday()), last_of_month(month)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    days += [days[-1] + timedelta(days=number + 1) for number in range(-len(days) % DAYS_OF_WEEK)]
    counted = _counted(user, asked, month, last)
    commune_id = user.acting.commune_id if user.acting else None
    cells = [_cell(on, asked, month, counted.get(on, ()), commune_id) for on in days]
    return [cells[at : at + DAYS_OF_WEEK] for at in range(0, len(cells), DAYS_OF_WEEK)]


Counted = tuple[str, bool, bool, int]  # rule, whether it is a right, whether it is done, how many


def _counted(user: Actor, asked: Asked, first: date, last: date) -> Mapping[date, Sequence[Counted]]:
    """What stands on each day, done or open, by rules: one question."""
    ids = _of_month(user, asked, first, last).with_only_columns(Duty.id)
    done = case((Duty.done_on.is_not(None), 1), else_=0).label("done")
    of = Duty.due_on, Duty.rule, Duty.is_right, done
    found = select(*of, func.count()).where(Duty.id.in_(ids)).group_by(*of).order_by(Duty.due_on, Duty.rule)
    days: dict[date, list[Counted]] = defaultdict(list)
    for on, rule, is_right, is_done, count in db.session.execute(found):
        days[on].append((rule, is_right, bool(is_done), int(count)))
    return days


def _of_month(user: Actor, asked: Asked, first: date, last: date) -> Select[Any]:
    standing = and_(Duty.dropped_on.is_(None), Duty.voided_at.is_(None))
    return within_reach(user, asked).where(standing, Duty.due_on.between(first, last))


def _cell(on: date, asked: Asked, month: date, counted: Sequence[Counted], commune_id: int | None) -> Cell:
    known = presenter.rules()
    lines = [_line(on, str(known[rule].label), count, is_right=is_right)
             for rule, is_right, done, count in counted if not done and rule in known]  # fmt: skip
    return Cell(
        on=on, outside=on.month != month.month, is_today=on == clock.today(), is_off=is_day_off(on, commune_id),
        in_doubt=is_unknown(on, commune_id),
        chosen=on == asked.day_to_show(), lines=lines[:MOST_NAMED], more=sum(one.count for one in lines[MOST_NAMED:]),
        open=sum(one.count for one in lines), done=sum(count for _rule, _right, done, count in counted if done),
        url=asked.url(on=on) if lines else "",
    )  # fmt: skip


def _line(on: date, label: str, count: int, *, is_right: bool) -> Line:
    today = clock.today()
    shape = "right" if is_right else "overdue" if on < today else "soon" if on == today else "todo"
    words = {"right": _("a right opens"), "overdue": _("past its day"), "soon": _("due today"), "todo": _("to come")}
    return Line(shape, words[shape], label, count)


def of_month(user: Actor, asked: Asked, month: date) -> tuple[dict[date, list[Row]], tuple[int, int] | None]:
    """The open duties of a month, or of one of its days, by day; and how many are shown of how many, where not all."""
    on = asked.day_to_show()
    found = _of_month(user, asked, on or month, on or last_of_month(month)).where(queries.still_open())
    ordered = found.options(*queries.loaded()).order_by(Duty.due_on, Duty.id).limit(presenter.MOST)
    shown = presenter.rows(user, db.session.scalars(ordered).unique())
    days: dict[date, list[Row]] = defaultdict(list)
    for row in shown:
        days[row.duty.due_on].append(row)
    return days, _cut(shown, found)


def _cut(shown: Sequence[Row], found: Select[Any]) -> tuple[int, int] | None:
    """How many are shown of how many, where that is not all."""
    return (len(shown), queries.how_many(found)) if len(shown) == presenter.MOST else None
