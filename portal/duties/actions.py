"""Making the rows say what the facts say."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from portal.duties.models import Duty, Escalation, Notification
from portal.duties.rules import DutyRule, Source, Wanted, climbing
from portal.engine import audit, clock
from portal.engine.db import Kept, db
from portal.engine.refusal import Misfit, Plain, Refused
from portal.engine.text import mark
from portal.law.days import add_months

Key = tuple[str, str]

USED_BY_PROPOSAL = mark(
    "A right is used by the proposal that asks for it, on the page of the case. Here it is said why it is not used."
)
THESE_WEEKS = timedelta(days=62)
MONTHS_LEFT = 3  # for which a right that is not used is not asked for again


def sources() -> tuple[Source, ...]:
    """What the rooms declared."""
    found: tuple[Source, ...] = current_app.extensions["duty_sources"]
    return found


def renew_touched(records: Iterable[Kept]) -> None:
    """After a change, renew the duties of each record that makes any, of the one that it belongs to, and of others
    whose duties depend on what was changed itself."""
    changed = set(records)
    touched = changed | {audit.root_of(one) for one in changed}
    for source in sources():
        concerned = {one for one in touched if isinstance(one, source.record)}
        for kind, subjects in source.also:
            concerned |= {subject for one in changed if isinstance(one, kind) for subject in subjects(one)}
        for kind, subjects_of_all in source.also_many:
            if several := [one for one in changed if isinstance(one, kind)]:
                concerned |= set(subjects_of_all(several))
        for subject in sorted(concerned, key=lambda one: one.id):
            renew(subject, source)


def renew(subject: Kept, source: Source) -> None:
    """Compare what is wanted with what is there: make, move, finish, drop. Twice is as good as once.

    What was done before anybody was asked for it gets no row, unless it is of these weeks.
    """
    kept = _kept(subject)
    by_hours = [duty for duty in kept.values() if duty.due_at and duty.open]
    wanted = {(one.rule, one.key): one for one in (_in_turn(one, kept) for one in source.wanted(subject))}
    for key, one in wanted.items():
        rule = source.rule(one.rule)
        if key in kept and kept[key].left:
            continue
        if rule is not None and (key in kept or not _long_done(one)):
            _agree(kept.get(key) or _made(subject, one), one, rule)
    for key, duty in kept.items():
        if key not in wanted and duty.open:
            duty.dropped_on, duty.drop_reason = clock.today(), "no longer asked for"
    _tell_no_more([duty.id for duty in by_hours if not duty.open])


def _tell_no_more(ids: Collection[int]) -> None:
    """What somebody was told of duties whose hours run no more waits for them no longer."""
    if ids:
        about = Notification.subject_type == Duty.__tablename__, Notification.subject_id.in_(ids)
        over = update(Notification).where(*about, Notification.read_at.is_(None)).values(read_at=clock.now())
        db.session.execute(over)


def _in_turn(one: Wanted, kept: Mapping[Key, Duty]) -> Wanted:
    """A right that somebody left rests; then it is asked for again, from that day on and under a key of its own."""
    first, turn = one.key, 1
    while (before := kept.get((one.rule, one.key))) is not None and before.left:
        turn += 1
        key = f"{first}#{turn}"
        if (one.rule, key) not in kept and (one.done_on is not None or before.rests):
            break
        one = replace(one, key=key, due_on=max(one.due_on, before.rests_until or one.due_on))
    return one


def _long_done(one: Wanted) -> bool:
    return one.done_on is not None and one.due_on < clock.today() - THESE_WEEKS


def _kept(subject: Kept) -> dict[Key, Duty]:
    found = select(Duty).where(Duty.subject_type == subject.kind_of_record, Duty.subject_id == subject.id)
    with_ladders = found.options(selectinload(Duty.escalations))
    return {(duty.rule, duty.key): duty for duty in db.session.scalars(with_ladders)}


def _made(subject: Kept, one: Wanted) -> Duty:
    root: Any = audit.root_of(subject)
    duty = Duty(
        rule=one.rule, key=one.key, subject_type=subject.kind_of_record, subject_id=subject.id,
        commune_id=root.commune_id, case_id=root.id if root.kind_of_record == "case" else None,
        due_on=one.due_on, owner_role=one.owner_role,
    )  # fmt: skip
    db.session.add(duty)
    return duty


def _agree(duty: Duty, one: Wanted, rule: DutyRule) -> None:
    """Bring a row in line; columns that say the same already are left alone, so that nothing is written for nothing."""
    if one.stays_late and duty.open and duty.due_on < min(one.due_on, clock.today()):
        one = replace(one, due_on=duty.due_on, alert_on=duty.alert_on)
    ladder = climbing(rule, one.due_on)
    if [(step.role, step.from_on) for step in duty.escalations] != ladder:
        duty.escalations = [Escalation(role=role, from_on=day) for role, day in ladder]
    said = bool(duty.note)  # by somebody: it stays, also where the rule has come to ask for a record since
    done = {} if said else {"done_on": one.done_on, "done_by_id": one.done_by_id}
    facts: Mapping[str, object] = {
        "due_on": one.due_on, "due_at": one.due_at, "owner_id": one.owner_id, "owner_role": one.owner_role,
        "owner_unit_id": one.owner_unit_id, "on_call": one.on_call, "opens_on": one.opens_on,
        "alert_on": one.alert_on, "source": one.source, "confirmed": one.confirmed, "is_right": one.is_right,
        "values": dict(one.values), "dropped_on": None, "drop_reason": "", **done,
    }  # fmt: skip
    for name, value in facts.items():
        if getattr(duty, name) != value:
            setattr(duty, name, value)


def leave(duty: Duty, on: date, why: str, by_id: int | None) -> None:
    """Say why somebody's right is not used; it is asked for again in three months, or on its day if that is to come.

    What must be done cannot be left: raises Refused.
    """
    _by_hand(duty, on)
    if not duty.is_right:
        raise Refused(Plain(mark("Only a right can be left unused; this must be done.")))
    duty.rests_until = asked_again_on(duty)
    duty.dropped_on, duty.done_by_id, duty.note, duty.said_at = on, by_id, why, clock.now()
    audit.note("leave", duty)


def asked_again_on(duty: Duty) -> date:
    """The day on which a right that is left today is asked for again."""
    today = clock.today()
    later = add_months(today, MONTHS_LEFT)
    return min(later, duty.due_on) if duty.due_on > today else later


def ask_again(duty: Duty) -> None:
    """Let a right that was left be asked for now. Raises Refused where it was not left, or is asked for already."""
    if not duty.left:
        raise Refused(Plain(mark("Nobody said of this right that it is not used.")))
    if not duty.rests:
        raise Refused(Plain(mark("This right is asked for again already.")))
    duty.rests_until = clock.today()
    audit.note("ask_again", duty)
    source = next(one for one in sources() if one.record.__tablename__ == duty.subject_type)
    renew(db.session.get_one(source.record, duty.subject_id), source)


def finish(duty: Duty, on: date, note: str, by_id: int | None) -> None:
    """Say that something was done which no record of the portal shows yet.

    Raises Refused if it is done already, or if it is done by what is recorded and by nothing else.
    """
    _by_hand(duty, on)
    if duty.is_right:
        raise Refused(Plain(USED_BY_PROPOSAL))
    duty.done_on, duty.done_by_id, duty.note, duty.said_at = on, by_id, note, clock.now()
    _tell_no_more([duty.id])
    audit.note("finish", duty)


def _by_hand(duty: Duty, on: date) -> None:
    """Raise Refused unless somebody can still say by hand what became of it on a day."""
    if not any(rule.by_hand for source in sources() if (rule := source.rule(duty.rule))):
        raise Refused(Plain(mark("This is done once its record is there; it cannot be ticked off.")))
    if not duty.open:
        raise Refused(Plain(mark("This duty is done or dropped already.")))
    if on > clock.today():
        raise Refused(Misfit("on", mark("The day lies in the future.")))
    if duty.opens_on and on < duty.opens_on:
        raise Refused(Misfit("on", mark("This can be done from %(day)s on."), day=duty.opens_on))
    if duty.case is not None and on < duty.case.received_on:
        raise Refused(Misfit("on", mark("The case was received only on %(day)s."), day=duty.case.received_on))
