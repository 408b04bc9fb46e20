"""Plain rows put into the database as they are, past every action, in a transaction that is rolled back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import insert, select

from portal.engine import clock
from portal.engine.db import db
from portal.engine.indicators import Indicator
from portal.organisation.models import Unit
from portal.people.models import Person
from tests.builders import FOUNDED, Commune

FIRST_ID = 9000
# Few days, all of them ends of months, years and periods, so that they meet often.
DAYS = [
    date(2023, 1, 1), date(2023, 2, 28), date(2023, 8, 31), date(2023, 9, 1), date(2023, 12, 14), date(2023, 12, 15),
    date(2024, 1, 1), date(2024, 2, 29), date(2024, 8, 31), date(2024, 9, 1), date(2024, 12, 14),
]  # fmt: skip
AUGUST = (date(2024, 1, 1), date(2024, 8, 31))
PEOPLE = 5

days = st.sampled_from(DAYS)
perhaps = st.none() | days
periods = st.just(AUGUST) | st.tuples(days, days).map(sorted)
rarely = st.sampled_from([False] * 4 + [True])
where = st.sampled_from(["here"] * 5 + ["taken over", "elsewhere"])
identities = st.lists(st.integers(0, PEOPLE - 1), min_size=PEOPLE, max_size=PEOPLE)  # of each record, who it is


def some(rows: st.SearchStrategy[Any], most: int = 8) -> st.SearchStrategy[list[Any]]:
    """Seldom few, so that a commune holds what only counts together."""
    return st.lists(rows, min_size=most // 2, max_size=most)


def words(of: Iterable[Any]) -> st.SearchStrategy[str]:
    return st.sampled_from([str(one) for one in of])


def often(first: Iterable[str], of: Iterable[Any]) -> st.SearchStrategy[str]:
    """Words of a catalogue, those on which figures hang more often than the others."""
    return st.sampled_from([*first] * 3 + [str(one) for one in of])


@dataclass
class Places:
    """The commune whose figures are asked for, one that it took over, and its neighbour."""

    commune: Commune
    neighbour: Commune

    def __post_init__(self) -> None:
        self.ids = dict(db.session.execute(select(Unit.code, Unit.id)).all())
        self.user_id = self.commune.officer.id
        self.codes = {"here": self.commune.unit.code, "elsewhere": self.neighbour.unit.code, "taken over": "OLD"}

    def take_over(self) -> None:
        """Put in a commune of before, with its committee, its police and two villages."""
        old = FIRST_ID + 1000
        given = {"folded": "", "valid_from": FOUNDED, "valid_to": None}
        here = {"successor_id": self.commune.id, "heir_id": self.commune.id}
        put(Unit, [{"id": old, "code": "OLD", "name": "xã Cũ", "kind": "commune", **given, **here}])
        self.ids["OLD"] = old
        for number, (code, kind) in enumerate(
            (("CA", "police"), ("UB", "committee"), ("BPH", "village"), ("NHA", "village")), start=old + 1
        ):
            self.ids[f"OLD-{code}"] = number
            row = {"id": number, "code": f"OLD-{code}", "name": code, "kind": kind, "commune_id": old, **given}
            put(Unit, [row])

    def at(self, where: str, code: str = "") -> int:
        """The id of a commune, or of one of its units."""
        return int(self.ids[f"{self.codes[where]}-{code}" if code else self.codes[where]])

    def people(self, same: list[int], struck: Iterable[int] = ()) -> None:
        """Records of people, some of them one and the same, all of one name."""
        put(Person, [
            {"id": FIRST_ID + number, "commune_id": self.commune.id, "full_name": "A Mlôn", "identity": f"one {who}",
             "voided_at": clock.now() if number in struck else None}
            for number, who in enumerate(same)
        ])  # fmt: skip

    def kept(self, place: int, one: Any, /, **columns: Any) -> dict[str, Any]:
        """What every record has."""
        told = {"id": FIRST_ID + place, "commune_id": self.at(getattr(one, "where", "here")), **columns}
        return {**told, "voided_at": clock.now() if one.voided else None}

    def entry(self, place: int, one: Any, /, **columns: Any) -> dict[str, Any]:
        """What every entry of a book has."""
        return self.kept(place, one, number=f"T-{place}", **columns)


def put(record: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(insert(record.__table__), rows)


def lines(entries: Iterable[Any], of: str) -> list[tuple[int, Any]]:
    """The lines of entries, each with the number of its entry."""
    return [(FIRST_ID + number, line) for number, one in enumerate(entries) for line in getattr(one, of)]


def day_before(day: date | None) -> date | None:
    return day - timedelta(days=1) if day else None


@dataclass(frozen=True, repr=False)
class Room:
    """What may be in a room, how it is put into the database, and its figures by hand.

    *each* is a told commune in which no figure of 2024 is nought.
    """

    name: str
    indicators: tuple[Indicator, ...]
    told: st.SearchStrategy[Any]
    put: Callable[[Places, Any], None]
    figures: Callable[[Any, date, date], dict[str, Any]]
    each: Any

    def __repr__(self) -> str:
        return self.name
