"""What is taken out of the records of somebody whose time of keeping is over, and what stays.

Days, kinds, states, villages, years of birth and amounts stay, so that every figure counts as before. Names, numbers,
addresses, whatever is free text, and files go. Which columns are free text is not listed twice: it is what a record
calls *sensitive*; a record that comes later and belongs to a case is found by itself.
"""

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, ColumnElement, Enum, String, and_, func, inspect, or_, select, update

from portal.cases.models import Assignment, Case, Summons
from portal.documents.models import Attachment, OfficialDocument
from portal.engine import audit, clock
from portal.engine.db import Kept, Sealed, base_of, db
from portal.engine.excerpts import Excerpt
from portal.engine.workflow import Step
from portal.offline.models import HeldSend
from portal.people.models import Person, PersonRequest
from portal.privacy import beside
from portal.proposals.models import Proposal

NOTHING_TYPED = "[]"
GONE = "[…]"  # stands for a text that was there: what counts texts counts as before
FOUND_BY = frozenset({"folded", "sort_key"})  # follows its words by itself
LEADS = ("person_id", "case_id", "proposal_id", "assignment_id")  # columns that lead from a record to somebody
CASE_FORMS = ("cases.check_in", "cases.roll_call")  # what a phone sends about a case
SUMMONS_FORM = "cases.summons"


def forget(people: Sequence[Person], pseudonyms: Mapping[int, str]) -> list[Attachment]:
    """Take the names of people who are one out of all that is kept of them; gives back the files to be removed.

    Within a transaction. The files are unlinked once it is saved: before that they can still be asked for.
    """
    records = list(records_of([one.id for one in people]))
    intact = {one.id for one in records if isinstance(one, Proposal) and one.frozen_digest and one.intact}
    token = secrets.token_hex(16)
    called = {one.full_name: pseudonyms[one.id] for one in people}
    lines = {one.line: pseudonyms[one.people[0]] for one in beside.lines_of(pseudonyms)}
    for record in beside.words_of(pseudonyms):
        _called_otherwise(record, called)
    for person in people:
        _anonymous(person, pseudonyms[person.id], token)
    names = {one.id: one.full_name for one in people}
    for record in records:
        _emptied(record)
        if getattr(record, "person_id", None) and "full_name" in inspect(type(record)).columns:
            record.full_name = names[record.person_id]
    for line, pseudonym in lines.items():
        _emptied(line)
        line.full_name = pseudonym
    for record in records:
        if isinstance(record, Proposal) and record.id in intact:
            record.frozen_digest = record.digest()
    _texts_beside([*people, *records, *lines])
    files = [one for one in records if isinstance(one, Attachment)]
    db.session.flush()
    for person in people:
        audit.note("pseudonymise", person)
    return files


def _anonymous(person: Person, pseudonym: str, token: str) -> None:
    """Of the birth the year stays; who was one with somebody stays one with them, under a key that says nothing."""
    person.birth_year, person.birth_date = person.born, None
    person.full_name, person.national_id, person.phone, person.address = pseudonym, None, None, ""
    person.identity, person.forgotten_on = token, clock.today()


def _called_otherwise(record: Any, called: Mapping[str, str]) -> None:
    """In what an incident tells of several, the names of these alone give way; a line may be of a namesake."""
    for name in set(words_of(type(record))) - {"full_name"}:
        value = getattr(record, name)
        if isinstance(value, str) and (told := beside.without(value, called)) != value:
            setattr(record, name, told)


def _emptied(record: Any) -> None:
    for name in words_of(type(record)):
        value = getattr(record, name)
        if value in (None, ""):
            continue
        column = inspect(type(record)).columns[name]
        empties = column.nullable or isinstance(column.type, JSON)
        setattr(record, name, None if empties else GONE)
    if isinstance(record, Attachment):
        record.title, record.file_name, record.digest, record.size = GONE, GONE, "", 0
        record.forgotten_on = clock.today()
    if hasattr(record, "birth_date"):
        record.birth_date = None
    if isinstance(record, PersonRequest):
        record.household_id = None  # it would lead to a name
    if isinstance(record, HeldSend):
        record.typed = NOTHING_TYPED


