"""Which duties meetings make: meetings to enter, invitations to answer, words, minutes, tasks that were given."""

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_

from portal.duties.rules import DutyRule, Source, Wanted, of_force
from portal.engine import clock
from portal.engine.text import _l
from portal.engine.workflow import Step, steps_of
from portal.meetings.days import days_of
from portal.meetings.models import BEFORE, ActionItem, Attendance, Meeting, MeetingSeries
from portal.meetings.models.task import carried_in_words, times_carried
from portal.meetings.models.titles import title
from portal.meetings.queries import entered_of
from portal.organisation.models import ANSWERS_FOR, Role, Unit, line_of
from portal.organisation.queries import holders_in

leader, clerk = Role.COMMUNE_LEADER, Role.OFFICE_CLERK

# Our own policy: nothing lies about.
TO_RECORD, TO_WRITE, TO_APPROVE, TO_CLOSE = (timedelta(days=days) for days in (1, 2, 3, 5))

AHEAD, INVITED_BEFORE = timedelta(days=21), timedelta(days=7)  # of a day of a series


def carried(task_ids: Collection[int]) -> Mapping[int, str]:
    """How often tasks that are owed waited, by their ids."""
    told = {task_id: carried_in_words(times) for task_id, times in times_carried(task_ids).items()}
    return {task_id: words[:1].upper() + words[1:] for task_id, words in told.items()}


ENTER = DutyRule(
    "MEETING-ENTER", _l("Enter the next meeting of a series and send its invitations"),
    _l("The meeting of %(day)s is to be entered and its invitations sent"), _l("Open the series"),
    "meetings.one_series", clerk, ((leader, 2),),
)  # fmt: skip
WORDS = DutyRule(
    "MEETING-WORDS", _l("Write what one's force reports at a meeting"), _l("%(number)s: what %(unit)s reports"),
    _l("Write it"), "meetings.show", leader,
)  # fmt: skip
ANSWER = DutyRule(
    "MEETING-ANSWER",
    _l("Answer an invitation to a meeting"),
    _l("%(number)s: say whether you come, or who comes instead"),
    _l("Answer the invitation"),
    "meetings.show",
    leader,
)
HOLD = DutyRule(
    "MEETING-HOLD", _l("Record who came to a meeting"), _l("%(number)s: record who came, or postpone it"),
    _l("Open the meeting"), "meetings.show", clerk, ((leader, 3),),
)  # fmt: skip
WRITE = DutyRule(
    "MEETING-MINUTES", _l("Put the minutes of a meeting before the chair"), _l("%(number)s: minutes to be written"),
    _l("Write the minutes"), "meetings.show", clerk, ((leader, 5),),
)  # fmt: skip
APPROVE = DutyRule(
    "MEETING-APPROVE", _l("Approve the minutes of a meeting"), _l("%(number)s: minutes to be approved"),
    _l("Read and approve"), "meetings.show", leader, decision=True,
)  # fmt: skip
CLOSE = DutyRule(
    "MEETING-CLOSE", _l("Send the conclusions and close a meeting"),
    _l("%(number)s: send the notice of conclusions, close the meeting"), _l("Open the meeting"), "meetings.show", clerk,
    ((leader, 10),),
)  # fmt: skip
TASK = DutyRule(
    "ACTION-ITEM", _l("Do what a meeting or a report ordered"), _l("%(what)s"), _l("Report on it"),
    "meetings.task", leader, ((leader, 3),), beside=carried,
)  # fmt: skip

# What it asks for stands on its page, for those who may read the item.
RESTRICTED_TASK = DutyRule(
    "ACTION-ITEM-RESTRICTED", _l("Do what a meeting ordered on a restricted item"),
    _l("%(number)s: a task of a restricted item"), _l("Report on it"), "meetings.task", leader, ((leader, 3),),
    beside=carried,
)  # fmt: skip


def of_series(series: MeetingSeries) -> Iterator[Wanted]:
    """Each of its days that comes near is entered and invited to, a week before; not one that was called off."""
    if series.voided_at:
        return
    today, entered = clock.today(), entered_of(series)
    for by_rule_on, on in days_of(series, today, today + AHEAD):
        meeting = entered.get(by_rule_on)
        if meeting is None or meeting.state != "cancelled":
            due = max(on - INVITED_BEFORE, clock.day_of(series.created_at))
            told = {"day": f"{on:%d/%m/%Y}"}
            yield Wanted(ENTER.id, by_rule_on.isoformat(), due, clerk, values=told, **_invited(meeting))


def _invited(meeting: Meeting | None) -> dict[str, Any]:
    """Since when the invitations are out."""
    sent = [step for step in steps_of(meeting) if step.name == "convene"] if meeting else []
    return _done(sent[0]) if sent else {}


def _of_its_series(meeting: Meeting) -> Iterator[MeetingSeries]:
    if meeting.series:
        yield meeting.series


