"""A report to take along: its paper, its figures."""

import logging
from io import BytesIO
from typing import Any

from flask import Response, render_template, send_file
from flask_babel import force_locale
from flask_login import current_user

from portal.documents import store
from portal.documents.intake import DOCX
from portal.documents.views import word
from portal.engine import audit
from portal.engine.access import opens
from portal.engine.sheets import MEDIA_TYPE, workbook
from portal.engine.text import _
from portal.organisation.taking_along import new_number, watermark
from portal.reports import figures, papers, sheets
from portal.reports.models import Report
from portal.reports.presenters import page
from portal.reports.views.blueprint import bp

log = logging.getLogger("portal")


@bp.get("/reports/<int:id>/report.docx")
@opens(Report, to="read", told_as="print")
def paper(report: Report) -> Any:
    """Once approved, the very bytes that were kept; before that, as it would be now, without number and day. Of one
    that was approved in another portal the file lies there: it is drawn anew from what was frozen, unless somebody
    changed that."""
    if report.was_brought_in and not report.intact:
        return _unreadable(report)
    if not report.is_signed or report.was_brought_in:
        document = report.document if report.is_signed else None
        number, day = (document.number, document.dated_on) if document else ("", None)
        with force_locale("vi"):
            drawn = papers.paper(report, figures.of_report(report), number=number, day=day)
            return word.sent(drawn, report.number)
    try:
        content = store.fetch(report.stored_as, report.file_digest)
    except store.Unreadable:
        log.exception("the file of report %s cannot be read", report.id)
        return _unreadable(report)
    return send_file(BytesIO(content), DOCX, as_attachment=True, download_name=report.file_name, etag=False)


def _unreadable(report: Report) -> Any:
    return render_template("reports/unreadable.html", report=report, title=page.title(report)), 410


@bp.get("/reports/<int:id>/figures.xlsx")
@opens(Report, to="read", told_as="print")
def table(report: Report) -> Any:
    """The figures with their definitions; of nobody's name. It is written down who took them."""
    told, number = sheets.in_order(figures.of_report(report)), new_number()
    stamp = watermark(current_user, number, _("the report %(number)s", number=report.number))
    heading = f"{page.title(report)} ({report.number})"
    content = workbook(_("Figures"), sheets.columns(*page.columns(report)), told, stamp, heading)
    audit.tell("export", current_user, report, type="report", rows=len(told), number=number)
    disposition = f"attachment; filename={report.number}.xlsx"
    return Response(content, mimetype=MEDIA_TYPE, headers={"Content-Disposition": disposition})
