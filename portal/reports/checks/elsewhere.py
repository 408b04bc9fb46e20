"""One number: the same figure of the same days is the same in every report, or it is said why."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from portal.engine.refusal import Plain
from portal.engine.text import _l, mark
from portal.reports import figures, queries
from portal.reports.catalogue import label_of
from portal.reports.checks.finding import Check, Finding, Weight, at_once, in_number
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
    at_once(told_otherwise),
)  # fmt: skip
KEPT_APART = Check(
    "kept-apart", _l("Counts that are not merged"), _l("Nothing has to be done here."), Weight.NOTE, at_once(kept_apart)
)  # fmt: skip
