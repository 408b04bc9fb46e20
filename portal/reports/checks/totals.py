"""Totals of villages behind the inhabitants of a commune: those that are missing, and those that are out of date."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from portal.engine.db import db
from portal.engine.presentation import day
from portal.engine.refusal import Plain
from portal.engine.text import _l, mark
from portal.organisation.models import Unit
from portal.profile.models import VillageStat
from portal.profile.queries import latest_totals
from portal.reports import figures, queries
from portal.reports.checks.finding import Check, Finding, Weight, at_once
from portal.reports.models import Report
from portal.reports.wording.told import Figures, places

PEOPLE = ("profile.households", "profile.persons")


def village_totals(report: Report, told: Figures) -> Iterator[Finding]:
    """Where some villages declared nothing, the commune has fewer inhabitants than people live in it; the totals of a
    village are out of date once another became part of it."""
    period = figures.period_of(report)
    asked = latest_totals(period.communes, period.last).options(joinedload(VillageStat.village))
    known = {one.village_id: one for one in db.session.scalars(asked)}
    missing = [one for one in queries.villages_on(period) if one.id not in known]
    if missing and (known or _named(report)):
        text = mark("%(households)s households and %(persons)s inhabitants: without %(villages)s, of which there are "
                    "no totals.")  # fmt: skip
        facts = {"households": told.of(PEOPLE[0]), "persons": told.of(PEOPLE[1])}
        names = ", ".join(one.title for one in missing)
        yield Finding(Plain(text, villages=names, **facts), [one.id for one in missing], figures=PEOPLE)
    yield from _out_of_date(known)


def _named(report: Report) -> bool:
    return any(place.id.startswith("profile.") for one in report.written for place in places(one.text))


def _out_of_date(known: dict[int, VillageStat]) -> Iterator[Finding]:
    before = aliased(Unit)
    merged = select(before.successor_id, func.max(before.valid_to)).where(
        before.successor_id.in_(known), before.valid_to.is_not(None), before.voided_at.is_(None)
    )  # fmt: skip
    for village, last in db.session.execute(merged.group_by(before.successor_id)):
        totals = known.get(village or 0)
        if totals is None or last is None or totals.as_of > last:
            continue
        text = mark(
            "The totals of %(village)s are of %(day)s. Since then, after %(last)s, another village became part of it."
        )
        facts = {"village": totals.village.title, "day": day(totals.as_of), "last": day(last)}
        yield Finding(
            Plain(text, **facts), (village, totals.as_of, last), figures=PEOPLE, records=[(VillageStat, totals.id)]
        )


VILLAGE_TOTALS = Check(
    "village-totals", _l("Every village has declared its totals"),
    _l("Enter the totals of the villages that are named, or say why the report goes without them."), Weight.DOUBT,
    at_once(village_totals),
)  # fmt: skip
