"""What the pages show of requests, corrections that were made, households of a name, and a dry run."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import and_, func, or_, select

from portal.audit.queries import names_for
from portal.audit.sentences import EventTold, told
from portal.cases.models import Case
from portal.drugs.models import DrugReviewEntry, DrugTest, FineDecision
from portal.engine import clock
from portal.engine.access import Actor, reach
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.presentation import moment
from portal.engine.text import say
from portal.engine.vietnamese import fold
from portal.households.models import Household
from portal.incidents.models import Incident
from portal.law import catalogue
from portal.people.models import LegalHold, Person, PersonRequest
from portal.privacy.mentions import DryRun

MOST = 20
OWN_MARK = {"questioned"}  # set by the request itself
NO_CORRECTION = ("look", "reveal", "export", "download", "print", "refused", "list", "search")


def changes_since(request: PersonRequest, reader: Actor) -> list[EventTold]:
    """What was changed of the person, or recorded in their files, since they asked: one of it is the correction."""
    cases = select(Case.id).where(Case.person_id == request.person_id)
    theirs = or_(
        and_(AuditEvent.root_type == "person", AuditEvent.root_id == request.person_id),
        and_(AuditEvent.root_type == "case", AuditEvent.root_id.in_(cases)),
    )
    own = ("person_request", "legal_hold", "duty")
    begun = select(func.min(AuditEvent.sequence)).where(
        AuditEvent.record_type == request.kind_of_record, AuditEvent.record_id == request.id
    )
    asked = select(AuditEvent).where(
        theirs, AuditEvent.sequence > begun.scalar_subquery(), AuditEvent.action.not_in(NO_CORRECTION),
        AuditEvent.record_type.not_in(own),
    )  # fmt: skip
    found = db.session.scalars(asked.order_by(AuditEvent.sequence.desc()).limit(2 * MOST))
    events = [one for one in found if set(one.changes) - OWN_MARK or one.action != "change"][:MOST]
    names = names_for(events, reader)
    return [told(one, names) for one in events]


def correction(request: PersonRequest, reader: Actor) -> EventTold | None:
    """The change that a correction was made by, with its old and new values as the trail tells them."""
    if request.corrected_by is None:
        return None
    event = db.session.scalar(select(AuditEvent).where(AuditEvent.sequence == request.corrected_by))
    return told(event, names_for([event], reader)) if event else None


def as_choices(events: Sequence[EventTold]) -> list[tuple[str, str]]:
    return [(str(one.event.sequence), f"{moment(one.event.at)}: {one.sentence}") for one in events]


def households_of(person: Person, reader: Actor) -> list[Household]:
    """Those registered under the person's own name, in the village where they live."""
    if person.village_id is None:
        return []
    same = Household.village_id == person.village_id, Household.voided_at.is_(None)
    found = db.session.scalars(reach(reader, "read", Household).where(*same).order_by(Household.number))
    return [one for one in found if fold(one.head) == person.folded]


def of_person(person: Person, reader: Actor) -> tuple[Sequence[PersonRequest], Sequence[LegalHold]]:
    """The requests and holds of one person that the reader may read, the latest first."""
    asked = reach(reader, "read", PersonRequest).where(PersonRequest.person_id == person.id)
    held = reach(reader, "read", LegalHold).where(LegalHold.person_id == person.id)
    return (
        db.session.scalars(asked.order_by(PersonRequest.id.desc())).all(),
        db.session.scalars(held.order_by(LegalHold.id.desc())).all(),
    )


@dataclass(frozen=True)
class RuleShown:
    """How long one kind of record keeps its names, by which source, and how many records stand under it."""

    key: str
    label: str
    months: int
    source: str
    confirmed: bool
    records: int


def rules_of(run: DryRun, parameters: Any) -> Iterator[RuleShown]:
    counted = {rule: many for rule, many, _kept in run.rules}
    for key in parameters.rules:
        if key.startswith("RET-"):
            one = parameters.on(clock.today())[key]
            yield RuleShown(key, say(one.label), one.count, one.source, one.confirmed, counted.get(key, 0))


def label_of(rule: str) -> str:
    found = catalogue.newest(rule)
    return say(found.label) if found else rule


def found_by(words: str, reader: Actor) -> Sequence[Person]:
    """People whose name has these words, of whom the reader may take a request."""
    asked = reach(reader, "take_request", Person).where(
        Person.folded.contains(fold(words), autoescape=True), Person.forgotten_on.is_(None), Person.voided_at.is_(None)
    )
    return db.session.scalars(asked.order_by(Person.sort_key, Person.id).limit(MOST)).all()


PAGES: tuple[tuple[Any, str], ...] = (
    (Case, "cases.show"), (DrugTest, "drug_tests.show"), (FineDecision, "drug_fines.show"),
    (DrugReviewEntry, "drug_reviews.show"), (Incident, "incidents.show"),
)  # fmt: skip


def pages_of(told: Iterable[str], reader: Actor) -> dict[str, str]:
    """By the number of a file or an entry its page, of those that the reader may read."""
    numbers = {number for one in told for number in one.split(", ")}
    return {
        number: url_for(page, id=id_)
        for model, page in PAGES
        for id_, number in db.session.execute(
            reach(reader, "read", model).where(model.number.in_(numbers)).with_only_columns(model.id, model.number)
        )
    }
