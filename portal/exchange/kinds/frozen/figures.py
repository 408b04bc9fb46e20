"""The figures of a signed report."""

from typing import Any

from sqlalchemy import Select, select

from portal.engine.db import db
from portal.engine.forms import Form, Line, Number, Optional, Paragraphs, Required
from portal.engine.sheets import MOST_LETTERS
from portal.engine.text import _l
from portal.exchange.bringing import Bringing
from portal.exchange.cells import AS_KEPT, in_cell, is_number, is_text
from portal.exchange.kinds.frozen.of_signed import MOST_PLACES, OfSigned, of_signed
from portal.exchange.kinds.reports import REPORT_NUMBER, Reports
from portal.exchange.sheet import Both, Facts
from portal.exchange.taking import Taking
from portal.reports.models import Report, ReportFigure


def _are_parts(value: Any) -> bool:
    """Breakdowns by name: a label, and of both periods pairs of what it is and how much."""
    return isinstance(value, dict) and all(
        isinstance(one, dict) and one.keys() == {"label", "now", "before"} and is_text(one["label"])
        and _are_pairs(one["now"]) and _are_pairs(one["before"]) for one in value.values()
    )  # fmt: skip


def _are_pairs(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_pair, value))


def _is_pair(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 2:
        return False
    what, how_much = value
    return (is_text(what) or is_number(what)) and is_number(how_much)


class FigureRow(Form):
    report_id = Line(REPORT_NUMBER, [Required()])
    position = Number(_l("Place in the order"), [Required()], least=1, most=MOST_PLACES)
    figure_id = Line(_l("Figure"), [Required()], length=120)
    label = Line(_l("Called"), [Required()], length=400)
    definition = Paragraphs(_l("What is counted"), [Optional()])
    unit = Line(_l("Unit of measure"), [Optional()])
    figure_kind = Line(_l("Kind"), [Optional()], length=40)
    record_type = Line(_l("Records"), [Optional()], length=80)
    value = Line(_l("Value"), [Optional()], length=400, description=AS_KEPT)
    previous_value = Line(_l("Value of the year before"), [Optional()], length=400, description=AS_KEPT)
    parts = Paragraphs(_l("Breakdowns"), [Optional()], length=MOST_LETTERS, description=AS_KEPT)


class Figures(OfSigned):
    key, title, form = f"{Reports.key}.figures", Both(Reports.title, _l("Figures")), FigureRow
    about = _l(
        "The figures as they were frozen on the day of the approval. The records that they counted stay in the portal "
        "in which it was approved."
    )
    columns = ("report_id", "position", "figure_id", "label", "definition", "unit", "figure_kind", "record_type",
               "value", "previous_value", "parts")  # fmt: skip
    data = {"value": is_number, "previous_value": is_number, "parts": _are_parts}

    def found(self, taking: Taking) -> Select[Any]:
        found = of_signed(select(ReportFigure).join(Report, Report.id == ReportFigure.report_id), taking)
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
