"""What rules of law are written with: dates of the acts, parameters, facts, results, and `_`.

A rule takes days and returns days, each with its clause. Nothing here knows a user, a page or a database: `_` only
marks a text for the translators, and whoever shows it fills in the named values.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from portal.law.facts import Cut, Term
from portal.law.parameters import AbsenceLimits, InForce, NotInForceError, Parameter, Parameters, Rule, Unit
from portal.law.results import Due, Ground, Refusal, Value

__all__ = [
    "ACT_2019", "ACT_2025", "DECREE", "DRUG_ACT_2021", "NEW_ACT", "OLD_ACT", "PENAL_CODE", "REINTEGRATION_2024",
    "AbsenceLimits", "Cut", "Due", "Ground", "InForce", "NotInForceError", "Parameter", "Parameters", "Refusal",
    "Rule", "Term", "Unit", "Value", "_", "always", "in_order", "kept", "only_2019", "penal_code", "since_2026",
]  # fmt: skip

PENAL_CODE = date(2018, 1, 1)  # Bộ luật Hình sự 2015
ACT_2019, ACT_2025 = date(2020, 1, 1), date(2026, 7, 1)  # Luật THAHS 41/2019/QH14, 127/2025/QH15
DRUG_ACT_2021, REINTEGRATION_2024 = date(2022, 1, 1), date(2024, 5, 1)
OLD_ACT, NEW_ACT, DECREE = "Luật THAHS 41/2019/QH14", "Luật THAHS 127/2025/QH15", "Nghị định 231/2026/NĐ-CP"


def _(text: str) -> str:
    """Mark a text for translation and leave it as it is."""
    return text


def kept(value: int | Fraction, source: str, unit: Unit = Unit.DAYS, later: str = "") -> tuple[Parameter, ...]:
    """A number of the 2019 act that is carried on after 01/07/2026 though nobody has seen it in the new one.

    It is cited from where it was seen, and marked as not confirmed; *later* names a newer text that speaks of it.
    """
    seen = _of_2019(source)
    return (
        Parameter(ACT_2019, value, seen, unit=unit),
        Parameter(ACT_2025, value, later or seen, confirmed=False, unit=unit),
    )


def only_2019(value: int | Fraction, source: str, unit: Unit = Unit.DAYS) -> tuple[Parameter, ...]:
    """A number that ended with the 2019 act."""
    last = ACT_2025 - timedelta(days=1)
    return (Parameter(ACT_2019, value, _of_2019(source), unit=unit, until=last),)


def _of_2019(source: str) -> str:
    """An article alone is one of the 2019 act; a circular is cited by its own name."""
    return f"{OLD_ACT}, {source}" if source.startswith("Điều") else source


def since_2026(value: int | Fraction, clause: str, unit: Unit = Unit.WORKING_DAYS) -> tuple[Parameter, ...]:
    """A number of the decree in force from 01/07/2026."""
    return (Parameter(ACT_2025, value, f"{DECREE}, {clause}", unit=unit),)


def penal_code(value: int | Fraction, source: str, unit: Unit = Unit.NOTHING) -> tuple[Parameter, ...]:
    """A number of the penal code, which no change of the enforcement acts touches."""
    return (Parameter(PENAL_CODE, value, source, unit=unit),)


def always(source: str) -> tuple[Parameter, ...]:
    """A rule without a number, by a text that no change of the enforcement acts touches."""
    return penal_code(0, source)


def in_order(dues: Iterable[Due | None]) -> list[Due]:
    """Sort by day, then by rule; what is not owed is left out."""
    return sorted((due for due in dues if due is not None), key=lambda due: (due.due_on, due.rule, due.period))
