"""Words and shapes for duties, months and people who acted."""

import re
from datetime import date

from portal.cases.duties import QUARTERS
from portal.cases.models import Case
from portal.duties.actions import sources
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.presentation import day
from portal.engine.text import _, ngettext, say

SOON_DAYS = 7
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-(Q[1-4])")


def duty_title(duty: Duty, case: Case) -> str:
    """What is to be done, by the label of its rule."""
    return of_period(say(_rule_label(duty, case)), duty.key)


def _rule_label(duty: Duty, case: Case) -> str:
    rules = case.regime.PARAMETERS.rules
    named = [rules[key] for key in (f"{duty.rule}.{duty.key}", duty.rule) if key in rules]
    own = next((rule for source in sources() if (rule := source.rule(duty.rule))), None)
    return str(named[0].label if named else own.label if own else duty.rule)


def of_period(what: str, period: str) -> str:
    """Add the month or quarter that something is about."""
    if found := _MONTH.fullmatch(period):
        return _("%(what)s for %(month)s", what=what, month=f"{found[2]}/{found[1]}")
    if found := _QUARTER.fullmatch(period):
        return _("%(what)s for quarter %(quarter)s of %(year)s", what=what, quarter=QUARTERS[found[2]], year=found[1])
    return what


def month_name(month: date) -> str:
    return f"{month:%m/%Y}"


def shape_of(due_on: date, *, is_right: bool) -> str:
    """One of the ten shapes for something that is open."""
    left = (due_on - clock.today()).days
    if is_right:
        return "right"
    return "overdue" if left < 0 else "soon" if left <= SOON_DAYS else "todo"


def shape_word(shape: str) -> str:
    """What is read out in place of the shape."""
    words = {"overdue": _("past its day"), "soon": _("due soon"), "right": _("a right opens"), "todo": _("to come")}
    return words.get(shape, "")


def away(due_on: date) -> str:
    """How far a day is from today, in words."""
    days = (due_on - clock.today()).days
    if days == 0:
        return _("today")
    if days > 0:
        return str(ngettext("%(num)s day left", "%(num)s days left", days))
    return str(ngettext("%(num)s day ago", "%(num)s days ago", -days))


def left(due_on: date) -> str:
    """How far the day of something owed is, in words: once it is past, by how much it is late."""
    late = (clock.today() - due_on).days
    return str(ngettext("overdue by %(num)s day", "overdue by %(num)s days", late)) if late > 0 else away(due_on)


def window(opens_on: date | None, due_on: date) -> str:
    """From when to when something can be done, both days included."""
    if opens_on is None or opens_on >= due_on:
        return _("by %(day)s", day=day(due_on))
    return _("from %(first)s to %(last)s", first=day(opens_on), last=day(due_on))
