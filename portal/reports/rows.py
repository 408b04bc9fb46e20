"""The records behind a figure as rows of its list: one way a kind of record, so that a new kind is one entry here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import current_app, url_for
from flask_login import current_user
from sqlalchemy import Select, func
from sqlalchemy.orm import joinedload, selectinload

from portal.books import Book, PartOf
from portal.cases.models import CASE_TYPE_NAMES, Case, CheckIn, Violation
from portal.documents import shown as documents
from portal.documents.models import CATEGORY_NAMES, OfficialDocument
from portal.engine import audit, clock
from portal.engine.access import Actor, ask_ahead
from portal.engine.db import db
from portal.engine.presentation import day
from portal.engine.text import _, _l, ngettext
from portal.households.models import Pledge
from portal.meetings.models import Meeting
from portal.meetings.models.titles import title
from portal.organisation.models import UNIT_KIND_NAMES, Unit
from portal.patrols.models import PATROL_KIND_NAMES, Patrol
from portal.patrols.queries import loaded as of_a_patrol
from portal.people.models import Person
from portal.people.presenter import called, village_of

MOST_ROWS = 20  # beside a figure; the list of its records has them all, page by page


@dataclass(frozen=True)
class Row:
    """One record: what it is, its day, its number, its kind and how it stands; *entered*: when it was recorded or
    struck out and by whom, where that is asked for."""

    name: str
    url: str
    about: str
    on: date
    number: str
    kind: str
    status: str
    detail: str = ""
    entered: str = ""


@dataclass(frozen=True)
class Listed:
    """How records of a kind are listed: by which column, with what loaded, under which heads, and whose people."""

    by: Any
    options: Sequence[Any]
    row: Callable[[Any], Row]
    heads: tuple[Any, Any, Any, Any, Any]
    people: Callable[[Any], Person] | None = None


def of_case(case: Case) -> Row:
    return _about(case, case.received_on)


def of_check_in(report: CheckIn) -> Row:
    return _about(report.case, report.received_on, _("Month %(month)s", month=day(report.month, "MM/yyyy")))


def of_violation(violation: Violation) -> Row:
    return _about(violation.case, violation.occurred_on)


def _about(case: Case, on: date, detail: str = "") -> Row:
    status = _("Closed on %(day)s", day=day(case.closed_on)) if case.closed_on else str(case.standing.label)
    person = case.person
    return Row(
        called(current_user, person), url_for("cases.show", id=case.id), village_of(current_user, person), on,
        case.number, str(CASE_TYPE_NAMES[case.type]), status, detail,
    )  # fmt: skip


def of_meeting(meeting: Meeting) -> Row:
    return Row(
        title(meeting), url_for("meetings.show", id=meeting.id), meeting.place, meeting.day, meeting.number,
        meeting.kind_name, str(meeting.standing.label),
    )  # fmt: skip


def of_patrol(patrol: Patrol) -> Row:
    found = ngettext("%(num)s violation", "%(num)s violations", patrol.violations_found)
    return Row(
        patrol.title, url_for("patrols.show", id=patrol.id), ", ".join(force.unit.title for force in patrol.present),
        patrol.day, patrol.number, str(PATROL_KIND_NAMES[patrol.kind]), str(patrol.standing.label), found,
    )  # fmt: skip


def of_pledge(pledge: Pledge) -> Row:
    signer = pledge.signer
    page = "establishments.show" if pledge.establishment_id else "households.show"
    return Row(
        signer.name, url_for(page, id=signer.id), pledge.village.title, pledge.signed_on, signer.number,
        pledge.campaign.title, str(pledge.standing.label),
    )  # fmt: skip


def of_document(document: OfficialDocument) -> Row:
    return Row(
        documents.heading(document), url_for("register.show", id=document.id), documents.issued_by(document),
        document.dated_on or clock.day_of(document.created_at), document.number, str(CATEGORY_NAMES[document.category]),
        str(documents.state_of(document).label),
    )  # fmt: skip


def of_unit(unit: Unit) -> Row:
    until = _("Until %(day)s", day=day(unit.valid_to)) if unit.valid_to else ""
    url, kind = url_for("units.show", id=unit.id), str(UNIT_KIND_NAMES[unit.kind])
    return Row(unit.title, url, "", unit.valid_from, unit.code, kind, until)


_PERSON = joinedload(Case.person).joinedload(Person.village)
_CASE_HEADS = (_l("Person"), _l("Day"), _l("Case"), _l("Type of case"), _l("Status"))

_LISTED: Mapping[type[Any], Listed] = {
    Case: Listed(Case.received_on, (_PERSON,), of_case, _CASE_HEADS, lambda case: case.person),
    CheckIn: Listed(
        CheckIn.received_on, (joinedload(CheckIn.case).options(_PERSON),), of_check_in, _CASE_HEADS,
        lambda report: report.case.person,
    ),
    Violation: Listed(
        Violation.occurred_on, (joinedload(Violation.case).options(_PERSON),), of_violation, _CASE_HEADS,
        lambda violation: violation.case.person,
    ),
    Patrol: Listed(
        Patrol.started_at, of_a_patrol(), of_patrol,
        (_l("Patrol"), _l("Day"), _l("Number"), _l("Kind"), _l("Status")),
    ),
    Pledge: Listed(
        Pledge.signed_on,
        tuple(joinedload(one) for one in (Pledge.household, Pledge.establishment, Pledge.village, Pledge.campaign)),
        of_pledge, (_l("Who signed"), _l("Day"), _l("Number"), _l("Campaign"), _l("Status")),
    ),
    OfficialDocument: Listed(
        OfficialDocument.dated_on, (joinedload(OfficialDocument.unit), selectinload(OfficialDocument.files)),
        of_document, (_l("Document"), _l("Day"), _l("Number"), _l("Counted as"), _l("Status")),
    ),
    Unit: Listed(
        Unit.valid_from, (), of_unit, (_l("Unit"), _l("Since"), _l("Code"), _l("Kind"), _l("Status")),
    ),
    Meeting: Listed(
        Meeting.held_on, (), of_meeting, (_l("Meeting"), _l("Day"), _l("Number"), _l("Kind"), _l("Status")),
    ),
}  # fmt: skip
_BOOK_HEADS = (_l("Entry"), _l("Day"), _l("Number"), _l("Kind"), _l("Status"))


def drawn(kind: type[Any], records: Sequence[Any], reader: Actor) -> list[Row]:
    """Some records of a kind as rows. Whoever draws them tells the trail: `told_as_listed`."""
    how = listed(kind)
    if how.people:
        ask_ahead(reader, [how.people(one) for one in records])
    return [how.row(one) for one in records]


def first_of(
    found: Select[Any], kind: type[Any], reader: Actor, entering: Callable[[Sequence[Any]], list[str]] | None = None
) -> tuple[list[Row], int]:
    """The first of some records as rows, and how many there are in all. Whoever shows them tells the trail. *entering*
    says of each when and by whom it came."""
    count = db.session.scalar(found.with_only_columns(func.count(kind.id))) or 0
    how = listed(kind)
    shown = found.options(*how.options).order_by(how.by, kind.id).limit(MOST_ROWS)
    records = db.session.scalars(shown).unique().all()
    rows = drawn(kind, records, reader)
    if entering:
        rows = [replace(row, entered=told) for row, told in zip(rows, entering(records), strict=True)]
    return rows, count


def told_as_listed(reader: Actor, shown: Mapping[type[Any], int]) -> None:
    """Rows of protected records, or of people, are an event as any list of them: one a kind of record."""
    for kind, count in shown.items():
        if count and (kind.protected or listed(kind).people):
            audit.tell("list", reader, None, type=kind.__tablename__, rows=count)


def listed(kind: type[Any]) -> Listed:
    """How records of a kind are listed: as it is written here, or as their book tells them."""
    return _LISTED.get(kind) or _by_books(kind)


def _by_books(kind: type[Any]) -> Listed:
    for book in _books():
        if book.record is kind:
            return _of_book(book)
        for part in book.parts:
            if part.record is kind:
                return _of_lines(book, part)
    raise LookupError(f"{kind.__name__} is listed nowhere.")


def _books() -> Sequence[Book]:
    return [book for area in current_app.extensions["areas"] for book in area.books]


def _of_book(book: Book) -> Listed:
    def row(entry: Any) -> Row:
        village, standing = getattr(entry, "village", None), book.standing(entry)
        return Row(
            book.called(entry), url_for(book.endpoint("show"), id=entry.id), village.title if village else "",
            getattr(entry, book.on.key), entry.number, str(book.words.one), str(standing.label) if standing else "",
        )  # fmt: skip

    return Listed(book.on, book.options, row, _BOOK_HEADS, book.people)


def _of_lines(book: Book, part: PartOf) -> Listed:
    """Lines of an entry: each by its own name, with the page, the day and the number of its entry."""
    of_entry, record = _of_book(book), part.record
    parent = getattr(record, str(record.parent))

    def row(line: Any) -> Row:
        entry = of_entry.row(getattr(line, str(record.parent)))
        return replace(entry, name=part.called(line), about=entry.name, kind=str(part.words.one))

    return Listed(record.id, (joinedload(parent).options(*book.options),), row, _BOOK_HEADS)
