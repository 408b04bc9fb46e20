"""Cases as a table to take along: the columns, and by which right each is open, masked or empty."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.cases import law_days, queries
from portal.cases.models import CASE_TYPE_NAMES, RATING_NAMES, Case, RoundKind
from portal.cases.presenters.words import duty_title
from portal.duties.models import Duty
from portal.engine.access import Actor, mask
from portal.engine.sheets import Column, Value, workbook
from portal.engine.text import _, _l
from portal.organisation.models import User
from portal.people.models import Person
from portal.people.presenter import withheld


@dataclass(frozen=True)
class CaseRow:
    """A case with what its reader may take along: the fields that are open, and those that are masked."""

    case: Case
    open: frozenset[str]
    masked: frozenset[str]
    duty: Duty | None

    @property
    def named(self) -> bool:
        return "read_name" in self.open

    def number(self, right: str, value: str | None) -> Value:
        """A number that identifies somebody: as it is, masked, or, where the name is withheld, not at all."""
        if not self.named:
            return None
        if right in self.open:
            return value
        return mask(value) if right in self.masked else None

    def of_judgment(self, value: Value) -> Value:
        return value if "read_judgment" in self.open else None

    def of_dates(self, value: Value) -> Value:
        return value if "read_dates" in self.open else None


OF_PERSON = ("read_name", "read_identity", "read_contact")
OF_CASE = ("read_dates", "read_judgment")


def rows(user: Actor, cases: Sequence[Case]) -> list[CaseRow]:
    """Make the rows: a few questions for all of them."""
    people, ids = {one.person_id for one in cases}, {one.id for one in cases}
    of_person = {right: queries.readable(user, right, Person, people) for right in OF_PERSON}
    masked = {right: queries.readable(user, f"{right}_masked", Person, people) for right in OF_PERSON[1:]}
    of_case = {right: queries.readable(user, right, Case, ids) for right in OF_CASE}
    duties = queries.next_duties(user, cases)
    return [
        CaseRow(
            case=one,
            open=frozenset(
                [right for right, found in of_person.items() if one.person_id in found]
                + [right for right, found in of_case.items() if one.id in found]
            ),
            masked=frozenset(right for right, found in masked.items() if one.person_id in found),
            duty=duties.get(one.id),
        )
        for one in cases
    ]


def _name(row: CaseRow) -> Value:
    return row.case.person.full_name if row.named else withheld()


def _village(row: CaseRow) -> Value:
    return row.case.person.village.name if row.named and row.case.person.village else None


def _last_day(row: CaseRow) -> Value:
    last = law_days.last_day(row.case)
    return row.of_dates(last.due_on if last else None)


def _next_on(row: CaseRow) -> Value:
    return row.duty.due_on if row.duty and row.case.running else None


def _next(row: CaseRow) -> Value:
    return duty_title(row.duty, row.case) if row.duty and row.case.running else None


def _of_person(right: str, field: str) -> Any:
    return lambda row: row.number(right, getattr(row.case.person, field))


COLUMNS: tuple[Column, ...] = (
    Column(_l("Number"), lambda row: row.case.number, 12),
    Column(_l("Name"), _name, 28),
    Column(_l("Born"), lambda row: row.case.person.born if row.named else None, 8),
    Column(_l("Village"), _village, 20),
    Column(_l("Type of case"), lambda row: str(CASE_TYPE_NAMES[row.case.type]), 28),
    Column(_l("State"), lambda row: str(row.case.standing.label), 18),
    Column(_l("Officer in charge"), lambda row: row.case.owner.full_name, 24),
    Column(_l("Next mark"), _next_on, 12),
    Column(_l("What is to be done"), _next, 32),
    Column(_l("Papers received"), lambda row: row.of_dates(row.case.received_on), 12),
    Column(_l("Reception held on"), lambda row: row.of_dates(row.case.reception_on), 12),
    Column(_l("First day"), lambda row: row.of_dates(row.case.starts_on), 12),
    Column(_l("Term in months"), lambda row: row.of_judgment(row.case.term_months), 10),
    Column(_l("Days in custody"), lambda row: row.of_judgment(row.case.detained_days), 10),
    Column(_l("Last day"), _last_day, 12),
    Column(_l("Closed on"), lambda row: row.of_dates(row.case.closed_on), 12),
    Column(_l("Judgment number"), lambda row: row.of_judgment(row.case.judgment_number), 20),
    Column(_l("Judgment of"), lambda row: row.of_judgment(row.case.judgment_on), 12),
    Column(_l("Management decided on"), lambda row: row.of_judgment(row.case.decision_on), 12),
    Column(_l("Court"), lambda row: row.of_judgment(row.case.court), 24),
    Column(_l("Offence"), lambda row: row.of_judgment(row.case.offence), 28),
    Column(_l("National ID number"), _of_person("read_identity", "national_id"), 18),
    Column(_l("Telephone"), _of_person("read_contact", "phone"), 14),
)


def written(user: User, cases: Sequence[Case], mark: str) -> bytes:
    """The table as a file."""
    return workbook(_("Cases"), COLUMNS, rows(user, cases), mark)


# ── what was signed of a round ──────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class RoundRow:
    """An assessment or a roll-call with its person, as far as the reader may know who that is."""

    number: int
    record: Any
    named: bool

    @property
    def person(self) -> Person:
        person: Person = self.record.case.person
        return person


def round_rows(user: Actor, records: Sequence[Any]) -> list[RoundRow]:
    named = queries.visible_names(user, [one.case for one in records])
    return [RoundRow(number, one, one.case.person_id in named) for number, one in enumerate(records, start=1)]


def _rating(row: RoundRow) -> Value:
    return str(RATING_NAMES[row.record.rating]) if row.record.rating else None


_OF_PEOPLE: tuple[Column, ...] = (
    Column(_l("Row"), lambda row: row.number, 6),
    Column(_l("Case"), lambda row: row.record.case.number, 12),
    Column(_l("Name"), lambda row: row.person.full_name if row.named else withheld(), 28),
    Column(_l("Born"), lambda row: row.person.born if row.named else None, 8),
    Column(_l("Village"), lambda row: row.person.village.name if row.named and row.person.village else None, 20),
)
ROUND_COLUMNS: dict[RoundKind, tuple[Column, ...]] = {
    RoundKind.ASSESSMENTS: (
        *_OF_PEOPLE,
        Column(_l("Type of case"), lambda row: str(CASE_TYPE_NAMES[row.record.case.type]), 28),
        Column(_l("Rating"), _rating, 16),
        Column(_l("Written on"), lambda row: row.record.written_on, 12),
    ),
    RoundKind.ROLL_CALL: (
        *_OF_PEOPLE,
        Column(_l("Day of the roll-call"), lambda row: row.record.held_on, 12),
        Column(_l("Result"), lambda row: _("Present") if row.record.present else _("Absent"), 14),
        Column(_l("Why absent"), lambda row: None if row.record.present else row.record.note, 36),
    ),
}
