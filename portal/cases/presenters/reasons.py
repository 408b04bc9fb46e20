"""Why a day of the law is that day: the facts from which it was computed, in words."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache

from portal.engine.presentation import day
from portal.engine.text import _, mark, ngettext, say
from portal.law import catalogue
from portal.law.rule import Due

SHARES = {"1/2": "½", "1/3": "⅓", "3/4": "¾", "1/4": "¼", "2/5": "⅖"}
DAYS = {
    "starts_on": mark("from %(day)s"),
    "decided_on": mark("decided on %(day)s"),
    "counted_from": mark("counted from %(day)s"),
    "counted_back_from": mark("counted back from %(day)s"),
    "last_round": mark("last round on %(day)s"),
    "printed_ends_on": mark("%(day)s as printed on the paper"),
}
NUMBERS: Mapping[str, Callable[[int], str]] = {
    "months": lambda count: ngettext("%(num)s month", "%(num)s months", count),
    "months_cut": lambda count: ngettext("%(num)s month cut", "%(num)s months cut", count),
    "credit_days": lambda count: ngettext("%(num)s day credited", "%(num)s days credited", count),
    "days_not_served": lambda count: ngettext("%(num)s day not served", "%(num)s days not served", count),
}


def reason(due: Due) -> str:
    """What the day follows from: days, months, shares. Nothing where a rule names no such facts."""
    return ", ".join(_told(due))


def _told(due: Due) -> Iterator[str]:
    for name, sentence in DAYS.items():
        if isinstance(value := due.inputs.get(name), date):
            yield say(sentence, day=day(value))
    for name, words in NUMBERS.items():
        if isinstance(value := due.inputs.get(name), int):
            yield words(value)
    if (length := due.inputs.get("length")) and (unit := _unit(due)):
        yield f"{length} {say(unit)}"
    if share := str(due.inputs.get("share", "")):
        yield _("%(share)s of it", share=SHARES.get(share, share))


def _unit(due: Due) -> str:
    """In what the rule of a day counts; its own step before the rule as a whole."""
    units = _units()
    return units.get(f"{due.rule}.{due.period}") or units.get(due.rule, "")


@cache
def _units() -> Mapping[str, str]:
    return {version.key: catalogue.UNITS[version.unit] for version in catalogue.rules()}
