"""How many days of permitted absence are used, of how many that the law allows."""

from dataclasses import dataclass

from portal.cases import law_days
from portal.cases.models import Case
from portal.engine import clock
from portal.engine.text import ngettext


@dataclass(frozen=True)
class Absence:
    """Days used, of how many. Without a total the law bounds only each single absence."""

    used: int
    of: str
    percent: float
    text: str
    source: str
    confirmed: bool
    total: int | None = None

    @property
    def left(self) -> int | None:
        """How many days may still be permitted; None where only each single absence is bounded."""
        return None if self.total is None else max(0, self.total - self.used)


def absence(case: Case) -> Absence | None:
    """By the law of today; None where the regime limits no absence. Days in hospital do not count."""
    if not case.running or law_days.last_day(case) is None:
        return None
    leaves_on = max(clock.today(), case.starts_on)
    limits = case.regime.absence_limits(leaves_on, case.regime.term_days(case.term))
    if limits is None:
        return None
    used = case.days_away()
    rule = limits.total_rule or limits.each_rule
    return Absence(
        used=used,
        of=_of(used, limits.total),
        percent=round(min(100.0, 100 * used / limits.total), 1) if limits.total else 0,
        text=str(ngettext("At most %(num)s day each time.", "At most %(num)s days each time.", limits.each)),
        source=rule.source,
        confirmed=rule.confirmed and limits.each_rule.confirmed,
        total=limits.total,
    )


def _of(used: int, total: int | None) -> str:
    """What follows the number of days used."""
    if total is None:
        return str(ngettext("day permitted so far", "days permitted so far", used))
    return str(ngettext("of %(num)s day", "of %(num)s days", total))
