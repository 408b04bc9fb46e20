"""How a room says which duties follow from its facts."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, false

from portal.engine.db import Kept
from portal.organisation.models import ANSWERS_FOR, Role, Unit

Tell = Callable[[Collection[int]], Mapping[int, str]]  # a line about records of a kind, by their ids


@dataclass(frozen=True)
class Wanted:
    """A duty that the facts ask for. *done_on* is the day on which they say that it was done.

    It is owed by *owner_id* or, where nobody is named, by whoever holds *owner_role*: in *owner_unit_id*, if a force
    owes it, else in the commune.
    *on_call*: while somebody is on call for that force, it is theirs. *due_at* is the moment, where hours count.
    *stays_late*: once it is past its day, these facts do not move that day on.
    """

    rule: str
    key: str
    due_on: date
    owner_role: str
    owner_id: int | None = None
    owner_unit_id: int | None = None
    on_call: bool = False
    due_at: datetime | None = None
    opens_on: date | None = None
    alert_on: date | None = None
    source: str = ""
    confirmed: bool = True
    is_right: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)
    done_on: date | None = None
    done_by_id: int | None = None
    stays_late: bool = False


def of_force(unit: Unit, rule: str, key: str, due_on: date, **more: Any) -> Wanted:
    """What a force owes: whoever answers for it; the chair, where no role in it does."""
    role = ANSWERS_FOR.get(unit.kind)
    if role is None:
        return Wanted(rule, key, due_on, Role.COMMUNE_LEADER, **more)
    return Wanted(rule, key, due_on, role, owner_unit_id=unit.id, **more)


@dataclass(frozen=True)
class DutyRule:
    """A kind of duty, for the page that lists them all.

    *sentence* tells an open duty, *late* one that is past its day, if it reads otherwise then. *verb* clears it at
    *endpoint*, which takes the subject's id. *ladder* says to whom it climbs, and after how many whole days past its
    day: 3 means from the fourth day on, -8 from seven days before. *beside* tells more of its subjects, by their ids.
    *monthly*: the page asks for the month that the key names. *law* names the rules of law that it follows; a duty
    without any is the portal's own. A *decision* is what somebody else waits for: Home puts it first. *told*: where its
    clock runs in hours, a notice of the room tells so.
    """

    id: str
    label: Any
    sentence: Any
    verb: Any
    endpoint: str
    owner: str
    ladder: tuple[tuple[str, int], ...] = ()
    by_hand: bool = False
    monthly: bool = False
    law: tuple[str, ...] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)
    decision: bool = False
    late: Any = ""
    beside: Tell | None = None
    told: bool = False


@dataclass(frozen=True)
class Source:
    """A record type whose facts make duties.

    *also*: further record types whose change may alter those duties, each with the records of this one concerned.
    *also_many*: the same of types of which one deed changes hundreds: it is given all that were changed at once.
    *goes_on*: the records of a commune of which a new day alone may ask for something new, as a condition.
    *called*: what Home calls a record, for those who may read it, where a sentence names its number.
    """

    record: type[Kept]
    rules: tuple[DutyRule, ...]
    wanted: Callable[[Any], Iterable[Wanted]]
    also: tuple[tuple[type[Kept], Callable[[Any], Iterable[Kept]]], ...] = ()
    also_many: tuple[tuple[type[Kept], Callable[[Sequence[Any]], Iterable[Kept]]], ...] = ()
    goes_on: Callable[[int], ColumnElement[bool]] = lambda _commune_id: false()
    called: Callable[[Any], str] | None = None

    def rule(self, id: str) -> DutyRule | None:
        return next((rule for rule in self.rules if rule.id == id), None)


def climbing(rule: DutyRule, due_on: date) -> list[tuple[str, date]]:
    """To whom a duty climbs, and from which day on it stands before them."""
    return [(role, due_on + timedelta(days=days + 1)) for role, days in rule.ladder]
