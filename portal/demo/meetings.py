"""The meetings of the example: briefings each month, reviews, the steering committee; and the one that comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import select

from portal.demo import chance, spoken, working_days
from portal.demo.deeds import Deed, Scene, commune_code, on
from portal.demo.story import day
from portal.demo.units import COMMUNE, MERGED_ON
from portal.engine import access, clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.law.days import add_months
from portal.meetings import actions
from portal.meetings.days import SeriesDay, days_of
from portal.meetings.models import ActionItem, Meeting, MeetingKind, MeetingSeries, Outcome, SeriesRule
from portal.organisation.models import Unit
from portal.organisation.queries import user_named

CLERK, CHAIR, CHAIRWOMAN = "office_clerk", "commune_leader", "y_hlen_nie"
SPEAKERS = {"police": "police_chief", "military": "military_command", "border": "border_guard"}
DOERS = {"CA": "police_chief", "QS": "military_command", "BP": "border_guard", "UB": CLERK}
COORDINATION, INTERIM, ANNUAL, STEERING = (
    MeetingKind.COORDINATION, MeetingKind.INTERIM_REVIEW, MeetingKind.ANNUAL_REVIEW, MeetingKind.STEERING_COMMITTEE
)  # fmt: skip

BRIEFINGS = {
    2023: "05/01 06/02 06/03 05/04 05/05 05/06 05/07 07/08 06/09 05/10 06/11 05/12",
    2024: "04/01 02/02 05/03 04/04 06/05 05/06 04/07 05/08",
}
OTHERS = (
    (INTERIM, "11/07/2023"), (ANNUAL, "20/12/2023"), (STEERING, "26/03/2024"), (STEERING, "27/06/2024"),
    (INTERIM, "09/07/2024"),
)  # fmt: skip
BY_RULE_FROM = date(2024, 9, 1)
AFTER_THE = 3  # the first working day after it
NEAR = timedelta(days=21)  # within which a briefing is that of the next day of the rule, brought forward
MOVED_ON, MOVED_TO = date(2026, 9, 4), date(2026, 9, 7)
TOLD_ORDERS = {  # of the briefing of 05/08/2024: what, whose, by when, done on
    date(2024, 8, 5): (
        ("Hoàn thành danh sách rà soát còn lại", "CA", date(2024, 9, 5), date(2024, 9, 4)),
        ("Sửa hội trường thôn Tà Ka", "UB", date(2024, 9, 30), date(2024, 9, 27)),
    )
}
STILL_OPEN = (  # of the last but one and the last briefing before today: how many days from today they are due
    ("Sửa hai camera ở ngã ba Ngọc Hải", "CA", -24),
    ("Phát quang đường tuần tra mốc 790 đến 791", "QS", 22),
)
PROPOSED = "Đặt biển cấm xe máy ở lối mòn suối Đăk Ba"


@dataclass(frozen=True)
class Order:
    """A task of the example: what, which force, by when, and on which day it was done, if it was."""

    text: str
    force: str
    due_on: date
    done_on: date | None


Orders = tuple[Order, ...]


@dataclass(frozen=True)
class Held:
    """A meeting that took place."""

    kind: MeetingKind
    on: date

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.on}"

    @property
    def chair(self) -> str:
        """The vice-chair takes the briefings, the chair the rest."""
        return CHAIRWOMAN if self.kind == COORDINATION else CHAIR


def meetings(today: date) -> Iterator[Deed]:
    """All meetings until a day, and the briefing that comes next."""
    yield from series()
    for one, given in until(today):
        yield from told(one, given)
    yield from coming(today)


def until(today: date) -> Iterator[tuple[Held, Orders]]:
    """The meetings of before today, with the tasks that they gave; of the last two briefings some are still open."""
    told = [(COORDINATION, day(f"{one}/{year}")) for year, days in BRIEFINGS.items() for one in days.split()]
    told += [*((kind, day(one)) for kind, one in OTHERS), *by_rule(today)]
    days = sorted(told, key=lambda one: one[1])
    past = [one for one in days if one[1] < today]
    briefings = [on_day for kind, on_day in past if kind == COORDINATION]
    for kind, on_day in past:
        yield Held(kind, on_day), tuple(orders(kind, on_day, today, briefings))


def by_rule(today: date) -> Iterator[tuple[MeetingKind, date]]:
    """After the told part: a briefing each month, a review in July, one in December."""
    month = BY_RULE_FROM
    while month <= today:
        meets_on = working_days.after(month.replace(day=AFTER_THE))
        yield COORDINATION, MOVED_TO if meets_on == MOVED_ON else meets_on
        if month.month == 7:
            yield INTERIM, working_days.from_day(month.replace(day=9))
        if month.month == 12:
            yield ANNUAL, working_days.from_day(month.replace(day=20))
        month = add_months(month, 1)


def orders(kind: MeetingKind, on_day: date, today: date, briefings: list[date]) -> Iterator[Order]:
    """One to three tasks of a briefing, done before the next but one; those that the story names are as it says."""
    if kind != COORDINATION:
        return
    if on_day in TOLD_ORDERS:
        yield from (Order(*one) for one in TOLD_ORDERS[on_day])
        return
    recent = on_day in briefings[-3:-1]  # of these only what the story leaves open is carried over
    for number in range(1 if recent else 1 + chance.number(3, on_day, "orders")):
        text, force = spoken.ORDERS[(chance.number(12, on_day, "first") + number * 5) % len(spoken.ORDERS)]
        due_on = working_days.from_day(on_day + timedelta(days=20 + chance.number(30, on_day, number)))
        late = chance.number(6, on_day, number, "late") == 0
        done_on = working_days.after(due_on, 4) if late else working_days.before(due_on, 1 + number)
        yield Order(
            text, force, due_on, working_days.after(on_day, 8) if recent else max(done_on, working_days.after(on_day))
        )
    for text, force, days in STILL_OPEN:
        if recent and (days < 0) == (on_day == briefings[-3]):
            yield Order(text, force, max(on_day, today + timedelta(days=days)), None)


def series() -> Iterator[Deed]:
    """The rule by which the briefings come, entered anew by the new commune; one of its days was moved."""
    yield on(BY_RULE_FROM, 8, CLERK, partial(begin_series, "before", BY_RULE_FROM))
    yield on(MERGED_ON, 8, CLERK, partial(begin_series, "since", MERGED_ON))
    yield on(date(2026, 8, 24), 9, CLERK, partial(except_day, MOVED_ON, MOVED_TO))


def told(one: Held, given: Orders) -> Iterator[Deed]:
    """Entered, reported for, invited, held, concluded, written, approved, closed; then its tasks are done."""
    ahead = working_days.before(one.on, 5)
    yield on(ahead, 9, CLERK, partial(schedule, one))
    for part, speaker in SPEAKERS.items():
        yield on(working_days.before(one.on, 3), 9, speaker, partial(write_words, one, part))
    yield on(working_days.before(one.on, 2), 15, CLERK, partial(take, one.key, "convene"))
    yield on(one.on, 9, CLERK, partial(hold, one))
    yield on(one.on, 10, one.chair, partial(conclude, one, given))
    yield on(one.on, 11, CLERK, partial(end, one))
    yield on(working_days.after(one.on), 9, CLERK, partial(take, one.key, "draft_minutes"))
    yield on(working_days.after(one.on, 2), 14, one.chair, partial(take, one.key, "approve_minutes"))
    yield on(working_days.after(one.on, 3), 10, CLERK, partial(take, one.key, "close"))
    for order in given:
        if order.done_on:
            yield on(order.done_on, 16, DOERS[order.force], partial(finish, one, order.text))


def coming(today: date) -> Iterator[Deed]:
    """The briefing of the next working day: invitations sent, one force still silent, an item proposed."""
    on_day = working_days.after(today)
    one = Held(COORDINATION, on_day)
    yield on(working_days.before(today, 3), 9, CLERK, partial(schedule, one))
    yield on(working_days.before(today, 2), 9, "border_guard", partial(propose, one))
    for part in ("police", "military"):
        yield on(working_days.before(today, 2), 14, SPEAKERS[part], partial(write_words, one, part))
    yield on(working_days.before(today), 15, CLERK, partial(take, one.key, "convene"))
    for speaker in ("police_chief", "military_command"):
        yield on(working_days.before(today), 16, speaker, partial(answer, one))


def compile_coming(now: datetime) -> None:
    """Compile the agenda that comes next once more. Call it when the story is told: only then are duties late."""
    clerk = user_named(CLERK)
    with clock.telling(now), transaction(clerk):
        for meeting in db.session.scalars(select(Meeting).where(Meeting.state == "convened")):
            actions.compile_agenda(meeting)


# ── the deeds ───────────────────────────────────────────────────────────────────────────────────────────────────────
def begin_series(key: str, first: date, scene: Scene) -> None:
    unit = _force("UB", first, scene)
    made = actions.begin_series(
        COORDINATION, SeriesRule.WORKING_DAY_AFTER, _commune(first, scene).id, unit, first, day_of_month=AFTER_THE,
        hour=8, place=spoken.PLACE, valid_to=date(2025, 6, 30) if key == "before" else None,
    )  # fmt: skip
    db.session.flush()
    scene.series[key] = made.id


def except_day(by_rule_on: date, moved_to: date, scene: Scene) -> None:
    actions.except_day(scene.meeting_series("since"), by_rule_on, moved_to, spoken.MOVED)


def schedule(one: Held, scene: Scene) -> None:
    """Enter the meeting and compile its agenda from the records."""
    chair, now = scene.person(one.chair).acting, clock.today()
    if chair is None:
        raise LookupError(f"{one.chair} holds no role on {now}.")
    plan = actions.Plan(clock.moment(one.on, 8), spoken.PLACE, chair, scene.person(CLERK))
    meeting = actions.schedule(one.kind, _commune(now, scene).id, plan, _brought_forward(one, scene))
    actions.compile_agenda(meeting)
    db.session.flush()
    scene.meetings[one.key] = meeting.id


def _brought_forward(one: Held, scene: Scene) -> SeriesDay | None:
    """The briefing that comes next is that of the series' next day, held before it, where that is near."""
    if one.kind != COORDINATION or "since" not in scene.series:
        return None
    known = db.session.get_one(MeetingSeries, scene.series["since"])
    days = days_of(known, one.on, one.on + NEAR)
    return next((SeriesDay(known, by_rule) for by_rule, on_day in days if on_day != one.on), None)


