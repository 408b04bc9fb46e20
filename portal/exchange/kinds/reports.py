"""Reports as they stand, with what people wrote in them and why a finding of a check was overruled.

A report is begun on its page, from the records that the portal has, and is signed by two people: so only the command
takes one in. What an approval froze stands on sheets of its own (`kinds/frozen/`).
"""

from collections.abc import Iterator
from typing import Any, ClassVar

from sqlalchemy import Select, select

from portal.engine.db import db
from portal.engine.forms import Choice, Day, Form, Line, Number, Optional, Paragraphs, Required, not_in_the_future
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing
from portal.exchange.kinds.meetings import TaskRow, Tasks
from portal.exchange.kinds.rows import ByCommand, LinesOf, NumberedRows, OfCommune, columns_of
from portal.exchange.kinds.standing import OfAuthor
from portal.exchange.kinds.steps import StepsOf
from portal.exchange.references import STILL_TO_COME
from portal.exchange.sheet import Both, Facts, Verdict
from portal.exchange.taking import Taking, code_of
from portal.meetings.models import ActionItem
from portal.reports.forms import OverruleForm, SectionForm
from portal.reports.models import SIGNED, Overruling, Report, ReportKind, ReportSection
from portal.reports.periods import MOST_YEARS, too_long
from portal.reports.queries import on_period
from portal.reports.workflow import REPORT

MOST_VERSIONS = 1000
REPORT_NUMBER = _l("Report")


class ReportRow(OfAuthor, OfCommune):
    number = Line(_l("Number"), [Required()], length=40)
    kind_id = Line(_l("Kind of report"), [Required()], description=_l("Its code."))
    first = Day(_l("From day"), [Required()])
    last = Day(_l("To day"), [Required()])
    version_no = Number(_l("Version"), [Optional()], least=1, most=MOST_VERSIONS, description=_l("Empty: the first."))
    corrects_id = Line(_l("Corrects"), [Optional()], description=_l("The number of the version before."))
    why_corrected = Paragraphs(_l("Why it is corrected"), [Optional()], length=1000)
    state = Choice(_l("State"), choices=[(name, one.label) for name, one in REPORT.states.items()], default="draft")
    approved_on = Day(_l("Approved on"), [Optional(), not_in_the_future])
    sent_on = Day(_l("Sent on"), [Optional(), not_in_the_future])


class Reports(ByCommand, NumberedRows):
    key, title, record, form = "reports", _l("Reports"), Report, ReportRow
    about = _l(
        "Reports as they stand. Only the command takes them in. The number of their paper stands on the sheet of "
        "documents; the file itself and the records behind frozen figures stay behind."
    )
    columns = ("number", "commune", "kind_id", "first", "last", "version_no", "corrects_id", "why_corrected", "state",
               "approved_on", "sent_on", "author")  # fmt: skip
    named = {"author": "user"}

    def found(self, taking: Taking) -> Select[Any]:
        """What a correction corrects stands before it."""
        found = super().found(taking).order_by(None)
        return found.order_by(Report.version_no, code_of(Report), Report.number)

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        return {**super().said(one, code), "author": one.created_by_id}

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        return super().take({**facts, "version_no": facts["version_no"] or 1}, bringing)

    def once(self, facts: Facts, bringing: Bringing) -> None:
        super().once(facts, bringing)
        if against := [*_misfits(facts), *_beside(facts, bringing)]:
            raise Refused(*against)
        if facts["corrects_id"] is None:
            self._alone(facts, bringing)

    def _alone(self, facts: Facts, bringing: Bringing) -> None:
        """Raise Refused where the days of a first version have a report of its kind, be it in the file alone."""
        kind_id, days = facts["kind_id"], (facts["first"], facts["last"])
        if kind_id == STILL_TO_COME:
            return
        there = on_period(db.session.get_one(ReportKind, kind_id), *days)
        if there:
            told = mark("There is a report on this period already: %(number)s. Correct that one, or go on with it.")
            raise Refused(Misfit("last", told, number=there[0].number))
        if not bringing.first_time(f"{self.key}, first versions", f"{kind_id}/{days[0]}/{days[1]}"):
            raise Refused(Misfit("last", mark("A first version of this kind and period stands in the file already.")))

    def write(self, facts: Facts, bringing: Bringing) -> None:
        told = columns_of(Report, facts)
        report = Report(commune_id=bringing.of_commune(facts), created_by_id=facts["author"], **told)
        db.session.add(report)
        db.session.flush()
        bringing.claim(MADE_HERE, report)
        if report.is_signed:
            missing = mark("What was approved comes with what was frozen then. It has no row on the sheet of seals.")
            bringing.await_row(SEALS, report.id, Misfit("state", missing))


SEALS = f"{Reports.key}.seals"  # the sheet that says of what was frozen that it is all there
MADE_HERE = f"{Reports.key}, made here"  # under which an import keeps in mind the reports that it wrote itself


