"""How tests go the way of a managed user through pages: the test, the decision, its steps."""

import io
from datetime import date
from typing import Any

from docx import Document
from sqlalchemy import select

from portal.drugs.models import DrugTest
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.proposals.kinds.drug_decision.model import DrugDecisionProposal
from portal.proposals.models import Proposal
from tests.builders import Commune
from tests.proposals.ways import version_on

WHY = "Kết quả xét nghiệm dương tính"


def at(day: date, hour: int = 8, minute: int = 0) -> Any:
    """Live at an hour of a day."""
    return clock.telling(clock.moment(day, hour, minute))


def recorded_test(client: Any, commune: Commune, on: date, at_hour: str = "", **more: str) -> DrugTest:
    """A test of somebody who lives here, typed on its page."""
    facts = {
        "full_name": "Phạm Công Cẩn", "context": "review", "taken_on": f"{on:%d/%m/%Y}", "result": "positive",
        "village_id": str(commune.place("BPH").id), **more,
    }  # fmt: skip
    if at_hour:
        facts |= {"received_on": f"{on:%d/%m/%Y}", "received_time": at_hour}
    person = f"?person={more['person_id']}" if "person_id" in more else ""
    answer = client.post(f"/drug-tests/new{person}", data=facts)
    assert answer.status_code == 302, answer.text
    return db.session.scalars(select(DrugTest).order_by(DrugTest.id.desc())).unique().first()  # type: ignore[return-value]


def mended(client: Any, test: DrugTest, **more: str) -> Any:
    """The same, with something filled in later."""
    facts = {
        "context": str(test.context), "taken_on": f"{test.taken_on:%d/%m/%Y}", "result": str(test.result),
        "village_id": str(test.village_id or ""), "version": str(test.version), "full_name": test.person.full_name,
        "received_on": f"{test.received_on:%d/%m/%Y}" if test.received_on else "",
        "received_time": f"{test.received_time:%H:%M}" if test.received_time else "",
        "residence_checked_on": f"{test.residence_checked_on:%d/%m/%Y}" if test.residence_checked_on else "", **more,
    }  # fmt: skip
    answer = client.post(f"/drug-tests/{test.id}/edit", data=facts)
    db.session.expire_all()
    return answer


def proposed(client: Any, test: DrugTest, **more: str) -> DrugDecisionProposal:
    page = f"/proposals/new/management/for-test/{test.id}"
    sex = {} if test.person.sex else {"sex": "male"}
    answer = client.post(page, data={"reason": WHY, "version": str(test.version), **sex, **more})
    assert answer.status_code == 302, answer.text
    db.session.expire_all()
    found = db.session.scalars(select(DrugDecisionProposal).order_by(DrugDecisionProposal.id.desc())).first()
    assert found is not None
    return found


def took(client: Any, proposal: Proposal, step: str, reason: str = "") -> Any:
    page = client.get(f"/proposals/{proposal.id}")
    sent = {"version": version_on(page), "reason": reason}
    answer = client.post(f"/proposals/{proposal.id}/{step}", data=sent)
    db.session.expire_all()
    return answer


def said(answer: Any) -> str:
    """What a page says, with plain blanks."""
    return str(answer.text).replace("\N{NO-BREAK SPACE}", " ")


def ended_by(client: Any, case: Any, kind: str, **typed: str) -> Any:
    """The answer to a proposal of a kind for a case."""
    sent = {"reason": "Đủ điều kiện", "version": str(case.version), **typed}
    answer = client.post(f"/proposals/new/{kind}/for-case/{case.id}", data=sent)
    db.session.expire_all()
    return answer


def latest(kind: type[Proposal] = Proposal) -> Any:
    return db.session.scalars(select(kind).order_by(kind.id.desc())).unique().first()


def duty(rule: str, **about: Any) -> Duty | None:
    """The latest duty of a rule."""
    found = select(Duty).where(Duty.rule == rule, *(getattr(Duty, name) == value for name, value in about.items()))
    return db.session.scalars(found.order_by(Duty.id.desc())).first()


def paper(client: Any, address: str) -> str:
    """All that a .docx says."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    document = Document(io.BytesIO(answer.data))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(one.text for part in (*cells, document) for one in part.paragraphs)
