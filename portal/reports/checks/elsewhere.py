"""One number: the same figure of the same days is the same in every report, or it is said why."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from portal.engine.indicators import Period
from portal.engine.presentation import day
from portal.engine.refusal import Plain
from portal.engine.text import _l, mark
from portal.reports import catalogue, figures, queries
from portal.reports.catalogue import label_of
from portal.reports.checks.finding import Check, Finding, Finds, Weight, at_once, in_number
from portal.reports.models import Report, ReportFigure
from portal.reports.wording.told import Figures, Told


def told_otherwise(report: Report, told: Figures) -> Iterator[Finding]:
    """Figures that another approved report gives otherwise: of the same days, or of those of the year before."""
    period = figures.period_of(report)
    before = period.year_before()
    for other in queries.approved_beside(report):
        for days, earlier in (((period.first, period.last), False), ((before.first, before.last), True)):
            for kept in other.figures:
                here = told.by_id.get(kept.figure_id)  # also one that is blank here, and was not there
                if here is not None and _same_days(other, kept, *days):
                    yield from _compared(other, kept, here, earlier)


def all_told_otherwise(report: Report) -> list[Finds]:
    """Those of the same days at once; then each report of days within these, whose figures are counted anew."""
    return [told_otherwise, *(partial(_recounted, other) for other in queries.approved_within(report))]


def _recounted(other: Report, report: Report, _told: Figures) -> Iterator[Finding]:
    """What another report told of a part of the days, and what the records give of them now: the whole would hold
    more, or less, than was told of the parts."""
    days = Period(other.first, other.last, figures.period_of(report).communes)
    for kept in other.figures:
        declared = catalogue.indicator(kept.figure_id) if kept.kind == "flow" else None
        now = declared.value(days) if declared else kept.value
        if declared and now != kept.value:
            text = mark(
                "%(figure)s, %(first)s to %(last)s: the records give %(value)s now. The report %(number)s gives "
                "%(other)s."
            )
            shown = {"value": in_number(now), "other": in_number(kept.value), "figure": declared.label}
            span = {"first": day(other.first), "last": day(other.last)}
            yield Finding(
                Plain(text, number=_number(other), **span, **shown), (kept.figure_id, other.number, now, kept.value),
                figures=(kept.figure_id,), records=((Report, other.id),),
            )  # fmt: skip


def overlapping(report: Report, _told: Figures) -> Iterator[Finding]:
    """Reports of the same kind of which some days are days of this one, too."""
    for other in queries.approved_over(report):
        text = mark("The report %(number)s of the same kind is on %(first)s to %(last)s: these days are told twice.")
        span = {"first": day(other.first), "last": day(other.last)}
        yield Finding(Plain(text, number=_number(other), **span), (other.number,), records=((Report, other.id),))


def _same_days(other: Report, kept: ReportFigure, first: date, last: date) -> bool:
    """A stock is of the last day alone."""
    return other.last == last and (kept.kind == "stock" or other.first == first)


def _compared(other: Report, kept: ReportFigure, here: Told, earlier: bool) -> Iterator[Finding]:
    value = here.previous_value if earlier else here.value
    if value == kept.value:
        return
    text = (
        mark("%(figure)s: %(value)s a year before. The report %(number)s gave %(other)s for those days.")
        if earlier
        else mark("%(figure)s: %(value)s. The report %(number)s gives %(other)s for the same days.")
    )
    shown = {"value": in_number(value), "other": in_number(kept.value), "figure": label_of(here)}
    yield Finding(
        Plain(text, number=_number(other), **shown), (here.id, earlier, other.number, value, kept.value),
        figures=(here.id,), records=((Report, other.id),),
    )  # fmt: skip


def _number(other: Report) -> str:
    return other.document.number if other.document and other.document.number else other.number


# Counts that look alike and are of other people or things.
APART: tuple[tuple[str, str, Any], ...] = (
    (
        "drugs.review_fines.persons", "incidents.security.commune_police.drug_use.persons",
        _l("Who was fined after a test of the review and who was found in an incident are counted apart."),
    ),
    (
        "drugs.review_fines.persons", "incidents.security.commune_police.administrative.persons",
        _l("The one is of fines after a review, the other of incidents: if they are equal, that is chance."),
    ),
    (
        "cases.community.serving", "reintegration.managed",
        _l("Who serves a sentence and who was released are other people."),
    ),
)  # fmt: skip


def kept_apart(_report: Report, told: Figures) -> Iterator[Finding]:
    for one, other, why in APART:
        if told.of(one) and told.of(other):
            text = mark("%(one)s: %(value)s; %(other)s: %(another)s. %(why)s")
            facts = {"one": label_of(told[one]), "other": label_of(told[other]), "why": why}
            reason = Plain(text, value=told.of(one), another=told.of(other), **facts)
            yield Finding(reason, (one, other), figures=(one, other))


TOLD_OTHERWISE = Check(
    "told-otherwise", _l("The same in every report"),
    _l("What was recorded after the other report explains a difference: say so."), Weight.DOUBT,
    all_told_otherwise,
)  # fmt: skip
OVERLAPPING = Check(
    "overlapping", _l("No day in two reports of a kind"),
    _l("Where one is about a part of the other, nothing has to be done."), Weight.NOTE, at_once(overlapping),
)  # fmt: skip
KEPT_APART = Check(
    "kept-apart", _l("Counts that are not merged"), _l("Nothing has to be done here."), Weight.NOTE, at_once(kept_apart)
)  # fmt: skip
