"""The text of a signed report, paragraph by paragraph."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import undefer

from portal.engine.db import db
from portal.engine.forms import Form, Line, Number, Optional, Paragraphs, Required
from portal.engine.refusal import Misfit, Refused
from portal.engine.sheets import MOST_LETTERS
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing, agreeing
from portal.exchange.cells import AS_KEPT, in_cell, is_text
from portal.exchange.kinds.frozen.of_signed import MOST_PLACES, OfSigned, of_signed
from portal.exchange.kinds.reports import REPORT_NUMBER, Reports
from portal.exchange.sheet import Both, Facts, Verdict
from portal.exchange.taking import Taking
from portal.reports.models import Report
from portal.reports.wording.runs import USUAL, completed, shortened


class ParagraphRow(Form):
    report_id = Line(REPORT_NUMBER, [Required()])
    paragraph = Number(_l("Paragraph"), [Required()], least=1, most=MOST_PLACES)
    section = Line(_l("Section"), [Optional()], length=40)
    level = Number(_l("Level of the heading"), [Optional()], most=3, description=_l("0: no heading."))
    runs = Paragraphs(_l("Words"), [Optional()], length=MOST_LETTERS, description=AS_KEPT)


def _are_runs(value: Any) -> bool:
    return isinstance(value, list) and all(_is_run(one) and _are_of_note(one.get("note", [])) for one in value)


def _are_of_note(value: Any) -> bool:
    """Whether something are the runs of a footnote, which has no footnotes of its own."""
    return isinstance(value, list) and all(_is_run(one) and not one.get("note") for one in value)


def _is_run(one: Any) -> bool:
    if not isinstance(one, dict) or not {"text"} <= one.keys() <= {"text", *USUAL}:
        return False
    whole = {**USUAL, **one}
    styled = isinstance(whole["bold"], bool) and isinstance(whole["italic"], bool)
    return is_text(whole["text"]) and is_text(whole["figure"]) and styled and isinstance(whole["note"], list)


class Text(OfSigned):
    """A row a paragraph, since no cell holds the text of a long report."""

    key, title, form = f"{Reports.key}.text", Both(Reports.title, _l("Text")), ParagraphRow
    about = _l("The text as it was approved, paragraph by paragraph.")
    columns = ("report_id", "paragraph", "section", "level", "runs")
    data = {"runs": _are_runs}

    def found(self, taking: Taking) -> Select[Any]:
        return of_signed(select(Report).options(undefer(Report.text)), taking)

    def told(self, row: Any, taking: Taking) -> list[Mapping[str, Any]]:
        return [self.said((row[0], place), taking.code) for place in range(1, len(row[0].text or ()) + 1)]

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        report, place = one
        told = report.text[place - 1]
        runs = in_cell(shortened(told["runs"]))
        return {"report_id": report.id, "paragraph": place, "section": told["section"], "level": told["level"],
                "runs": runs}  # fmt: skip

    def there(self, facts: Facts, bringing: Bringing) -> tuple[Report, int] | None:
        report = db.session.get(Report, facts["report_id"])
        place = facts["paragraph"]
        return (report, place) if report and place <= len(report.text or ()) else None

    def same(self, there: Any, facts: Facts, bringing: Bringing) -> Verdict:
        return agreeing(self._told(there, bringing), self._compared(facts))

    def write(self, facts: Facts, bringing: Bringing) -> None:
        report, said = self.signed(facts), self.kept(facts)
        text = bringing.gathered.setdefault((self.key, report.id), [])
        if said["paragraph"] != len(text) + 1:
            raise Refused(Misfit("paragraph", mark("Paragraphs come one after the other, from 1 on.")))
        runs = completed(said["runs"] or [])
        text.append({"section": said["section"] or "", "level": said["level"] or 0, "runs": runs})
