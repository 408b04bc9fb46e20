"""Meetings that come again, and the days on which the rule does not hold."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from portal.engine import audit, clock
from portal.engine.db import db
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import mark
from portal.meetings.actions.scheduling import EnteredAlready
from portal.meetings.days import by_rule, days_of, meets_by_rule, month_of
from portal.meetings.models import Meeting, MeetingKind, MeetingSeries, SeriesException, SeriesRule
from portal.meetings.queries import entered_of, series_of
from portal.organisation.models import Unit

LOOKED_AHEAD = timedelta(days=731)  # within which two series meet on one day, if they ever do


def begin_series(
    kind: MeetingKind, rule: SeriesRule, commune_id: int, chair_unit: Unit, valid_from: date, **facts: Any
) -> MeetingSeries:
    """Enter a series. *facts*: day_of_month or week and weekday, every_months, hour, minute, place, valid_to.

    Raises Refused at the field where another of the kind meets on one of its days.
    """
    series = MeetingSeries(
        kind=kind, rule=rule, commune_id=commune_id, chair_unit=chair_unit, chair_unit_id=chair_unit.id,
        valid_from=valid_from, **facts,
    )  # fmt: skip
    db.session.add(series)
    db.session.flush()
    check_days(series, series_of(kind, commune_id))
    return series


def check_days(series: MeetingSeries, others: Iterable[MeetingSeries]) -> None:
    """Raise Refused where one of the *others* meets on a day of a series: a day has one meeting of a kind."""
    first = max(series.valid_from, clock.today())
    days = _met(series, first)
    running = [other for other in others if other is not series and _may_meet(other, first)]
    both = {on for other in running for on in days & _met(other, first)}
    if both:
        text = mark("Another series of this kind meets on %(day)s already. End that one first, or choose other days.")
        raise Refused(Misfit("kind", text, day=min(both)))


def _may_meet(series: MeetingSeries, first: date) -> bool:
    """Whether a series meets on a day or later: one that has ended, only where a meeting of it was moved."""
    moved = (one.moved_to for one in series.exceptions if one.voided_at is None)
    return series.valid_to is None or series.valid_to >= first or any(on and on >= first for on in moved)


def _met(series: MeetingSeries, first: date) -> set[date]:
    """On which days it meets, as far ahead as one looks."""
    return {on for _by_rule, on in days_of(series, first, first + LOOKED_AHEAD)}


def change_series(series: MeetingSeries, **facts: Any) -> None:
    """Change a series for the meetings that are still to be entered.

    What is entered, moved or left out already counts for its month, on whichever day the new rule puts that. Raises
    Refused where another series of its kind meets on a day of it.
    """
    told = [(one, month_of(series, day)) for day, one in _told_of_days(series)]
    for name, value in facts.items():
        setattr(series, name, value)
    for one, month in told:
        if month:
            _follow_rule(one, series, month)
    check_days(series, series_of(series.kind, series.commune_id))


def _told_of_days(series: MeetingSeries) -> list[tuple[date, Meeting | SeriesException]]:
    """The meetings of a series and its exceptions, by the days that the rule gave."""
    excepted = ((one.by_rule_on, one) for one in series.exceptions if one.voided_at is None)
    return [*entered_of(series).items(), *excepted]


def _follow_rule(one: Meeting | SeriesException, series: MeetingSeries, month: date) -> None:
    """Let something count for the day of its month; what is over before and after stays as it was."""
    day = by_rule(series, month)
    if meets_by_rule(series, day) and max(day, one.by_rule_on or day) >= clock.today():
        one.by_rule_on = day


def end_series(series: MeetingSeries, last_day: date, reason: str) -> None:
    if last_day < series.valid_from:
        raise Refused(Misfit("last_day", mark("A series cannot end before it begins.")))
    series.valid_to = last_day
    audit.note("end", series, reason="#" + audit.digest(reason))


def check_exception(series: MeetingSeries, by_rule_on: date, moved_to: date | None) -> None:
    """Raise Refused at the field where the rule has no such day, and EnteredAlready where its meeting is there: whoever
    is invited learns from that one where it goes."""
    if not meets_by_rule(series, by_rule_on):
        raise Refused(Misfit("by_rule_on", mark("The series does not meet on that day.")))
    if any(one.by_rule_on == by_rule_on and one.voided_at is None for one in series.exceptions):
        raise Refused(Misfit("by_rule_on", mark("That day is moved or left out already.")))
    entered = entered_of(series).get(by_rule_on)
    if entered and entered.state != "cancelled":
        raise EnteredAlready(entered, mark("The meeting of that day is entered: %(number)s. Move or cancel it there."))
    if moved_to and moved_to < clock.today():
        raise Refused(Misfit("moved_to", mark("The new day has passed.")))


def except_day(series: MeetingSeries, by_rule_on: date, moved_to: date | None, reason: str) -> SeriesException:
    """Move one meeting of a series, or leave it out. Raises Refused as `check_exception` does."""
    check_exception(series, by_rule_on, moved_to)
    made = SeriesException(
        series=series, commune_id=series.commune_id, by_rule_on=by_rule_on, moved_to=moved_to, reason=reason
    )
    db.session.add(made)
    return made
