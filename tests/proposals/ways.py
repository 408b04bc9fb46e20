"""How tests go a proposal's way, through pages as people do, and what people there are besides the builders'."""

import re
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import update

from portal.books.actions import write_down
from portal.cases.models import ClosingReason
from portal.drugs.models import DrugTest, TestContext, TestResult
from portal.engine import clock
from portal.engine.db import own_transaction
from portal.engine.transaction import transaction
from portal.law.drug_use import StopGround
from portal.organisation import actions, passwords
from portal.organisation.models import Role, Unit, User, UserSession
from portal.proposals import actions as proposals
from portal.proposals.kinds import KINDS
from portal.proposals.kinds.helper_end.grounds import EndOfHelp
from portal.proposals.kinds.shortening.grounds import Ground
from portal.proposals.models import Proposal
from tests.builders import FOUNDED, PASSWORD, Commune
from tests.cases.ends import left_by


def a_user(commune: Commune, username: str, *roles: tuple[Role, Unit]) -> User:
    """An account with roles from the beginning on."""
    with transaction(None):
        user, _first = actions.create_user(f"{commune.unit.code.lower()}.{username}", username.title(), commune.unit)
        user.password_hash, user.must_change_password = passwords.hashed(PASSWORD), False
        for role, unit in roles:
            actions.confirm_grant(actions.grant_role(user, role, unit, FOUNDED), None)
    return user


def a_deputy(commune: Commune, username: str, role: Role, unit: str, of: User) -> User:
    """Somebody who acts for another, and holds nothing else."""
    user = a_user(commune, username)
    with transaction(None):
        grant = actions.grant_role(
            user, role, commune.place(unit), clock.today() - timedelta(days=1), on_behalf_of=of, capacity="KT"
        )
        actions.confirm_grant(grant, None)
    return user


def also(commune: Commune, user: User, role: Role, unit: str, of: User | None = None) -> None:
    """Give somebody a second role, perhaps on behalf of another."""
    with transaction(None):
        actions.confirm_grant(actions.grant_role(user, role, commune.place(unit), FOUNDED, on_behalf_of=of), None)


def act_as(user: User, key: str) -> None:
    """Let all browsers of somebody act in one of their roles: `police_chief:`, or for somebody, `police_chief:7`."""
    with own_transaction() as rows:
        rows.execute(update(UserSession).where(UserSession.user_id == user.id).values(acting_key=key))


def a_proposal(kind: str, case: Any, by: User, **more: Any) -> Proposal:
    """A draft of a kind, written by somebody."""
    helping = case.accepted("helper")
    content: dict[str, dict[str, Any]] = {
        "absence": {"leaves_on": date(2026, 12, 1), "returns_on": date(2026, 12, 20), "destination": "Pleiku"},
        "completion": {"completed_on": date(2026, 11, 20), "closing_reason": "other"},
        "helper": {"helper_id": None},
        "open_case": {"officer_id": None},
        "drug_stop": {"stopped_on": clock.today(), "ground": StopGround.PRISON, "evidence": "Lệnh thi hành án"},
        "shortening": {
            "ground": Ground.CONDUCT,
            "round_on": clock.today(),
            "months": 3,
            "whole_rest": False,
            "evidence": "",
            "answer_to_doubts": "",
        },
        "helper_end": {
            "assignment": helping,
            "assignment_id": helping.id if helping else None,
            "ground": EndOfHelp.UNABLE,
            "ground_on": clock.today(),
        },
        "drug_end": {"ended_on": clock.today(), "closing_reason": ClosingReason.COMPLETED},
    }
    with transaction(by):
        proposal = proposals.propose(KINDS[kind].model, case, "Có lý do", **content[kind] | more)
    if kind == "completion":
        left_by(by, case)
    return proposal


def a_management(commune: Commune, by: User) -> Proposal:
    """A draft that somebody who was tested today is managed."""
    facts = {
        "full_name": "Phạm Công Cẩn", "village_id": commune.place("BPH").id, "context": TestContext.REVIEW,
        "taken_on": clock.today(), "result": TestResult.POSITIVE, "received_on": clock.today(),
        "received_time": time(7), "residence_checked_on": clock.today(),
    }  # fmt: skip
    with transaction(by):
        test = write_down(DrugTest, commune.id, facts, None)
        return proposals.propose_management(test, by, "Có lý do")


def step(proposal: Proposal, name: str, user: User, reason: str = "") -> None:
    """Take a step by the action, as somebody in the first of their roles."""
    with transaction(user):
        proposal.workflow.take(name, proposal, user, reason)


def version_on(page: Any) -> str:
    """The version that a page shows."""
    found = re.search(r'name="version"[^>]*value="(\d+)"', page.text)
    assert found, page.text
    return found.group(1)


def buttons(page: Any) -> set[str]:
    """The steps that a page offers: cards that lead to the signing page, and forms that take a step at once."""
    cards = set(re.findall(r'name="transition" value="(\w+)"', page.text))
    return cards | set(re.findall(r'action="/proposals/\d+/(\w+)"', page.text)) - {"decide"}
