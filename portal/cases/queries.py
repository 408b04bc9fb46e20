"""What is asked of cases more than once. A list asks each of these once for its page, never once a row."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, inspect, not_, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, load_only, selectin_polymorphic, selectinload

from portal.cases.models import (
    ACCEPTED,
    OWNERS,
    RUNNING,
    Assignment,
    BirthCorrection,
    Case,
    CheckIn,
    Contact,
    RollCall,
)
from portal.documents.models import Attachment
from portal.duties.models import Duty
from portal.duties.queries import still_open
from portal.engine import clock
from portal.engine.access import Actor, reach, within
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.workflow import Step
from portal.organisation.models import Role, RoleGrant, Unit, User, line_of
from portal.organisation.queries import by_name as by_name_of_place
from portal.organisation.queries import held_in, holders
from portal.people.models import Person, end_digest, number_digest

LAST_DIGITS = 4
ID_DIGITS = 12
PHONE_DIGITS = (9, 10, 11)
CHIEF, NOBODY = "chief", "nobody"  # in whose hands, where no one officer is meant
SEEN = ("look", "reveal", "download", "print", "export")  # by which somebody saw what is kept
LOOKS = (*SEEN, "refused")  # events that are no change


def helps(user_id: int) -> bool:
    """Whether somebody helps a person, or is asked to."""
    asked = Assignment.kind == "helper", Assignment.assignee_id == user_id, Assignment.voided_at.is_(None)
    stands = Assignment.state.in_(("proposed", "accepted")), Assignment.until.is_(None)
    return bool(db.session.scalar(select(exists().where(*asked, *stands))))


# ── finding ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def findable(user: Actor) -> Callable[[str], ColumnElement[bool]]:
    """Fit folded words against a case's number and the commune that took it on, and its person's name, village, whole
    ID number or last four digits.

    Names and numbers that are masked for the user are not searched: what is withheld cannot be found out. A village
    says something about whom it shows, so masked people are not found by it either.
    """

    def search(words: str) -> ColumnElement[bool]:
        name, *numbers = _fits(words)
        places = select(Unit.id).where(Unit.folded.contains(words, autoescape=True))
        seen = and_(or_(name, Person.village_id.in_(places)), within(user, "read_name", Person))
        known = and_(or_(false(), *numbers), within(user, "read_identity", Person))
        people = select(Person.id).where(or_(seen, known))
        return or_(_numbered(words), Case.commune_id.in_(places), Case.person_id.in_(people))

    return search


def _numbered(words: str) -> ColumnElement[bool]:
    return Case.number.contains(words, autoescape=True)


def _fits(words: str) -> list[ColumnElement[bool]]:
    """The name first, then whatever the digits may be. A whole telephone number is found by its last four."""
    fits: list[ColumnElement[bool]] = [Person.folded.contains(words, autoescape=True)]
    digits = words.replace(" ", "").replace(".", "")
    if not digits.isascii() or not digits.isdigit():
        return fits
    if len(digits) == LAST_DIGITS:
        fits += [Person.national_id_end == end_digest(digits), Person.phone_end == end_digest(digits)]
    if len(digits) in PHONE_DIGITS:
        fits.append(Person.phone_end == end_digest(digits))
    if len(digits) == ID_DIGITS:
        fits.append(Person.national_id_digest == number_digest(digits))
    return fits


# ── what a list orders and filters by ───────────────────────────────────────────────────────────────────────────────
def with_people(cases: Select[Any]) -> Select[Any]:
    """Cases joined to their people, for order by name."""
    return cases.join(Case.person)


def of_row() -> tuple[Any, ...]:
    """What a row shows, loaded with the page. Asked late: relationships by name resolve once all rooms are there."""
    person = contains_eager(Case.person).selectinload(Person.village)
    return person, selectinload(Case.owner), selectinload(Case.term_changes)


def by_name(user: Actor) -> tuple[Any, ...]:
    """By given name. Masked names stand last, by number: their place must not tell their first letter."""
    seen = within(user, "read_name", Person)
    return case((seen, 0), else_=1), case((seen, Person.sort_key), else_=""), Case.number


def by_next_mark(user: Actor) -> tuple[Any, ...]:
    """By the earliest open duty that the reader may know of; cases without one stand last."""
    return (_next_due_on(user).asc().nulls_last(), *by_name(user))


def _next_due_on(user: Actor) -> Any:
    return (
        select(func.min(Duty.due_on))
        .where(Duty.case_id == Case.id, still_open(), _known_here(user))
        .correlate(Case)
        .scalar_subquery()
    )


def overdue(user: Actor) -> ColumnElement[bool]:
    """Cases with an open duty past its day; a right that became possible is not overdue."""
    late = and_(Duty.case_id == Case.id, still_open(), Duty.is_right.is_(False), Duty.due_on < clock.today())
    return exists().where(late, _known_here(user)).correlate(Case)


def _known(user: Actor) -> ColumnElement[bool]:
    """Duties of cases whose dates the reader may know, and whatever is the reader's own."""
    dated = select(Case.id).where(within(user, "read_dates", Case)).correlate(None)
    return or_(Duty.case_id.in_(dated), within(user, "read", Duty))


