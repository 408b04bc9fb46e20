"""Which duties a proposal makes: whose step is next, and who took the one before."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select

from portal.cases.duties.term_changes import second_person
from portal.cases.duties.wanting import owner_of
from portal.cases.models import Case
from portal.documents.models import OfficialDocument
from portal.duties.rules import DutyRule, Source, Wanted, of_force
from portal.engine import clock
from portal.engine.db import base_of, db
from portal.engine.text import _l
from portal.engine.workflow import steps_of
from portal.law.rule import Due
from portal.organisation.models import RoleGrant, User, line_of
from portal.organisation.queries import grants_of, police_on
from portal.proposals.kinds.absence import following as absence
from portal.proposals.kinds.completion import following as completion
from portal.proposals.kinds.sent_up import CLIMB
from portal.proposals.kinds.shortening import following as shortening
from portal.proposals.models import CourtAnswer, Proposal
from portal.proposals.queries import author_left, next_people

ANSWER = timedelta(days=3)  # our own policy: a proposal does not lie about
COURT_ANSWERS = timedelta(days=30)  # our own policy, where no text says how long a court takes
WITHDRAWN = "withdraw"  # by its author the one step after which nobody did what was owed
HOURS = "DECIDE-HOURS"
CONFIRM = "CONFIRM-ORAL"
BY_ITSELF = "lapse"  # nobody did what was owed: time has passed
AT_ONCE = (("commune_leader", -1), ("inspector", -1))  # on the day itself; where hours count, once they have passed

RULES = (
    *absence.RULES,
    *completion.RULES,
    *shortening.RULES,
    DutyRule("ENDORSE", _l("Endorse a proposal"), _l("%(title)s: to be endorsed"), _l("Read and endorse"),
             "proposals.show", "police_chief", (("commune_leader", 5),), decision=True),
    DutyRule("DECIDE", _l("Decide on a proposal"), _l("%(title)s: to be decided"), _l("Read and decide"),
             "proposals.show", "commune_leader", decision=True),
    DutyRule("DECIDE-BY-LAW", _l("Decide on a proposal in the time of the law"),
             _l("%(title)s: to be decided in the time of the law"), _l("Read and decide"), "proposals.show",
             "commune_leader", (("commune_leader", 0), ("inspector", 0)), decision=True, law=("COM-HELPER-DECIDE",)),
    DutyRule(CONFIRM, _l("Confirm an oral approval in writing"), _l("%(title)s: your oral approval, to be confirmed"),
             _l("Read and confirm"), "proposals.show", "commune_leader", decision=True, told=True),
    DutyRule("SETTLE-LAPSED", _l("Deal with an oral approval that lapsed"),
             _l("%(title)s: the oral approval lapsed; what was done under it holds no more"), _l("Open the proposal"),
             "proposals.show", "police_officer", (("police_chief", 0), ("inspector", 2))),
    DutyRule(HOURS, _l("Decide on a proposal within hours"), _l("%(title)s: to be decided within the hours of the law"),
             _l("Read and decide"), "proposals.show", "police_chief", AT_ONCE, decision=True, law=("DRU-DECIDE",)),
    DutyRule("NOBODY-DECIDES", _l("A second person is needed"),
             _l("%(title)s: nobody but those who wrote or endorsed it may decide"), _l("Open the proposal"),
             "proposals.show", "commune_leader"),
    DutyRule("COMPLETE", _l("Complete a returned proposal"), _l("%(title)s: returned to be completed"),
             _l("Complete it"), "proposals.edit", "police_officer", (("police_chief", 5),)),
    DutyRule("AUTHOR-LEFT", _l("A returned proposal without its author"),
             _l("%(title)s: returned, and its author is no longer in service; it is to be withdrawn"),
             _l("Open the proposal"), "proposals.show", "police_chief"),
    DutyRule("SIGNED-PAGE", _l("Register the signed page of a decision"),
             _l("%(title)s: waits for its signed page"), _l("Register the signed paper"), "proposals.paper",
             "police_officer", (("police_chief", 5),)),
    DutyRule("COMMUNICATE", _l("Communicate a decision"), _l("%(title)s: tell the decision"), _l("Open the proposal"),
             "proposals.show", "police_officer", (("police_chief", 5),), law=("DRU-END",)),
    DutyRule("COURT-ANSWER", _l("Record the answer of the court"),
             _l("%(title)s: ask what the court decided, and record it"), _l("Record the answer"), "proposals.answer",
             "police_officer", CLIMB, law=("SS-REVOKE-SESSION", *shortening.FLOWS)),
)  # fmt: skip


def of_proposal(proposal: Proposal) -> Iterator[Wanted]:
    """One open duty at a time, that of whoever the proposal waits for; the last step finished the one before."""
    if proposal.voided_at:
        return
    yield from proposal.following()
    steps = [one for one in steps_of(proposal) if one.from_state != one.to_state]
    last = steps[-1] if steps else None
    since = clock.day_of(last.at) if last else clock.today()
    yield from _answered(proposal)
    yield from _waiting(proposal, proposal.state, since)
    if last and last.name != BY_ITSELF and (last.name != WITHDRAWN or last.by_id != proposal.created_by_id):
        begun = clock.day_of(steps[-2].at) if len(steps) > 1 else since
        yield from _waiting(proposal, last.from_state, begun, done_on=since, done_by_id=last.by_id)


def _waiting(proposal: Proposal, state: str, since: date, **done: Any) -> Iterator[Wanted]:
    """Whose step a state waits for, counted from the day on which the proposal came into it."""
    told: dict[str, Any] = {"values": {"title": proposal.number}, **done}
    waits = not done and state in ("submitted", "endorsed")
    if waits and not next_people(proposal):
        yield Wanted("NOBODY-DECIDES", "", since + ANSWER, "commune_leader", **told)
    elif state == "submitted" and proposal.endorser_role:
        yield Wanted("ENDORSE", "", since + ANSWER, proposal.endorser_role, _the_other(proposal, waits=waits), **told)
    elif state in ("submitted", "endorsed"):
        yield _deciding(proposal, since, {"owner_id": _the_other(proposal, waits=waits), **told})
    elif state == "oral" and (until := proposal.confirmed_by) is not None:
        yield Wanted(CONFIRM, "", clock.day_of(until), proposal.decider_role or "", proposal.oral_by_id, due_at=until,
                     **told)  # fmt: skip
    elif state == "lapsed":
        yield Wanted("SETTLE-LAPSED", "", since, **owner_of(proposal.case), **told)
    elif state == "returned":
        yield _completing(proposal, since, told)
    elif state == "approved":
        yield from _telling(proposal, since, told)


def _deciding(proposal: Proposal, since: date, told: dict[str, Any]) -> Wanted:
    """By the time that the law gives for it; where it gives none a few days are our own."""
    role = proposal.decider_role or ""
    due = proposal.deciding_by(since)
    if due is None:
        return Wanted("DECIDE", "", since + ANSWER, role, **told)
    if due.due_at is not None:
        return _within_hours(proposal, due, due.due_at, {**told, "source": due.source, "confirmed": due.confirmed})
    return Wanted("DECIDE-BY-LAW", "", due.due_on, role, source=due.source, confirmed=due.confirmed, **told)


def _within_hours(proposal: Proposal, due: Due, due_at: datetime, told: dict[str, Any]) -> Wanted:
    """Where the law counts clock hours, days off too: the force's, before whoever is on call for it."""
    moment = clock.at(due_at.date(), due_at.time())
    police = police_on(proposal.commune_id, clock.today())
    if police is None or told.get("owner_id") is not None:
        return Wanted(HOURS, "", due.due_on, proposal.decider_role or "", due_at=moment, **told)
    return of_force(police, HOURS, "", due.due_on, on_call=True, due_at=moment, **told)


