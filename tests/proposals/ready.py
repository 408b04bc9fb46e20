"""A draft of each kind of proposal, of a case in which the law lets it be submitted."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from portal.cases.actions.moving import begin_move
from portal.cases.models import Case, CaseType
from portal.engine.transaction import transaction
from portal.law.fines import Offence
from portal.law.moving import MoveGround
from portal.organisation.models import User
from portal.proposals import actions
from portal.proposals.kinds import KINDS
from portal.proposals.kinds.residence_change.change import Reach
from portal.proposals.models import Proposal
from tests.builders import Commune, a_case
from tests.cases.test_after_a_breach import a_breach
from tests.conftest import TODAY
from tests.proposals.test_revocations import reviewed, warned
from tests.proposals.ways import a_management, a_proposal

WEEK = timedelta(days=7)
MANAGED = {"type": CaseType.DRUG_USER_MANAGEMENT, "starts_on": date(2025, 11, 23), "term_months": 12}
CASES: Mapping[str, Mapping[str, Any]] = {
    "open_case": {"state": "draft"},
    "completion": {"type": CaseType.REINTEGRATION},
    "shortening": {"starts_on": date(2025, 11, 1), "received_on": date(2025, 11, 10)},
    "supervision_plan": {"received_on": date(2026, 11, 6), "starts_on": date(2026, 10, 20), "term_months": 18},
    "parole_revocation": {"type": CaseType.CONDITIONAL_RELEASE},
    "helper_end": {"helper": "helper"},
    "drug_stop": MANAGED,
    "drug_end": MANAGED,
}  # by kind, the case that it is about, where any other than the usual one


def _breach_after_a_warning(commune: Commune, case: Case) -> None:
    warned(commune, case, a_breach(commune, case, TODAY - 4 * WEEK), TODAY - 3 * WEEK)
    a_breach(commune, case, TODAY - timedelta(days=3))


def _breach_after_a_review(commune: Commune, case: Case) -> None:
    warned(commune, case, a_breach(commune, case, TODAY - 5 * WEEK), TODAY - 4 * WEEK)
    second = a_breach(commune, case, TODAY - 3 * WEEK)
    reviewed(commune, case, TODAY - 2 * WEEK)
    warned(commune, case, second, TODAY - WEEK)
    a_breach(commune, case, TODAY - timedelta(days=1))


def _two_breaches(commune: Commune, case: Case) -> None:
    for days in (9, 2):
        a_breach(commune, case, TODAY - timedelta(days=days))


def _permitted_move(commune: Commune, case: Case) -> None:
    asked = a_draft("residence_change", commune, case, commune.officer)
    with transaction(commune.officer):
        move = begin_move(case, "xã Dục Nông", TODAY, other_province=False, proposal_id=asked.id)
        move.told_on = move.agreed_on = move.decided_on = TODAY
        move.granted, move.decision = True, "45/QĐ-CQTHAHS"


BEFORE: Mapping[str, Callable[[Commune, Case], None]] = {
    "review": _breach_after_a_warning,
    "revocation": _breach_after_a_review,
    "parole_revocation": _two_breaches,
    "transfer": _permitted_move,
}


def _content(kind: str, commune: Commune) -> Mapping[str, Any]:
    contents: Mapping[str, Mapping[str, Any]] = {
        "helper": {"helper_id": commune.helper.id},
        "fine": {
            "offence": Offence.REPORT, "committed_on": TODAY, "milder": False, "milder_reason": "",
            "amount_vnd": 2_500_000, "deviation": "", "test_id": None, "incident_id": None, "violation_id": None,
            "minutes_number": "31/BB-VPHC", "minutes_on": TODAY,
        },
        "residence_change": {
            "reach": Reach.SAME_PROVINCE, "asked_on": date(2026, 11, 20), "holds_from": date(2026, 12, 10),
            "moves_to": "xã Dục Nông, tỉnh Quảng Ngãi", "ground": MoveGround.WORK, "evidence": "Hợp đồng lao động",
            "address": "", "village_id": None,
        },
        "review": {"planned_on": TODAY, "planned_at": None, "location": "Trụ sở", "invited": "Mặt trận"},
        "revocation": {"evidence": "Biên bản vi phạm"},
        "parole_revocation": {"evidence": "Biên bản vi phạm"},
        "supervision_plan": {
            "summary": "Làm nông", "starts_on": date(2026, 11, 6), "ends_on": date(2028, 4, 20), "partners": "Mặt trận",
            "tasks": "Gặp gỡ mỗi tháng một lần", "officer_id": commune.officer.id,
        },
        "transfer": {"moves_to": "xã Dục Nông, tỉnh Quảng Ngãi", "receiving_id": None},
    }  # fmt: skip
    return contents.get(kind, {})


OF_THE_WAYS = ("absence", "completion", "helper", "open_case", "drug_stop", "shortening", "helper_end", "drug_end")


def a_draft(kind: str, commune: Commune, case: Case, author: User) -> Proposal:
    """A draft of a kind in a case, with nothing of what the law asks before it."""
    content = dict(_content(kind, commune))
    if kind in OF_THE_WAYS:
        return a_proposal(kind, case, author, **content)
    with transaction(author):
        return actions.propose(KINDS[kind].model, case, "Có lý do", **content)


def ready(kind: str, commune: Commune, author: User) -> Proposal:
    """A draft of a kind that may be submitted."""
    if kind == "drug_decision":
        return a_management(commune, author)
    case = a_case(commune, **CASES.get(kind, {}))
    if kind in BEFORE:
        BEFORE[kind](commune, case)
    return a_draft(kind, commune, case, author)
