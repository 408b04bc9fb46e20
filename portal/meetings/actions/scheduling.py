"""Entering a meeting, inviting, moving it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import db, touch
from portal.engine.horizon import beyond
from portal.engine.numbering import next_number
from portal.engine.refusal import Misfit, Plain, Refused
from portal.engine.text import mark
from portal.engine.voiding import void
from portal.meetings.days import SeriesDay, meets_by_rule, met_on
from portal.meetings.models import BEFORE, KIND_NAMES, SUBJECT, Attendance, Meeting, MeetingKind
from portal.meetings.queries import entered_of, looks_back_from, series_of
from portal.organisation.models import SIGNING, Role, RoleGrant, Unit, User, line_of
from portal.organisation.queries import answering, forces_on, grants_of, plan_on

SHARE = 3, 2  # of three units that are needed two must be there
ENTERED = mark("The meeting of that day of the series is entered already: %(number)s.")


@dataclass(frozen=True)
class Plan:
    """When and where a meeting is held, who chairs it and who writes."""

    starts_at: datetime
    place: str
    chair: RoleGrant
    secretary: User
    subject: str = ""


class EnteredAlready(Refused):
    """The meeting of a day of a series is there: *meeting*."""

    def __init__(self, meeting: Meeting, text: str = ENTERED) -> None:
        super().__init__(Plain(text, number=meeting.number))
        self.meeting = meeting


def schedule(kind: MeetingKind, commune_id: int, plan: Plan, of: SeriesDay | None = None) -> Meeting:
    """Enter a meeting with those who usually come. Raises Refused where it cannot be as it is planned.

    *of*: the day of a series for which it meets; one that is entered for such a day by hand is that one too. Raises
    EnteredAlready where the day has its meeting, Refused where the series is for another kind of meeting.
    """
    _check(kind, plan)
    day = clock.day_of(plan.starts_at)
    of = of or met_on(series_of(kind, commune_id), day)
    if of:
        _check_day(kind, of)
    meeting = Meeting(
        number=next_number(Meeting.number, f"HN-{day.year}-", Meeting.commune_id.in_(line_of(commune_id))),
        kind=kind, commune_id=commune_id, series_id=of.series.id if of else None,
        by_rule_on=of.by_rule_on if of else None, starts_at=plan.starts_at,
        place=plan.place, subject=plan.subject, chair_id=plan.chair.user_id, chair_unit_id=plan.chair.unit_id,
        secretary_id=plan.secretary.id, period_first=looks_back_from(kind, commune_id, day),
        period_last=day - timedelta(days=1), quorum=1,
    )  # fmt: skip
    meeting.chair, meeting.secretary, meeting.chair_unit = plan.chair.user, plan.secretary, plan.chair.unit
    db.session.add(meeting)
    db.session.flush()
    _invite_usual(meeting, plan)
    meeting.quorum = usual_quorum(meeting)
    return meeting


def _check_day(kind: MeetingKind, of: SeriesDay) -> None:
    """Asked under the write lock, so that of two who enter the same day the second finds the first one's."""
    if kind != of.series.kind:
        text = mark("This day of a series is for another kind of meeting: %(kind)s.")
        raise Refused(Misfit("kind", text, kind=KIND_NAMES[of.series.kind]))
    if not meets_by_rule(of.series, of.by_rule_on):
        raise Refused(Misfit("on", mark("The series does not meet on that day.")))
    known = entered_of(of.series).get(of.by_rule_on)
    if known and known.state != "cancelled":
        raise EnteredAlready(known)


