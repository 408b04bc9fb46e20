"""Reports full of markers: in draft, before the leader, signed, corrected; a signed one of the commune beside it."""

from datetime import date

from portal.engine.transaction import transaction
from portal.reports import actions
from portal.reports.models import Report, ReportKind
from tests.builders import Commune
from tests.reports.report import a_draft, answered, approved, taken
from tests.security.world import RECORDS, Marked, remember_versions

DAYS = {
    "report_draft": date(2026, 10, 31), "report_waits": date(2026, 9, 30), "report_signed": date(2026, 8, 31),
    "report_again": date(2026, 7, 31),
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
    report = _corrected(commune, marked) if name == "report_again" else a_draft(
        commune, date(2026, 1, 1), DAYS[name], advice=marked.words["report"]
    )  # fmt: skip
    answered(commune, report)
    if name not in ("report_draft", "report_again"):
        taken(report, commune.chief, "submit")
    if name in ("report_signed", "far_report"):
        approved(commune, report)
    marked.ids["report"] = report.id
    if name in ("report_draft", "far_report"):
        marked.ids["report_kind"] = report.kind_id
    remember_versions(marked)
    return marked


def _corrected(commune: Commune, marked: Written) -> Report:
    """The draft of a new version beside an approved one."""
    first = answered(commune, a_draft(commune, date(2026, 1, 1), DAYS[marked.place]))
    approved(commune, taken(first, commune.chief, "submit"))
    with transaction(commune.chief):
        version = actions.correct(first, "Sót một hồ sơ")
        actions.write(version, "advice", marked.words["report"])
    return version
