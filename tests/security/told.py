"""Reports full of markers: in draft, before the leader, and signed; and a signed one of the commune beside it."""

from datetime import date

from portal.reports.models import Report, ReportKind
from tests.builders import Commune
from tests.reports.report import a_draft, answered, approved, taken
from tests.security.world import RECORDS, Marked, remember_versions

DAYS = {
    "report_draft": date(2026, 10, 31), "report_waits": date(2026, 9, 30), "report_signed": date(2026, 8, 31),
    "far_report": date(2026, 8, 31),
}  # fmt: skip
RECORDS.update({"report": Report, "report_kind": ReportKind})


class Written(Marked):
    """A report with the marker words that somebody wrote in it."""

    @property
    def far(self) -> bool:
        return self.place == "far_report"

    @property
    def words(self) -> dict[str, str]:
        return {"report": f"MKWRITTENIN{self.place.replace('_', '').upper()}"}


def build(commune: Commune, neighbour: Commune) -> dict[str, Written]:
    return {name: _written(name, neighbour if name == "far_report" else commune) for name in DAYS}


def _written(name: str, commune: Commune) -> Written:
    marked = Written(name)
    report = a_draft(commune, date(2026, 1, 1), DAYS[name], advice=marked.words["report"])
    answered(commune, report)
    if name != "report_draft":
        taken(report, commune.chief, "submit")
    if name in ("report_signed", "far_report"):
        approved(commune, report)
    marked.ids["report"] = report.id
    if name in ("report_draft", "far_report"):
        marked.ids["report_kind"] = report.kind_id
    remember_versions(marked)
    return marked
