"""All records behind a figure of a report, page by page: those that the approval froze, and those that differ."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import abort, render_template, request
from flask_login import current_user
from sqlalchemy import Select

from portal.engine.access import ask_ahead, opens
from portal.engine.listing import Chip, Listing
from portal.engine.text import _l
from portal.reports import catalogue, comparing, figures, queries, villages
from portal.reports.models import Report, ReportFigure
from portal.reports.presenters import page
from portal.reports.presenters.differences import CAME, WENT, label_of
from portal.reports.rows import listed
from portal.reports.views.blueprint import bp
from portal.reports.wording import screen


@dataclass
class Records(Listing):
    """The records behind a figure; every page of them keeps what else its address has: the *days*, the village."""

    days: dict[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> Sequence[Any]:
        found, kind = super().rows, listed(self.model)
        if kind.people:
            ask_ahead(current_user, [kind.people(one) for one in found])
        return [kind.row(one) for one in found]

    @property
    def heads(self) -> Sequence[Any]:
        return listed(self.model).heads

    def url(self, **changes: Any) -> str:
        return super().url(**self.days, **changes)


def records_of(found: Select[Any], record: type[Any], **more: Any) -> Records:
    """Records of a kind by their day. Looking at them is an event, whatever they are."""
    kind = listed(record)
    return Records(found, record, options=kind.options, orders={"day": (kind.by,)}, protected=True, **more)


@bp.get("/reports/<int:id>/figures/<figure_id>")
@opens(Report, to="read")
def kept(report: Report, figure_id: str) -> Any:
    """The records that a figure counted when it was approved, whatever became of them since."""
    figure = report.figure(figure_id) if report.is_signed else None
    if figure is None:
        abort(404)
    told, village = figures.told_of(figure), request.args.get("village", "")
    return render_template(
        "reports/kept.html", report=report, figure=figure, listing=_kept_in(report, figure, village), village=village,
        counted=len(figure.ids),
        title=page.title(report), label=catalogue.label_of(told), unit=page.unit_of(told),
        value=page.in_number(told.value), comparison=screen.comparison(told), direction=screen.direction(told),
        back=page.opens(report, figure_id),
    )  # fmt: skip


def _kept_in(report: Report, figure: ReportFigure, village: str) -> Records | None:
    """None where the records lie in another portal, or where no figure says of which kind they are."""
    record = catalogue.record_of(figure.figure_id)
    if record is None or figure.was_brought_in:
        return None
    found = queries.to_read(record, queries.kept_in(figure), current_user)
    if not village:
        return records_of(found, record)
    declared = catalogue.indicator(figure.figure_id) or abort(404)
    there = villages.named(declared, figures.period_of(report)).get(village) or abort(404)
    return records_of(villages.within(found, declared, there), record, days={"village": village})


@bp.get("/reports/<int:id>/late/<figure_id>")
@opens(Report, to="read")
def late_records(report: Report, figure_id: str) -> Any:
    """The records of a figure that came after the approval, or count no more."""
    if not report.is_signed:
        abort(404)
    return _differing(report, comparing.late(report), figure_id, "late")


@bp.get("/reports/<int:id>/differences/<figure_id>")
@opens(Report, to="read")
def corrected_records(report: Report, figure_id: str) -> Any:
    """The records of a figure that make the difference to the version that is corrected."""
    if report.corrects is None:
        abort(404)
    return _differing(report, comparing.corrected(report, report.corrects), figure_id, "corrected")


def _differing(report: Report, sides: comparing.Compared, figure_id: str, of: str) -> Any:
    """What differs in one figure; *of* names the page of all that differs."""
    record = catalogue.record_of(figure_id)
    if record is None or not sides.has(figure_id):
        abort(404)
    found = sides.one(figure_id)
    came, went = queries.among(found.came), queries.among(found.went)
    chips = (
        Chip(CAME, _l("Counts now and did not"), lambda: record.id.in_(came)),
        Chip(WENT, _l("Counted and does not now"), lambda: record.id.in_(went)),
    )
    both = queries.to_read(record, queries.among([*found.came, *found.went]), current_user)
    listing = records_of(both, record, chips=chips)
    chosen = found.came if listing.chip is chips[0] else found.went
    return render_template(
        "reports/differing.html", report=report, found=found, listing=listing, label=label_of(found), of=of,
        title=page.title(report), counted=len(chosen),
    )  # fmt: skip