def _known_here(user: Actor) -> ColumnElement[bool]:
    """The same within a query over cases, asked of the very case that the duty belongs to."""
    return or_(within(user, "read_dates", Case), within(user, "read", Duty))


def running() -> ColumnElement[bool]:
    return and_(Case.state.in_(RUNNING), Case.voided_at.is_(None))


# ── what a page of a list shows ─────────────────────────────────────────────────────────────────────────────────────
def visible_names(user: Actor, cases: Iterable[Case]) -> set[int]:
    """Ids of the people of these cases whose name the user may read; the others are masked."""
    return readable(user, "read_name", Person, {case.person_id for case in cases})


def readable(user: Actor, action: str, record: type[Any], ids: Collection[int]) -> set[int]:
    """Those of the ids on which the user may take the action: one query for a whole page."""
    if not ids:
        return set()
    return set(db.session.scalars(select(record.id).where(record.id.in_(ids), within(user, action, record))))


def next_duties(user: Actor, cases: Iterable[Case]) -> dict[int, Duty]:
    """The earliest open duty of each case that the reader may know of."""
    ids = [one.id for one in cases]
    if not ids:
        return {}
    latest_first = Duty.due_on.desc(), Duty.id.desc()
    asked = select(Duty).where(Duty.case_id.in_(ids), still_open(), _known(user)).order_by(*latest_first)
    found = db.session.scalars(asked)
    return {one.case_id: one for one in found if one.case_id is not None}


def villages_of(user: Actor, cases: Select[Any]) -> Sequence[Unit]:
    """The villages in which people of these cases live, to filter by; of people whom the user may name."""
    living = cases.join(Person, Person.id == Case.person_id).where(
        Person.village_id == Unit.id, within(user, "read_name", Person)
    )
    asked = select(Unit).where(_any(living, Unit))
    return by_name_of_place(db.session.scalars(asked.options(load_only(Unit.name))))


def officers_of(cases: Select[Any]) -> Sequence[User]:
    """Whoever owns one of these cases, to filter by."""
    asked = select(User).where(_any(cases.where(Case.owner_id == User.id), User)).order_by(User.sort_key, User.id)
    return db.session.scalars(asked.options(load_only(User.full_name))).all()


def _any(cases: Select[Any], of: type[Any]) -> ColumnElement[bool]:
    """Whether there is one of these cases for a unit or user: found at the first, however many there are."""
    return cases.with_only_columns(Case.id).order_by(None).correlate(of).exists()


# ── what the page of a case shows ───────────────────────────────────────────────────────────────────────────────────
def duties_of(user: Actor, of: Case) -> Sequence[Duty]:
    """All duties of a case that the reader may know of, soonest first, done ones too."""
    asked = select(Duty).where(Duty.case_id == of.id, _known(user)).order_by(Duty.due_on, Duty.id)
    return db.session.scalars(asked.options(selectinload(Duty.owner))).all()


def attachments_of(user: Actor, of: Case) -> Sequence[Attachment]:
    """The files of a case that the reader may read, struck out ones too: they stay, and are told."""
    asked = reach(user, "read", Attachment).where(Attachment.case_id == of.id)
    return db.session.scalars(asked.order_by(Attachment.dated_on.desc(), Attachment.id.desc())).all()


def assignments_of(user: Actor, of: Case) -> Sequence[Assignment]:
    asked = reach(user, "read", Assignment).where(Assignment.case_id == of.id).order_by(Assignment.id)
    return db.session.scalars(asked.options(joinedload(Assignment.assignee))).all()


