"""How tests go the way of somebody who leaves: through pages, as officers and chiefs do."""

from typing import Any

from sqlalchemy import select

from portal.cases.models import Case
from portal.duties.models import Duty
from portal.duties.queries import still_open
from portal.engine.db import db
from portal.proposals.models import Proposal
from tests.proposals.ways import step


def sent(client: Any, page: str, case: Case, /, **typed: str) -> Any:
    """The answer to a form over a case."""
    db.session.expire_all()
    answer = client.post(page, data={"version": str(case.version), **typed})
    db.session.expire_all()
    return answer


def asked_to_move(client: Any, case: Case, **typed: str) -> Any:
    facts = {
        "reach": "same_province", "asked_on": "20/11/2026", "holds_from": "10/12/2026", "village_id": "",
        "address": "", "moves_to": "xã Dục Nông, tỉnh Quảng Ngãi", "ground": "work",
        "evidence": "Hợp đồng lao động số 12/2026", "reason": "Có việc làm ổn định", **typed,
    }  # fmt: skip
    return sent(client, f"/proposals/new/residence_change/for-case/{case.id}", case, **facts)


def latest() -> Proposal:
    found = db.session.scalars(select(Proposal).order_by(Proposal.id.desc())).unique().first()
    assert found is not None
    return found


def decided(commune: Any, proposal: Proposal) -> None:
    """Submitted by the officer and approved by the chief."""
    step(proposal, "submit", commune.officer)
    step(proposal, "approve", commune.chief)


def owed(case: Case) -> dict[str, Duty]:
    """What is open of a case, by rule."""
    db.session.expire_all()
    found = db.session.scalars(select(Duty).where(Duty.case_id == case.id, still_open()))
    return {duty.rule: duty for duty in found}


def duty(case: Case, rule: str) -> Duty | None:
    db.session.expire_all()
    found = select(Duty).where(Duty.case_id == case.id, Duty.rule == rule).order_by(Duty.id.desc())
    return db.session.scalars(found).first()
