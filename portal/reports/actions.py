"""What people do with reports: begin, write, approve, correct, give tasks out of them; and keep their kinds."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from portal.documents import actions as register
from portal.documents import issuers
from portal.documents.numbers import Number, following
from portal.documents.paper import Signature, in_lines
from portal.documents.queries import force_on
from portal.documents.register import taken_in
from portal.documents.store import Stored
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import db, touch
from portal.engine.numbering import next_number
from portal.engine.refusal import Misfit, Plain, Refused
from portal.engine.text import as_on_paper, mark, say
from portal.engine.workflow import Looked
from portal.meetings.models import ActionItem
from portal.organisation.models import Unit, UnitKind, line_of
from portal.reports import papers, queries
from portal.reports.checking import Found
from portal.reports.checks import Weight
from portal.reports.freezing import Prepared
from portal.reports.models import Body, Overruling, Report, ReportFigure, ReportKind, ReportSection
from portal.reports.periods import MOST_YEARS, of_year, too_long
from portal.reports.unknown import against_text
from portal.reports.usual import own_code, usual

REGISTERS = {Body.POLICE: (UnitKind.POLICE,)}  # whose register a report stands in; any other, the committee's


# ── kinds ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def take_over_usual(commune_id: int) -> list[ReportKind]:
    """Enter the usual kinds that a commune does not have yet; they are owed from today on."""
    there = {one.code for one in queries.kinds_of(commune_id, active=False)}
    place = issuers.kind_of(issuers.commune_on(db.session.get_one(Unit, commune_id), clock.today()))
    return [save_kind(None, facts, commune_id) for facts in usual(place) if facts["code"] not in there]


def save_kind(kind: ReportKind | None, facts: Mapping[str, Any], commune_id: int = 0) -> ReportKind:
    """Enter a kind of report, or change one: what was begun before keeps its days and its text."""
    if kind is None:
        code = own_code(str(facts["title"]), queries.codes_taken(commune_id))
        kind = ReportKind(commune_id=commune_id, **{"since": clock.today(), "active": True, "code": code, **facts})
        db.session.add(kind)
    else:
        for name, value in facts.items():
            setattr(kind, name, value)
    db.session.flush()
    return kind


# ── a report ────────────────────────────────────────────────────────────────────────────────────────────────────────
def begin(kind: ReportKind, first: date, last: date, commune_id: int) -> Report:
    """Begin a draft; what people wrote last, section by section, in a signed report is taken over.

    Raises Refused for a kind that is out of use, for days that are none of its periods, and where there is a report on
    them.
    """
    if not kind.active or kind.voided_at is not None:
        raise Refused(Plain(mark("This kind of report is not in use any more.")))
    _refuse_days(kind, first, last)
    if there := queries.on_period(kind, first, last):
        told = mark("There is a report on this period already: %(number)s. Correct that one, or go on with it.")
        raise Refused(Misfit("last", told, number=there[0].number))
    report = _entered(commune_id, kind=kind, first=first, last=last)
    _take_over(report, {key: queries.written_before(report, key) for key in kind.sections})
    return report


def _refuse_days(kind: ReportKind, first: date, last: date) -> None:
    if last < first:
        raise Refused(Misfit("last", mark("The last day cannot be before the first.")))
    if too_long(first, last):
        raise Refused(Misfit("last", mark("A period is at most %(years)s years long."), years=MOST_YEARS))
    if first > clock.today():
        raise Refused(Misfit("first", mark("The period has not begun yet.")))
    if not kind.is_free and (first, last) not in of_year(kind.basis, kind.length, last.year):
        raise Refused(Misfit("last", mark("This is no period of this kind of report.")))


def _entered(commune_id: int, **facts: Any) -> Report:
    number = next_number(Report.number, f"R-{clock.today().year}-", Report.commune_id.in_(line_of(commune_id)))
    report = Report(commune_id=commune_id, number=number, **facts)
    db.session.add(report)
    db.session.flush()
    return report


def _take_over(report: Report, earlier: Mapping[str, Report | None]) -> None:
    for key in report.kind.sections:
        text = one.text_of(key) if (one := earlier.get(key)) else ""
        report.written.append(ReportSection(commune_id=report.commune_id, key=key, text=text))
    db.session.flush()


def write(report: Report, key: str, text: str) -> ReportSection:
    """Write a section. Raises Refused for braces that name no figure, and once the report is before somebody."""
    if not report.editable:
        raise Refused(Plain(mark("The report was submitted, and is not changed any more.")))
    if against := list(against_text(text, report.commune_id)):
        raise Refused(*(Misfit.by("text", one) for one in against))
    section = report.section(key)
    if section is None:
        section = ReportSection(commune_id=report.commune_id, key=key)
        report.written.append(section)
    section.text = text
    touch(report)
    db.session.flush()
    return section


def overrule(report: Report, found: Found, reason: str) -> Overruling:
    """Say why what was found does not stand in the way; said again, the later reason stands.

    It was found before the transaction, since that counts all figures. The values stand in its key: once they are
    others the reason answers nothing. Raises Refused for what no reason overrules, and once the report is before
    somebody.
    """
    if not report.editable:
        raise Refused(Plain(mark("The report was submitted, and is not changed any more.")))
    if found.check.weight != Weight.DOUBT:
        raise Refused(Plain(mark("No reason overrules this. It is mended in the records.")))
    kept = _answered(report, found, reason)
    touch(report)
    db.session.flush()
    return kept


def _answered(report: Report, found: Found, reason: str) -> Overruling:
    kept = next((one for one in report.overrulings if one.finding == found.key), None)
    if kept is None:
        with as_on_paper():
            told = say(found.finding.reason.message, **found.finding.reason.numbers)
        kept = Overruling(commune_id=report.commune_id, finding=found.key, told=told, reason=reason)
        report.overrulings.append(kept)
    kept.reason = reason
    return kept


def next_free(report: Report, day: date) -> Number:
    """The number that a report would take on a day, in the register of the body that issues it."""
    return following(taken_in(register_of(report, day), day.year), papers.symbol(report, day))


def register_of(report: Report, day: date) -> Unit:
    return force_on(
        issuers.commune_on(report.commune, day), REGISTERS.get(report.kind.body, (UnitKind.COMMITTEE,)), day
    )


def approve(
    report: Report, ready: Prepared, stored: Stored, by: Actor, version: int | None = None,
    looked: Looked | None = None, answers: Iterable[tuple[Found, str]] = (),
) -> None:  # fmt: skip
    """Freeze a report: its figures with the records counted, its text with all that is around it, its number, its file.

    *looked*: what was found against it when it was counted; *answers*: what came up since it was submitted, and why it
    is approved all the same. Raises Taken where somebody took the number meanwhile; then nothing is frozen.
    """
    report.workflow.take("approve", report, by, version=version, looked=looked)
    for found, reason in answers:
        _answered(report, found, reason)
    entry = register.register(_facts(report, ready), subject=report)
    register.issue(entry, register.Signed(ready.number, ready.day))
    entry.kept_as(str(ready.number))
    report.figures = [ReportFigure(**row) for row in ready.frozen.rows]
    report.document, report.approved_on = entry, ready.day
    report.text, report.frame = ready.content.text, ready.content.frame
    report.stored_as, report.file_digest = stored.stored_as, stored.digest
    report.file_name, report.file_size = stored.file_name, stored.size
    db.session.flush()
    report.sealed = report.digest


def _facts(report: Report, ready: Prepared) -> register.Facts:
    frame = ready.content.frame
    signature = Signature(**frame["signature"])
    return register.Facts(
        register_of(report, ready.day), papers.CODE, frame["abstract"], symbol=ready.number.symbol,
        signers=in_lines(signature), authority=" ".join(signature.lines),
        recipients="; ".join((*frame["addressees"], *frame["recipients"])), drafted_on=ready.day,
    )  # fmt: skip


def correct(report: Report, why: str) -> Report:
    """Begin a new version beside an approved one: it counts anew, and takes over what people wrote."""
    if not report.is_signed:
        raise Refused(Plain(mark("Only what was approved is corrected; before that it is changed.")))
    if report.correction is not None:
        told = mark("A correction is there already: %(number)s.")
        raise Refused(Plain(told, number=report.correction.number))
    version = _entered(
        report.commune_id, kind=report.kind, first=report.first, last=report.last, corrects=report,
        version_no=report.version_no + 1, why_corrected=why,
    )  # fmt: skip
    _take_over(version, dict.fromkeys(report.kind.sections, report))
    return version


def give_task(report: Report, text: str, unit: Unit, due_on: date) -> ActionItem:
    """Let a unit do what a line of the last section asks for. Raises Refused for a day that has passed, and twice, and
    where the draft was struck out."""
    if report.voided_at is not None:
        raise Refused(Plain(mark("The draft was struck out: no tasks are given out of it.")))
    if due_on < clock.today():
        raise Refused(Misfit("due_on", mark("This day has passed.")))
    if any(one.text == text and one.unit_id == unit.id and one.voided_at is None for one in report.tasks):
        raise Refused(Misfit("unit_id", mark("This unit has the task already.")))
    task = ActionItem(commune_id=report.commune_id, report=report, text=text, unit=unit, unit_id=unit.id, due_on=due_on)
    db.session.add(task)
    db.session.flush()
    return task
