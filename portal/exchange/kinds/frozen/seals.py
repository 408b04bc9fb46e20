"""The seal of a signed report, by which one sees whether what was frozen came whole."""

import hashlib
import json
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload, undefer

from portal.engine.db import db
from portal.engine.forms import BooleanField, Form, Line, Number, Optional, Required
from portal.engine.letters import kept, plain
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing
from portal.exchange.kinds.documents import Documents
from portal.exchange.kinds.frozen.frame import Frame
from portal.exchange.kinds.frozen.of_signed import OfSigned, of_signed
from portal.exchange.kinds.frozen.text import Text
from portal.exchange.kinds.reports import MADE_HERE, REPORT_NUMBER, SEALS, Reports
from portal.exchange.references import STILL_TO_COME
from portal.exchange.sheet import Both, Facts, Verdict
from portal.exchange.taking import Taking
from portal.reports.models import Report, ReportFigure

MOST_BYTES = 2**31 - 1
_WORDS = ("figure_id", "label", "definition", "unit", "kind", "record_type")


class SealRow(Form):
    report_id = Line(REPORT_NUMBER, [Required()])
    paper = Line(_l("Number of its paper"), [Optional()], length=60)
    content_digest = Line(
        _l("Digest of what was frozen"), [Required()], length=64,
        description=_l("SHA-256 of days, figures, text, frame and number: by it one sees that all of it is there."),
    )  # fmt: skip
    file_name = Line(_l("File of the paper"), [Optional()])
    file_digest = Line(
        _l("Digest of the file"), [Optional()], length=64, description=_l("SHA-256: by it the signed file is known.")
    )
    file_size = Number(_l("Bytes of the file"), [Optional()], most=MOST_BYTES)
    intact = BooleanField(_l("As it was frozen"), [Optional()], description=_l("No: somebody changed it afterwards."))


class Seals(OfSigned):
    """The last sheet of reports: what it seals is there by then, its paper too."""

    key, title, form = SEALS, Both(Reports.title, _l("Seals")), SealRow
    about = _l("Whether what was approved stands as it was approved, and by what its signed file is known.")
    columns = ("report_id", "paper", "content_digest", "file_name", "file_digest", "file_size", "intact")
    behind = (Documents.key,)

    def found(self, taking: Taking) -> Select[Any]:
        loaded = undefer(Report.text), selectinload(Report.document), selectinload(Report.figures)
        return of_signed(select(Report).options(*loaded), taking)

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        frozen = {"paper": _paper_of(one), "content_digest": content_digest(one)}
        return {**super().said(one, code), "report_id": one.id, **frozen}

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        report_id = facts["report_id"]
        if report_id != STILL_TO_COME and not bringing.first_time(self.key, str(report_id)):
            raise Refused(Misfit("report_id", mark("The seal of this report stands in the file twice.")))
        return super().take(facts, bringing)

    def there(self, facts: Facts, bringing: Bringing) -> Report | None:
        report = db.session.get(Report, facts["report_id"])
        return None if report is None or bringing.is_claimed(MADE_HERE, report) else report

    def write(self, facts: Facts, bringing: Bringing) -> None:
        """Write what was gathered of the report, and seal it, if it came whole and was intact."""
        report = self.signed(facts)
        bringing.came(self.key, report.id)
        report.text = bringing.gathered.pop((Text.key, report.id), None)
        report.frame = bringing.gathered.pop((Frame.key, report.id), None)
        report.file_name, report.file_digest = facts["file_name"] or "", facts["file_digest"] or ""
        report.file_size = facts["file_size"]
        db.session.flush()
        db.session.expire(report)
        _refuse_in_part(report, facts)
        report.sealed = report.digest if facts["intact"] else ""
        db.session.flush()


def _refuse_in_part(report: Report, facts: Facts) -> None:
    """Raise Refused where something is missing of what was frozen, or was changed in the file."""
    if not report.figures:
        raise Refused(Misfit("report_id", mark("The file has none of the figures with which this was approved.")))
    if not report.text:
        raise Refused(Misfit("report_id", mark("The file has nothing of the text with which this was approved.")))
    if facts["paper"] and _paper_of(report) != facts["paper"]:
        told = mark("The paper %(number)s of this report does not stand on the sheet of documents.")
        raise Refused(Misfit("paper", told, number=facts["paper"]))
    if content_digest(report) != facts["content_digest"]:
        raise Refused(Misfit("content_digest", mark(
            "Days, figures, text or frame are not as they were exported: something is missing, or was changed."
        )))  # fmt: skip


def _paper_of(report: Report) -> str | None:
    """The number of the paper that leaves with a report."""
    paper = report.document
    return paper.number or None if paper is not None and paper.voided_at is None else None


def content_digest(report: Report) -> str:
    """A digest, without any key, of what the seal binds as a workbook tells it: every portal finds the same."""
    content = {
        "days": [report.first.isoformat(), report.last.isoformat()], "paper": _paper_of(report),
        "figures": [_told(one) for one in report.figures], "text": report.text or [], "frame": report.frame,
    }  # fmt: skip
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _told(figure: ReportFigure) -> list[Any]:
    """Blanks and breaks in words are not kept by every cell."""
    words = [" ".join(kept(plain(getattr(figure, name))).split()) for name in _WORDS]
    return [figure.position, *words, figure.value, figure.previous_value, figure.parts]