def _completing(proposal: Proposal, since: date, told: dict[str, Any]) -> Wanted:
    """The author's or, once they are no longer in service, the chief's: to withdraw it, so that it can be made anew."""
    answered = told.get("done_by_id")
    by_author = answered == proposal.created_by_id if answered else not author_left(proposal)
    if by_author:
        return Wanted("COMPLETE", "", since + ANSWER, "police_officer", proposal.created_by_id, **told)
    return Wanted("AUTHOR-LEFT", "", since + ANSWER, "police_chief", **told)


def _telling(proposal: Proposal, since: date, told: dict[str, Any]) -> Iterator[Wanted]:
    """A decision is told once its signed page is registered; until then that is what is owed, of every kind."""
    owner, page = owner_of(proposal.case), proposal.document
    if _to_be_told(proposal) and (page is None or page.issued):
        due = proposal.telling_by(since)
        by_law: dict[str, Any] = {"source": due.source, "confirmed": due.confirmed} if due else {}
        until = due.due_on if due else _since(page, since) + ANSWER
        yield Wanted("COMMUNICATE", "", until, **owner, **by_law, **told)
    if page is not None:
        yield Wanted(
            "SIGNED-PAGE", "", since + ANSWER, **owner,
            values={"title": proposal.number},
            done_on=clock.day_of(page.changed_at) if page.issued else None,
            done_by_id=page.changed_by_id if page.issued else None,
        )  # fmt: skip


