"""The registers of documents: what came in, and what went out.

The paper of a report, a patrol, a meeting, a decision or what is kept in a case names its record, so that nothing is
entered twice for that. Signed pages are files, and do not travel: of whose page the portal had, the workbook says so,
and who stands for it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, extract, func, select
from sqlalchemy.orm import selectinload

from portal.cases.models import Death, FileHandover, Reception, ReviewMeeting, Summons, Violation, WrittenWarning
from portal.documents import numbers
from portal.documents.forms import IncomingForm, OutgoingForm
from portal.documents.models import DIRECTION_NAMES, EITHER_WAY, SAY_WHICH, TYPES, Direction, IssuedBy, OfficialDocument
from portal.documents.queries import written_for
from portal.documents.register import arrivals, taken_in
from portal.engine.access import holds, may
from portal.engine.db import db
from portal.engine.forms import Choice, Day, Form, Line, Number, Optional, Paragraphs, Required, not_in_the_future
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _, _l, as_on_paper, mark
from portal.exchange.bringing import Bringing, still_to_come
from portal.exchange.cells import AS_KEPT, NOT_AS_KEPT
from portal.exchange.kinds.decided import Decided
from portal.exchange.kinds.reports import refuse_unless_made_here
from portal.exchange.kinds.rows import BY_COMMAND, NO_RIGHT, Rows, columns_of
from portal.exchange.numbers_in_cases import SHEETS
from portal.exchange.reading import Misread
from portal.exchange.references import Reference
from portal.exchange.sheet import Facts, Verdict
from portal.exchange.taking import Taking
from portal.meetings.models import Meeting
from portal.organisation.models import Unit
from portal.patrols.models import Patrol
from portal.proposals.models import Proposal
from portal.reports.models import Report

NEEDED = mark("This is needed.")
SUBJECTS: dict[str, Any] = {"report_id": Report, "patrol_id": Patrol, "meeting_id": Meeting}  # what one is written for
IN_CASES = tuple(str(one.__tablename__) for one in (
    Proposal, Summons, Reception, Violation, WrittenWarning, ReviewMeeting, FileHandover, Death,
))  # fmt: skip
OF_INCOMING = ("sender", "number", "dated_on", "received_on", "arrival")
OF_ISSUED = ("number", "dated_on", "signed", "afterwards", "afterwards_by_id", "vouched_by_id")  # of one that goes out


class DocumentRow(Form):
    unit_id = Line(_l("Register"), [Required()], description=_l("Whose register it stands in: the code of the unit."))
    direction = Choice(_l("Incoming or outgoing"), [Required()], choices=list(DIRECTION_NAMES.items()))
    code = OutgoingForm.code
    category = OutgoingForm.category
    issued_by = Choice(
        _l("Whose paper it is"), [Optional()],
        choices=[("", _l("The unit of this register")), *OutgoingForm.issued_by.kwargs["choices"]],
    )  # fmt: skip
    symbol = OutgoingForm.symbol
    number = Line(_l("Number of the paper"), [Optional()], length=60)
    dated_on = Day(_l("Day of the document"), [Optional(), not_in_the_future])
    received_on = Day(_l("Came in on"), [Optional(), not_in_the_future])
    arrival = Number(_l("Number of arrival"), [Optional()], least=1, most=99_999)
    sender = Line(_l("Who sent it"), [Optional()], length=120)
    abstract = OutgoingForm.abstract
    recipients = OutgoingForm.recipients
    signers = Paragraphs(_l("Who signs it"), [Optional()], length=500)
    signed = Line(_l("Who has signed it"), [Optional()], description=_l("Their places in the list: 1 3."))
    authority = OutgoingForm.authority
    drafted_on = Day(_l("Drafted on"), [Optional(), not_in_the_future])
    afterwards = Paragraphs(_l("Why it is recorded afterwards"), [Optional()], length=500)
    afterwards_by_id = Line(_l("Who said so"), [Optional()])
    vouched_by_id = Line(
        _l("Who stands for it"), [Optional()], description=_l("Where its signed page is no file here.")
    )
    report_id = Line(_l("Report"), [Optional()], description=_l("The number of the report that it was written for."))
    patrol_id = Line(_l("Patrol"), [Optional()], description=_l("The number of the patrol whose minutes it holds."))
    meeting_id = Line(_l("Meeting"), [Optional()], description=_l("The number of the meeting that it was written for."))

    written_for = Line(_l("Record of a case"), [Optional()], description=AS_KEPT)

    validate_symbol = OutgoingForm.validate_symbol
    validate_received_on = IncomingForm.validate_received_on


class Documents(Rows):
    key, title, record, form = "documents", _l("Documents"), OfficialDocument, DocumentRow
    about = _l(
        "What came in and what went out, with the number of the record for which a paper was written. Signed pages "
        "and files stay behind."
    )
    columns = ("unit_id", "direction", "code", "category", "issued_by", "symbol", "number", "dated_on", "received_on",
               "arrival", "sender", "abstract", "recipients", "signers", "signed", "authority", "drafted_on",
               "afterwards", "afterwards_by_id", "vouched_by_id", *SUBJECTS, "written_for")  # fmt: skip
    named = {name: record.__tablename__ for name, record in SUBJECTS.items()}
    behind = (*SHEETS.values(), Decided.key)

    def __init__(self, known: Mapping[str, Reference]) -> None:
        super().__init__(known)
        self.known = known

    def found(self, taking: Taking) -> Select[Any]:
        one = OfficialDocument
        found = select(one).join(one.unit).where(one.voided_at.is_(None), *taking.within(one))
        year = extract("year", func.coalesce(one.received_on, one.dated_on, one.drafted_on))
        order = Unit.code, one.direction, year, one.arrival, one.dated_on, one.number, one.code, one.id
        return found.order_by(*order).options(selectinload(one.files))

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        told = {field.name: getattr(one, field.name, None) for field in self.sheet.fields}
        told |= {name: one.subject_id if one.subject_type == table else None for name, table in self.named.items()}
        told["written_for"] = self._of_case(one)
        if one.scan is None or one.told_afterwards:
            return told
        with as_on_paper():
            why = _("Its signed page stayed in the portal that it was taken out of.")
        return {**told, "afterwards": why, "vouched_by_id": one.scan.created_by_id}

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        open_ = facts["direction"] == Direction.OUTGOING and facts["code"] in EITHER_WAY
        usual = {"issued_by": IssuedBy.UNIT, "category": None if open_ else TYPES[facts["code"]][1]}
        meant = {name: facts[name] or value for name, value in usual.items()}
        return super().take({**facts, **meant}, bringing)

    def _of_case(self, one: OfficialDocument) -> str | None:
        """The record of a case by its kind and its number: summons 2026-014/2."""
        if one.subject_type not in IN_CASES or one.subject_id is None:
            return None
        name = self.known[one.subject_type].shown(one.subject_id)
        return f"{one.subject_type} {name}" if name else None

    def _record_of_case(self, typed: str, bringing: Bringing) -> tuple[str, int]:
        """Which record that is. Raises Refused where the file has none of this number."""
        table, _blank, name = typed.partition(" ")
        if table not in IN_CASES:
            raise Refused(Misfit("written_for", NOT_AS_KEPT))
        try:
            return table, self.known[table].found(name, bringing)
        except Misread as misread:
            raise Refused(Misfit("written_for", misread.message, **misread.numbers)) from misread

    def _compared(self, facts: Facts) -> Facts:
        """Numbers in cases hold in one file alone, so they tell of no difference."""
        return {name: value for name, value in super()._compared(facts).items() if name != "written_for"}

    def there(self, facts: Facts, bringing: Bringing) -> OfficialDocument | None:
        """By its number of the year or, while it has none, by saying the same."""
        if still_to_come(facts, self.sheet.fields):
            return None
        one = OfficialDocument
        of_unit = select(one).where(one.unit_id == facts["unit_id"], one.direction == facts["direction"])
        incoming = facts["direction"] == Direction.INCOMING
        day, column = (facts["received_on"], one.received_on) if incoming else (facts["dated_on"], one.dated_on)
        of_unit = of_unit.where(one.voided_at.is_(None))
        if day is None:
            named = {name: facts[name] for name in ("code", "abstract", "number", "drafted_on")}
            found: OfficialDocument | None = bringing.unclaimed(self.key, of_unit.where(column.is_(None)), one, named)
            return found
        number = one.arrival == facts["arrival"] if incoming else one.number == facts["number"]
        return db.session.scalars(of_unit.where(number, column.between(*_year(day)))).first()

    def allowed(self, facts: Facts, bringing: Bringing) -> None:
        by: Any = bringing.by
        if not holds(by, "create", OfficialDocument):
            raise Refused(Misfit("unit_id", NO_RIGHT))
        beyond = [name for name in OF_ISSUED if facts[name] and facts["direction"] == Direction.OUTGOING]
        beyond += [name for name in (*SUBJECTS, "written_for") if facts[name]]
        if beyond:
            raise Refused(*(Misfit(name, BY_COMMAND) for name in beyond))

    def once(self, facts: Facts, bringing: Bringing) -> None:
        if facts["report_id"]:
            refuse_unless_made_here(facts, bringing)
        if facts["written_for"]:
            self._record_of_case(facts["written_for"], bringing)
        if wrong := [*_misfits(facts), *_of_no_subject(facts), *_of_no_report(facts)]:
            raise Refused(*wrong)

    def write(self, facts: Facts, bringing: Bringing) -> None:
        unit = db.session.get_one(Unit, facts["unit_id"])
        kept = columns_of(OfficialDocument, facts)
        document = OfficialDocument(**kept, unit=unit, commune_id=unit.commune_id or unit.id)
        if not document.incoming and not document.symbol:
            document.symbol = numbers.symbol_of(unit, document.code)
        for name in SUBJECTS:
            if facts[name]:
                document.subject_type, document.subject_id = self.named[name], facts[name]
        if facts["written_for"]:
            document.subject_type, document.subject_id = self._record_of_case(facts["written_for"], bringing)
            document.case_id = _case_of(document)
        db.session.add(document)
        if facts["report_id"]:
            db.session.get_one(Report, facts["report_id"]).document = document
        db.session.flush()
        bringing.claim(self.key, document)
        if bringing.by is not None and not may(bringing.by, "create", document):
            raise Refused(Misfit("unit_id", NO_RIGHT))


def _case_of(document: OfficialDocument) -> int:
    record: Any = written_for(document)
    return int(record.case_id)


def _of_no_subject(facts: Facts) -> Iterator[Misfit]:
    """Why a paper cannot be that of the record that it names."""
    named = [name for name in (*SUBJECTS, "written_for") if facts[name]]
    if len(named) > 1:
        yield Misfit(named[1], mark("A paper is written for one record. Please name only one."))
    unit = db.session.get(Unit, facts["unit_id"])
    for name in named:
        if facts["direction"] != Direction.OUTGOING:
            yield Misfit(name, mark("Only a paper that goes out is written for a record."))
        record = db.session.get(SUBJECTS[name], facts[name]) if name in SUBJECTS else None
        if unit is None or record is None:  # the same file brings them
            continue
        home = db.session.get_one(Unit, record.commune_id)
        if (unit.commune or unit).heir_id != home.heir_id:
            yield Misfit(name, mark("The paper stands in a register of another commune than that of its record."))


def _of_no_report(facts: Facts) -> Iterator[Misfit]:
    """Why a paper cannot be that of the report that it names: none was approved, or it has its paper."""
    report = db.session.get(Report, facts["report_id"] or 0)
    if report is None:
        return
    if not report.is_signed:
        yield Misfit("report_id", mark("Only a report that was approved has a paper."))
    elif report.document is not None:
        told = mark("This report has its paper already: %(number)s.")
        yield Misfit("report_id", told, number=report.document.number)


def _year(day: date) -> tuple[date, date]:
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _misfits(facts: Facts) -> Iterator[Misfit]:
    """What a register does not take: a number that is missing, cannot be read, or stands on another paper."""
    unit = db.session.get(Unit, facts["unit_id"] or 0)
    if facts["direction"] == Direction.INCOMING:
        yield from (Misfit(name, NEEDED) for name in OF_INCOMING if not facts[name])
        day, arrival = facts["received_on"], facts["arrival"]
        if unit is not None and day and arrival in arrivals(unit, day.year):
            told = mark("Number %(number)s of %(year)s stands at another document that came in.")
            yield Misfit("arrival", told, number=arrival, year=day.year)
        return
    if not facts["signers"]:
        yield Misfit("signers", NEEDED)
    if not facts["category"]:
        yield Misfit("category", SAY_WHICH)
    number, day = numbers.read(facts["number"] or ""), facts["dated_on"]
    if facts["number"] and number is None:
        yield Misfit("number", mark("Please write the number as on the paper, with its sign: 05/QĐ-UBND."))
    elif bool(facts["number"]) != (day is not None):
        yield Misfit("dated_on", mark("A number and its day come together."))
    elif unit is not None and number and any(number.same_as(one) for one in taken_in(unit, day.year)):
        yield Misfit(
            "number", mark("%(number)s stands on another paper of %(year)s."), number=str(number), year=day.year
        )