def _misfits(facts: Facts) -> Iterator[Misfit]:
    if facts["last"] < facts["first"]:
        yield Misfit("last", mark("The last day cannot be before the first."))
    elif too_long(facts["first"], facts["last"]):
        yield Misfit("last", mark("A period is at most %(years)s years long."), years=MOST_YEARS)
    if (facts["version_no"] > 1) != (facts["corrects_id"] is not None):
        yield Misfit("corrects_id", mark("A further version says which one it corrects, and the first one does not."))
    if (facts["approved_on"] is not None) != (facts["state"] in SIGNED):
        yield Misfit("approved_on", mark("What was approved says on which day, and nothing else does."))
    elif facts["approved_on"] and facts["approved_on"] < facts["last"]:
        yield Misfit("approved_on", mark("A report is approved once its period has come to its end."))
    if (facts["sent_on"] is not None) != (facts["state"] == "sent"):
        yield Misfit("sent_on", mark("What was sent says on which day, and nothing else does."))
    elif facts["sent_on"] and facts["approved_on"] and facts["sent_on"] < facts["approved_on"]:
        yield Misfit("sent_on", mark("Nothing is sent before it is approved."))


def _beside(facts: Facts, bringing: Bringing) -> Iterator[Misfit]:
    """What does not fit of a further version to the one that it corrects, as `reports.actions.correct` makes it."""
    if facts["corrects_id"] in (None, STILL_TO_COME):
        return
    before = db.session.get_one(Report, facts["corrects_id"])
    if not before.is_signed:
        yield Misfit("corrects_id", mark("Only what was approved is corrected; before that it is changed."))
    elif not (bringing.is_claimed(MADE_HERE, before) or before.was_brought_in):
        yield Misfit("corrects_id", mark("This one was approved in this portal. It is corrected here, on its page."))
    elif there := _correction_of(before):
        yield Misfit("corrects_id", mark("A correction is there already: %(number)s."), number=there)
    if before.commune_id != bringing.of_commune(facts):
        yield Misfit("commune", mark("A further version is of the same commune as the one that it corrects."))
    same = {"kind_id": before.kind_id, "first": before.first, "last": before.last}
    told = mark("A further version has the kind and the days of the one that it corrects.")
    yield from (Misfit(name, told) for name, value in same.items() if facts[name] not in (value, STILL_TO_COME))
    if facts["version_no"] != before.version_no + 1:
        told = mark("The version after that one is number %(number)s.")
        yield Misfit("version_no", told, number=before.version_no + 1)


def _correction_of(report: Report) -> str | None:
    """The number of the version that corrects a report, as it is now: other rows of the file may have brought one."""
    corrections = select(Report.number).where(Report.corrects_id == report.id, Report.voided_at.is_(None))
    return db.session.scalars(corrections).first()


def refuse_unless_made_here(facts: Facts, bringing: Bringing, column: str = "report_id") -> None:
    """Raise Refused where a row belongs to a report that was there before, which a *column* names: nothing is added to
    what somebody wrote or signed in this portal."""
    if facts[column] == STILL_TO_COME:
        return
    if not bringing.is_claimed(MADE_HERE, db.session.get_one(Report, facts[column])):
        told = mark("The portal holds this report already. Nothing is added to it from a file.")
        raise Refused(Misfit(column, told))


class StepsOfReports(StepsOf):
    """Only what the same file brought takes steps from it."""

    def once(self, facts: Facts, bringing: Bringing) -> None:
        refuse_unless_made_here(facts, bringing, "record_id")


class OfReport(ByCommand, LinesOf):
    """What belongs to a report that the same file brings."""

    of: ClassVar[Any] = Report

    def once(self, facts: Facts, bringing: Bringing) -> None:
        refuse_unless_made_here(facts, bringing)


class SectionRow(Form):
    report_id = Line(REPORT_NUMBER, [Required()])
    key = Line(_l("Section"), [Required()], length=40, description=_l("By its name in the portal: order.fire."))
    text = SectionForm.text


class Sections(OfReport):
    key, title, record, form = f"{Reports.key}.sections", Both(Reports.title, _l("Sections")), ReportSection, SectionRow
    about = _l("What people wrote in each section, with figures by their names in braces.")
    columns = ("report_id", "key", "text")
    keys, order = ("report_id", "key"), (ReportSection.id,)


class OverrulingRow(OfAuthor, Form):
    report_id = Line(REPORT_NUMBER, [Required()])
    finding = Line(_l("Code of the finding"), [Required()], length=400)
    told = Paragraphs(_l("What was found"), [Optional()], length=4000)
    reason = OverruleForm.reason


class Overrulings(OfReport):
    """Who overruled a finding is told beside it."""

    key, title = f"{Reports.key}.overrulings", Both(Reports.title, _l("Overruled findings"))
    record, form = Overruling, OverrulingRow
    about = _l("Why a report went with what a check had found in it.")
    columns = ("report_id", "finding", "told", "reason", "author")
    named = {"author": "user"}
    keys, order = ("report_id", "finding"), (Overruling.id,)

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        return {**super().said(one, code), "author": one.created_by_id}

    def made(self, facts: Facts) -> Any:
        made = super().made(facts)
        made.created_by_id = facts["author"]
        return made


class ReportTaskRow(TaskRow):
    report_id = Line(REPORT_NUMBER, [Required()])
    meeting_id = Line(validators=[Optional()])


class ReportTasks(OfReport, Tasks):
    """Tasks out of the last section, which later meetings may have found open as they do their own."""

    key, title, record, form = f"{Reports.key}.tasks", Both(Reports.title, _l("Tasks")), ActionItem, ReportTaskRow
    about = _l("What reports gave units to do, and what became of it.")
    columns = ("report_id", "text", "unit_id", "due_on", "state", "ended_on", "result", "carried")
    keys = ("report_id", "unit_id", "text", "due_on")

    def once(self, facts: Facts, bringing: Bringing) -> None:
        OfReport.once(self, facts, bringing)
        Tasks.once(self, facts, bringing)
