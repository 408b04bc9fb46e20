"""Numbers of the law as data: each with its first day, its source and whether somebody saw it in the text in force."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from portal.law.days import DAYS_OFF, DaysOff
from portal.law.results import Due, Ground, Refusal, Value


class NotInForceError(LookupError):
    """No version of a rule holds on a day."""

    def __init__(self, key: str, day: date) -> None:
        super().__init__(f"{key} has no version that holds on {day.isoformat()}")
        self.key, self.day = key, day


class Unit(StrEnum):
    """What a number of the law counts."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    HOURS = "hours"
    SHARE = "share"
    COUNT = "count"
    DAY_OF_MONTH = "day_of_month"
    YES_NO = "yes_no"
    VND = "vnd"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Parameter:
    """One number of the law from the first day on which it holds, *until* its last day if it was not replaced.

    *confirmed* is False where nobody has seen the number in the text in force. The table fills in key, label, owner.
    """

    holds_from: date
    value: int | Fraction
    source: str
    confirmed: bool = True
    unit: Unit = Unit.DAYS
    until: date | None = None
    owner: str = ""
    key: str = ""
    label: str = ""

    @property
    def rule(self) -> str:
        """The id of the rule; a rule with several numbers names them after a dot."""
        return self.key.partition(".")[0]

    @property
    def count(self) -> int:
        """The number as a whole one; ValueError if it is a true fraction."""
        if self.value != int(self.value):
            raise ValueError(f"{self.key} is a share, not a count")
        return int(self.value)

    @property
    def share(self) -> Fraction:
        """The number as a part of a term."""
        return Fraction(self.value)

    def forbids(self, message: str, **numbers: Value) -> Refusal:
        """Refuse with a sentence, its numbers and this clause."""
        return Refusal(message, numbers, self.rule, self.source, self.confirmed, self.holds_from)

    def calls_for(self, message: str, **numbers: Value) -> Ground:
        """Say what follows from what has happened, with its numbers and this clause."""
        return Ground(message, numbers, self.rule, self.source, self.confirmed, self.holds_from)

    def due(self, due_on: date, kind: str = "deadline", **reasons: Value) -> Due:
        """Name a day that follows from this number, and what it was computed from."""
        period = self.key.partition(".")[2]
        return Due(
            self.rule, due_on, self.label, self.source, self.confirmed, kind,
            inputs=reasons, owner=self.owner or "police_officer", period=period, holds_from=self.holds_from,
        )  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """The versions of one number, what it is about, and which role owes what follows from it."""

    label: str
    versions: tuple[Parameter, ...]
    owner: str = "police_officer"


class InForce:
    """The law of one day."""

    def __init__(self, parameters: Parameters, day: date) -> None:
        self._parameters, self._day = parameters, day

    def get(self, key: str) -> Parameter | None:
        """The version that holds on the day, or None; KeyError if the table has no such rule."""
        begun = [version for version in self._parameters.versions(key) if version.holds_from <= self._day]
        if not begun or (begun[-1].until is not None and begun[-1].until < self._day):
            return None
        return begun[-1]

    def __getitem__(self, key: str) -> Parameter:
        if (version := self.get(key)) is None:
            raise NotInForceError(key, self._day)
        return version

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None


@dataclass(frozen=True)
class Parameters:
    """A table of numbers, with the chosen readings (policies) and the days off by which they are counted.

    Nothing changes in place: each method that changes something returns a new table.
    """

    rules: Mapping[str, Rule]
    chosen: Mapping[str, str] = field(default_factory=dict)
    days_off: DaysOff = DAYS_OFF

    def on(self, day: date) -> InForce:
        """The versions that hold on the day of the event."""
        return InForce(self, day)

    def versions(self, key: str) -> tuple[Parameter, ...]:
        """All versions of a number by their first day; of two with the same first day the later entered holds."""
        if key not in self._by_key:
            self._by_key[key] = self._named(key)
        return self._by_key[key]

    @cached_property
    def _by_key(self) -> dict[str, tuple[Parameter, ...]]:
        """What was asked for before: a table never changes, and a page asks for the same numbers month by month."""
        return {}

    def _named(self, key: str) -> tuple[Parameter, ...]:
        rule = self.rules[key]
        named = [replace(each, key=key, label=rule.label, owner=each.owner or rule.owner) for each in rule.versions]
        return tuple(sorted({each.holds_from: each for each in named}.values(), key=lambda each: each.holds_from))

    def spans(self, key: str) -> list[tuple[Parameter, date | None]]:
        """Each version with the last day on which it holds (None: still)."""
        versions = self.versions(key)
        spans: list[tuple[Parameter, date | None]] = []
        for version, following in zip(versions, (*versions[1:], None), strict=True):
            ends = [version.until] if version.until else []
            ends += [following.holds_from - timedelta(days=1)] if following else []
            spans.append((version, min(ends, default=None)))
        return spans

    def first_day(self, key: str, day_of: Callable[[Parameter], date]) -> tuple[Parameter, date] | None:
        """The first day on which a right opens, where each version says by *day_of* when it would.

        A right that a newer version opens for a day already past opens on the first day of that version.
        """
        opens = [(version, max(day_of(version), version.holds_from), until) for version, until in self.spans(key)]
        within = [(version, day) for version, day, until in opens if until is None or day <= until]
        return min(within, key=lambda each: each[1], default=None)

    def amended(self, rule: str, parameter: Parameter) -> Parameters:
        """One more version of a number, as approved; KeyError if the table has no such rule."""
        known = self.rules[rule]
        amended = replace(known, versions=(*known.versions, parameter))
        return replace(self, rules={**self.rules, rule: amended})

    def choosing(self, policy: str, choice: str) -> Parameters:
        """The same numbers under another reading (portal.law.policies)."""
        return replace(self, chosen={**self.chosen, policy: choice})

    def counting(self, days_off: DaysOff) -> Parameters:
        """The same numbers by another table of days off."""
        return replace(self, days_off=days_off)

    def __or__(self, more: Parameters) -> Parameters:
        return replace(self, rules={**self.rules, **more.rules}, chosen={**self.chosen, **more.chosen})


@dataclass(frozen=True)
class AbsenceLimits:
    """How many days one absence, and all together, may last; *total* is None where the law sets none."""

    each: int
    total: int | None
    each_rule: Parameter
    total_rule: Parameter | None
