"""Figures of a period with the records behind each of them, and the reports that are written from them."""

from portal.books import pages, source_of
from portal.cases.models import Case
from portal.engine.area import Area, LastLook, Place
from portal.engine.text import _l
from portal.reports import checking
from portal.reports.books import BOOKS, TYPED
from portal.reports.duties import SOURCES
from portal.reports.models import ManualFigure, Overruling, Report, ReportKind, ReportSection
from portal.reports.notices import NOTICES
from portal.reports.views import bp

_GROUP, _HERE = _l("Management"), "reports.index"

AREA = Area(
    "reports",
    records=(ReportKind, Report, ReportSection, Overruling, ManualFigure),
    blueprints=(bp, *(pages(book) for book in BOOKS)),
    places=(
        Place(_l("Reports"), "reports.index", "reports", (Report, "read"), _GROUP, also=("reports.guide",)),
        Place(_l("Reports that are due"), "reports.due", "calendar", (ReportKind, "read"), _GROUP, under=_HERE),
        Place(
            _l("Figures"), "reports.figures", "reports", (Case, "count"), _GROUP, also=("reports.figure",), under=_HERE
        ),
        Place(_l("What is counted"), "reports.definitions", "help", (Case, "count"), _GROUP, under=_HERE),
        Place(_l("Compare years"), "reports.compare", "reports", (Case, "count"), _GROUP, under=_HERE),
        Place(_l("Compare communes"), "reports.communes", "reports", (Report, "read"), _GROUP, under=_HERE),
        Place(TYPED.words.title, TYPED.endpoint("index"), TYPED.icon, (ManualFigure, "read"), _GROUP, under=_HERE),
        Place(_l("Kinds of reports"), "reports.kinds", "settings", (ReportKind, "edit"), _GROUP, under=_HERE),
    ),
    last_looks=(
        LastLook(Report, "submit", checking.against_submitting),
        LastLook(Report, "approve", checking.against_freezing),
    ),
    duty_sources=(*SOURCES, *(source_of(book) for book in BOOKS)),
    notices=NOTICES,
    subjects=(
        (Report, "reports.show"),
        (ReportKind, "reports.kind"),
        *((book.record, book.endpoint("show")) for book in BOOKS),
    ),
    books=BOOKS,
)
