"""A report that nobody drafted: written from the figures for a command, and not kept.

Where the commune has a report on those days, what people wrote in it is taken along; else in the last one before.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from portal.documents import issuers
from portal.documents.paper import Paper
from portal.engine import clock
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.organisation.models import Unit
from portal.reports import figures, papers, queries
from portal.reports.composing import composed
from portal.reports.models import Report, ReportKind, ReportSection
from portal.reports.usual import usual
from portal.reports.wording.runs import as_data


def codes(commune: Unit) -> list[str]:
    """The codes of the commune's kinds and of the usual ones."""
    own = [kind.code for kind in queries.kinds_of(commune.id, active=False)]
    return list(dict.fromkeys([*own, *(str(facts["code"]) for facts in usual(issuers.kind_of(commune)))]))


def kind_of(commune: Unit, code: str) -> ReportKind | None:
    found = next((one for one in queries.kinds_of(commune.id, active=False) if one.code == code), None)
    facts = next((one for one in usual(issuers.kind_of(commune)) if one["code"] == code), None)
    if found is not None or facts is None:
        return found
    return ReportKind(commune_id=commune.id, since=clock.today(), active=True, **facts)


def paper(commune: Unit, kind: ReportKind, first: date, last: date) -> Paper:
    """The paper as it would be signed today, without number and day."""
    with db.session.no_autoflush:
        report = _report(commune, kind, first, last)
        told = figures.counted(Period(first, last, queries.taken_in(commune)))
        report.text = as_data(composed(report, told))
        written = papers.paper(report, told)
    db.session.rollback()
    return written


def _report(commune: Unit, kind: ReportKind, first: date, last: date) -> Report:
    sections = [
        ReportSection(commune_id=commune.id, key=key, text=text) for key, text in _written(kind, first, last).items()
    ]
    report = Report(commune_id=commune.id, commune=commune, kind=kind, first=first, last=last, number="")
    report.written = sections
    return report


def _written(kind: ReportKind, first: date, last: date) -> dict[str, str]:
    """What people wrote in the report on these days, or in the last one of the kind before them."""
    return {section.key: section.text for one in _earlier(kind, first, last) for section in one.written}


def _earlier(kind: ReportKind, first: date, last: date) -> Sequence[Report]:
    """One, or none."""
    same = Report.kind_id == kind.id, Report.voided_at.is_(None), Report.last <= last
    on_these = Report.first == first
    ordered = select(Report).where(*same).order_by(Report.last.desc(), on_these.desc(), Report.version_no.desc())
    return db.session.scalars(ordered.limit(1)).all()
