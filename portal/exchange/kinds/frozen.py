"""What the approval of a report froze: its figures, its text, the frame of its paper, and the seal over all of it.

The records behind a figure have other ids in another portal, so they stay behind, and the figure says that it was
brought in. A seal is bound to the keys of a portal: a report is sealed anew, if it was intact where it came from.

What the portal keeps as data stands in a cell as JSON, word for word.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import undefer

from portal.engine.db import db
from portal.engine.forms import BooleanField, Choice, Form, Line, Number, Optional, Paragraphs, Required
from portal.engine.letters import kept, plain
from portal.engine.refusal import Misfit, Refused
from portal.engine.sheets import MOST_LETTERS
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing, agreeing
from portal.exchange.kinds.reports import MADE_HERE, REPORT_NUMBER, Reports, refuse_unless_made_here
from portal.exchange.kinds.rows import ByCommand, Rows
from portal.exchange.sheet import Both, Facts, Verdict
from portal.exchange.taking import Taking, code_of
from portal.reports.models import SIGNED, Report, ReportFigure

MOST_PLACES, MOST_BYTES = 100_000, 2**31 - 1
_AS_KEPT = _l("As the portal keeps it.")
NOT_AS_KEPT = mark("This is not as the portal writes it. Please leave the cell as it was exported.")


# ── data in a cell ──────────────────────────────────────────────────────────────────────────────────────────────────
def in_cell(value: Any) -> str:
    """Data as a cell can keep it letter for letter; nothing for nothing."""
    if value is None:
        return ""
    told = json.dumps(value, ensure_ascii=False)
    return told if kept(plain(told)) == told else json.dumps(value)


def of_cell(column: str, typed: str | None, fits: Callable[[Any], bool]) -> Any:
    """The data that a cell tells; None where it is empty. Raises Refused where it is no data, or of another shape."""
    if not typed:
        return None
    try:
        value = json.loads(typed, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Refused(Misfit(column, NOT_AS_KEPT)) from error
    if not fits(value):
        raise Refused(Misfit(column, NOT_AS_KEPT))
    return value


def _no_number(_word: str) -> Any:
    raise ValueError("Infinities are no numbers.")


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_value(value: Any) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _are_parts(value: Any) -> bool:
    """Breakdowns by name: a label, and of both periods pairs of what it is and how much."""
    return isinstance(value, dict) and all(
        isinstance(one, dict) and one.keys() == {"label", "now", "before"} and _is_text(one["label"])
        and _are_pairs(one["now"]) and _are_pairs(one["before"]) for one in value.values()
    )  # fmt: skip


def _are_pairs(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, list) and len(one) == 2 and all(_is_value(each) for each in one) and not _is_text(one[1])
        for one in value
    )


# ── figures, text, frame ────────────────────────────────────────────────────────────────────────────────────────────
class OfSigned(ByCommand, Rows):
    """What belongs to a signed report and is no record of its own. *data* are the columns of data, each with what says
    whether something fits."""

    record, named = Report, {"report_id": "report"}
    data: Mapping[str, Callable[[Any], bool]] = {}

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        """Data are compared as they are kept, however they stand in the cell."""
        read = {name: of_cell(name, facts[name], fits) for name, fits in self.data.items()}
        return super().take({**facts, **{name: in_cell(value) for name, value in read.items()}}, bringing)

    def once(self, facts: Facts, bringing: Bringing) -> None:
        refuse_unless_made_here(facts, bringing)

    def kept(self, facts: Facts) -> Facts:
        """What a row says, its data read."""
        return {**facts, **{name: of_cell(name, facts[name], fits) for name, fits in self.data.items()}}

    @staticmethod
    def signed(facts: Facts) -> Report:
        """The report that a row belongs to. Raises Refused where it is none that was approved."""
        report = db.session.get_one(Report, facts["report_id"])
        if report.state not in SIGNED:
            raise Refused(Misfit("report_id", mark("Only of a report that was approved anything is frozen.")))
        return report


def _of_signed(found: Select[Any], taking: Taking) -> Select[Any]:
    found = found.where(Report.voided_at.is_(None), Report.state.in_(SIGNED), *taking.within(Report))
    return found.order_by(Report.version_no, code_of(Report), Report.number)


class FigureRow(Form):
    report_id = Line(REPORT_NUMBER, [Required()])
    position = Number(_l("Place in the order"), [Required()], least=1, most=MOST_PLACES)
    figure_id = Line(_l("Figure"), [Required()], length=120)
    label = Line(_l("Called"), [Required()], length=400)
    definition = Paragraphs(_l("What is counted"), [Optional()])
    unit = Line(_l("Unit of measure"), [Optional()])
    figure_kind = Line(_l("Kind"), [Optional()], length=40)
    record_type = Line(_l("Records"), [Optional()], length=80)
    value = Line(_l("Value"), [Optional()], length=400, description=_AS_KEPT)
    previous_value = Line(_l("Value of the year before"), [Optional()], length=400, description=_AS_KEPT)
    parts = Paragraphs(_l("Breakdowns"), [Optional()], length=MOST_LETTERS, description=_AS_KEPT)


class Figures(OfSigned):
    key, title, form = f"{Reports.key}.figures", Both(Reports.title, _l("Figures")), FigureRow
    about = _l(
        "The figures as they were frozen on the day of the approval. The records that they counted stay in the portal "
        "in which it was approved."
    )
    columns = ("report_id", "position", "figure_id", "label", "definition", "unit", "figure_kind", "record_type",
               "value", "previous_value", "parts")  # fmt: skip
    data = {"value": _is_value, "previous_value": _is_value, "parts": _are_parts}

    def found(self, taking: Taking) -> Select[Any]:
        found = _of_signed(select(ReportFigure).join(Report, Report.id == ReportFigure.report_id), taking)
        return found.order_by(ReportFigure.position)

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        told = super().said(one, code)
        return {**told, "figure_kind": one.kind, **{name: in_cell(getattr(one, name)) for name in self.data}}

    def there(self, facts: Facts, bringing: Bringing) -> ReportFigure | None:
        of = ReportFigure.report_id == facts["report_id"], ReportFigure.figure_id == facts["figure_id"]
        return db.session.scalars(select(ReportFigure).where(*of)).first()

    def write(self, facts: Facts, bringing: Bringing) -> None:
        report, said = self.signed(facts), self.kept(facts)
        texts = {name: said[name] or "" for name in ("figure_id", "label", "definition", "unit", "record_type")}
        db.session.add(ReportFigure.brought_in(
            report_id=report.id, position=said["position"], kind=said["figure_kind"] or "", value=said["value"],
            previous_value=said["previous_value"], parts=said["parts"] or {}, **texts,
        ))  # fmt: skip
        db.session.flush()


class ParagraphRow(Form):
    report_id = Line(REPORT_NUMBER, [Required()])
    paragraph = Number(_l("Paragraph"), [Required()], least=1, most=MOST_PLACES)
    section = Line(_l("Section"), [Optional()], length=40)
    level = Number(_l("Level of the heading"), [Optional()], most=3, description=_l("0: no heading."))
    runs = Paragraphs(_l("Words"), [Optional()], length=MOST_LETTERS, description=_AS_KEPT)


USUAL = {"figure": "", "bold": False, "italic": False, "note": []}  # of a run, where nothing else is said


def _are_runs(value: Any) -> bool:
    return isinstance(value, list) and all(_is_run(one) for one in value)


def _is_run(one: Any) -> bool:
    if not isinstance(one, dict) or not {"text"} <= one.keys() <= {"text", *USUAL}:
        return False
    whole = {**USUAL, **one}
    styled = isinstance(whole["bold"], bool) and isinstance(whole["italic"], bool)
    return _is_text(whole["text"]) and _is_text(whole["figure"]) and styled and _are_runs(whole["note"])


def _shortened(runs: list[Any]) -> list[Any]:
    """Without what is usual."""
    notes = [{**one, "note": _shortened(one["note"])} for one in runs]
    return [{name: value for name, value in one.items() if name not in USUAL or value != USUAL[name]} for one in notes]


def _whole(runs: list[Any]) -> list[Any]:
    """As `reports.wording.runs` keeps them."""
    return [{"text": one["text"], **{name: one.get(name, usual) for name, usual in USUAL.items()},
             "note": _whole(one.get("note", []))} for one in runs]  # fmt: skip


class Text(OfSigned):
    """A row a paragraph, since no cell holds the text of a long report."""

    key, title, form = f"{Reports.key}.text", Both(Reports.title, _l("Text")), ParagraphRow
    about = _l("The text as it was approved, paragraph by paragraph.")
    columns = ("report_id", "paragraph", "section", "level", "runs")
    data = {"runs": _are_runs}

    def found(self, taking: Taking) -> Select[Any]:
        return _of_signed(select(Report).options(undefer(Report.text)), taking)

    def told(self, row: Any, taking: Taking) -> list[Mapping[str, Any]]:
        return [self.said((row[0], place), taking.code) for place in range(1, len(row[0].text or ()) + 1)]

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        report, place = one
        told = report.text[place - 1]
        runs = in_cell(_shortened(told["runs"]))
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
        text = report.text or []
        if said["paragraph"] != len(text) + 1:
            raise Refused(Misfit("paragraph", mark("Paragraphs come one after the other, from 1 on.")))
        told = {"section": said["section"] or "", "level": said["level"] or 0, "runs": _whole(said["runs"] or [])}
        report.text = [*text, told]
        db.session.flush()


def _shaped(**parts: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Whether something has just these parts, each of which fits."""

    def fits(value: Any) -> bool:
        there = isinstance(value, dict) and value.keys() == parts.keys()
        return there and all(fits_one(value[name]) for name, fits_one in parts.items())

    return fits


