"""The frame of the paper of a signed report: all that it has around its text."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select

from portal.engine.db import db
from portal.engine.forms import Choice, Form, Line, Number, Optional, Paragraphs, Required
from portal.engine.refusal import Misfit, Refused
from portal.engine.sheets import MOST_LETTERS
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing, agreeing
from portal.exchange.cells import AS_KEPT, NOT_AS_KEPT, alike, in_cell, of_cell
from portal.exchange.kinds.frozen.of_signed import MOST_PLACES, OfSigned, of_signed
from portal.exchange.kinds.reports import MADE_HERE, REPORT_NUMBER, Reports
from portal.exchange.sheet import Both, Facts, Verdict
from portal.exchange.taking import Taking
from portal.reports.models import Report
from portal.reports.papers import empty_annex, empty_frame

ANNEX, ANNEX_ROW = "annex", "annex_row"
PARTS: Mapping[str, Any] = {
    "title": _l("Title of the report"), "issuer": _l("Who issues it"), "symbol": _l("Symbol"),
    "abstract": _l("What the paper is about"), "addressees": _l("To whom it is addressed"),
    "recipients": _l("Who receives it"), "signature": _l("Signature"), ANNEX: _l("Annex"),
    ANNEX_ROW: _l("Row of the annex"),
}  # fmt: skip


class FrameRow(Form):
    report_id = Line(REPORT_NUMBER, [Required()])
    part = Choice(_l("Part"), [Required()], choices=list(PARTS.items()))
    position = Number(
        _l("Place in the order"), [Optional()], most=MOST_PLACES, description=_l("Of the rows of an annex: 1, 2, 3 …")
    )
    content = Paragraphs(_l("What it says"), [Optional()], length=MOST_LETTERS, description=AS_KEPT)


class Frame(OfSigned):
    """A row a part, and each row of an annex, since no cell holds a long table."""

    key, title, form = f"{Reports.key}.frame", Both(Reports.title, _l("Frame of the paper")), FrameRow
    about = _l("All that the signed paper has around its text.")
    columns = ("report_id", "part", "position", "content")

    def found(self, taking: Taking) -> Select[Any]:
        return of_signed(select(Report).where(Report.frame.is_not(None)), taking)

    def told(self, row: Any, taking: Taking) -> list[Mapping[str, Any]]:
        rows = len((row[0].frame.get(ANNEX) or {}).get("rows", ()))
        parts = [(name, 0) for name in PARTS if name != ANNEX_ROW and row[0].frame.get(name) is not None]
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
        frame = bringing.gathered.setdefault((self.key, report.id), empty_frame())
        if not bringing.first_time(self.key, f"{report.id}/{part}/{facts['position']}"):
            raise Refused(Misfit("part", mark("This part stands in the file twice.")))
        if part == ANNEX_ROW:
            _add_row(frame[ANNEX], value, facts["position"])
        else:
            frame[part] = {**value, "rows": []} if part == ANNEX else value


def _read(facts: Facts) -> Any:
    """What a row says of its part. Raises Refused where that is missing, or of another shape."""
    value = of_cell("content", facts["content"], alike(_empty(facts["part"])))
    if value is None:
        raise Refused(Misfit("content", NOT_AS_KEPT))
    return value


def _part(frame: Mapping[str, Any], part: str, place: int) -> Any:
    """A part of a frame; of an annex without its rows, or the row at a place."""
    annex = frame.get(ANNEX)
    if part == ANNEX:
        return _without_rows(annex) if annex else None
    if part == ANNEX_ROW:
        return annex["rows"][place - 1] if annex and 0 < place <= len(annex["rows"]) else None
    return frame.get(part)


def _empty(part: str) -> Any:
    """A part that says nothing, as a row tells it: an annex stands without its rows."""
    if part == ANNEX:
        return _without_rows(empty_annex())
    return [] if part == ANNEX_ROW else empty_frame()[part]


def _without_rows(annex: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in annex.items() if name != "rows"}


def _add_row(annex: dict[str, Any] | None, row: list[str], place: int) -> None:
    if annex is None or place != len(annex["rows"]) + 1:
        raise Refused(Misfit("position", mark("The rows of an annex come after it, one after the other, from 1 on.")))
    if len(row) != len(annex["heads"]):
        raise Refused(Misfit("content", NOT_AS_KEPT))
    annex["rows"].append(row)