def write_words(one: Held, part: str, scene: Scene) -> None:
    meeting = scene.meeting(one.key, "read")
    item = next((item for item in meeting.items if item.source_id == f"report.{part}"), None)
    if item is not None:
        actions.write_words(item, chance.choice(spoken.REPORTS[part], one.key, part), scene.actor.id)


def propose(one: Held, scene: Scene) -> None:
    meeting = scene.meeting(one.key, "propose_item")
    actions.propose_item(meeting, _force("BP", clock.today(), scene), PROPOSED, "Kiến nghị sau lượt tuần tra gần nhất.")


def answer(one: Held, scene: Scene) -> None:
    meeting = scene.meeting(one.key, "read")
    actions.answer(next(guest for guest in meeting.invited if guest.user_id == scene.actor.id), comes=True)


def take(key: str, step: str, scene: Scene) -> None:
    meeting = scene.meeting(key, "read")
    meeting.workflow.take(step, meeting, scene.actor)


def hold(one: Held, scene: Scene) -> None:
    """All come but for some village heads; now and then the border post sends somebody else."""
    meeting = scene.meeting(one.key, "arrange")
    present, substitutes = {}, {}
    for guest in meeting.invited:
        needed = guest.needed or guest.user_id == meeting.secretary_id
        present[guest.id] = needed or chance.number(4, one.key, guest.called) > 0
        if guest.user_id == scene.people["border_guard"] and chance.number(5, one.key, "instead") == 0:
            substitutes[guest.id] = spoken.SUBSTITUTE
    actions.record_attendance(meeting, present, substitutes)
    actions.hold(meeting, clock.moment(one.on, 8), scene.actor)


