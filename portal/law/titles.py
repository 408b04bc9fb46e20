"""Criteria of the yearly titles of a commune, as far as their texts were read: what is asked, and how much of it.

Only what somebody found stands here. A title whose text nobody read has rows that the commune fills in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from portal.law.rule import Parameter, Parameters, Rule, Unit, _

SECURITY_TITLE, HOT_SPOTS = date(2022, 2, 10), date(2025, 8, 24)
CIRCULAR_124, DECISION_28 = "Thông tư 124/2021/TT-BCA", "Quyết định 28/2025/QĐ-TTg"
PERCENT = 100

AT_LEAST, AT_MOST, BELOW = "at_least", "at_most", "below"


def _of_circular(value: Fraction | int, unit: Unit) -> tuple[Parameter, ...]:
    return (Parameter(SECURITY_TITLE, value, CIRCULAR_124, unit=unit),)


def _of_decision(value: Fraction | int, unit: Unit) -> tuple[Parameter, ...]:
    """Known from the press alone."""
    return (Parameter(HOT_SPOTS, value, DECISION_28, confirmed=False, unit=unit),)


PARAMETERS = Parameters({
    "TTL-PLAN": Rule(
        _("Resolution, plan and registration for the title in the first quarter"), _of_circular(1, Unit.COUNT)
    ),
    "TTL-MODEL": Rule(_("Models of the movement that work"), _of_circular(1, Unit.COUNT)),
    "TTL-OFFICERS": Rule(_("Officers of the commune police who were disciplined"), _of_circular(0, Unit.COUNT)),
    "TTL-REGISTERED": Rule(
        _("Residential areas, agencies and schools that registered for the title"),
        _of_circular(Fraction(1), Unit.SHARE),
    ),
    "TTL-RECOGNISED": Rule(
        _("Residential areas, agencies and schools that were recognised"), _of_circular(Fraction(7, 10), Unit.SHARE)
    ),
    "HOT-FILES": Rule(
        _("Residents with a drug file (from this share on the commune is a hot spot)"),
        _of_decision(Fraction(5, 1000), Unit.SHARE),
    ),
    "HOT-PLACES": Rule(
        _("Places that harbour drugs (from this number on the commune is a hot spot)"), _of_decision(2, Unit.COUNT)
    ),
    "HOT-ARRESTED": Rule(
        _("Arrested drug offenders among the residents (from this share on the commune is a hot spot)"),
        _of_decision(Fraction(1, 1000), Unit.SHARE),
    ),
})  # fmt: skip


@dataclass(frozen=True)
class Criterion:
    """What a title asks: a number of the law, how a count is held against it, and of which unit it is.

    *figure* and *whole* are ids of indicators that give the count and what it is a share of, where the portal has them.
    """

    rule: str
    comparison: str
    unit: str
    figure: str = ""
    whole: str = ""


_AREAS, _FILES, _TIMES = _("areas, agencies and schools"), _("residents"), _("times")
_PLACES, _OFFICERS, _MODELS = _("places"), _("officers"), _("models")

CRITERIA: dict[str, tuple[Criterion, ...]] = {
    "security": (
        Criterion("TTL-PLAN", AT_LEAST, _TIMES),
        Criterion("TTL-MODEL", AT_LEAST, _MODELS, "models.running"),
        Criterion("TTL-OFFICERS", AT_MOST, _OFFICERS),
        Criterion("TTL-REGISTERED", AT_LEAST, _AREAS),
        Criterion("TTL-RECOGNISED", AT_LEAST, _AREAS),
    ),
    "drug_free": (
        Criterion("HOT-FILES", BELOW, _FILES, whole="profile.persons"),
        Criterion("HOT-PLACES", BELOW, _PLACES),
        Criterion("HOT-ARRESTED", BELOW, _FILES, whole="profile.persons"),
    ),
}


def criteria_of(title: str, day: date) -> Sequence[tuple[Criterion, Rule, Parameter]]:
    """The criteria of a title that were known to hold on a day, each with its words and its number."""
    law = PARAMETERS.on(day)
    known = ((one, law.get(one.rule)) for one in CRITERIA.get(title, ()))
    return [(one, PARAMETERS.rules[one.rule], number) for one, number in known if number is not None]
