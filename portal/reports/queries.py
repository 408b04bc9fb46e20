"""Whose records a figure of a commune takes in, and which of the records counted somebody may open."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import JSON, Integer, Select, and_, cast, func, literal, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from portal.documents.queries import is_issued
from portal.engine.access import Actor, within
from portal.engine.db import db, each_of
from portal.engine.indicators import Indicator, Period
from portal.organisation.models import Unit, UnitKind, line_of
from portal.organisation.queries import by_name
from portal.reports.models import SIGNED, Report, ReportFigure, ReportKind, ReportSection


def taken_in(commune: Unit) -> tuple[int, ...]:
    """Ids of a commune and of all those that it took over, and that they took over."""
    found: list[int] = [commune.id]
    while more := db.session.scalars(
        select(Unit.id).where(Unit.successor_id.in_(found), Unit.id.not_in(found)).order_by(Unit.id)
    ).all():
        found += more
    return tuple(found)


def kept_in(figure: ReportFigure) -> Select[Any]:
    """The ids of the records that a frozen figure counted. They do not leave the database."""
    each = each_of(ReportFigure.ids).table_valued("value", joins_implicitly=True)
    return select(cast(each.c.value, Integer)).select_from(ReportFigure, each).where(ReportFigure.id == figure.id)


def among(ids: Collection[int]) -> Select[Any]:
    """Ids that may be very many, given as one value."""
    each = each_of(literal(list(ids), JSON)).table_valued("value", joins_implicitly=True)
    return select(cast(each.c.value, Integer)).select_from(each)


def to_read(record: type[Any], ids: Select[Any], reader: Actor) -> Select[Any]:
    """Records of some ids, struck out or not, that the reader may open."""
    return select(record).where(record.id.in_(ids), within(reader, "read", record))


def opened(indicator: Indicator, period: Period, reader: Actor) -> Select[Any]:
    """The records counted that the reader may open."""
    return indicator.records(period).where(within(reader, "read", indicator.record))


def kinds_of(commune_id: int, *, active: bool = True) -> list[ReportKind]:
    """The kinds of reports of a commune's line, in the order in which they were entered."""
    found = select(ReportKind).where(ReportKind.commune_id.in_(line_of(commune_id)), ReportKind.voided_at.is_(None))
    if active:
        found = found.where(ReportKind.active)
    return list(db.session.scalars(found.order_by(ReportKind.id)))


def codes_taken(commune_id: int) -> set[str]:
    """The codes of all kinds of a commune's line, also of those that were struck out."""
    return set(db.session.scalars(select(ReportKind.code).where(ReportKind.commune_id.in_(line_of(commune_id)))))


def coded(code: str, communes: Collection[Unit]) -> dict[int, ReportKind]:
    """The first kind of a code in use in each of some communes' lines, by the id of the commune."""
    stands = ReportKind.code == code, ReportKind.active, ReportKind.voided_at.is_(None)
    found = select(ReportKind, Unit.heir_id).join(Unit, Unit.id == ReportKind.commune_id)
    heirs = [one.id for one in communes]
    ordered = found.where(*stands, Unit.heir_id.in_(heirs)).order_by(ReportKind.id.desc())
    return {row.heir_id: row.ReportKind for row in db.session.execute(ordered)}


def on_period(kind: ReportKind, first: date, last: date) -> Sequence[Report]:
    """The reports of a kind on a period, the latest version first."""
    same = Report.kind_id == kind.id, Report.first == first, Report.last == last, Report.voided_at.is_(None)
    return db.session.scalars(select(Report).where(*same).order_by(Report.version_no.desc())).all()


def written_before(report: Report, key: str) -> Report | None:
    """The approved report of the line, of whatever kind, in which a section was written last before a report's last
    day; never a draft."""
    there = ReportSection.report_id == Report.id, ReportSection.key == key, func.trim(ReportSection.text) != ""
    found = latest_signed().where(
        Report.commune_id.in_(line_of(report.commune_id)), Report.id != report.id, Report.last < report.last,
        select(ReportSection.id).where(*there).exists(),
    )  # fmt: skip
    same_kind_first = (Report.kind_id != report.kind_id).cast(Integer)
    return db.session.scalars(found.order_by(Report.last.desc(), same_kind_first, Report.id.desc())).first()


def versions_since(kinds: Collection[ReportKind], since: date) -> dict[tuple[int, date, date], list[Report]]:
    """The versions of each report of some kinds that ended on a day or later, the first one first, by kind and
    period."""
    found = select(Report).where(
        Report.kind_id.in_([one.id for one in kinds]), Report.last >= since, Report.voided_at.is_(None)
    )
    versions: dict[tuple[int, date, date], list[Report]] = {}
    for one in db.session.scalars(found.order_by(Report.version_no)):
        versions.setdefault((one.kind_id, one.first, one.last), []).append(one)
    return versions


