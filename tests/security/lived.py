"""Communes as they are after some months: records in every state that offers a form."""

from datetime import date
from typing import Any

from portal.cases.actions import assign_officer
from portal.engine.transaction import transaction
from tests import builders
from tests.security import councils, offices, world


def build(commune: builders.Commune, neighbour: builders.Commune) -> None:
    """Records in every state that offers a form, of two communes."""
    world.build(commune, neighbour)
    offices.build(commune, neighbour)
    councils.build(commune, neighbour)
    case = builders.a_case(commune, "Phạm Thị Mẫu")
    builders.a_case(commune, "Lê Văn Nháp", state="draft")
    for reason in range(3):
        builders.an_absence(commune, case, date(2026, 12, 1 + reason), date(2026, 12, 5))
    _carried_on(commune, case)
    with transaction(commune.chief):
        free = builders.a_case(commune, "Võ Văn Chờ", officer="officer2")
        assign_officer(free, commune.officer)


def _carried_on(commune: builders.Commune, case: Any) -> None:
    """One proposal submitted, one decided on, one still a draft."""
    first, second, *_draft = case.proposals
    with transaction(commune.officer):
        for one in (first, second):
            one.workflow.take("submit", one, commune.officer)
    for who, step in (("chief", "endorse"), ("leader", "approve")):
        with transaction(getattr(commune, who)):
            second.workflow.take(step, second, getattr(commune, who))