ANNEX, ANNEX_ROW = "annex", "annex_row"
FRAME: Mapping[str, tuple[Any, Callable[[Any], bool], Any]] = {  # by part: its label, what fits, what an empty one has
    "title": (_l("Title of the report"), _is_text, ""),
    "issuer": (
        _l("Who issues it"), _shaped(superior=_is_text, name=_are_texts, place=_is_text),
        {"superior": "", "name": [], "place": ""},
    ),
    "symbol": (_l("Symbol"), _is_text, ""),
    "abstract": (_l("What the paper is about"), _is_text, ""),
    "addressees": (_l("To whom it is addressed"), _are_texts, []),
    "recipients": (_l("Who receives it"), _are_texts, []),
    "signature": (_l("Signature"), _shaped(lines=_are_texts, name=_is_text), {"lines": [], "name": ""}),
    ANNEX: (_l("Annex"), _shaped(name=_is_text, abstract=_is_text, heads=_are_texts), None),
    ANNEX_ROW: (_l("Row of the annex"), _are_texts, None),
}  # fmt: skip


class FrameRow(Form):
    report_id = Line(REPORT_NUMBER, [Required()])
    part = Choice(_l("Part"), [Required()], choices=[(name, label) for name, (label, *_more) in FRAME.items()])
    position = Number(
        _l("Place in the order"), [Optional()], most=MOST_PLACES, description=_l("Of the rows of an annex: 1, 2, 3 …")
    )
    content = Paragraphs(_l("What it says"), [Optional()], length=MOST_LETTERS, description=_AS_KEPT)