def conclude(one: Held, orders: Orders, scene: Scene) -> None:
    """Each item has its outcome; the tasks come out of the reports of whose they are, or of the last item."""
    meeting = scene.meeting(one.key, "read")
    for item in meeting.agenda:
        given = [order for order in orders if _goes_into(order, item.source_id)]
        if given:
            for order in given:
                told = actions.Order(order.text, _force(order.force, one.on, scene), order.due_on)
                text = f"Giao {told.unit.name} thực hiện."
                actions.conclude(item, Outcome.INSTRUCTED, scene.actor.id, text=text, order=told)
        elif chance.number(14, one.key, item.position) == 0 and item.is_report:
            actions.conclude(item, Outcome.NO_CONCLUSION, scene.actor.id, why_none=spoken.NO_CONCLUSION)
        elif item.source_id == "meetings.minutes":
            actions.conclude(item, Outcome.AGREED, scene.actor.id, text=spoken.LAST_MINUTES)
        else:
            text = chance.choice(spoken.AGREED, one.key, item.position)
            actions.conclude(item, Outcome.AGREED if item.is_report else Outcome.NOTED, scene.actor.id, text=text)
        actions.let_go(item, scene.actor.id)


def _goes_into(order: Order, source_id: str) -> bool:
    parts = {"CA": "report.police", "QS": "report.military", "BP": "report.border", "UB": "closing"}
    return parts[order.force] == source_id


def end(one: Held, scene: Scene) -> None:
    text = chance.choice(spoken.CONCLUDED, one.key, "conclusion")
    actions.end(scene.meeting(one.key, "arrange"), clock.moment(one.on, 9, 40), text)


def finish(one: Held, what: str, scene: Scene) -> None:
    """Whoever does a task reports it done."""
    task = next(task for task in scene.meeting(one.key, "read").tasks if task.text == what)
    found = access.find(scene.actor, "finish", ActionItem, task.id)
    if found is None:
        raise LookupError(f"{scene.actor.username} may not finish {what} on {clock.today()}.")
    actions.take_task(found, "finish", scene.actor, chance.choice(spoken.DONE, one.key, what))


def _commune(on_day: date, scene: Scene) -> Unit:
    return db.session.get_one(Unit, scene.units[commune_code(COMMUNE, on_day)])


def _force(short: str, on_day: date, scene: Scene) -> Unit:
    """The force as it stood on a day; the border post went on through the merger."""
    code = f"{commune_code(COMMUNE, on_day)}-{short}"
    return db.session.get_one(Unit, scene.units[code if code in scene.units else f"{COMMUNE}-{short}"])
