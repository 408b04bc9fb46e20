"""The book of rules as its pages show it: each number with its versions, each open question with its reading."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from portal.engine.presentation import day
from portal.engine.text import _, _l, say
from portal.engine.vietnamese import fold
from portal.law import REGIMES
from portal.law.catalogue import UNITS, Version, amendable, rules
from portal.law.days_off import DaysOff, Year
from portal.law.policies import POLICIES, Policy, reading
from portal.law.rule import Unit
from portal.lawbook.queries import Law

WEEKDAYS = (_l("Mon"), _l("Tue"), _l("Wed"), _l("Thu"), _l("Fri"), _l("Sat"), _l("Sun"))


@dataclass(frozen=True)
class Numbered:
    """A number of the law with its versions, the newest last."""

    key: str
    label: str
    versions: Sequence[Version]
    amendable: bool

    @property
    def confirmed(self) -> bool:
        return self.versions[-1].confirmed


@dataclass(frozen=True)
class Read:
    """A question that the texts leave open, and how it is read."""

    name: str
    policy: Policy
    chosen: str


def numbers(law: Law, words: str = "", regime: str = "", *, unconfirmed: bool = False) -> list[Numbered]:
    """The numbers that hold in a commune, by key: those of a regime, those in doubt, those that some words name."""
    found: dict[str, list[Version]] = {}
    for version in rules({name: bound.PARAMETERS for name, bound in law.items()}):
        if not regime or regime in version.regimes:
            found.setdefault(version.key, []).append(version)
    told = (Numbered(key, say(those[-1].label), those, amendable(key)) for key, those in found.items())
    return [one for one in told if _fits(one, fold(words)) and not (unconfirmed and one.confirmed)]


def _fits(one: Numbered, words: str) -> bool:
    return all(word in fold(f"{one.key} {one.label} {one.versions[-1].source}") for word in words.split())


def number_of(law: Law, key: str) -> Numbered | None:
    return next((one for one in numbers(law) if one.key == key), None)


def readings(law: Law) -> list[Read]:
    return [reading_of(law, name) for name in POLICIES]


def reading_of(law: Law, name: str) -> Read:
    parameters = next(iter(law.values())).PARAMETERS
    return Read(name, POLICIES[name], reading(parameters, name))


def valued(version: Version) -> str:
    """ "5 working days", "1/3"; nothing where a rule has no number."""
    return in_unit(str(version.value), version.unit)


def in_unit(value: str, unit: Unit) -> str:
    if unit in (Unit.NOTHING, Unit.YES_NO):
        return ""
    shown = f"{int(value):,}".replace(",", ".") if unit is Unit.VND else value
    return shown if unit is Unit.SHARE else f"{shown} {say(UNITS[unit])}"


def span(version: Version) -> str:
    """From when to when a version holds."""
    if version.holds_until is None:
        return _("from %(day)s", day=day(version.holds_from))
    return _("%(first)s to %(last)s", first=day(version.holds_from), last=day(version.holds_until))


def titles() -> dict[str, str]:
    """The regimes by name."""
    return {name: say(regime.TITLE) for name, regime in REGIMES.items()}


def regimes_of(version: Version) -> str:
    names = titles()
    if len(version.regimes) in (0, len(names)):
        return _("All kinds of cases")
    return ", ".join(names[one] for one in version.regimes)


@dataclass(frozen=True)
class YearShown:
    """The days off of a year, as lines of a page."""

    year: int
    off: str
    worked: str
    unknown: str


def years(table: DaysOff) -> Iterator[YearShown]:
    for number in sorted(table.years, reverse=True):
        yield year_shown(number, table.years[number])


def year_shown(number: int, year: Year) -> YearShown:
    return YearShown(number, *(_days(those) for those in (year.off, year.worked, year.unknown)))


@dataclass(frozen=True)
class YearChanged:
    """What a table entered for a year changes against the one in force, as lines of a page; empty where nothing."""

    no_longer_off: str
    newly_off: str
    decided: str
    undecided: str


def year_changed(known: Year, entered: Year) -> YearChanged:
    """Days that fall away and come, undecided ones that are decided now, and those that stay or become undecided."""
    falls = (known.off - entered.off - entered.unknown) | (entered.worked - known.worked)
    comes = (entered.off - known.off - known.unknown) | (known.worked - entered.worked - entered.unknown)
    return YearChanged(*(_days(those) for those in (falls, comes, known.unknown - entered.unknown, entered.unknown)))


def _days(days: Any) -> str:
    return ", ".join(f"{WEEKDAYS[one.weekday()]} {one:%d/%m}" for one in sorted(days))
