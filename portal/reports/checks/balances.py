"""What has to add up: wholes with their parts, villages with those that there are, texts with their figures."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel.speaklater import LazyString
from sqlalchemy import Select

from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.refusal import Plain
from portal.engine.text import _l, mark
from portal.incidents.indicators import DETECTED_BY_NOBODY_YET
from portal.incidents.models import Incident
from portal.reports import figures, queries
from portal.reports.catalogue import label_of
from portal.reports.checks.finding import MOST_RECORDS, Check, Finding, Weight, at_once
from portal.reports.composing import composed
from portal.reports.models import Report
from portal.reports.wording.told import BRACES, Figures, places, value_of


# ── parts = whole ───────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Sum:
    """A figure and those that it is made of; where it is not *exact*, they are at most the whole.

    *in_none* selects the records of the whole that are in no part as long as somebody has still to say in which.
    """

    whole: str
    parts: Sequence[str]
    exact: bool = True
    in_none: Callable[[Period], Select[Any]] | None = None


_FORCES = ("commune_police", "other_forces")
SUMS: tuple[Sum, ...] = (
    *(Sum(f"incidents.security.{what}", [f"incidents.security.{one}.{what}" for one in _FORCES], in_none=undetected)
      for what, undetected in DETECTED_BY_NOBODY_YET.items()),
    *(Sum(f"incidents.security.commune_police.{what}",
          [f"incidents.security.commune_police.{kind}.{what}" for kind in ("drug_use", "fireworks")], exact=False)
      for what in ("cases", "persons")),
    *(Sum(f"incidents.security.commune_police.{what}", [f"incidents.security.commune_police.administrative.{what}"],
          exact=False)
      for what in ("cases", "persons")),
    *(Sum(f"incidents.security.other_forces.{what}", [f"incidents.security.other_forces.drug_possession.{what}"],
          exact=False)
      for what in ("cases", "persons")),
    Sum("drugs.review_tests.persons", ["drugs.review_tests.positive_persons", "drugs.review_tests.negative_persons"]),
    Sum("tip_boxes.installed", ["tip_boxes.installed_village_halls", "tip_boxes.installed_police_station"],
        exact=False),
    Sum("patrols.order.count", ["patrols.order.with_violations"], exact=False),
    Sum("patrols.border.count", ["patrols.border.with_violations"], exact=False),
    Sum("teams.civil_defence.members", ["teams.civil_defence.strengthened_members"], exact=False),
    Sum("profile.persons", ["profile.minority_persons"], exact=False),
    Sum("profile.households", ["profile.minority_households"], exact=False),
    *(Sum("cases.community.serving", [f"cases.community.serving_{kind}"], exact=False)
      for kind in ("suspended_sentence", "conditional_release", "non_custodial_reform", "residence_supervision",
                   "residence_ban")),
)  # fmt: skip


def parts_and_whole(report: Report, told: Figures) -> Iterator[Finding]:
    for one in SUMS:
        if one.whole not in told or any(part not in told for part in one.parts):
            continue
        whole, parts = told.of(one.whole), [told.of(part) for part in one.parts]
        if (sum(parts) != whole) if one.exact else (sum(parts) > whole):
            in_none = _incidents(one, report)
            yield Finding(
                _unequal(one, told, len(in_none)), (one.whole, whole, *parts), figures=(one.whole, *one.parts),
                records=[(Incident, number) for number in in_none[:MOST_RECORDS]],
            )  # fmt: skip


def _incidents(one: Sum, report: Report) -> list[int]:
    """Those of the whole that are in no part."""
    if one.in_none is None:
        return []
    found = one.in_none(figures.period_of(report)).with_only_columns(Incident.id).order_by(None).distinct()
    return sorted(db.session.scalars(found))


def _unequal(one: Sum, told: Figures, in_none: int) -> Plain:
    text = mark("%(whole)s: %(value)s. That is less than what is part of it: %(parts)s.")
    if one.exact:
        text = mark("%(whole)s: %(value)s. Its parts make %(sum)s: %(parts)s.")
    if in_none:
        text = mark(
            "%(whole)s: %(value)s. Its parts make %(sum)s: %(parts)s. Nobody has said yet who detected %(count)s of "
            "the incidents: complete them."
        )
    values = {"value": told.of(one.whole), "sum": sum(told.of(part) for part in one.parts)}
    return Plain(text, whole=label_of(told[one.whole]), parts=LazyString(_parts, one, told), count=in_none, **values)


def _parts(one: Sum, told: Figures) -> str:
    return "; ".join(f"{label_of(told[part])}: {told.of(part)}" for part in one.parts)


# ── villages ≤ those that there are ─────────────────────────────────────────────────────────────────────────────────
OF_VILLAGES = (
    "teams.security.villages", "teams.people_security.villages", "teams.civil_defence.strengthened_villages",
    "teams.interfamily_fire.villages", "tip_boxes.installed_village_halls",
)  # fmt: skip


def villages_there_are(report: Report, told: Figures) -> Iterator[Finding]:
    there = len(queries.villages_on(figures.period_of(report)))
    for name in OF_VILLAGES:
        if name in told and told.of(name) > there:
            text = mark("%(figure)s: %(value)s. On the last day there were only %(villages)s villages.")
            facts = {"figure": label_of(told[name]), "value": told.of(name), "villages": there}
            yield Finding(Plain(text, **facts), (name, told.of(name), there), figures=(name,))


# ── figures that a text names ───────────────────────────────────────────────────────────────────────────────────────
def named_and_there(report: Report, told: Figures) -> Iterator[Finding]:
    """The text as it would be signed shows no brace: whatever stands in them has a value on these days."""
    shown = ((one.section, left) for one in composed(report, told) for left in BRACES.findall(one.text))
    for section, left in dict.fromkeys(shown):
        yield Finding(_left(left, told), (section, left))


def _left(left: str, told: Figures) -> Plain:
    """Why braces are left in the text: they name nothing, or what has no value, or none that is written so."""
    place = next(iter(places(left)), None)
    if place is None:
        return Plain(mark("The text would show %(braces)s as it stands. Mend it, or take it out."), braces=left)
    if place.form and value_of(place, told) is not None:
        return Plain(mark("The text names %(place)s, whose value is not written in that way."), place=left)
    return Plain(mark("The text names {%(name)s}, which has no value in this period."), name=left[1:-1])


PARTS_AND_WHOLE = Check(
    "parts-and-whole", _l("Parts make the whole"), _l("A report in which they do not is not approved."), Weight.HARD,
    at_once(parts_and_whole),
)  # fmt: skip
VILLAGES_THERE_ARE = Check(
    "villages", _l("No more villages than there are"),
    _l("Where villages were merged in the period, say so."), Weight.DOUBT, at_once(villages_there_are),
)  # fmt: skip
NAMED_AND_THERE = Check(
    "named-and-there", _l("Every figure that the text names is there"),
    _l("Type it for these days, or take it out of the text."), Weight.HARD, at_once(named_and_there),
)  # fmt: skip
