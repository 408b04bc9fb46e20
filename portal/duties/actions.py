"""Making the rows say what the facts say."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select

from portal.duties.models import Duty, Escalation
from portal.duties.rules import DutyRule, Source, Wanted, climbing
from portal.engine import audit, clock
from portal.engine.db import Kept, db
from portal.engine.refusal import Plain, Refused
from portal.engine.text import mark

Key = tuple[str, str]

THESE_WEEKS = timedelta(days=62)


def sources() -> tuple[Source, ...]:
    """What the rooms declared."""
    found: tuple[Source, ...] = current_app.extensions["duty_sources"]
    return found


def renew_touched(records: Iterable[Kept]) -> None:
    """After a change, renew the duties of each record that makes any, of the one that it belongs to, and of others
    whose duties depend on it."""
    touched = {above for one in records for above in (one, audit.root_of(one))}
    for source in sources():
        concerned = {one for one in touched if isinstance(one, source.record)}
        for kind, subjects in source.also:
            concerned |= {subject for one in touched if isinstance(one, kind) for subject in subjects(one)}
        for subject in sorted(concerned, key=lambda one: one.id):
            renew(subject, source)


def renew(subject: Kept, source: Source) -> None:
    """Compare what is wanted with what is there: make, move, finish, drop. Twice is as good as once.

    What was done before anybody was asked for it gets no row, unless it is of these weeks.
    """
    wanted = {(one.rule, one.key): one for one in source.wanted(subject)}
    kept = _kept(subject)
    for key, one in wanted.items():
        rule = source.rule(one.rule)
        if key in kept and said_why_not(kept[key]):
            continue
        if rule is not None and (key in kept or not _long_done(one)):
            _agree(kept.get(key) or _made(subject, one), one, rule)
    for key, duty in kept.items():
        if key not in wanted and duty.open:
            duty.dropped_on, duty.drop_reason = clock.today(), "no longer asked for"


def _long_done(one: Wanted) -> bool:
    return one.done_on is not None and one.due_on < clock.today() - THESE_WEEKS


def _kept(subject: Kept) -> dict[Key, Duty]:
    found = select(Duty).where(Duty.subject_type == subject.kind_of_record, Duty.subject_id == subject.id)
    return {(duty.rule, duty.key): duty for duty in db.session.scalars(found)}


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
    ladder = climbing(rule, one.due_on)
    if [(step.role, step.from_on) for step in duty.escalations] != ladder:
        duty.escalations = [Escalation(role=role, from_on=day) for role, day in ladder]
    said = rule.by_hand and bool(duty.note)  # by somebody, with a note that stays
    done = {} if said else {"done_on": one.done_on, "done_by_id": one.done_by_id}
    facts: Mapping[str, object] = {
        "due_on": one.due_on, "owner_id": one.owner_id, "owner_role": one.owner_role, "opens_on": one.opens_on,
        "alert_on": one.alert_on, "source": one.source, "confirmed": one.confirmed, "is_right": one.is_right,
        "values": dict(one.values), "dropped_on": None, "drop_reason": "", **done,
    }  # fmt: skip
    for name, value in facts.items():
        if getattr(duty, name) != value:
            setattr(duty, name, value)


def said_why_not(duty: Duty) -> bool:
    """Whether somebody said that it is not done, and why: nobody is asked again."""
    return duty.dropped_on is not None and duty.done_by_id is not None


def leave(duty: Duty, on: date, why: str, by_id: int | None) -> None:
    """Say why somebody's right is not used. What must be done cannot be left: raises Refused."""
    _by_hand(duty)
    if not duty.is_right:
        raise Refused(Plain(mark("Only a right can be left unused; this must be done.")))
    duty.dropped_on, duty.done_by_id, duty.note = on, by_id, why
    audit.note("leave", duty)


def finish(duty: Duty, on: date, note: str, by_id: int | None) -> None:
    """Say that something was done which no record of the portal shows yet.

    Raises Refused if it is done already, or if it is done by what is recorded and by nothing else.
    """
    _by_hand(duty)
    duty.done_on, duty.done_by_id, duty.note = on, by_id, note
    audit.note("finish", duty)


def _by_hand(duty: Duty) -> None:
    """Raise Refused unless somebody can still say by hand what became of it."""
    if not any(rule.by_hand for source in sources() if (rule := source.rule(duty.rule))):
        raise Refused(Plain(mark("This is done once its record is there; it cannot be ticked off.")))
    if not duty.open:
        raise Refused(Plain(mark("This duty is done or dropped already.")))
