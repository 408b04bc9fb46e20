"""The chief's board as a page: a row for each pair of hands, each number with the list that it counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import url_for
from sqlalchemy import Select

from portal.cases.models import CASE_TYPE_NAMES, OWNERS
from portal.cases.presenters.listing import SHORT_NAMES as SHORT_TYPES
from portal.cases.presenters.listing import WHOSE
from portal.cases.queries import CHIEF, NOBODY
from portal.engine.text import _, _l
from portal.engine.vietnamese import sort_key
from portal.workload import queries
from portal.workload.queries import Hands

WHEN_NAMES = {
    "overdue": _l("Past its day"),
    "today": _l("Due today"),
    "week": _l("Due within a week"),
    "all": _l("All that is open"),
}
SHORT_NAMES = {"overdue": _l("Overdue"), "today": _l("Today"), "week": _l("This week")}  # over a column
UNSENT_NAMES = {"draft": _l("Drafts"), "returned": _l("Returned")}


@dataclass(frozen=True)
class Number:
    """How many, of what, and the list of just these."""

    label: Any
    count: int
    url: str


@dataclass
class Row:
    """What one pair of hands holds."""

    who: str
    name: Any
    title: str
    cases: Counter[str] = field(default_factory=Counter)
    closing: int = 0
    duties: Counter[str] = field(default_factory=Counter)
    proposals: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> Number:
        return Number("", sum(self.cases.values()), url_for("cases.index", officer=self.who))

    @property
    def by_type(self) -> list[Number]:
        """Running cases by type, in the order of the types; those of which there are none are left out."""
        return [
            Number(SHORT_TYPES.get(kind, label), self.cases[kind], self._cases(show=kind.value))
            for kind, label in CASE_TYPE_NAMES.items() if self.cases[kind]
        ]  # fmt: skip

    @property
    def being_closed(self) -> Number:
        return Number("", self.closing, self._cases(show="closing"))

    def due(self, when: str) -> Number:
        return Number("", self.duties[when], url_for("workload.duties", who=self.who, when=when))

    def unsent(self, state: str) -> Number:
        return Number("", self.proposals[state], url_for("proposals.index", show=state, author=self.who))

    @property
    def give_url(self) -> str:
        """Where its cases are given to somebody else, if it has any."""
        return url_for("cases.reassign", officer=self.who) if self.total.count else ""

    @property
    def hand_over_url(self) -> str:
        """Where an officer's whole work is handed over."""
        return url_for("workload.hand_over", id=int(self.who)) if self.who.isdigit() else ""

    @property
    def empty(self) -> bool:
        return not (self.total.count or self.duties.total() or self.proposals.total())

    def _cases(self, **chosen: Any) -> str:
        return url_for("cases.index", officer=self.who, **chosen)


@dataclass(frozen=True)
class Board:
    """All rows, the officers by name, then the chief and nobody in office."""

    rows: Sequence[Row]

    @property
    def running(self) -> int:
        return sum(row.total.count for row in self.rows)

    @property
    def overdue(self) -> int:
        return sum(row.duties["overdue"] for row in self.rows)


def board(hands: Hands, cases: Select[Any], duties: Select[Any], proposals: Select[Any]) -> Board:
    """Count *cases* that run, *duties* that press and *proposals* that were not sent, all of them within the reader's
    reach. Whoever holds nothing stands there as well. So does whoever left, until what they hold is handed over; nobody
    in office only where something names nobody."""
    rows = {str(one.id): Row(str(one.id), one.full_name, one.title) for one in hands.officers}
    last = {who: Row(who, WHOSE[who], "") for who in (CHIEF, NOBODY)}
    left: dict[str, Row] = {}

    def row_of(owner_id: int | None, role: str = queries.OFFICER) -> Row:
        who = hands.of(owner_id, role)
        if who == NOBODY and owner_id is not None:
            return left.setdefault(str(owner_id), Row(str(owner_id), "", _("no longer in service")))
        return rows.get(who) or last[who]

    for owner_id, kind, state, count in queries.cases_by_hand(cases):
        row = row_of(owner_id)
        row.cases[kind] += count
        row.closing += count if state == "closing" else 0
    for author_id, state, count in queries.proposals_by_hand(proposals):
        row_of(author_id).proposals[state] += count
    for owner_id, role, when, count in queries.duties_by_hand(duties):
        if hands.of(owner_id, role) != NOBODY or role in OWNERS:
            row_of(owner_id, role).duties[when] += count
    names = queries.names_of(map(int, left))
    gone = [replace(row, name=names[int(who)]) for who, row in left.items()]
    shown = [row for row in last.values() if row.who != NOBODY or not row.empty]
    return Board([*rows.values(), *sorted(gone, key=lambda row: sort_key(row.name)), *shown])


def name_of(hands: Hands, who: str) -> str:
    """Whose list it is; nothing for hands that there are not."""
    officers = {str(one.id): one.full_name for one in hands.officers}
    return officers.get(who, str(WHOSE.get(who, "")))
