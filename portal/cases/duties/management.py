"""What the management of a drug user asks for: checks of the residence, and the steps of custody and of a move."""

from collections.abc import Iterator
from typing import Any

from portal.cases.duties.leaving import LOOKS_AGAIN
from portal.cases.duties.rules import CONTACT
from portal.cases.duties.wanting import of_law, wanted
from portal.cases.models import Case, CaseType, ContactKind
from portal.duties.rules import Wanted
from portal.engine import clock
from portal.law import drug_use
from portal.law.asking import asked
from portal.law.rule import ACT_2025, Due


def residence_checks(case: Case) -> dict[tuple[str, str], dict[str, Any]]:
    """By month, what shows that the residence was checked: a visit; since 01/07/2026 any contact, by our reading."""
    if case.type != CaseType.DRUG_USER_MANAGEMENT:
        return {}
    shown: dict[tuple[str, str], dict[str, Any]] = {}
    for one in case.contacts:
        if one.voided_at is None and (one.kind == ContactKind.VISIT or one.happened_on >= ACT_2025):
            key = CONTACT, f"{one.happened_on:%Y-%m}"
            shown.setdefault(key, {"done_on": one.happened_on, "done_by_id": one.created_by_id})
    return shown


def management(case: Case) -> Iterator[Wanted]:
    if case.type == CaseType.DRUG_USER_MANAGEMENT:
        yield from _custody(case)
        yield from _move(case)


def _custody(case: Case) -> Iterator[Wanted]:
    """Custody that goes on is looked at again; once it outlasts the management, the stop is owed."""
    custody = next((one for one in reversed(case.custodies) if one.counts), None)
    if custody is None:
        return
    key = str(custody.id)
    after: list[Due] = asked(case.regime.after_custody, case.term, custody.until())
    if after and after[0].rule == "DRU-STOP":
        yield of_law(case, after[0], "DRU-STOP", key=key)
    elif custody.runs:
        due_on = max(custody.detained_on, clock.day_of(custody.changed_at)) + LOOKS_AGAIN
        yield wanted(case, "DRU-CUSTODY", due_on, key=key)


def _move(case: Case) -> Iterator[Wanted]:
    """The other commune is told; once the person has arrived, the file follows or the person presents there."""
    move = case.move
    if move is None:
        return
    key, numbers = str(move.id), case.regime.PARAMETERS
    for due in asked(drug_use.told_of_move, move.known_at, numbers):
        done = {"done_on": move.told_on, "done_by_id": move.changed_by_id} if move.told_on else {}
        yield of_law(case, due, "DRU-MOVE", key=key, **done)
    for due in asked(drug_use.arrival, move.arrived_at, numbers) if move.arrived_at else ():
        done = {"done_on": move.received_on, "done_by_id": move.changed_by_id} if move.received_on else {}
        yield of_law(case, due, f"{due.rule}.{due.period}", key=key, **done)