def words_of(model: type[Any]) -> tuple[str, ...]:
    """The columns of a record type that hold words of people; the same for whatever kind of proposal it is."""
    columns = inspect(model).columns
    named = {*model.sensitive, "void_reason"} - FOUND_BY
    return tuple(sorted(one for one in named if one in columns and _is_words(columns[one])))


def _is_words(column: Any) -> bool:
    return isinstance(column.type, String | JSON | Sealed) and not isinstance(column.type, Enum)


# ── what belongs to somebody ────────────────────────────────────────────────────────────────────────────────────────
def records_of(people: Collection[int]) -> Iterator[Any]:
    """Every record that speaks of people, by the columns that lead to them or to a case of theirs."""
    for model, speaks in _speaking(people):
        yield from db.session.scalars(select(model).where(speaks).order_by(model.id))


def touched(people: Collection[int]) -> tuple[int, int]:
    """How many records that is, and how many of them are files whose content would go."""
    counts = {
        model: db.session.scalar(select(func.count()).select_from(model).where(speaks)) or 0
        for model, speaks in _speaking(people)
    }
    return sum(counts.values()) + len(beside.lines_of(people)), counts.get(Attachment, 0)


def _speaking(people: Collection[int]) -> Iterator[tuple[type[Any], ColumnElement[bool]]]:
    """Each record type, with the condition of those that speak of these people."""
    cases = select(Case.id).where(Case.person_id.in_(people))
    papers = _papers_of(people)
    leads = {
        "person_id": list(people),
        "case_id": cases,
        "proposal_id": select(Proposal.id).where(Proposal.case_id.in_(cases)),
        "assignment_id": select(Assignment.id).where(Assignment.case_id.in_(cases)),
        "document_id": select(OfficialDocument.id).where(or_(OfficialDocument.case_id.in_(cases), papers)),
    }
    for model in models():
        columns = inspect(model).columns
        speaks = or_(*(getattr(model, lead).in_(of) for lead, of in leads.items() if lead in columns))
        yield model, or_(speaks, papers) if model is OfficialDocument else speaks
    summonses = select(Summons.id).where(Summons.case_id.in_(cases))
    of_cases = and_(HeldSend.form.in_(CASE_FORMS), HeldSend.about_id.in_(cases))
    of_summonses = and_(HeldSend.form == SUMMONS_FORM, HeldSend.about_id.in_(summonses))
    yield HeldSend, and_(or_(of_cases, of_summonses), HeldSend.state != "held")


def _papers_of(people: Collection[int]) -> ColumnElement[bool]:
    """Papers of no case that were written for a record of theirs: minutes of a test, the answer to a request."""
    of: dict[str, Any] = {one.__tablename__: one for one in models() if "person_id" in inspect(one).columns}
    return or_(*(
        and_(OfficialDocument.subject_type == table, OfficialDocument.subject_id.in_(
            select(one.id).where(one.person_id.in_(people))))
        for table, one in of.items()
    ))  # fmt: skip


def models() -> list[type[Any]]:
    """The record types with a column that leads to somebody, each once, whatever room has them."""
    found = {base_of(mapper.class_) for mapper in Kept.registry.mappers if issubclass(mapper.class_, Kept)}
    leading = [one for one in found if set(LEADS) & set(inspect(one).columns.keys())]
    return sorted(leading, key=lambda one: one.__name__)


def _texts_beside(records: Sequence[Any]) -> None:
    """Reasons of steps, and conclusions of meetings that came back to a record. They have no owner who writes them."""
    for record in records:
        of = (record.kind_of_record, record.id)
        steps = update(Step).where(Step.record_type == of[0], Step.record_id == of[1], Step.reason != "")
        db.session.execute(steps.values(reason=GONE))
        texts = update(Excerpt).where(Excerpt.record_type == of[0], Excerpt.record_id == of[1])
        db.session.execute(texts.values(text=GONE))
