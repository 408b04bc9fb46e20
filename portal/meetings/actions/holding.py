"""While a meeting runs: who is there, when it begins and ends."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import db, touch
from portal.engine.presentation import hour, moment
from portal.engine.refusal import Misfit, Plain, Refused
from portal.engine.text import mark
from portal.engine.workflow import steps_of
from portal.meetings.models import AgendaItem, Attendance, ItemAttendance, Meeting, Stay

INVITING = ("convene", "move")  # the steps after which everybody knows the hour


def record_attendance(meeting: Meeting, present: Mapping[int, bool], substitutes: Mapping[int, str]) -> None:
    """Write down who is there; a substitute by name, for whom they stand in."""
    if meeting.state not in ("convened", "held"):
        raise Refused(Plain(mark("Who came is recorded when the meeting is held.")))
    touch(meeting)
    for one in meeting.invited:
        one.present = present.get(one.id, False)
        if name := substitutes.get(one.id, "").strip():
            _put_substitute(one, name)
        if not one.present:
            one.came_at = one.left_at = None


def _put_substitute(one: Attendance, name: str) -> None:
    """Somebody else is there for them. Whoever takes the chair is named at the meeting itself, not here."""
    meeting = one.meeting
    if one.user_id in (meeting.chair_id, meeting.secretary_id):
        text = mark("%(name)s chairs or writes. Change that on the meeting instead of naming a substitute.")
        raise Refused(Misfit(f"substitute_{one.id}", text, name=one.called))
    one.send(name)
    one.present = True


def record_stays(meeting: Meeting, began_at: datetime, stays: Mapping[int, Stay]) -> None:
    """Write down who came late and who left early, of those who came. Raises Refused at each field that does not fit
    a meeting that began at *began_at*."""
    wrong: list[Misfit] = []
    for one in meeting.invited:
        told = stays.get(one.id, Stay())
        wrong += _against_stay(one, told, began_at)
        one.came_at, one.left_at = told
    if wrong:
        raise Refused(*wrong)


def _against_stay(one: Attendance, told: Stay, began_at: datetime) -> Iterator[Misfit]:
    """Within the meeting, and gone after having come."""
    ended_at = one.meeting.ended_at
    for field, at in ((f"came_{one.id}", told.came_at), (f"left_{one.id}", told.left_at)):
        if at is None:
            continue
        if not one.present:
            yield Misfit(field, mark("Whoever was not there has no hour of coming or going."))
        elif at < began_at:
            yield Misfit(field, mark("The meeting began at %(time)s."), time=hour(began_at))
        elif ended_at and at > ended_at:
            yield Misfit(field, mark("The meeting ended at %(time)s."), time=hour(ended_at))
        elif at > clock.now():
            yield Misfit(field, mark("That hour is still to come."))
    if told.came_at and told.left_at and told.left_at <= told.came_at:
        yield Misfit(f"left_{one.id}", mark("Nobody leaves before they came."))


def hold(meeting: Meeting, began_at: datetime, by: Actor, version: int | None = None) -> None:
    """Begin, once whoever came is recorded and they are enough. Raises Refused with what is missing."""
    if clock.day_of(began_at) != clock.day_of(meeting.starts_at):
        text = mark("The meeting is planned for %(day)s. Move it first if it was held on another day.")
        raise Refused(Misfit("on", text, day=clock.day_of(meeting.starts_at)))
    _check_beginning(meeting, began_at)
    meeting.began_at, meeting.held_on = began_at, clock.day_of(began_at)
    meeting.workflow.take("hold", meeting, by, version=version)


def correct_beginning(meeting: Meeting, began_at: datetime) -> None:
    """Mend the hour at which a meeting began, on its own day, until the minutes are written."""
    still_held(meeting)
    if clock.day_of(began_at) != meeting.held_on:
        raise Refused(Misfit("on", mark("The meeting was held on %(day)s."), day=meeting.held_on))
    if meeting.ended_at and began_at > meeting.ended_at:
        raise Refused(Misfit("began", mark("A meeting cannot end before it begins.")))
    _check_beginning(meeting, began_at)
    meeting.began_at = began_at


def _check_beginning(meeting: Meeting, began_at: datetime) -> None:
    """Nobody came before they were asked to, enough were there, and nothing is written down ahead of the clock."""
    if began_at > clock.now():
        raise Refused(Misfit("began", mark("The meeting cannot have begun already: that hour is still to come.")))
    _check_quorum(meeting, began_at)
    invited_at = next(step.at for step in reversed(steps_of(meeting)) if step.name in INVITING)
    if began_at < invited_at.replace(second=0, microsecond=0):  # hours are typed to the minute
        text = mark("The invitations went out at %(time)s. The meeting cannot have begun before.")
        raise Refused(Misfit("began", text, time=moment(invited_at)))


def _check_quorum(meeting: Meeting, began_at: datetime) -> None:
    """It began once enough had come. Where they never were enough that is told of the meeting, not of its hour."""
    there = meeting.units_there(began_at)
    if meeting.has_quorum and len(there) < meeting.quorum:
        text = mark("At %(time)s %(present)s of %(all)s units were there; %(quorum)s are needed. "
                    "The meeting begins once they have come.")  # fmt: skip
        told = {"present": len(there), "all": len(meeting.units_needed), "quorum": meeting.quorum}
        raise Refused(Misfit("began", text, time=hour(began_at), **told))


def record_item_attendance(item: AgendaItem, present: Mapping[int, bool]) -> None:
    """Write down who of those who came was in the room for one item: of each, whatever their hours say now or later."""
    being_heard(item)
    touch(item)
    for one in item.meeting.invited:
        if one.id in present:
            _be_at_item(one, item, present[one.id])


def _be_at_item(attendance: Attendance, item: AgendaItem, present: bool) -> None:
    told = next((one for one in attendance.at_items if one.item_id == item.id), None)
    if told is None:
        told = ItemAttendance(attendance=attendance, commune_id=attendance.commune_id, item_id=item.id)
        db.session.add(told)
    told.present = present


def still_held(meeting: Meeting) -> None:
    """Raise Refused unless the meeting is still written down."""
    if meeting.state != "held":
        raise Refused(Plain(mark("This is recorded while the meeting is held, until the minutes are written.")))


def being_heard(item: AgendaItem) -> None:
    """Raise Refused unless its meeting is still written down and hears it."""
    still_held(item.meeting)
    if against := item.against_hearing:
        raise Refused(*against)


def end(meeting: Meeting, ended_at: datetime, conclusion: str) -> None:
    """Write down when it ended and what the chair concluded."""
    still_held(meeting)
    if meeting.began_at and ended_at < meeting.began_at:
        raise Refused(Misfit("ended", mark("A meeting cannot end before it begins.")))
    if ended_at > clock.now():
        raise Refused(Misfit("ended", mark("That hour is still to come.")))
    _check_end(ended_at, meeting.invited)
    meeting.ended_at, meeting.conclusion = ended_at, conclusion


def _check_end(ended_at: datetime, invited: Iterable[Attendance]) -> None:
    """Nobody came or left after it."""
    for one in invited:
        last = max((at for at in (one.came_at, one.left_at) if at), default=None)
        if last and last > ended_at:
            text = mark("%(name)s came or left later: at %(time)s. Mend that first.")
            raise Refused(Misfit("ended", text, name=one.called, time=hour(last)))
