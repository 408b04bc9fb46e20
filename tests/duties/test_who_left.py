"""What waits for somebody who leaves office goes back to somebody who is there, and can do it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.duties.daily import renew_all
from portal.duties.models import Duty
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation import actions
from portal.proposals import actions as proposals
from portal.proposals.models import Proposal
from tests.builders import a_case, an_absence
from tests.conftest import TODAY
from tests.duties.owing import nobodys
from tests.proposals.ways import buttons, step, version_on


def role_ends(commune, user):
    with transaction(None):
        for grant in user.grants:
            grant.valid_to = TODAY - timedelta(days=1)


def account_closes(commune, user):
    with transaction(commune.administrator):
        actions.close_account(user, "Chuyển công tác")


def role_ends_unseen(commune, user):
    """By its day alone: nothing is changed on that day, and the night looks."""
    role_ends(commune, user)
    renew_all()


WAYS = [role_ends, account_closes, role_ends_unseen]


def duties(rule):
    db.session.rollback()
    return db.session.scalars(select(Duty).where(Duty.rule == rule).order_by(Duty.id)).all()


def open_of(rule):
    return [one for one in duties(rule) if one.open]


# ── a returned proposal ─────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def returned(commune):
    leave = an_absence(commune, a_case(commune), date(2026, 12, 1), date(2026, 12, 5))
    step(leave, "submit", commune.officer)
    step(leave, "return", commune.chief, "Thiếu giấy khám")
    return leave


@pytest.mark.parametrize("leaves", WAYS)
def test_a_returned_proposal_whose_author_left_is_the_chiefs_to_withdraw(leaves, commune, returned, browse_as):
    leaves(commune, commune.officer)
    assert (open_of("COMPLETE"), [one.owner_role for one in open_of("AUTHOR-LEFT")]) == ([], ["police_chief"])
    assert nobodys() == []
    chief, address = browse_as(commune.chief), f"/proposals/{returned.id}"
    assert "its author is no longer in service" in chief.get("/").text
    page = chief.get(address)
    assert "withdraw" in buttons(page)
    answer = chief.post(f"{address}/withdraw", data={"version": version_on(page)})
    assert (answer.status_code, db.session.get(Proposal, returned.id).state) == (302, "withdrawn")
    (done,) = duties("AUTHOR-LEFT")
    assert (done.done_on, done.done_by_id) == (TODAY, commune.chief.id)
    with transaction(commune.chief):
        assert proposals.propose_absence(returned.case, date(2026, 12, 1), date(2026, 12, 5), "Pleiku").id


def test_while_its_author_serves_a_returned_proposal_is_nobody_elses_to_withdraw(commune, returned, browse_as):
    chief, address = browse_as(commune.chief), f"/proposals/{returned.id}"
    assert "withdraw" not in buttons(chief.get(address))
    assert chief.post(f"{address}/withdraw", data={"version": returned.version}).status_code == 403
    assert ([one.owner_id for one in open_of("COMPLETE")], duties("AUTHOR-LEFT")) == ([commune.officer.id], [])


def test_what_waits_for_its_decision_is_withdrawn_by_nobody_in_its_authors_place(commune, browse_as):
    leave = an_absence(commune, a_case(commune), date(2026, 12, 1), date(2026, 12, 5))
    step(leave, "submit", commune.officer)
    role_ends(commune, commune.officer)
    page = browse_as(commune.chief).get(f"/proposals/{leave.id}")
    assert "withdraw" not in buttons(page)
    assert open_of("ENDORSE")
    assert nobodys() == []