def recorded_by_others(user: Actor, since: datetime) -> list[Any]:
    """What colleagues on duty entered since a moment in cases that the user owns, the latest first."""
    found: list[Any] = []
    for record in (CheckIn, RollCall, Contact):
        asked = reach(user, "read", record).join(Case, Case.id == record.case_id)
        others = record.created_by_id.is_not(None) & (record.created_by_id != user.id) & record.voided_at.is_(None)
        asked = asked.where(Case.owner_id == user.id, others, record.created_at >= since)
        found += db.session.scalars(asked.options(joinedload(record.case)))
    return sorted(found, key=lambda one: (one.created_at, one.id), reverse=True)


def proposals_of(user: Actor, of: Case) -> Sequence[Any]:
    """The proposals of a case that the reader may read. Their room stands above; the relationship names its records."""
    if not of.proposals:
        return ()
    kind = inspect(Case).relationships["proposals"].mapper.class_
    loaded = selectin_polymorphic(kind, [mapper.class_ for mapper in inspect(kind).self_and_descendants])
    asked = reach(user, "read", kind).where(kind.case_id == of.id, kind.voided_at.is_(None))
    return db.session.scalars(asked.options(loaded).order_by(kind.id.desc())).all()


def steps_of_many(kind: str, ids: Collection[int]) -> Sequence[Step]:
    """The steps of several records of a kind, the oldest first."""
    asked = select(Step).where(Step.record_type == kind, Step.record_id.in_(ids)).order_by(Step.at, Step.id)
    return db.session.scalars(asked).all() if ids else ()


def looks_at(of: Case) -> Select[AuditEvent]:
    """Who looked at a case, at anything of it, or at what is kept of its person beside files, the latest first; and who
    was refused."""
    theirs = or_(
        and_(AuditEvent.root_type == "case", AuditEvent.root_id == of.id),
        and_(AuditEvent.root_type == "person", AuditEvent.root_id == of.person_id),
    )
    return select(AuditEvent).where(theirs, AuditEvent.action.in_(LOOKS)).order_by(AuditEvent.sequence.desc())


def seen_at(of: Case) -> Select[AuditEvent]:
    """Of these, those that saw something: what is counted, here and in an extract of the person's data."""
    return looks_at(of).where(AuditEvent.action.in_(SEEN))


def looks_by_person(of: Case) -> Sequence[Any]:
    """How often each person looked, and when last; most often first."""
    counted = seen_at(of).with_only_columns(
        AuditEvent.user_id, func.count(AuditEvent.sequence).label("looks"), func.max(AuditEvent.at).label("last_at")
    )
    grouped = counted.order_by(None).group_by(AuditEvent.user_id).order_by(func.count(AuditEvent.sequence).desc())
    return db.session.execute(grouped).all()


def units_by_id(ids: Collection[int | None]) -> dict[int, Unit]:
    wanted = {one for one in ids if one is not None}
    found = db.session.scalars(select(Unit).where(Unit.id.in_(wanted))).all() if wanted else ()
    return {one.id: one for one in found}


def files_of(person: Person) -> Select[Case]:
    """The files that speak of a person, drafts too."""
    return select(Case).where(Case.person_id == person.id, Case.voided_at.is_(None)).order_by(Case.number)


def further_files(user: Actor, of: Case) -> Sequence[Case]:
    """Other files of a case's person that the user may read."""
    asked = reach(user, "read", Case).where(Case.person_id == of.person_id, Case.id != of.id, Case.voided_at.is_(None))
    return db.session.scalars(asked.order_by(Case.number)).all()


def no_owner(column: Any, commune_id: int) -> ColumnElement[bool]:
    """Whether a column of users names somebody who holds no role in the commune today in which one owns cases."""
    serving = (held_in(role, commune_id).with_only_columns(RoleGrant.user_id) for role in OWNERS)
    return and_(column.is_not(None), *(column.not_in(those) for those in serving))


def of_whom(column: Any, who: str, commune_id: int) -> ColumnElement[bool]:
    """Whether a column of users names those whom a word means: the CHIEF, NOBODY in office, or one user by the id."""
    if who == CHIEF:
        return column.in_(held_alone(Role.POLICE_CHIEF, commune_id))  # type: ignore[no-any-return]
    return no_owner(column, commune_id) if who == NOBODY else column == int(who)