def _invited_to(attendance: Attendance) -> Iterator[Meeting]:
    yield attendance.meeting


def _runs(commune_id: int) -> ColumnElement[bool]:
    """Series whose next day a new day may bring near."""
    over = MeetingSeries.valid_to.is_(None) | (MeetingSeries.valid_to >= clock.today())
    return and_(MeetingSeries.commune_id.in_(line_of(commune_id)), over)


def of_meeting(meeting: Meeting) -> Iterator[Wanted]:
    """What its next steps ask of the forces, the secretary and the chair."""
    if meeting.voided_at:
        return
    if meeting.state in BEFORE:
        yield from _words(meeting)
    if meeting.state == "convened":
        yield from _answers(meeting)
        yield Wanted(HOLD.id, "", meeting.day + TO_RECORD, clerk, meeting.secretary_id, opens_on=meeting.day,
                     values={"number": meeting.number})  # fmt: skip
    if meeting.held_on:
        yield from _papers(meeting)


def _words(meeting: Meeting) -> Iterator[Wanted]:
    """Each force writes until the day before; once it has, that is done."""
    for item in meeting.agenda:
        if item.is_report and item.unit.kind in ANSWERS_FOR:
            written = clock.day_of(item.words_at) if item.own_words and item.words_at else None
            values = {"number": meeting.number, "unit": item.unit.name}
            yield of_force(item.unit, WORDS.id, str(item.unit_id), meeting.words_due_on, values=values, done_on=written,
                           done_by_id=item.words_by_id if written else None)  # fmt: skip


def _answers(meeting: Meeting) -> Iterator[Wanted]:
    """Whoever is invited with an account says whether they come, from the day on which they were asked."""
    for one in meeting.invited:
        if one.user:
            role = next((grant.role for grant in one.user.held_today), leader)
            answered = clock.day_of(one.changed_at) if one.comes is not None else None
            yield Wanted(
                ANSWER.id,
                str(one.id),
                meeting.day,
                role,
                one.user_id,
                opens_on=clock.day_of(one.created_at),
                values={"number": meeting.number},
                done_on=answered,
                done_by_id=one.user_id if answered else None,
            )


def _papers(meeting: Meeting) -> Iterator[Wanted]:
    """One after the other: written by the secretary, approved by the chair, closed by the secretary."""
    steps = {step.name: step for step in steps_of(meeting)}
    held, told = meeting.held_on or meeting.day, {"number": meeting.number}
    drafted = steps.get("draft_minutes") if meeting.state != "held" else None
    approved, closed = steps.get("approve_minutes"), steps.get("close")
    yield Wanted(WRITE.id, "", held + TO_WRITE, clerk, meeting.secretary_id, values=told, **_done(drafted))
    if drafted:
        due = clock.day_of(drafted.at) + TO_APPROVE
        yield Wanted(APPROVE.id, "", due, leader, meeting.chair_id, values=told, **_done(approved))
    if approved:
        due = clock.day_of(approved.at) + TO_CLOSE
        yield Wanted(CLOSE.id, "", due, clerk, meeting.secretary_id, values=told, **_done(closed))


def _done(step: Step | None) -> dict[str, Any]:
    return {"done_on": clock.day_of(step.at), "done_by_id": step.by_id} if step else {}


def of_task(task: ActionItem) -> Iterator[Wanted]:
    """A task is owed by whoever answers for its unit, until it is done or dropped."""
    if task.voided_at or task.state == "dropped" or task.given_by.voided_at:
        return
    rule = RESTRICTED_TASK if task.restricted else TASK
    told = {"number": task.meeting.number} if task.restricted else {"what": task.text}
    role, unit_id = _owing(task.unit.heir or task.unit)
    yield Wanted(
        rule.id, "", task.due_on, role, owner_unit_id=unit_id, values=told, done_on=task.ended_on,
        done_by_id=task.changed_by_id if task.ended_on else None,
    )  # fmt: skip


def _owing(unit: Unit) -> tuple[str, int | None]:
    """Whoever answers for a force, or heads a village; the clerk for bodies that nobody here speaks for."""
    if unit.kind in ANSWERS_FOR:
        return ANSWERS_FOR[unit.kind], unit.id
    if any(grant.role == Role.VILLAGE_HEAD for grant in holders_in(unit.id)):
        return Role.VILLAGE_HEAD, unit.id
    return clerk, None


SOURCES = (
    Source(MeetingSeries, (ENTER,), of_series, ((Meeting, _of_its_series),), goes_on=_runs),
    Source(
        Meeting, (WORDS, ANSWER, HOLD, WRITE, APPROVE, CLOSE), of_meeting, ((Attendance, _invited_to),), called=title
    ),
    Source(ActionItem, (TASK, RESTRICTED_TASK), of_task),
)
