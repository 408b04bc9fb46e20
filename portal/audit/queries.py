"""The trail as somebody may read it, the names that it speaks of, and who looked at a person."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from portal.audit import words
from portal.cases.models import Case
from portal.cases.queries import SEEN
from portal.documents.models import OfficialDocument
from portal.engine import clock
from portal.engine.access import Actor, within
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.vietnamese import fold, sort_key
from portal.households.models import DoorCall, Establishment, Household, Pledge, PledgeCampaign
from portal.incidents.models import Dispute, Incident, Observation, Tip, TipBox
from portal.meetings.models import Meeting
from portal.organisation.models import CoordinationPlan, Unit, User, line_of
from portal.patrols.models import EventProtection, Landmark, Patrol
from portal.people.models import Person, number_digest

# Records that are called by a number or a name of their own.
_OF_PLEDGE, _OF_CALL = (
    func.coalesce(
        select(Household.number).where(Household.id == one.household_id).correlate(one).scalar_subquery(),
        select(Establishment.number).where(Establishment.id == one.establishment_id).correlate(one).scalar_subquery(),
    )
    for one in (Pledge, DoorCall)
)  # whoever signed, or was called on
NUMBERED: Mapping[str, tuple[Any, Any]] = {
    "meeting": (Meeting, Meeting.number),
    "household": (Household, Household.number),
    "establishment": (Establishment, Establishment.number),
    "pledge_campaign": (PledgeCampaign, PledgeCampaign.number),
    "pledge": (Pledge, _OF_PLEDGE),
    "door_call": (DoorCall, _OF_CALL),
    "patrol": (Patrol, Patrol.number),
    "observation": (Observation, Observation.number),
    "incident": (Incident, Incident.number),
    "tip": (Tip, Tip.number),
    "tip_box": (TipBox, TipBox.number),
    "dispute": (Dispute, Dispute.number),
    "landmark": (Landmark, Landmark.name),
    "event_protection": (EventProtection, EventProtection.occasion),
    "coordination_plan": (CoordinationPlan, CoordinationPlan.doc_number),
    "official_document": (OfficialDocument, OfficialDocument.number),
}


@dataclass(frozen=True)
class Filters:
    """What of the trail is asked for; None leaves it open. Days count in Viet Nam, both included."""

    user_id: int | None = None
    action: str | None = None
    kind: str | None = None
    first: date | None = None
    last: date | None = None
    number: str | None = None


@dataclass(frozen=True)
class Names:
    """Names for the ids of some events, as far as the reader may know them."""

    users: dict[int, str]
    cases: dict[int, str]
    people: dict[int, str]
    units: dict[int, str]
    others: Mapping[str, dict[int, str]] = field(default_factory=dict)

    def of(self, event: AuditEvent) -> str | None:
        """The name of what an event is about, by the record that it belongs to in the end."""
        known = {"case": self.cases, "person": self.people, "user": self.users, "unit": self.units, **self.others}
        return known.get(event.root_type, {}).get(event.root_id or 0)


def filtered(events: Select[Any], by: Filters, reader: Actor) -> Select[Any]:
    """Events that fit, newest first."""
    conditions: list[ColumnElement[bool]] = []
    if by.user_id is not None:
        conditions.append(AuditEvent.user_id == by.user_id)
    if by.action:
        conditions.append(AuditEvent.action == by.action)
    if by.kind:
        conditions.append(or_(AuditEvent.record_type == by.kind, AuditEvent.root_type == by.kind))
    if by.first:
        conditions.append(AuditEvent.at >= clock.moment(by.first, 0))
    if by.last:
        conditions.append(AuditEvent.at < clock.moment(by.last + timedelta(days=1), 0))
    if by.number:
        conditions.append(or_(*_numbered(by.number, reader)))
    return events.where(*conditions).order_by(AuditEvent.sequence.desc())


def _numbered(number: str, reader: Actor) -> Iterator[ColumnElement[bool]]:
    """Events of whatever bears a number, as far as the reader may read it, and of what belongs to it."""
    for kind, (model, column) in {"case": (Case, Case.number), **NUMBERED}.items():
        found = select(model.id).where(column == number, within(reader, "read", model))
        yield and_(AuditEvent.root_type == kind, AuditEvent.root_id.in_(found))
        yield and_(AuditEvent.record_type == kind, AuditEvent.record_id.in_(found))  # a document of a case


def colleagues_of(commune_id: int) -> Sequence[User]:
    """Everybody who has an account in the commune's line."""
    found = select(User).where(User.commune_id.in_(line_of(commune_id)))
    return sorted(db.session.scalars(found), key=lambda user: sort_key(user.full_name))


def names_for(events: Iterable[AuditEvent], reader: Actor | None) -> Names:
    """Fetch all names at once: a few queries, however many events. Without a reader (a command) nothing is left out."""
    events = list(events)
    roots: dict[str, set[int]] = {}
    for event in events:
        roots.setdefault(event.root_type, set()).add(event.root_id or 0)
    users = {one for event in events for one in (event.user_id, event.on_behalf_of_id) if one}
    users |= _ids_in(events, words.USERS)
    return Names(
        _named(User, User.full_name, users | roots.get("user", set())),
        _named(Case, Case.number, roots.get("case", set()), *_readable(reader, "read", Case)),
        _named(Person, Person.full_name, roots.get("person", set()), *_readable(reader, "read_name", Person)),
        _named(Unit, Unit.name, roots.get("unit", set()) | _ids_in(events, words.UNITS)),
        {
            kind: _named(model, name, roots[kind], *_readable(reader, "read", model))
            for kind, (model, name) in NUMBERED.items()
            if kind in roots
        },
    )


def _ids_in(events: Iterable[AuditEvent], fields: Collection[str]) -> set[int]:
    """The ids that some columns held, before or after a change."""
    values = (event.changes[field] for event in events for field in event.changes if field in fields)
    every = (one for value in values for one in (value if isinstance(value, list) else [value]))
    return {one for one in every if isinstance(one, int)}


def _readable(reader: Actor | None, action: str, model: type[Any]) -> list[ColumnElement[bool]]:
    return [within(reader, action, model)] if reader else []


def _named(model: Any, name: Any, ids: set[int], *conditions: ColumnElement[bool]) -> dict[int, str]:
    if not ids:
        return {}
    rows = db.session.execute(select(model.id, name).where(model.id.in_(ids), *conditions))
    return {row[0]: row[1] for row in rows}


def people_named(asked: str) -> Sequence[Person]:
    """People by whole or part of a name, by national number, or by the number of a case."""
    words = fold(asked)
    fits = [Person.folded.contains(words, autoescape=True)]
    if words.isdigit():
        fits.append(Person.national_id_digest == number_digest(words))
    fits.append(Person.id.in_(select(Case.person_id).where(Case.number == asked.strip())))
    return db.session.scalars(select(Person).where(or_(*fits)).order_by(Person.sort_key, Person.id)).all()


def looks_at(person: Person) -> Select[Any]:
    """Events of reading a person's data or cases, oldest first."""
    cases = select(Case.id).where(Case.person_id == person.id)
    theirs = or_(
        and_(AuditEvent.root_type == "person", AuditEvent.root_id == person.id),
        and_(AuditEvent.root_type == "case", AuditEvent.root_id.in_(cases)),
    )
    return select(AuditEvent).where(AuditEvent.action.in_(SEEN), theirs).order_by(AuditEvent.sequence)
