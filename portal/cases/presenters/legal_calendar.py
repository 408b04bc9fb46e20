"""The term of a case laid flat: what is served, when it was reported on, when rights open. All places in percent."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.cases import law_days, regularity
from portal.cases.models import Case
from portal.cases.presenters.reasons import SHARES
from portal.cases.presenters.wording import wording
from portal.cases.regularity import Came
from portal.engine import clock
from portal.engine.presentation import day
from portal.engine.text import _, ngettext, say
from portal.law.rule import Due

APART = 11  # percent that two labels must be apart on a desk (90 px of 870); the earlier stays
APART_ON_PHONE = 26  # the same of 358 px
DRAWN = {Came.IN_TIME: "done", Came.LATE: "late", Came.MISSING: "missed"}
MOST_YEARS = 8  # ticks; of a longer term every second year has one

Stem = tuple[float, str, str, bool, bool]


@dataclass(frozen=True)
class Calendar:
    """What `components/calendar.html` draws, with the same in words."""

    title: str
    desc: str
    note: str
    starts: str
    ends: str
    today: str
    served_percent: float
    today_percent: float | None
    absences: Sequence[tuple[float, float]]
    dots: Sequence[tuple[float, str]]
    stems: Sequence[Stem]
    years: Sequence[tuple[float, str]]
    passed: str  # what the filled part of the line is called


@dataclass(frozen=True)
class Line:
    """From the first to the last day, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return max(1, (self.last - self.first).days)

    def at(self, on: date) -> float:
        """The place of a day, 0 to 100."""
        return round(max(0.0, min(100.0, 100 * (on - self.first).days / self.days)), 2)

    def holds(self, on: date) -> bool:
        return self.first <= on <= self.last


def draw(case: Case, permits: Iterable[Any], *, with_reports: bool) -> Calendar | None:
    """Draw a case; None where its last day cannot be computed. Reports are drawn for those who may read them."""
    last = law_days.last_day(case)
    if last is None or last.due_on <= case.starts_on:
        return None
    line = Line(case.starts_on, last.due_on)
    ended = law_days.ended_early(case)
    rights = [
        due
        for due in law_days.until_end(case, law_days.calendar(case))
        if due.kind == "right" and line.holds(due.due_on)
    ]
    dots = list(_dots(case, line)) if with_reports else []
    today = clock.today()
    return Calendar(
        title=_("The term from %(first)s to %(last)s", first=day(line.first), last=day(ended or line.last)),
        desc=_in_words(Line(line.first, ended or line.last), dots, rights),
        note=days_passed(case, line),
        starts=day(line.first),
        ends="" if ended else day(line.last),
        today=day(today),
        served_percent=line.at(min(today, ended or case.closed_on or today)),
        today_percent=line.at(today) if case.running and not ended and today >= line.first else None,
        absences=[_stretch(line, permit) for permit in permits if line.holds(permit.leaves_on)],
        dots=dots,
        stems=list(_stems(line, rights)),
        years=list(_years(line)),
        passed=str(wording(case).passed),
    )


def days_passed(case: Case, line: Line) -> str:
    """Which day of the term today is."""
    if ended := law_days.ended_early(case):
        return _("Ended on %(day)s, before the term was over", day=day(ended))
    today = min(clock.today(), case.closed_on or clock.today())
    passed, left = (today - line.first).days, (line.last - today).days
    if not case.running or left < 0:
        return str(ngettext("%(num)s day in all", "%(num)s days in all", line.days))
    return _("Day %(day)s of %(all)s, %(left)s to go", day=max(0, passed), all=line.days, left=left)


def _stretch(line: Line, permit: Any) -> tuple[float, float]:
    start, end = line.at(permit.leaves_on), line.at(permit.returns_on)
    return start, round(max(0.6, end - start), 2)


def _dots(case: Case, line: Line) -> Iterable[tuple[float, str]]:
    """One dot a month: on time, late, missed, next or later; none for a month in which nobody was asked."""
    dues = law_days.until_end(case, law_days.self_reports(case, line.last))
    came = regularity.of_case(case, [_month(due) for due in dues])
    next_is_drawn = False
    for due in dues:
        kind = DRAWN.get(came[_month(due)])
        if kind is None and due.due_on >= clock.today():
            kind, next_is_drawn = "later" if next_is_drawn else "next", True
        if kind is not None:
            yield line.at(due.due_on), kind


def _month(due: Due) -> date:
    return due.due_on.replace(day=1)


def _stems(line: Line, rights: Sequence[Due]) -> Iterable[Stem]:
    """Rights as stems: place, label, day, whether it is a full mark, whether a phone has room for the label too.

    A hollow mark is the earliest end that a right can bring.
    """
    labelled = on_phone = -100.0
    for due in rights:
        place = line.at(due.due_on)
        free = place - labelled >= APART and APART <= place <= 100 - APART
        free_on_phone = free and place - on_phone >= APART_ON_PHONE
        labelled = place if free else labelled
        on_phone = place if free_on_phone else on_phone
        yield place, share_of(due) if free else "", day(due.due_on), not due.period.endswith("floor"), free_on_phone


def share_of(due: Due) -> str:
    """What share of the term is served on the day."""
    share = str(due.inputs.get("share", ""))
    return _("%(share)s served", share=SHARES.get(share, share)) if share else say(due.label)


def _years(line: Line) -> Iterable[tuple[float, str]]:
    years = range(line.first.year + 1, line.last.year + 1)
    return [(line.at(date(year, 1, 1)), str(year)) for year in years[:: 1 + len(years) // MOST_YEARS]]


def _in_words(line: Line, dots: Sequence[tuple[float, str]], rights: Sequence[Due]) -> str:
    counted = Counter(kind for _place, kind in dots)
    told = [_("From %(first)s to %(last)s.", first=day(line.first), last=day(line.last))]
    if dots:
        told.append(
            _("Self-reports on time: %(done)s, late: %(late)s, not handed in: %(missed)s.",
              done=counted["done"], late=counted["late"], missed=counted["missed"])
        )  # fmt: skip
    told += [f"{share_of(due)}: {day(due.due_on)}." for due in rights]
    return " ".join(told)
