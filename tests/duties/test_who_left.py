"""What waits for somebody who leaves office goes back to somebody who is there, and can do it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.cases.actions import assign_officer
from portal.cases.actions.opening import draft_case
from portal.cases.models import CaseType
from portal.duties.daily import renew_all
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation import actions
from portal.proposals import actions as proposals
from portal.proposals.models import Proposal
from tests.builders import a_case, an_absence
from tests.conftest import TODAY
from tests.duties.owing import nobodys
from tests.proposals.ways import a_proposal, buttons, step, version_on


def role_ends(commune, user):
    with transaction(None):
        for grant in user.grants:
            grant.valid_to = TODAY - timedelta(days=1)


def account_closes(commune, user):
    with transaction(commune.administrator):
        actions.close_account(user, "Chuyển công tác")


WAYS = [role_ends, account_closes]


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


# ── a request ───────────────────────────────────────────────────────────────────────────────────────────────────────
def asked_officer(commune):
    case = a_case(commune)
    with transaction(commune.chief):
        return assign_officer(case, commune.officer2)


def asked_helper(commune):
    case = a_case(commune)
    proposal = a_proposal("helper", case, commune.officer, helper_id=commune.helper.id)
    for name, by in (("submit", commune.officer), ("endorse", commune.chief), ("approve", commune.leader)):
        step(proposal, name, by)
    return case.proposed("helper")


@pytest.mark.parametrize("leaves", WAYS)
@pytest.mark.parametrize(
    ("ask", "then"), [(asked_officer, None), (asked_helper, "COM-HELPER-ANEW")], ids=["officer", "helper"]
)
def test_a_request_to_somebody_who_leaves_returns_to_the_chief_who_takes_it_back(ask, then, leaves, commune, browse_as):
    request = ask(commune)
    assert [one.owner_id for one in open_of("ASSIGNMENT")] == [request.assignee_id]
    leaves(commune, request.assignee)
    (owed,) = open_of("ASKED-LEFT")
    assert (open_of("ASSIGNMENT"), owed.owner_role, nobodys()) == ([], "police_chief", [])
    chief, address = browse_as(commune.chief), f"/assignments/{request.id}"
    assert f"{request.assignee.full_name} was asked and is no longer in service" in chief.get("/").text
    assert f"{address}/recall" in chief.get(address).text
    sent = {"reason": "Đã chuyển công tác", "version": request.version}
    assert chief.post(f"{address}/recall", data=sent).status_code == 302
    (done,) = duties("ASKED-LEFT")
    assert (done.done_on, done.done_by_id) == (TODAY, commune.chief.id)
    assert then is None or open_of(then)


def test_whoever_asked_and_is_chief_no_more_is_not_asked_again(commune):
    asked_officer(commune)
    role_ends(commune, commune.officer2)
    assert [one.owner_id for one in open_of("ASKED-LEFT")] == [commune.chief.id]
    role_ends(commune, commune.chief)
    renew_all()
    assert [(one.owner_id, one.owner_role) for one in open_of("ASKED-LEFT")] == [(None, "police_chief")]


def test_an_answer_stays_an_answer_whoever_leaves_later(commune):
    request = asked_officer(commune)
    with transaction(commune.officer2):
        request.workflow.take("decline", request, commune.officer2, "Đang nghỉ thai sản")
    role_ends(commune, commune.officer2)
    renew_all()
    assert ([one.done_by_id for one in duties("ASSIGNMENT")], duties("ASKED-LEFT")) == ([commune.officer2.id], [])


def test_a_role_that_ends_by_its_day_alone_is_noticed_on_the_next(commune, returned):
    asked_officer(commune)
    with transaction(None):
        for user in (commune.officer, commune.officer2):
            user.grants[0].valid_to = TODAY
    assert (open_of("AUTHOR-LEFT"), open_of("ASKED-LEFT")) == ([], [])
    with clock.telling(clock.moment(TODAY + timedelta(days=1))):
        renew_all()
    assert [len(open_of(rule)) for rule in ("AUTHOR-LEFT", "ASKED-LEFT", "COMPLETE", "ASSIGNMENT")] == [1, 1, 0, 0]


def test_a_draft_whose_author_left_is_the_chiefs_to_take_over_and_to_complete(commune, browse_as):
    with transaction(commune.officer):
        case = draft_case(
            commune.officer, commune.id, {"full_name": "Nguyễn Công Trứng"}, type=CaseType.SUSPENDED_SENTENCE,
            received_on=TODAY, starts_on=TODAY, term_months=24,
        )  # fmt: skip
    edit, take = f"/cases/{case.id}/edit", f"/cases/{case.id}/take_over"
    assert browse_as(commune.chief).post(take, data={"version": case.version}).status_code == 403
    account_closes(commune, commune.officer)
    assert [one.owner_role for one in open_of("DRAFT-LEFT")] == ["police_chief"]
    chief = browse_as(commune.chief)
    assert "take it over or discard it" in chief.get("/").text
    assert chief.get(edit).status_code == 403
    assert browse_as(commune.officer2).post(take, data={"version": case.version}).status_code in (403, 404)
    assert chief.post(take, data={"version": case.version}).status_code == 302
    assert chief.get(edit).status_code == 200
    assert "Chief xã Bờ Y (Chief of commune police) took the draft over" in chief.get(f"/cases/{case.id}").text
    assert open_of("DRAFT-LEFT") == []
    told = db.session.scalars(select(AuditEvent.user_id).where(AuditEvent.action == "take_over")).all()
    assert told == [commune.chief.id]
