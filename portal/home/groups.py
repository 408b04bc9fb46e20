"""The lists of Home: what waits for a decision, what is overdue, due today, this week, and the rights that open.

A phone shows the few rows that matter most and folds the rest, so that the open Home stays within two screens.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.duties.presenter import Row
from portal.engine.text import _l

UNFOLDED = 3  # rows that a phone shows of what presses, over all groups; one more where of one's own only decisions do
UNFOLDED_LATER = 3  # rows of a group that does not press; a longer one is folded on a phone
ON_A_DESK = 8  # of a longer group even a desk folds the rest
DUE = ("overdue", "today")
CLOCK = "clock"
PRESSING, LATER = ("decide", *DUE), ("week", "rights", "ahead")
TITLES: dict[str, Any] = {
    CLOCK: _l("The clock runs in hours"),
    "decide": _l("Waiting for your decision"),
    "overdue": _l("Overdue"),
    "today": _l("Today"),
    "week": _l("This week"),
    "rights": _l("Rights coming due"),
    "ahead": _l("Further ahead"),
}


@dataclass(frozen=True)
class Group:
    """One headed list: *first* stands open, *rest* is folded on a phone."""

    id: str
    title: Any
    first: Sequence[Row]
    rest: Sequence[Row] = ()
    folded: bool = False  # on a phone, as a whole
    due: bool = False  # it stands before the day of today

    @property
    def count(self) -> int:
        return len(self.first) + len(self.rest)

    @property
    def long(self) -> bool:
        return self.count > ON_A_DESK


def groups(rows: Iterable[Row], above: int = 0) -> list[Group]:
    """Put the rows into their groups; empty ones are left out. Decisions stand first only where one of them is due.

    What is due by a clock of hours stands before all of it: no list of what is long overdue hides it.

    *above* counts what stands over the lists and presses as well, such as an outing of today.
    """
    found: dict[str, list[Row]] = {name: [] for name in TITLES}
    for row in rows:
        found[_group_of(row)].append(row)
    found["overdue"].sort(key=lambda row: not row.mine)  # own ones first; those that climbed up stand in someone's list
    due = any(row.when in DUE for row in found["decide"])
    pressing = [name for name in (CLOCK, *(PRESSING if due else (*DUE, "decide"))) if found[name]]
    others = any(row.mine for name in pressing if name != "decide" for row in found[name])
    left, made = UNFOLDED - above + (bool(found["decide"]) and not others), []
    for number, name in enumerate(pressing, start=1):
        shown = max(1, min(len(found[name]), left - (len(pressing) - number)))
        if name == "decide" and not due and shown > left:
            made.append(Group(name, TITLES[name], found[name], folded=True))
            continue
        left -= shown
        first, rest = found[name][:shown], found[name][shown:]
        made.append(
            Group(name, TITLES[name], first, rest, due=name in ("overdue", CLOCK) or (name == "decide" and due))
        )
    return made + _later(found, left if pressing else None)


def _later(found: Mapping[str, list[Row]], left: int | None) -> list[Group]:
    """What does not press: beside what does it stands open only as far as rows are *left*; a head takes one as well."""
    made = []
    for name in (one for one in LATER if found[one]):
        folded = len(found[name]) > UNFOLDED_LATER or (left is not None and len(found[name]) >= left)
        if left is not None and not folded:
            left -= len(found[name]) + 1
        made.append(Group(name, TITLES[name], found[name], folded=folded))
    return made


def _group_of(row: Row) -> str:
    if row.by_the_hour:
        return CLOCK
    if row.decision:
        return "decide"
    return {"later": "week", "right": "rights"}.get(row.when, row.when)