class Frame(OfSigned):
    """A row a part, and each row of an annex, since no cell holds a long table."""

    key, title, form = f"{Reports.key}.frame", Both(Reports.title, _l("Frame of the paper")), FrameRow
    about = _l("All that the signed paper has around its text.")
    columns = ("report_id", "part", "position", "content")

    def found(self, taking: Taking) -> Select[Any]:
        return _of_signed(select(Report).where(Report.frame.is_not(None)), taking)

    def told(self, row: Any, taking: Taking) -> list[Mapping[str, Any]]:
        rows = len((row[0].frame.get(ANNEX) or {}).get("rows", ()))
        parts = [(name, 0) for name in FRAME if name != ANNEX_ROW and row[0].frame.get(name) is not None]
        places = [*parts, *((ANNEX_ROW, place) for place in range(1, rows + 1))]
        return [self.said((row[0], *place), taking.code) for place in places]

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        report, part, place = one
        return {"report_id": report.id, "part": part, "position": place or None,
                "content": in_cell(_part(report.frame, part, place))}  # fmt: skip

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        value = _read(facts)
        return super().take({**facts, "position": facts["position"] or 0, "content": in_cell(value)}, bringing)

    def there(self, facts: Facts, bringing: Bringing) -> tuple[Report, str, int] | None:
        report = db.session.get(Report, facts["report_id"])
        if report is None or bringing.is_claimed(MADE_HERE, report):
            return None
        part, place = facts["part"], facts["position"]
        return (report, part, place) if _part(report.frame or {}, part, place) is not None else None

    def same(self, there: Any, facts: Facts, bringing: Bringing) -> Verdict:
        return agreeing(self._told(there, bringing), self._compared(facts))

    def write(self, facts: Facts, bringing: Bringing) -> None:
        report, part, value = self.signed(facts), facts["part"], _read(facts)
        frame: dict[str, Any] = report.frame or {
            name: empty for name, (_label, _fits, empty) in FRAME.items() if name != ANNEX_ROW
        }
        if not bringing.first_time(self.key, f"{report.id}/{part}/{facts['position']}"):
            raise Refused(Misfit("part", mark("This part stands in the file twice.")))
        if part == ANNEX:
            value = {**value, "rows": []}
        elif part == ANNEX_ROW:
            value, part = _with_row(frame[ANNEX], value, facts["position"]), ANNEX
        report.frame = {**frame, part: value}
        db.session.flush()