def usual_quorum(meeting: Meeting) -> int:
    """Two thirds of the units that are needed, rounded up."""
    of, needed = SHARE
    return -(-len(meeting.units_needed) * needed // of) or 1


def _check(kind: MeetingKind, plan: Plan) -> None:
    if kind == MeetingKind.AD_HOC and not plan.subject:
        raise Refused(Misfit("subject", mark("Please say what the meeting is about.")))
    if plan.chair.user_id == plan.secretary.id:
        raise Refused(Misfit("secretary_id", mark("Whoever takes the chair does not write the minutes as well.")))
    _check_moment(plan.starts_at)


def _check_moment(starts_at: datetime) -> None:
    """A meeting is planned for a moment to come, and at most a year ahead: what lies beyond is a mistyped year."""
    if starts_at <= clock.now():
        raise Refused(Misfit("on", mark("A meeting cannot be planned for a moment that has passed.")))
    if far := list(beyond(starts_at)):
        raise Refused(*far)


def _invite_usual(meeting: Meeting, plan: Plan) -> None:
    """The forces of the coordination plan, or all that sign, each with who answers for it; the chair and the secretary;
    the village heads, whom the quorum does not need."""
    day, line = meeting.day, meeting.commune_id
    agreed = plan_on(line, day)
    forces = [party.unit for party in agreed.standing_parties] if agreed else []
    standing = forces_on(line, day)
    for unit in standing:
        if unit.kind in SIGNING or any(one.heir_id == unit.heir_id for one in forces):
            _invite_force(meeting, unit, plan)
    secretary_unit = next((grant.unit for grant in plan.secretary.held_today), plan.chair.unit)
    if all(one.user_id != plan.secretary.id for one in meeting.invited):
        invite(meeting, secretary_unit, plan.secretary, needed=False)
    for grant in grants_of(Role.VILLAGE_HEAD, line):
        invite(meeting, grant.unit, grant.user, needed=False)


def _invite_force(meeting: Meeting, unit: Unit, plan: Plan) -> None:
    people = answering(unit, meeting.commune_id)
    chosen = next((one for one in people if one.id == plan.chair.user_id), people[0] if people else None)
    needed = unit.kind in SIGNING
    if chosen:
        invite(meeting, unit, chosen, needed=needed)
    else:
        invite(meeting, unit, name=f"Đại diện {unit.name}", needed=needed)


def invite(
    meeting: Meeting, unit: Unit, user: User | None = None, *, name: str = "", title: str = "", needed: bool = True
) -> Attendance:
    """Ask somebody to come for a unit. Raises Refused if they are asked already, or if the meeting is over."""
    if meeting.state not in (*BEFORE, "held"):
        raise Refused(Plain(mark("The meeting is over: nobody is added to it any more.")))
    asked = [one for one in meeting.invited if (one.user_id == user.id if user else one.is_called(name, unit.id))]
    if asked:
        field, called = ("user_id", user.full_name) if user else ("name", asked[0].called)
        raise Refused(Misfit(field, mark("%(name)s is invited already."), name=called))
    attendance = Attendance(
        meeting=meeting, commune_id=meeting.commune_id, unit=unit, unit_id=unit.id, user=user,
        user_id=user.id if user else None, name="" if user else name, title=title, needed=needed,
    )  # fmt: skip
    db.session.add(attendance)
    touch(meeting)
    return attendance


def invite_typed(
    meeting: Meeting, people: Sequence[RoleGrant], user_id: int | None, unit_id: int | None, name: str, title: str, *,
    needed: bool,
) -> Attendance:  # fmt: skip
    """Invite as a form says it: one of some people with an account, for their unit or another, or anybody by name."""
    grant = next((one for one in people if one.user_id == user_id), None)
    unit = db.session.get_one(Unit, unit_id) if unit_id else grant.unit if grant else meeting.chair_unit
    return invite(meeting, unit, grant.user if grant else None, name=name, title=title, needed=needed)


def uninvite(attendance: Attendance, reason: str) -> None:
    """Take an invitation back; it stays with its reason. Who took the chair or writes cannot be left out."""
    meeting = attendance.meeting
    if attendance.user_id in (meeting.chair_id, meeting.secretary_id):
        raise Refused(Plain(mark("The chair and the secretary belong to the meeting. Name somebody else first.")))
    void(attendance, reason)
    touch(meeting)


def answer(attendance: Attendance, comes: bool, substitute: str = "") -> None:
    """Say whether one comes, or who comes instead."""
    if attendance.meeting.state not in BEFORE:
        raise Refused(Plain(mark("The meeting has begun; its secretary records who is there.")))
    attendance.ask_anew()
    attendance.comes = comes or bool(substitute)
    if substitute:
        attendance.send(substitute)


def change(meeting: Meeting, plan: Plan, quorum: int) -> None:
    """Change what is planned while nobody is invited yet."""
    if meeting.state != "scheduled":
        raise Refused(Plain(mark("The invitations are out. Move the meeting instead; whoever is invited is told.")))
    _check(meeting.kind, plan)
    _put(meeting, plan)
    set_quorum(meeting, quorum)


def set_quorum(meeting: Meeting, quorum: int) -> None:
    if not 1 <= quorum <= max(1, len(meeting.units_needed)):
        most = max(1, len(meeting.units_needed))
        raise Refused(Misfit("quorum", mark("From 1 to %(most)s units are possible here."), most=most))
    meeting.quorum = quorum


def reschedule(meeting: Meeting, plan: Plan, by: Actor) -> None:
    """Give a postponed meeting its new day; its invitations are sent anew."""
    _check(meeting.kind, plan)
    meeting.workflow.take("reschedule", meeting, by)
    _put(meeting, plan)
    _invite_anew(meeting)


def _put(meeting: Meeting, plan: Plan) -> None:
    meeting.put(plan.starts_at, plan.place)
    meeting.subject = plan.subject
    for item in meeting.items:
        if item.source_id == SUBJECT:
            item.title = plan.subject
    meeting.chair, meeting.chair_id, meeting.chair_unit_id = plan.chair.user, plan.chair.user_id, plan.chair.unit_id
    meeting.chair_unit = plan.chair.unit
    meeting.secretary, meeting.secretary_id = plan.secretary, plan.secretary.id
    meeting.period_last = clock.day_of(meeting.starts_at) - timedelta(days=1)
    for grant in (plan.chair, *plan.secretary.held_today[:1]):
        if all(one.user_id != grant.user_id for one in meeting.invited):
            invite(meeting, grant.unit, grant.user, needed=grant is plan.chair)


def take_chair(meeting: Meeting, chair: RoleGrant, reason: str, by: Actor) -> None:
    """Somebody else takes the chair of a meeting whose invitations are out: the one who approves its minutes.

    Raises Refused at the field for whoever writes, or was not there.
    """
    if meeting.state not in ("convened", "held", "minutes_drafted"):
        raise Refused(Plain(mark("The chair of this meeting is not changed any more.")))
    if chair.user_id == meeting.secretary_id:
        raise Refused(Misfit("chair_id", mark("Whoever takes the chair does not write the minutes as well.")))
    there = any(one.user_id == chair.user_id and one.came_in_person for one in meeting.invited)
    if meeting.took_place and not there:
        raise Refused(Misfit("chair_id", mark("%(name)s was not there."), name=chair.user.full_name))
    meeting.chair, meeting.chair_id = chair.user, chair.user_id
    meeting.chair_unit, meeting.chair_unit_id = chair.unit, chair.unit_id
    if not meeting.took_place and all(one.user_id != chair.user_id for one in meeting.invited):
        invite(meeting, chair.unit, chair.user)
    meeting.workflow.tell("take_chair", meeting, by, reason)


def move(meeting: Meeting, starts_at: datetime, place: str, reason: str, by: Actor) -> None:
    """Move a meeting after its invitations: they hold no more, each answer is asked for anew, and all are told why."""
    if meeting.state != "convened":
        raise Refused(Plain(mark("Only a meeting whose invitations are out is moved.")))
    _check_moment(starts_at)
    if (starts_at, place) == (meeting.starts_at, meeting.place):
        raise Refused(Misfit("on", mark("The meeting is planned for that hour and place already.")))
    meeting.put(starts_at, place)
    _invite_anew(meeting)
    meeting.workflow.tell("move", meeting, by, reason)


def _invite_anew(meeting: Meeting) -> None:
    """What was sent holds no more, nor who was written down as there; calendars take in what counts higher."""
    meeting.invitation += 1
    for one in meeting.invited:
        one.ask_anew()
        one.forget_coming()
