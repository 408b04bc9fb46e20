"""Who could take somebody's work, and from which day on: people of the same unit, or of the same office elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.presentation import day
from portal.engine.refusal import Misfit, Reason
from portal.engine.text import mark
from portal.engine.workflow import Step
from portal.organisation.models import ANSWERS_FOR, Role, RoleGrant, User, holding_on, line_of
from portal.workload.actions import Item, Work
from portal.workload.queries import by_name

# Offices that are one force's alone: whoever holds them somewhere else takes nothing over.
OF_A_FORCE = frozenset({*ANSWERS_FOR.values(), Role.POLICE_OFFICER})

NOT_IN_OFFICE = mark("%(name)s has been in office since %(day)s only: the work changes hands on that day or later.")
DONE_SINCE = mark(
    "Something was still done on %(day)s with what is handed over: the work changes hands on that day or later."
)


@dataclass(frozen=True)
class Successors:
    """*able*: who could take something of it. *unable*: colleagues of the unit who could take nothing, and why."""

    able: Sequence[User]
    unable: Sequence[tuple[User, Reason]]


def successors_of(work: Work, by: Actor) -> Successors:
    """Those who serve today in the unit, or in the same office, by whether they could take anything of some *work*."""
    able, unable = [], []
    goes = [item for item in work.items if item.goes]
    for one in _colleagues(work.giver, by) if goes else ():
        reasons = list(_against(goes, one))
        if len(reasons) < len(goes):
            able.append(one)
        else:
            unable.append((one, reasons[0]))
    return Successors(able, unable)


def _against(goes: Sequence[Item], taker: User) -> Iterator[Reason]:
    """Why each of some things cannot be theirs; of what can, nothing."""
    found = (item.holding.against(item.held.record, taker) for item in goes)
    return (reason for reason in found if reason is not None)


def _colleagues(giver: User, by: Actor) -> list[User]:
    given = [grant for grant in giver.grants if grant.voided_at is None]
    where = [_as(grant) for grant in given]
    serving = select(RoleGrant.user_id).where(holding_on(clock.today()), or_(*where))
    others = User.id.in_(serving), User.id.not_in([giver.id, getattr(by, "id", 0)])
    found = select(User).where(*others, User.disabled_at.is_(None), User.voided_at.is_(None))
    return list(db.session.scalars(by_name(found)))


def _as(grant: RoleGrant) -> ColumnElement[bool]:
    """Roles in the same unit; of an office that several people hold in the commune, the same in another unit too."""
    same_unit = RoleGrant.unit_id.in_(line_of((grant.unit.heir or grant.unit).id))
    if grant.role in OF_A_FORCE:
        return same_unit
    of_commune = RoleGrant.unit.has(commune_id=grant.commune.id)
    return or_(same_unit, and_(RoleGrant.role == grant.role, of_commune))


# ── the day ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def against_day(work: Work, on: date) -> Reason | None:
    """Why the work did not change hands on a day: one of the two was not in office yet, or something was done since."""
    for one in (work.giver, work.taker):
        since = _in_office_since(one) if one else None
        if one and since and on < since:
            return Misfit("on", NOT_IN_OFFICE, name=one.full_name, day=day(since))
    last = _last_step(work)
    return Misfit("on", DONE_SINCE, day=day(last)) if last and on < last else None


def _in_office_since(user: User) -> date | None:
    """Since when they have held what they hold; of somebody who left, since when they held anything."""
    held = user.held_today or [grant for grant in user.grants if grant.has_held]
    return min((grant.valid_from for grant in held), default=None)


def _last_step(work: Work) -> date | None:
    """The day of the last step taken with any of what changes hands."""
    by_kind: dict[str, set[Any]] = {}
    for item in work.items:
        if item.goes:
            by_kind.setdefault(item.held.record.kind_of_record, set()).add(item.held.record.id)
    if not by_kind:
        return None
    theirs = (and_(Step.record_type == kind, Step.record_id.in_(ids)) for kind, ids in by_kind.items())
    last = db.session.scalar(select(func.max(Step.at)).where(or_(*theirs)))
    return clock.day_of(last) if last else None