def _answered(proposal: Proposal) -> Iterator[Wanted]:
    """Once the signed file has gone up, what the court decides is asked for until somebody has recorded it."""
    sent_on, answer = proposal.sent_on, proposal.answer
    if proposal.answers_as is None or not proposal.sent or sent_on is None or not (answer or proposal.case.running):
        return
    last = next(iter(reversed(proposal.steps_above)), None)
    by_law: dict[str, Any] = {"source": last.source, "confirmed": last.confirmed} if last else {"confirmed": False}
    done: dict[str, Any] = {}
    if answer:
        done = {"done_on": clock.day_of(answer.created_at), "done_by_id": answer.created_by_id}
    yield Wanted(
        "COURT-ANSWER", "", last.due_on if last else sent_on + COURT_ANSWERS, **owner_of(proposal.case),
        values={"title": proposal.number}, **by_law, **done,
    )  # fmt: skip


def of_answer(answer: CourtAnswer) -> Iterator[Wanted]:
    """Somebody else than whoever recorded it compares it with the court's paper."""
    step = next(iter(steps_of(answer)), None)
    due_on, title = clock.day_of(answer.created_at) + ANSWER, {"title": answer.proposal.number}
    if step:
        told: dict[str, Any] = {"done_on": clock.day_of(step.at), "done_by_id": step.by_id}
        yield Wanted("CONFIRM-ANSWER", "", due_on, "police_chief", values=title, **told)
    elif answer.waits and answer.case.running:
        yield Wanted("CONFIRM-ANSWER", "", due_on, *second_person(answer), values=title)


ANSWER_RULES = (
    DutyRule("CONFIRM-ANSWER", _l("Confirm the answer of a court"),
             _l("%(title)s: the answer of the court waits for confirmation"), _l("Compare and confirm"),
             "proposals.answer_of_court", "police_chief", (("commune_leader", 3),), decision=True),
)  # fmt: skip


def _answers_in(commune_id: int | None) -> Iterable[CourtAnswer]:
    waiting = select(CourtAnswer).where(CourtAnswer.state == "recorded", CourtAnswer.voided_at.is_(None))
    return db.session.scalars(waiting.where(CourtAnswer.commune_id.in_(line_of(commune_id)))) if commune_id else ()


def _since(page: OfficialDocument | None, decided_on: date) -> date:
    """Since when a decision can be told: with its signed page, if it has one."""
    return max(decided_on, clock.day_of(page.changed_at)) if page is not None else decided_on


def _the_other(proposal: Proposal, *, waits: bool) -> int | None:
    """Where somebody of the role had a part in it, the one person who is left; a role alone would ask them too."""
    if not waits:
        return None
    holders = {grant.user_id for grant in grants_of(proposal.waits_for or "", proposal.commune_id)}
    left = {grant.user_id for grant in next_people(proposal)}
    return next(iter(left)) if len(left) == 1 and left != holders else None


def _under_way_in(commune_id: int | None) -> Iterable[Proposal]:
    """Proposals whose next step may become another's when somebody's account or roles change."""
    waiting = select(Proposal).where(Proposal.state.in_(("submitted", "endorsed", "returned")))
    return db.session.scalars(waiting.where(Proposal.commune_id.in_(line_of(commune_id)))) if commune_id else ()


def _untold(*cases: ColumnElement[bool]) -> Iterable[Proposal]:
    """Decisions in these cases that nobody has told yet: whoever owns the case now registers their page, or tells."""
    decided = select(Proposal).join(Case, Case.id == Proposal.case_id).where(*cases)
    return db.session.scalars(decided.where(Proposal.state == "approved"))


def _written_for(document: OfficialDocument) -> Iterable[Proposal]:
    """The proposal whose paper it is."""
    about = document.subject_type == base_of(Proposal).__tablename__ and document.subject_id
    found = db.session.get(Proposal, about) if about else None
    return (found,) if found is not None else ()


def _to_be_told(proposal: Proposal) -> bool:
    """A permit is told to the person. A helper learns of it by the assignment, a closed case needs no telling."""
    return proposal.told_to_person and not proposal.goes_up and (proposal.case.running or proposal.told_when_closed)


SOURCES = (
    Source(
        Proposal,
        RULES,
        of_proposal,
        also=(
            (RoleGrant, lambda grant: _under_way_in(grant.commune_id)),
            (RoleGrant, lambda grant: _untold(Case.owner_id == grant.user_id)),
            (User, lambda user: _under_way_in(user.commune_id)),
            (User, lambda user: _untold(Case.owner_id == user.id)),
            (Case, lambda case: _untold(Case.id == case.id)),
            (OfficialDocument, _written_for),
            (CourtAnswer, lambda answer: (answer.proposal,)),
        ),
        called=lambda proposal: proposal.titled(proposal.case.person.full_name),
    ),
    Source(
        CourtAnswer,
        ANSWER_RULES,
        of_answer,
        also=(
            (RoleGrant, lambda grant: _answers_in(grant.commune_id)),
            (User, lambda user: _answers_in(user.commune_id)),
        ),
    ),
)
