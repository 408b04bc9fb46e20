"""What of the cases somebody holds by name: their own, drafts, requests that wait for their answer, whom they help."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, selectinload

from portal.cases.actions import assign_officer
from portal.cases.actions.assignment import NO_OFFICER
from portal.cases.models import RUNNING, Assignment, AssignmentKind, Case, may_own
from portal.engine.db import db
from portal.engine.holdings import Held, Holding, Passing
from portal.engine.refusal import Plain, Reason
from portal.engine.text import _l, mark
from portal.organisation.models import Role, User, line_of

OF_CASE = mark("Case %(number)s")
ASKED = mark("%(name)s has been asked and has not answered yet.")
THEIRS = mark("The case is theirs already.")


def _cases(*conditions: ColumnElement[bool]) -> Sequence[Held]:
    with_chain = selectinload(Case.assignments).joinedload(Assignment.assignee)
    found = select(Case).where(Case.voided_at.is_(None), *conditions).options(with_chain).order_by(Case.number)
    return [Held(case, OF_CASE, {"number": case.number}) for case in db.session.scalars(found)]


def owned(user: User, commune_id: int) -> Sequence[Held]:
    """The running cases that somebody answers for."""
    return _cases(Case.owner_id == user.id, Case.state.in_(RUNNING), Case.commune_id.in_(line_of(commune_id)))


def drafts(user: User, commune_id: int) -> Sequence[Held]:
    """The files that somebody wrote down and did not send."""
    return _cases(Case.owner_id == user.id, Case.state == "draft", Case.commune_id.in_(line_of(commune_id)))


def _assignments(user: User, commune_id: int, *conditions: ColumnElement[bool]) -> Sequence[Held]:
    theirs = Assignment.assignee_id == user.id, Assignment.voided_at.is_(None)
    found = select(Assignment).where(*theirs, Assignment.commune_id.in_(line_of(commune_id)), *conditions)
    loaded = joinedload(Assignment.case).selectinload(Case.assignments).joinedload(Assignment.assignee)
    listed = db.session.scalars(found.options(loaded).order_by(Assignment.id)).unique()
    return [Held(one, OF_CASE, {"number": one.case.number}) for one in listed]


def requests(user: User, commune_id: int) -> Sequence[Held]:
    """The cases that somebody is asked to take."""
    return _assignments(user, commune_id, Assignment.kind == AssignmentKind.OFFICER, Assignment.state == "proposed")


def helping(user: User, commune_id: int) -> Sequence[Held]:
    """The cases in which somebody helps, or is asked to."""
    stands = Assignment.state.in_(("proposed", "accepted")), Assignment.until.is_(None)
    return _assignments(user, commune_id, Assignment.kind == AssignmentKind.HELPER, *stands)


# ── why one of them cannot go to somebody ───────────────────────────────────────────────────────────────────────────
def _is_no_officer(taker: User | None) -> Reason | None:
    """Only an officer answers a request; the chief's cases are nobody's to accept."""
    if taker is None or any(grant.role == Role.POLICE_OFFICER for grant in taker.held_today):
        return None
    return Plain(NO_OFFICER, name=taker.full_name)


def against_case(case: Case, taker: User | None) -> Reason | None:
    """Somebody else may have been asked for it, and it may be the successor's."""
    if waiting := case.proposed(AssignmentKind.OFFICER):
        return Plain(ASKED, name=waiting.assignee.full_name)
    return _is_no_officer(taker)


def against_draft(_case: Case, taker: User | None) -> Reason | None:
    return None if taker is None or may_own(taker) else Plain(NO_OFFICER, name=taker.full_name)


def against_request(request: Assignment, taker: User | None) -> Reason | None:
    running = request.case.accepted(AssignmentKind.OFFICER)
    if taker is not None and running is not None and running.assignee_id == taker.id:
        return Plain(THEIRS)
    return _is_no_officer(taker)


# ── handing one over ────────────────────────────────────────────────────────────────────────────────────────────────
def give_case(case: Case, passing: Passing) -> None:
    """Ask the successor to take it; until then it keeps its owner or, once they have left, is the chief's."""
    assign_officer(case, passing.taker, passing.reason)


def give_draft(case: Case, passing: Passing) -> None:
    """Let the successor complete a draft or discard it."""
    case.owner_id = passing.taker.id
    case.workflow.tell("hand_draft", case, passing.by, passing.reason)


def ask_instead(request: Assignment, passing: Passing) -> None:
    """Take the request back and ask the successor."""
    request.workflow.take("recall", request, passing.by, passing.reason)
    assign_officer(request.case, passing.taker, passing.reason)


HOLDINGS = (
    Holding(
        "cases.owned", _l("Running cases"), owned,
        _l("The successor is asked to take each. Until they accept it stays with whom it has or, once they have left, "
           "with the chief."),
        give_case, against_case, asks=True, endpoint="cases.index", arguments=lambda user: {"officer": user.id},
        page="cases.show",
    ),
    Holding(
        "cases.drafts", _l("Files written down and not sent"), drafts,
        _l("They are the successor's at once, to complete or to discard."), give_draft, against_draft,
        endpoint="cases.index", arguments=lambda user: {"officer": user.id, "show": "waiting"}, page="cases.show",
    ),
    Holding(
        "cases.requests", _l("Requests to take a case"), requests,
        _l("Each is taken back, and the successor is asked instead."), ask_instead, against_request, asks=True,
        page="cases.assignment",
    ),
    Holding(
        "cases.helping", _l("People whom they help"), helping,
        _l("The chair decides who helps somebody: the chief proposes another helper on the page of the case."),
        page="cases.assignment",
    ),
)  # fmt: skip
