"""Shortening a term: from when, by how much, how often, and what must really be served.

Each regime says in a `Scheme` which of its numbers answer these questions. A right is never decided here: `refuse` says
what the law forbids, `doubts` what an officer should weigh and give a reason for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from portal.law import policies, terms
from portal.law.days import add_months, last_of_term, share_of_days
from portal.law.rule import Cut, Due, Parameter, Parameters, Refusal, Term, _

TOO_EARLY = _("A shortening is possible from %(eligible_on)s at the earliest.")
TOO_SHORT = _("One shortening cuts at least %(limit)s months; this one cuts %(asked)s.")
TOO_MUCH_AT_ONCE = _("One shortening cuts at most %(limit)s months; this one cuts %(asked)s.")
BELOW_FLOOR = _("The term may not end before %(earliest)s after shortening; with this cut it would end on %(end)s.")
MORE_THAN_LEFT = _("Fewer than %(asked)s months are left on that day: the cut cannot be larger than the rest.")
NOTHING_LEFT = _("The term ends on %(end)s: nothing is left to waive.")
ONCE_A_YEAR = _("A term is shortened once a year; the last round was on %(last_round)s.")
PERHAPS_ONCE_A_YEAR = _("By one of two readings the last round, on %(last_round)s, is less than a year ago.")
SMALL_REMAINDER = _("So small a rest may be waived, but the part that must be served is not reached: give the reason.")


@dataclass(frozen=True)
class Scheme:
    """Keys of the numbers that govern a shortening; an empty key means that the law sets no such limit.

    A rest up to *remainder* months may be waived as a whole: that many included, or only fewer (*remainder_included*).
    """

    eligible: str
    interval: str
    least: str = ""
    most: str = ""
    floor: str = ""
    remainder: str = ""
    remainder_included: bool = True


@dataclass(frozen=True)
class CutLimits:
    """What one shortening decided on a day may be: whole months from *least* to *most* (0: none is possible)."""

    eligible_on: Due
    earliest_end: Due | None
    least: int
    most: int


def earliest_end(term: Term, floor: str, parameters: Parameters) -> Due | None:
    """The earliest last day that any shortening can bring; None if no law ever grants one (policy `floor_of_cut`)."""
    opened = parameters.first_day(floor, lambda version: _floor_on(term, version, parameters))
    if opened is None:
        return None
    parameter, _day = opened
    day = min(_floor_on(term, parameter, parameters), terms.ends_on(term.otherwise(cuts=()), parameters))
    return parameter.due(day, "right", starts_on=term.starts_on, months=term.months, share=str(parameter.share))


def cut_limits(term: Term, decided_on: date, scheme: Scheme, parameters: Parameters) -> CutLimits | None:
    """The whole months that may be cut on a day; None if no law ever grants a shortening."""
    if (eligible_on := terms.right(term, scheme.eligible, parameters)) is None:
        return None
    law = parameters.on(decided_on)
    least = law[scheme.least].count if scheme.least else 1
    most = law[scheme.most].count if scheme.most else term.months
    possible = range(1 if scheme.remainder else least, most + 1)
    open_cuts = [months for months in possible if not refuse(term, decided_on, months, scheme, parameters)]
    return CutLimits(
        eligible_on,
        earliest_end(term, scheme.floor, parameters) if scheme.floor else None,
        min(open_cuts, default=0),
        max(open_cuts, default=0),
    )


def refuse(term: Term, decided_on: date, months: int, scheme: Scheme, parameters: Parameters) -> list[Refusal]:
    """Say why a cut of whole months, decided on a day, is against the law; say nothing if it is not.

    ValueError unless at least one month is asked for; NotInForceError before the law knew shortenings.
    """
    if months < 1:
        raise ValueError("A shortening cuts at least one month")
    found = [
        _too_early(term, decided_on, scheme, parameters),
        _too_soon_again(term, decided_on, scheme, parameters),
        *_wrong_size(term, decided_on, months, scheme, parameters),
        _below_floor(term, decided_on, months, scheme, parameters),
        _more_than_left(term, decided_on, months, scheme, parameters),
    ]
    return [refusal for refusal in found if refusal is not None]


def rest_months(term: Term, decided_on: date, parameters: Parameters) -> int:
    """How many whole months waive all that is left on a day; 0 where nothing is."""
    last, months = terms.ends_on(term, parameters), 0
    while add_months(decided_on, months) < last:
        months += 1
    return months


def refuse_waiver(term: Term, decided_on: date, scheme: Scheme, parameters: Parameters) -> list[Refusal]:
    """Say why the whole rest may not be waived on a day. A scheme without an interval grants it once and for all.

    NotInForceError before the law knew such a waiver.
    """
    months = rest_months(term, decided_on, parameters)
    if months == 0:
        rule = parameters.on(decided_on)[scheme.eligible]
        return [rule.forbids(NOTHING_LEFT, end=terms.ends_on(term, parameters))]
    if scheme.interval:
        return refuse(term, decided_on, months, scheme, parameters)
    early = _too_early(term, decided_on, scheme, parameters)
    return [early] if early else []


def doubts(term: Term, decided_on: date, months: int, scheme: Scheme, parameters: Parameters) -> list[Refusal]:
    """What the law leaves open about a cut: to be weighed, with a reason, not refused."""
    found = []
    last_round, interval = _last_round(term), parameters.on(decided_on)[scheme.interval]
    both = policies.reading(parameters, "once_a_year") == "both"
    if both and last_round and _readings(last_round, decided_on, interval) == 1:
        found.append(interval.forbids(PERHAPS_ONCE_A_YEAR, last_round=last_round))
    small = _small_rest(term, decided_on, months, scheme, parameters)
    if small and policies.reading(parameters, "small_remainder") == "warn":
        strict = parameters.choosing("small_remainder", "refuse")
        if _below_floor(term, decided_on, months, scheme, strict):
            found.append(small.forbids(SMALL_REMAINDER))
    return found


def _too_early(term: Term, decided_on: date, scheme: Scheme, parameters: Parameters) -> Refusal | None:
    eligible = parameters.on(decided_on)[scheme.eligible]
    opened = terms.right(term, scheme.eligible, parameters)
    if opened is not None and opened.due_on <= decided_on:
        return None
    day = opened.due_on if opened else terms.served_on(term, eligible, parameters)
    return eligible.forbids(TOO_EARLY, eligible_on=day)


def _too_soon_again(term: Term, decided_on: date, scheme: Scheme, parameters: Parameters) -> Refusal | None:
    if (last_round := _last_round(term)) is None:
        return None
    interval = parameters.on(decided_on)[scheme.interval]
    forbidden: dict[str, Callable[[], bool]] = {
        "both": lambda: _readings(last_round, decided_on, interval) == 2,
        "calendar_year": lambda: last_round.year == decided_on.year,
        "twelve_months": lambda: decided_on < add_months(last_round, interval.count),
    }
    if forbidden[policies.reading(parameters, "once_a_year")]():
        return interval.forbids(ONCE_A_YEAR, last_round=last_round)
    return None


def _wrong_size(term: Term, decided_on: date, months: int, scheme: Scheme, parameters: Parameters) -> list[Refusal]:
    law, refusals = parameters.on(decided_on), []
    rest = _small_rest(term, decided_on, months, scheme, parameters)
    if scheme.least and months < law[scheme.least].count and not rest:
        refusals.append(law[scheme.least].forbids(TOO_SHORT, limit=law[scheme.least].count, asked=months))
    if scheme.most and months > law[scheme.most].count:
        refusals.append(law[scheme.most].forbids(TOO_MUCH_AT_ONCE, limit=law[scheme.most].count, asked=months))
    return refusals


def _below_floor(term: Term, decided_on: date, months: int, scheme: Scheme, parameters: Parameters) -> Refusal | None:
    if not scheme.floor:
        return None
    small = _small_rest(term, decided_on, months, scheme, parameters)
    if small and policies.reading(parameters, "small_remainder") != "refuse":
        return None
    floor = parameters.on(decided_on)[scheme.floor]
    earliest = _floor_on(term, floor, parameters)
    end = _end_after(term, Cut(decided_on, months), parameters)
    if _served_enough(term, months, end, floor, parameters):
        return None
    return floor.forbids(BELOW_FLOOR, earliest=earliest, end=end)


def _more_than_left(
    term: Term, decided_on: date, months: int, scheme: Scheme, parameters: Parameters
) -> Refusal | None:
    last = terms.ends_on(term, parameters)
    if add_months(decided_on, months - 1) < last:
        return None
    return parameters.on(decided_on)[scheme.most or scheme.eligible].forbids(MORE_THAN_LEFT, asked=months)


def _served_enough(term: Term, months: int, end: date, floor: Parameter, parameters: Parameters) -> bool:
    """By whole months the sum of the cuts decides, so that a month with fewer days takes nothing away."""
    if policies.reading(parameters, "floor_of_cut") == "days":
        return end >= _floor_on(term, floor, parameters)
    left = term.months - sum(cut.months for cut in term.cuts) - months
    return left >= ceil(term.months * floor.share)


def _floor_on(term: Term, floor: Parameter, parameters: Parameters) -> date:
    credit = timedelta(days=term.credit_days)
    if policies.reading(parameters, "floor_of_cut") == "days":
        return term.starts_on + timedelta(days=share_of_days(term.starts_on, term.months, floor.share)) - credit
    months = ceil(term.months * floor.share)
    return last_of_term(term.starts_on, months, policies.reading(parameters, "term_end")) - credit


def _end_after(term: Term, cut: Cut, parameters: Parameters) -> date:
    return terms.ends_on(term.otherwise(cuts=(*term.cuts, cut)), parameters)


def _small_rest(term: Term, decided_on: date, months: int, scheme: Scheme, parameters: Parameters) -> Parameter | None:
    """The number by which this cut waives a whole small rest, if it does."""
    if not scheme.remainder:
        return None
    remainder = parameters.on(decided_on)[scheme.remainder]
    last, small_until = terms.ends_on(term, parameters), add_months(decided_on, remainder.count)
    is_small = last <= small_until if scheme.remainder_included else last < small_until
    return remainder if is_small and add_months(decided_on, months) >= last else None


def _last_round(term: Term) -> date | None:
    return max((cut.decided_on for cut in term.cuts), default=None)


def _readings(last_round: date, decided_on: date, interval: Parameter) -> int:
    """How many of the two readings of once a year say that the year is not over."""
    same_year = last_round.year == decided_on.year
    return same_year + (decided_on < add_months(last_round, interval.count))