def _read(facts: Facts) -> Any:
    """What a row says of its part. Raises Refused where that is missing, or of another shape."""
    _label, fits, _empty = FRAME[facts["part"]]
    value = of_cell("content", facts["content"], fits)
    if value is None:
        raise Refused(Misfit("content", NOT_AS_KEPT))
    return value


def _part(frame: Mapping[str, Any], part: str, place: int) -> Any:
    """A part of a frame; of an annex without its rows, or the row at a place."""
    annex = frame.get(ANNEX)
    if part == ANNEX:
        return {name: value for name, value in annex.items() if name != "rows"} if annex else None
    if part == ANNEX_ROW:
        return annex["rows"][place - 1] if annex and 0 < place <= len(annex["rows"]) else None
    return frame.get(part)


def _with_row(annex: Mapping[str, Any] | None, row: list[str], place: int) -> dict[str, Any]:
    if annex is None or place != len(annex["rows"]) + 1:
        raise Refused(Misfit("position", mark("The rows of an annex come after it, one after the other, from 1 on.")))
    if len(row) != len(annex["heads"]):
        raise Refused(Misfit("content", NOT_AS_KEPT))
    return {**annex, "rows": [*annex["rows"], row]}


# ── the seal ────────────────────────────────────────────────────────────────────────────────────────────────────────
class SealRow(Form):
    report_id = Line(REPORT_NUMBER, [Required()])
    file_name = Line(_l("File of the paper"), [Optional()])
    file_digest = Line(
        _l("Digest of the file"), [Optional()], length=64, description=_l("SHA-256: by it the signed file is known.")
    )
    file_size = Number(_l("Bytes of the file"), [Optional()], most=MOST_BYTES)
    intact = BooleanField(_l("As it was frozen"), [Optional()], description=_l("No: somebody changed it afterwards."))


class Seals(OfSigned):
    """The last sheet of reports: what it seals is written by then."""

    key, title, form = f"{Reports.key}.seals", Both(Reports.title, _l("Seals")), SealRow
    about = _l("Whether what was approved stands as it was approved, and by what its signed file is known.")
    columns = ("report_id", "file_name", "file_digest", "file_size", "intact")

    def found(self, taking: Taking) -> Select[Any]:
        return _of_signed(select(Report).options(undefer(Report.text)), taking)

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        return {**super().said(one, code), "report_id": one.id}

    def there(self, facts: Facts, bringing: Bringing) -> Report | None:
        report = db.session.get(Report, facts["report_id"])
        return None if report is None or bringing.is_claimed(MADE_HERE, report) else report

    def write(self, facts: Facts, bringing: Bringing) -> None:
        report = self.signed(facts)
        db.session.expire(report)
        report.file_name, report.file_digest = facts["file_name"] or "", facts["file_digest"] or ""
        report.file_size = facts["file_size"]
        db.session.flush()
        report.sealed = report.digest if facts["intact"] else ""
        db.session.flush()
