"""Who looked at a case: each look with who, as whom, when and at what; and how often each person did."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func

from portal.cases import queries
from portal.cases.models import Case
from portal.engine import clock
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.text import _, _l
from portal.organisation.models import ROLE_NAMES, Role, Unit, User
from portal.organisation.queries import users_named

SHOWN = 100  # looks on a page

DEEDS = {
    "look": _l("Looked at %(what)s"),
    "reveal": _l("Had masked numbers of %(what)s shown, with a reason"),
    "refused": _l("Was refused a page of %(what)s"),
    "download": _l("Downloaded %(what)s"),
    "print": _l("Printed %(what)s"),
    "export": _l("Took along the file of %(what)s"),
}
THINGS = {
    "case": _l("the case"),
    "person": _l("the person"),
    "attachment": _l("an attached file"),
    "proposal": _l("a proposal"),
    "assignment": _l("an assignment"),
    "check_in": _l("a self-report"),
    "assessment": _l("an assessment"),
    "violation": _l("a violation"),
    "measure": _l("help given"),
    "roll_call": _l("a roll-call"),
    "contact": _l("a visit or call"),
    "person_request": _l("what the person asked of their data"),
    "legal_hold": _l("a legal hold"),
}


@dataclass(frozen=True)
class Look:
    at: datetime
    who: str
    as_whom: str
    what: str


@dataclass(frozen=True)
class Looker:
    """A person, with how often they looked and when last."""

    who: str
    times: int
    last_at: datetime


@dataclass(frozen=True)
class Office:
    """How often an office looked, from which day to which."""

    office: str
    times: int
    first: date
    last: date


@dataclass(frozen=True)
class Lookers:
    """One page of looks and refusals, the latest first, and everybody who looked at all."""

    people: Sequence[Looker]
    offices: Sequence[Office]
    looks: Sequence[Look]
    total: int
    page: int

    @property
    def seen(self) -> int:
        """How many looks are counted; those who were refused saw nothing."""
        return sum(one.times for one in self.people)

    @property
    def first(self) -> int:
        return min(self.total, (self.page - 1) * SHOWN + 1)

    @property
    def last(self) -> int:
        return min(self.total, self.page * SHOWN)


def lookers(case: Case, page: int) -> Lookers:
    """Count people over all looks, and list one page of them."""
    total = how_many(case)
    page = min(max(1, page), max(1, -(-total // SHOWN)))
    looks = of_looks(case, SHOWN, (page - 1) * SHOWN)
    return Lookers(people_who_looked(case), by_office(queries.seen_at(case)), looks, total, page)


def how_many(case: Case) -> int:
    """Looks and refusals."""
    asked = queries.looks_at(case).with_only_columns(func.count(AuditEvent.sequence)).order_by(None)
    return db.session.scalar(asked) or 0


def by_office(seen: Select[AuditEvent]) -> list[Office]:
    """By office and unit, the most frequent first."""
    times: Counter[tuple[str, int | None]] = Counter()
    days: dict[tuple[str, int | None], list[date]] = {}
    for event in db.session.scalars(seen):
        office = (event.role, event.unit_id)
        times[office] += 1
        days.setdefault(office, []).append(clock.day_of(event.at))
    units = queries.units_by_id({unit for _role, unit in times})
    return [
        Office(_called(role, units.get(unit or 0)), count, min(days[role, unit]), max(days[role, unit]))
        for (role, unit), count in times.most_common()
    ]


def _called(role: str, unit: Unit | None) -> str:
    name = str(ROLE_NAMES[Role(role)]) if role in set(Role) else _("The portal")
    return f"{name}, {unit.name}" if unit else name


def people_who_looked(case: Case) -> list[Looker]:
    """Everybody who looked, most often first."""
    counted = queries.looks_by_person(case)
    users = users_named({row.user_id for row in counted})
    return [Looker(_name(users, row.user_id), row.looks, row.last_at) for row in counted]


def of_looks(case: Case, most: int, after: int = 0) -> list[Look]:
    """So many looks, the latest first."""
    events = db.session.scalars(queries.looks_at(case).limit(most).offset(after)).all()
    users = users_named({one for event in events for one in (event.user_id, event.on_behalf_of_id)})
    units = queries.units_by_id({event.unit_id for event in events})
    return [_look(event, users, units) for event in events]


def _look(event: AuditEvent, users: dict[int, User], units: dict[int, Unit]) -> Look:
    return Look(event.at, _name(users, event.user_id), _as_whom(event, users, units), what(event))


def _name(users: dict[int, User], id: int | None) -> str:
    return users[id].full_name if id in users else _("The portal")


def _as_whom(event: AuditEvent, users: dict[int, User], units: dict[int, Unit]) -> str:
    role: Any = ROLE_NAMES.get(event.role, event.role)  # type: ignore[call-overload]
    unit = units[event.unit_id].name if event.unit_id in units else ""
    if event.on_behalf_of_id in users:
        other = users[event.on_behalf_of_id].full_name
        return _("%(role)s, %(unit)s, on behalf of %(name)s", role=role, unit=unit, name=other)
    return _("%(role)s, %(unit)s", role=role, unit=unit) if unit else str(role)


def what(event: AuditEvent) -> str:
    """What was done, in words."""
    thing = str(THINGS.get(event.record_type, THINGS["case"]))
    return str(DEEDS[event.action]) % {"what": thing}
