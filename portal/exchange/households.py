"""Households of a commune's own list: each row is new, likely there already, or wrong; then all are entered at once."""

import enum
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from portal.engine import audit
from portal.engine.db import db
from portal.engine.text import mark, say
from portal.engine.vietnamese import fold
from portal.exchange.own_list import Row, Sheet, Told
from portal.households.actions import HouseholdFacts, change_household, enter_households
from portal.households.forms import NewHouseholdForm
from portal.households.models import Household
from portal.organisation.models import Unit, line_of
from portal.organisation.queries import villages

NUMBER = re.compile(r"HH-[A-Z0-9]{1,12}-[0-9]{4,6}")
BARE_NUMBER = re.compile(r"[0-9]{1,5}")
_KINDS = ("thon ", "lang ", "ban ", "to dan pho ", "khu dan cu ", "khu pho ", "khoi pho ")  # in front of a village


class State(enum.StrEnum):
    """What a row is."""

    NEW = "new"
    DOUBLE = "double"
    WRONG = "wrong"


@dataclass(frozen=True)
class Chosen:
    """Where things stand in the list: its heading, and by name the places of the columns that are taken.

    *village_id* and *since* hold for rows that do not say it themselves.
    """

    heading: int
    columns: Mapping[str, int]
    village_id: int | None = None
    since: str = ""


@dataclass(frozen=True)
class Problem:
    """What is wrong in a row: in which field, what stands there, what would be right."""

    name: str
    value: str
    message: str


@dataclass
class Judged:
    """A row of the list. *twin* is the household that it likely repeats, with so many *twin_people* as it was looked
    at; *twin_row* a row above that says the same."""

    number: int
    typed: Mapping[str, str]
    state: State = State.NEW
    problems: list[Problem] = field(default_factory=list)
    facts: HouseholdFacts | None = None
    village: Unit | None = None
    since: date | None = None
    twin: Household | None = None
    twin_people: int = 0
    twin_row: int = 0

    @property
    def told(self) -> tuple[Any, ...]:
        """What a decision about the row rests on."""
        return self.number, self.state, self.twin.id if self.twin else 0, self.twin_people, self.twin_row

    @property
    def counts_otherwise(self) -> bool:
        """Whether it alone says another number of people than the household that it repeats."""
        known = self.facts is not None and self.twin is not None and not self.twin_row
        return known and self.facts is not None and self.facts.people != self.twin_people


def changes_of(commune_id: int) -> Sequence[int]:
    """Other numbers once anything is changed of what rows are judged against, the households and the villages of a
    commune: a change makes the version of its record one more, and no record is ever deleted."""
    of = (select(func.sum(kind.version)).where(kind.commune_id.in_(line_of(commune_id))) for kind in (Household, Unit))
    return [int(db.session.scalar(asked) or 0) for asked in of]


class Register:
    """What the commune has: its villages by what people call them, its households by name and by number."""

    def __init__(self, commune_id: int) -> None:
        self.villages = villages(commune_id)
        self.called: dict[str, set[int]] = {}
        for village in self.villages:
            for name in _names_of(village):
                self.called.setdefault(name, set()).add(village.id)
        self.by_id = {village.id: village for village in self.villages}
        self.by_name: dict[tuple[int, str], Household] = {}
        self.by_number: dict[str, Household] = {}
        here = select(Household).where(Household.commune_id.in_(line_of(commune_id))).order_by(Household.id.desc())
        heirs: dict[int, Any] = {row[0]: row[1] for row in db.session.execute(select(Unit.id, Unit.heir_id))}
        for one in db.session.scalars(here):
            self.by_number[one.number] = one  # also of one that was struck out: its number is given
            if one.voided_at is None:
                self.by_name[heirs.get(one.village_id, one.village_id), fold(one.head)] = one

    def village(self, typed: str) -> Unit | str:
        """The village that is meant, or why none is."""
        found = self.called.get(_bare(fold(typed)), self.called.get(fold(typed), set()))
        if len(found) > 1:
            return mark("Several villages are called so. Please write the code.")
        if not found:
            return mark("The commune has no village of this name or code.")
        return self.by_id[next(iter(found))]


def _names_of(village: Unit) -> Iterable[str]:
    code = fold(village.code)
    return {code, code.rpartition("-")[2], fold(village.name), _bare(fold(village.name))}


def _bare(name: str) -> str:
    return next((name.removeprefix(kind) for kind in _KINDS if name.startswith(kind)), name)


