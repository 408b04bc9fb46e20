"""Meetings at each stage, made through actions as pages call them."""

from datetime import date, time
from typing import Any, TypeVar

from portal.engine import clock
from portal.engine.db import Kept, db
from portal.engine.transaction import transaction
from portal.meetings import actions
from portal.meetings.models import AgendaItem, Meeting, MeetingKind, Outcome
from tests.builders import Commune

TOMORROW = date(2026, 11, 24)
NINE = time(9)
ON_THE_DAY = clock.moment(TOMORROW, 10)  # an hour after it began

K = TypeVar("K", bound=Kept)


def a_plan(commune: Commune, on: date = TOMORROW, **other: Any) -> actions.Plan:
    facts = {
        "starts_at": clock.moment(on, 9), "place": "Hội trường UBND xã", "chair": commune.leader.acting,
        "secretary": commune.clerk, **other,
    }  # fmt: skip
    return actions.Plan(**facts)


def a_meeting(
    commune: Commune, on: date = TOMORROW, kind: MeetingKind = MeetingKind.COORDINATION, **other: Any
) -> Meeting:
    """A meeting that the clerk entered, its agenda compiled."""
    with transaction(commune.clerk):
        meeting = actions.schedule(kind, commune.id, a_plan(commune, on, **other))
        actions.compile_agenda(meeting)
    return meeting


def a_convened(commune: Commune, on: date = TOMORROW, **other: Any) -> Meeting:
    meeting = a_meeting(commune, on, **other)
    with transaction(commune.clerk):
        meeting.workflow.take("convene", meeting, commune.clerk)
    return meeting


def a_held(commune: Commune, on: date = TOMORROW, away: tuple[str, ...] = (), **other: Any) -> Meeting:
    """A meeting to which all came but for some. Call it on the day, or later."""
    with clock.telling(clock.moment(on, 7)):
        meeting = a_convened(commune, on, **other)
    return begun(commune, meeting, on, away)


def begun(commune: Commune, meeting: Meeting, on: date, away: tuple[str, ...] = ()) -> Meeting:
    """One whose invitations are out begins on its day."""
    with clock.telling(clock.moment(on, 9, 5)), transaction(commune.clerk):
        missing = {getattr(commune, name).id for name in away}
        actions.record_attendance(meeting, {one.id: one.user_id not in missing for one in meeting.invited}, {})
        actions.hold(meeting, clock.moment(on, 9), commune.clerk)
    return meeting


def conclude_all(commune: Commune, meeting: Meeting) -> None:
    """Every item that has no outcome yet is noted, and the meeting ends."""
    with transaction(commune.leader):
        for item in meeting.agenda:
            if item.outcome is None:
                actions.conclude(item, Outcome.NOTED, commune.leader.id, text="Đã nghe.")
                actions.let_go(item, commune.leader.id)
    ended_at = clock.moment(meeting.day, 9, 50)
    with clock.telling(max(clock.now(), ended_at)), transaction(commune.clerk):
        actions.end(meeting, ended_at, "")


def an_approved(commune: Commune, on: date = TOMORROW, **other: Any) -> Meeting:
    """A meeting whose minutes the chair approved; everything noted."""
    meeting = a_held(commune, on, **other)
    conclude_all(commune, meeting)
    with transaction(commune.clerk):
        meeting.workflow.take("draft_minutes", meeting, commune.clerk)
    with transaction(commune.leader):
        meeting.workflow.take("approve_minutes", meeting, commune.leader)
    return meeting


def fresh(record: K) -> K:
    """The record as it is kept now."""
    db.session.expire_all()
    return db.session.get_one(type(record), record.id)


def item_of(meeting: Meeting, part: str) -> AgendaItem:
    """The report of a force."""
    return next(item for item in meeting.items if item.source_id == f"report.{part}")


def an_order(commune: Commune, item: AgendaItem, unit: str, due_on: date, text: str = "Sửa hai camera") -> Any:
    """An outcome that gives a unit a task."""
    with transaction(commune.leader):
        order = actions.Order(text, commune.place(unit), due_on)
        actions.conclude(item, Outcome.INSTRUCTED, commune.leader.id, text="Giao thực hiện.", order=order)
        actions.let_go(item, commune.leader.id)
    return item.tasks[-1]