def latest_signed() -> Select[Any]:
    """Approved reports that no approved one corrects."""
    later = aliased(Report)
    corrected = select(later.id).where(later.corrects_id == Report.id, later.state.in_(SIGNED))
    return select(Report).where(Report.state.in_(SIGNED), Report.voided_at.is_(None), ~corrected.exists())


def signed_on_paper(report: Any = Report) -> Any:
    """The condition of reports whose page was signed: an approval alone freezes the figures, and signs nothing."""
    return and_(report.state.in_(SIGNED), or_(report.state == "sent", report.document.has(is_issued())))


def latest_on_paper() -> Select[Any]:
    """Signed reports that no signed one corrects, whatever was approved since."""
    later = aliased(Report)
    corrected = select(later.id).where(later.corrects_id == Report.id, signed_on_paper(later))
    return select(Report).where(signed_on_paper(), Report.voided_at.is_(None), ~corrected.exists())


def signed_periods(reader: Actor) -> Sequence[tuple[ReportKind, date, date]]:
    """The kinds and days of the latest approved reports that somebody may read, the newest period first. Of the reports
    themselves nothing is read."""
    found = latest_signed().where(within(reader, "read", Report)).join(Report.kind)
    ordered = found.order_by(Report.last.desc(), Report.first, ReportKind.id)
    asked = ordered.with_only_columns(ReportKind, Report.first, Report.last)
    return [(kind, first, last) for kind, first, last in db.session.execute(asked)]


def signed_for(reader: Actor, *conditions: Any) -> Sequence[Report]:
    """The latest signed reports of some kind and days that somebody may read, with their figures, without the ids of
    the records."""
    options = *loaded(), joinedload(Report.commune), selectinload(Report.figures)
    return _read(reader, latest_on_paper().options(*options), conditions)


def approved_for(reader: Actor, *conditions: Any) -> Sequence[Report]:
    """The latest approved ones, whether they were signed or wait for it."""
    return _read(reader, latest_signed().options(*loaded(), joinedload(Report.commune)), conditions)


def _read(reader: Actor, found: Select[Any], conditions: Sequence[Any]) -> Sequence[Report]:
    asked = found.where(within(reader, "read", Report), *conditions).order_by(Report.id)
    return db.session.scalars(asked).unique().all()


def communes_of(reader: Actor) -> list[Unit]:
    """The communes in which somebody holds the role that they act in, as they are called now, by name."""
    ids = {grant.commune_id for grant in reader.grants_today}
    units = db.session.scalars(select(Unit).where(Unit.id.in_(ids))).all()
    heirs = {unit.heir_id or unit.id: unit.heir or unit for unit in units}
    return by_name(heirs.values())


def approved_beside(report: Report) -> Sequence[Report]:
    """The other approved reports of the commune's line that nothing corrects and whose figures may be of the same days,
    or of those of a year before; none of the report's own versions."""
    ends = report.last, Period(report.first, report.last, ()).year_before().last
    found = latest_signed().where(
        Report.commune_id.in_(line_of(report.commune_id)), Report.last.in_(ends), Report.id != report.id
    )
    others = db.session.scalars(found.options(selectinload(Report.figures), joinedload(Report.document))).unique()
    own = {one.id for one in versions_before(report)}
    return [one for one in others if one.id not in own]


def approved_within(report: Report) -> Sequence[Report]:
    """Those on some of its days and no others, of whatever kind, with their figures."""
    inside = Report.first >= report.first, Report.last <= report.last
    other_days = or_(Report.first != report.first, Report.last != report.last)
    found = _approved(report, *inside, other_days).options(selectinload(Report.figures))
    return db.session.scalars(found.order_by(Report.first, Report.id)).unique().all()


def approved_over(report: Report) -> Sequence[Report]:
    """Those of its kind on other days, of which some are its own."""
    shared = Report.first <= report.last, Report.last >= report.first, Report.kind_id == report.kind_id
    other_days = or_(Report.first != report.first, Report.last != report.last)
    return db.session.scalars(_approved(report, *shared, other_days).order_by(Report.first, Report.id)).unique().all()


def _approved(report: Report, *conditions: Any) -> Select[Any]:
    """The approved reports of the commune's line that nothing corrects."""
    of_line = Report.commune_id.in_(line_of(report.commune_id)), Report.id != report.id
    return latest_signed().where(*of_line, *conditions).options(joinedload(Report.document))


def versions_before(report: Report) -> list[Report]:
    """What the report corrects, what that corrected, and so on."""
    found: list[Report] = []
    while report.corrects is not None:
        report = report.corrects
        found.append(report)
    return found


def villages_on(period: Period) -> Sequence[Unit]:
    """The villages of the communes that exist at the end of the last day, by name."""
    stands = Unit.valid_from <= period.last, or_(Unit.valid_to.is_(None), Unit.valid_to >= period.last)
    found = select(Unit).where(Unit.kind == UnitKind.VILLAGE, Unit.commune_id.in_(period.communes), *stands)
    return by_name(db.session.scalars(found))


def loaded() -> tuple[Any, ...]:
    return joinedload(Report.kind), joinedload(Report.document), joinedload(Report.corrects)
