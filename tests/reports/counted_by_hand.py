"""The figures of cases, counted once more: plain Python over plain rows, straight from the definitions."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

SENTENCES = (
    "suspended_sentence", "conditional_release", "non_custodial_reform", "residence_supervision", "residence_ban",
)  # fmt: skip
NOT_TAKEN_ON = ("draft", "submitted", "rejected")


@dataclass
class Report:
    month: date
    received_on: date
    returned: bool = False
    voided: bool = False


@dataclass
class Breach:
    kind: str
    occurred_on: date
    voided: bool = False


@dataclass
class File:
    person: int
    type: str
    state: str
    received_on: date
    closed_on: date | None = None
    voided: bool = False
    military: bool = False
    elsewhere: bool = False
    decision_on: date | None = None
    reports: list[Report] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)


def figures(
    files: list[File], identity: dict[int, str], first: date, last: date, struck: Collection[int] = ()
) -> dict[str, int]:
    """Every figure of the period; *identity* tells which persons are one, *struck* whose record is an error."""
    real = [f for f in files if not (f.voided or f.military or f.elsewhere) and f.state not in NOT_TAKEN_ON]
    real = [f for f in real if f.person not in struck]
    sentences = [f for f in real if f.type in SENTENCES]

    def people(some: list[File]) -> int:
        return len({identity[f.person] for f in some})

    def serving(types: tuple[str, ...]) -> int:
        there = [f for f in real if f.type in types and f.received_on <= last]
        return people([f for f in there if f.closed_on is None or f.closed_on > last])

    managed = [f for f in real if f.type == "drug_user_management" and f.decision_on]
    reintegration = [f for f in real if f.type == "reintegration" and f.received_on <= last]
    found = {
        "cases.community.received": len([f for f in sentences if first <= f.received_on <= last]),
        "cases.community.serving": serving(SENTENCES),
        "cases.community.self_reports": sum(_months_reported(f, first, last) for f in sentences),
        "cases.community.law_violations": sum(_breaches(f, first, last) for f in sentences),
        "reintegration.managed": people([f for f in reintegration if f.closed_on is None or f.closed_on > first]),
        "drugs.management_decisions": len([f for f in managed if f.decision_on and first <= f.decision_on <= last]),
    }
    return found | {f"cases.community.serving_{one}": serving((one,)) for one in SENTENCES}


def _months_reported(file: File, first: date, last: date) -> int:
    counting = [one for one in file.reports if not one.returned and not one.voided]
    return len({one.month for one in counting if first <= one.received_on <= last})


def _breaches(file: File, first: date, last: date) -> int:
    return len([b for b in file.breaches if b.kind == "law" and not b.voided and first <= b.occurred_on <= last])
