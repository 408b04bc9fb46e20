"""The book of rules: every number with its versions, and the tables of all regimes after what was approved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from portal.law import REGIMES, fines, local_security, minors, personal_data, titles
from portal.law.days import DAYS_OFF, DaysOff
from portal.law.rule import Parameter, Parameters, Unit, _

NO_CHOICES: Mapping[str, str] = {}
# Beside the regimes: what no case type has, and a commune may put another number beside all the same.
APART = {"personal_data": personal_data, "fines": fines, "minors": minors}

ALL = {**REGIMES, **APART}

UNITS: Mapping[Unit, str] = {
    Unit.DAYS: _("calendar days"),
    Unit.WORKING_DAYS: _("working days"),
    Unit.MONTHS: _("months"),
    Unit.HOURS: _("hours"),
    Unit.SHARE: _("share"),
    Unit.COUNT: _("times"),
    Unit.DAY_OF_MONTH: _("day of the month"),
    Unit.YES_NO: _("1 is yes, 0 is no"),
    Unit.VND: _("đồng"),
    Unit.NOTHING: _("no number"),
}


@dataclass(frozen=True)
class Version:
    """One version of one number: what it is about, from when to when (None: still) and in which regimes it holds."""

    key: str
    rule: str
    label: str
    value: int | Fraction
    unit: Unit
    holds_from: date
    holds_until: date | None
    source: str
    confirmed: bool
    owner: str
    regimes: tuple[str, ...]


def tables(
    amendments: Iterable[tuple[str, Parameter]] = (),
    chosen: Mapping[str, str] = NO_CHOICES,
    days_off: DaysOff = DAYS_OFF,
) -> dict[str, Parameters]:
    """The parameters of each case type, and of what stands apart, after what was approved, chosen and entered.

    An amendment names the key of a number, common ones included; KeyError if no regime has it.
    """
    amended = {name: replace(one.PARAMETERS, chosen=chosen, days_off=days_off) for name, one in ALL.items()}
    for key, parameter in amendments:
        having = [name for name, table in amended.items() if key in table.rules]
        if not having:
            raise KeyError(key)
        amended.update({name: amended[name].amended(key, parameter) for name in having})
    return amended


def rules(of: Mapping[str, Parameters] | None = None) -> list[Version]:
    """All numbers with all their versions, by key and first day, each told once with the regimes that share it."""
    found: dict[Version, list[str]] = {}
    for name, table in (of or tables()).items():
        for key in table.rules:
            for version in _versions(table, key):
                found.setdefault(version, []).extend([name] if name in REGIMES else [])
    told = [replace(version, regimes=tuple(names)) for version, names in found.items()]
    for table in (local_security.PARAMETERS, titles.PARAMETERS):
        told += [version for key in table.rules for version in _versions(table, key)]
    return sorted(told, key=lambda version: (version.key, version.holds_from, version.regimes))


def _versions(table: Parameters, key: str) -> list[Version]:
    return [
        Version(
            key, one.rule, one.label, one.value, one.unit, one.holds_from, until,
            one.source, one.confirmed, one.owner, regimes=(),
        )
        for one, until in table.spans(key)
    ]  # fmt: skip


def newest(key: str) -> Parameter | None:
    """The last version of a number that the portal comes with; None if no regime has it."""
    found = (table.versions(key)[-1] for table in _AS_WRITTEN.values() if key in table.rules)
    return next(found, None)


def amendable(key: str) -> bool:
    """Whether nobody has seen the number in the text in force, so that a commune may put what it found beside it."""
    found = newest(key)
    return found is not None and not found.confirmed


_AS_WRITTEN = {name: one.PARAMETERS for name, one in ALL.items()}