class Judge:
    """Looks at the rows of a list one after the other. Nothing is written."""

    def __init__(self, sheet: Sheet, chosen: Chosen, commune_id: int) -> None:
        self.sheet, self.chosen, self.register = sheet, chosen, Register(commune_id)
        self.seen_names: dict[tuple[int, str], int] = {}
        self.seen_numbers: dict[str, int] = {}
        self.form = NewHouseholdForm(formdata=None, meta={"csrf": False})
        self.form.village_id.choices = [(str(one.id), one.title) for one in self.register.villages]

    def rows(self) -> list[Judged]:
        return [self._row(row) for row in self.sheet.below(self.chosen.heading) if self._says_something(row)]

    def _says_something(self, row: Row) -> bool:
        return any(told.text or told.wrong for told in self._cells(row).values())

    def _cells(self, row: Row) -> dict[str, Told]:
        _number, cells = row
        return {name: cells[place] if place < len(cells) else Told("") for name, place in self.chosen.columns.items()}

    def _row(self, row: Row) -> Judged:
        cells = self._cells(row)
        judged = Judged(row[0], {name: told.text for name, told in cells.items()})
        if merged := self.sheet.merged_in(row[0]):
            told = say(mark("Cells are merged here: %(cells)s. Please unmerge them, one value a cell."), cells=merged)
            judged.problems.append(Problem("", "", told))
        judged.problems += [Problem(name, told.text, say(told.wrong)) for name, told in cells.items() if told.wrong]
        village = self._village(judged)
        self._take(judged, village)
        number = self._number(judged, village)
        if judged.problems:
            judged.state = State.WRONG
        elif village is not None and judged.facts is not None:
            self._look_for_twin(judged, village, judged.facts, number)
        return judged

    def _village(self, judged: Judged) -> Unit | None:
        typed = judged.typed.get("village", "")
        if not typed and self.chosen.village_id:
            return self.register.by_id.get(self.chosen.village_id)
        found = self.register.village(typed) if typed else None
        if isinstance(found, str):
            judged.problems.append(Problem("village", typed, say(found)))
            return None
        return found

    def _take(self, judged: Judged, village: Unit | None) -> None:
        """Read the row by the fields of the page on which a household is entered."""
        typed, form = judged.typed, self.form
        since = typed.get("since") or self.chosen.since
        form.process(formdata=MultiDict({
            "head": typed.get("head", ""), "people": typed.get("people", ""), "since": since,
            "village_id": str(village.id) if village else "",
        }))  # fmt: skip
        form.validate()
        known = {one.name for one in judged.problems}
        names = {"head": "head", "people": "people", "village_id": "village", "since": "since"}
        for name, column in names.items():
            if form[name].errors and column not in known:
                judged.problems.append(Problem(column, typed.get(column, ""), str(form[name].errors[0])))
        judged.village, judged.since = village, form.since.data
        judged.facts = HouseholdFacts(form.head.data or "", form.people.data or 0)

    def _number(self, judged: Judged, village: Unit | None) -> str:
        """The number as the register writes it: HH-NHA-0012, of which a list may say 12 alone."""
        typed = judged.typed.get("number", "").upper()
        if not typed or village is None:
            return ""
        if BARE_NUMBER.fullmatch(typed) and int(typed):
            return f"HH-{village.code.rpartition('-')[2]}-{int(typed):04d}"
        if NUMBER.fullmatch(typed):
            return typed
        told = mark("A number of a household looks like %(sample)s, or is 12 alone. Choose no column to get new ones.")
        judged.problems.append(Problem("number", typed, say(told, sample="HH-NHA-0012")))
        return ""

    def _look_for_twin(self, judged: Judged, village: Unit, facts: HouseholdFacts, number: str) -> None:
        name = (int(village.heir_id or village.id), fold(facts.head))
        judged.twin = self.register.by_number.get(number) or self.register.by_name.get(name)
        judged.twin_people = judged.twin.people if judged.twin else 0
        judged.twin_row = self.seen_numbers.get(number, 0) or self.seen_names.get(name, 0)
        taken = number in self.register.by_number or number in self.seen_numbers
        if number and not taken:
            walk = int(number.rpartition("-")[2])
            judged.facts = HouseholdFacts(facts.head, facts.people, walk, number)
            self.seen_numbers[number] = judged.number
        self.seen_names.setdefault(name, judged.number)
        if judged.twin or judged.twin_row:
            judged.state = State.DOUBLE


def take_people(rows: Sequence[Judged]) -> int:
    """Let the households that rows repeat have as many people as the rows say."""
    for one in rows:
        if one.twin is not None and one.facts is not None:
            household = db.session.get_one(Household, one.twin.id)
            change_household(household, HouseholdFacts(household.head, one.facts.people))
    return len(rows)


def enter(rows: Sequence[Judged], commune_id: int) -> int:
    """Enter rows that were judged, in one deed: village by village, those with a number of their own first."""
    groups: dict[tuple[int, date, bool], list[Judged]] = {}
    for one in rows:
        if one.village is not None and one.since is not None and one.facts is not None:
            groups.setdefault((one.village.id, one.since, not one.facts.number), []).append(one)
    for (village_id, since, _numbered), group in sorted(
        groups.items(), key=lambda pair: (pair[0][2], pair[1][0].number)
    ):
        village = db.session.get_one(Unit, village_id)
        enter_households(village, commune_id, [one.facts for one in group if one.facts], since)
    audit.note("import", None, kind="workbook", rows=len(rows), sheets=f"households {len(rows)}")
    return len(rows)
