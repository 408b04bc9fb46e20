"""Shortening a term again: from when, after the courts have cut it. The law allows it once a year."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from portal.law import policies, terms
from portal.law.days import add_months
from portal.law.rule import Due, Parameter, Parameters, Term, _
from portal.law.shortening import Scheme, cut_limits

OTHER_READING = _("Once a year is counted by calendar years; counted from the last round it would be %(other)s.")
SchemeOn = Callable[[date], Scheme]


def rights(term: Term, first: Due | None, scheme_on: SchemeOn, parameters: Parameters) -> list[Due]:
    """The days from which a shortening is possible, round by round: the *first* and, after each cut, the next.

    The period of a later round is its number ("2"). After the last cut there is a next one only if it leaves something
    to cut on that day.
    """
    if first is None:
        return []
    cuts, found = sorted(term.cuts, key=lambda cut: cut.decided_on), [first]
    for number in range(1, len(cuts) + 1):
        so_far = term.otherwise(cuts=tuple(cuts[:number]))
        following = _after(so_far, first.due_on, scheme_on, parameters)
        if following and (number < len(cuts) or _can_be_cut(so_far, following.due_on, scheme_on, parameters)):
            found.append(replace(following, label=first.label, period=str(number + 1)))
    return found


def _after(term: Term, first_on: date, scheme_on: SchemeOn, parameters: Parameters) -> Due | None:
    """When a term may be shortened again after its last cut (policy `once_a_year`); of two readings the earlier."""
    last_round = term.cuts[-1].decided_on
    chosen = policies.reading(parameters, "once_a_year")
    opened = parameters.first_day(
        scheme_on(last_round).interval,
        lambda interval: max(first_on, _a_year_after(last_round, interval, chosen)),
    )
    if opened is None:
        return None
    interval, day = opened
    due = interval.due(day, "right", last_round=last_round)
    later = add_months(last_round, interval.count)
    if chosen != "both" or later <= day:
        return due
    return replace(due, confirmed=False, note=OTHER_READING, note_values={"other": later})


def _a_year_after(last_round: date, interval: Parameter, chosen: str) -> date:
    new_year, year_later = date(last_round.year + 1, 1, 1), add_months(last_round, interval.count)
    by_reading = {"both": min(new_year, year_later), "calendar_year": new_year, "twelve_months": year_later}
    return by_reading[chosen]


def _can_be_cut(term: Term, day: date, scheme_on: SchemeOn, parameters: Parameters) -> bool:
    """Whether a whole month may be cut on a day, without the waiver of a small rest, which somebody has to weigh."""
    if day >= terms.ends_on(term, parameters):
        return False
    strict = parameters.choosing("small_remainder", "refuse")
    limits = cut_limits(term, day, scheme_on(day), strict)
    return limits is not None and limits.most > 0
