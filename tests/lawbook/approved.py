"""What a commune approved of the law: proposed by the chief, decided by the chair."""

from datetime import date

from portal.engine.transaction import transaction
from portal.lawbook import actions
from portal.lawbook.models import RuleChange
from tests.builders import Commune

SOURCE = "Công văn 12/CV-TA ngày 02/11/2026"


def another_reading(commune: Commune, policy: str, reading: str) -> RuleChange:
    """A question that the texts leave open is read otherwise in the commune from now on."""
    with transaction(commune.chief):
        change = actions.propose_reading(commune.unit, policy, reading, SOURCE, "Theo công văn")
    return _decided(commune, change)


def another_number(commune: Commune, key: str, value: str, holds_from: date) -> RuleChange:
    """A number that nobody confirmed is another one in the commune."""
    with transaction(commune.chief):
        change = actions.propose_number(commune.unit, key, value, holds_from, SOURCE, "Đã đọc", seen=True)
    return _decided(commune, change)


def _decided(commune: Commune, change: RuleChange) -> RuleChange:
    with transaction(commune.leader):
        actions.decide(change, "approve", commune.leader, "", None)
    return change