def held_alone(role: Role, commune_id: int) -> Select[Any]:
    """The ids of those who hold a role in the commune today, not for somebody else."""
    return held_in(role, commune_id).where(RoleGrant.on_behalf_of_id.is_(None)).with_only_columns(RoleGrant.user_id)


def kept_elsewhere(draft: type[Any]) -> ColumnElement[bool]:
    """Drafts whose person has further files, but for other drafts of the same author: a condition of the query."""
    other = aliased(Case, name="other_file")
    same_author = and_(other.state == "draft", other.created_by_id == draft.created_by_id)
    others = exists().where(other.person_id == draft.person_id, other.id != draft.id, other.voided_at.is_(None))
    return others.where(not_(same_author)).correlate_except(other)


def is_kept_elsewhere(draft: Case) -> bool:
    return bool(db.session.scalar(select(exists().where(Case.id == draft.id, kept_elsewhere(Case)))))


def page_of_person(user: Actor, of: Case) -> Case | None:
    """The file through which the user may change what is kept of a case's person: this one, else another."""
    asked = reach(user, "edit_person", Case).where(Case.person_id == of.person_id)
    return db.session.scalar(asked.order_by(Case.id != of.id, Case.number).limit(1))


def waiting_correction(person: Person) -> BirthCorrection | None:
    """The date of birth that somebody asks for and a second person has not answered to."""
    waiting = select(BirthCorrection).where(BirthCorrection.state == "asked", BirthCorrection.voided_at.is_(None))
    return db.session.scalar(waiting.join(Case).where(Case.person_id == person.id).limit(1))


def running_of(user: Actor, person: Person) -> Sequence[Case]:
    """The running cases of a person whose dates the user may read."""
    dated = reach(user, "read_dates", Case).where(Case.person_id == person.id, running())
    return db.session.scalars(dated.order_by(Case.number)).all()


def is_taken_on(person: Person) -> bool:
    """Whether the commune has, or had, a case of the person."""
    return bool(db.session.scalar(select(files_of(person).where(Case.state.in_(ACCEPTED)).order_by(None).exists())))


def to_answer(asked: Select[Any]) -> Select[Any]:
    """Of requests those to take a case as its officer that wait for an answer."""
    waits = Assignment.kind == "officer", Assignment.state == "proposed", Assignment.voided_at.is_(None)
    return asked.where(*waits)


def how_many_wait(requests: Select[Any]) -> Select[Any]:
    return to_answer(requests).with_only_columns(func.count(Assignment.id))


@dataclass(frozen=True)
class Load:
    """What an officer has in hand: running cases, and duties past their day."""

    officer: User
    cases: int
    overdue: int


def loads(commune_id: int) -> list[Load]:
    """Each officer of the commune police with what they have in hand there."""
    line = line_of(commune_id)
    ours = Case.state.in_(RUNNING), Case.voided_at.is_(None), Case.commune_id.in_(line)
    running = select(Case.owner_id, func.count()).where(*ours).group_by(Case.owner_id)
    late = (
        select(Duty.owner_id, func.count())
        .where(still_open(), Duty.is_right.is_(False), Duty.due_on < clock.today(), Duty.commune_id.in_(line))
        .group_by(Duty.owner_id)
    )
    cases = {row[0]: row[1] for row in db.session.execute(running)}
    overdue = {row[0]: row[1] for row in db.session.execute(late)}
    officers = holders(Role.POLICE_OFFICER, commune_id)
    return [Load(officer, cases.get(officer.id, 0), overdue.get(officer.id, 0)) for officer in officers]


def reception_corrections(
    cases: Select[Any], since: datetime, besides: int | None, most: int
) -> list[tuple[Step, Case]]:
    """Corrections of the day of the reception in some cases since a moment, by others, the latest first."""
    found = select(Step, Case).join(Case, Case.id == Step.record_id)
    found = found.where(Step.record_type == "case", Step.name == "correct_reception", Step.at >= since)
    theirs = found.where(Case.id.in_(cases), Step.by_id.is_distinct_from(besides))
    rows = db.session.execute(theirs.order_by(Step.at.desc(), Step.id.desc()).limit(most))
    return [(step, case) for step, case in rows]
