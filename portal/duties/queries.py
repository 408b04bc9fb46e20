"""What is asked of duties more than once."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Select, and_, case, false, func, not_, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from portal.duties.models import Duty, Notification
from portal.duties.roster import caller_now
from portal.engine import clock
from portal.engine.access import Actor, reach, within
from portal.engine.db import db
from portal.organisation.models import RoleGrant
from portal.organisation.queries import force_of, in_force


def still_open() -> ColumnElement[bool]:
    return and_(Duty.done_on.is_(None), Duty.dropped_on.is_(None), Duty.voided_at.is_(None))


def loaded() -> tuple[Any, ...]:
    """What a row of duties shows. Asked late: the case is a relationship by name."""
    return selectinload(Duty.case), selectinload(Duty.owner), joinedload(Duty.owner_unit)


def near(last: date) -> ColumnElement[bool]:
    return or_(Duty.due_on <= last, Duty.opens_on <= clock.today())


def own(user: Actor) -> ColumnElement[bool]:
    """The duties that are the user's to do, not theirs to watch.

    What is owed by whoever is on call for a force is that person's, and the role's only while nobody is.
    """
    if user.acting is None:
        return Duty.owner_id == user.id
    grants = grants_held(user)
    theirs = or_(Duty.owner_unit_id.is_(None), *(_left_to_role(grant) for grant in grants))
    of_role = and_(Duty.owner_id.is_(None), Duty.owner_role == user.acting.role, theirs)
    return or_(Duty.owner_id == user.id, of_role, *(owed_on_call(Duty, grant) for grant in grants))


def _left_to_role(grant: RoleGrant) -> ColumnElement[bool]:
    """The duties of the grant's force that no one person owes."""
    with_one = not_(Duty.on_call) if caller_now(force_of(grant)) is not None else true()
    return and_(in_force(Duty.owner_unit_id, grant), with_one)


def owed_on_call(record: Any, grant: RoleGrant) -> ColumnElement[bool]:
    """The duties of the force for which the holder of a grant is on call now; none that names somebody."""
    if caller_now(force_of(grant)) != grant.user_id:
        return false()
    return and_(record.on_call, record.owner_id.is_(None), in_force(record.owner_unit_id, grant))


def own_among(user: Actor, duties: Iterable[Duty]) -> frozenset[int]:
    """Which of some duties are the user's to do, by their ids: one question, and only where one names nobody."""
    found = list(duties)
    named = [duty.id for duty in found if duty.owner_id == user.id]
    unnamed = [duty.id for duty in found if duty.owner_id is None]
    theirs = db.session.scalars(select(Duty.id).where(Duty.id.in_(unnamed), own(user))) if unnamed else ()
    return frozenset((*named, *theirs))


def grants_held(user: Actor) -> Sequence[RoleGrant]:
    """The grants that hold today in the role in which somebody acts."""
    return cast("Sequence[RoleGrant]", user.grants_today)


def open_until(user: Actor, last: date, most: int | None = None) -> list[Duty]:
    """The user's open duties due by a day, that day included, and those that can be done already, soonest first.

    Where there are more than *most*, their own come before those that have climbed to them.
    """
    found = reach(user, "read", Duty).where(still_open(), near(last)).options(*loaded())
    own_first = found.order_by(case((own(user), 0), else_=1), Duty.due_on, Duty.id).limit(most)
    return sorted(db.session.scalars(own_first).unique(), key=lambda duty: (duty.due_on, duty.id))


def tally(user: Actor, last: date) -> dict[str, int]:
    """How many open duties the user has until a day, by the heads of `presenter.when`."""
    head = _head(last)
    mine = select(head, func.count()).where(within(user, "read", Duty), still_open(), near(last))
    return {name: int(count) for name, count in db.session.execute(mine.group_by(head))}


def _head(last: date) -> Any:
    """Under which head of `presenter.when` a duty stands."""
    today = clock.today()
    overdue, on_today = Duty.due_on < today, or_(Duty.due_on == today, Duty.alert_on <= today)
    heads = (Duty.is_right, "right"), (overdue, "overdue"), (on_today, "today"), (Duty.due_on <= last, "later")
    return case(*heads, else_="ahead").label("head")


class Headed(NamedTuple):
    """An open duty by its id: under which head it stands, and whether its clock runs in hours."""

    id: int
    head: str
    by_hours: bool


def headed(user: Actor, last: date) -> list[Headed]:
    """The open duties that the user has until a day, in the role in which they act."""
    asked = select(Duty.id, _head(last), Duty.due_at.is_not(None))
    found = db.session.execute(asked.where(within(user, "read", Duty), still_open(), near(last)))
    return [Headed(number, head, bool(by_hours)) for number, head, by_hours in found]


def how_many(duties: Select[Any]) -> int:
    """How many duties a select finds."""
    return db.session.scalar(select(func.count()).select_from(duties.subquery())) or 0


def first_after(user: Actor, last: Any) -> Duty | None:
    """The user's next open duty after a day."""
    found = reach(user, "read", Duty).where(still_open(), Duty.due_on > last).options(*loaded())
    return db.session.scalars(found.order_by(Duty.due_on, Duty.id).limit(1)).unique().first()


@dataclass(frozen=True)
class Waiting:
    """How many duties of a rule are *due* by today, and *overdue*; how many are *asked* of the user and nobody else."""

    due: int
    overdue: int
    asked: int


def waiting(user: Actor, decisions: Collection[str] = ()) -> dict[str, Waiting]:
    """What presses by its rule: what is due, and of the rules of *decisions* all that is the user's. Rights do not."""
    today = clock.today()
    due = or_(Duty.due_on <= today, Duty.alert_on <= today)
    asked = and_(or_(due, Duty.rule.in_(decisions)), own(user))
    counted = (func.count(case((condition, 1))) for condition in (due, Duty.due_on < today, asked))
    mine = and_(within(user, "read", Duty), still_open(), Duty.is_right.is_(False), or_(due, asked))
    found = db.session.execute(select(Duty.rule, *counted).where(mine).group_by(Duty.rule))
    return {rule: Waiting(*numbers) for rule, *numbers in found}


def answered_rights() -> Select[Duty]:
    """Rights of which somebody said what became of them: that they were used, or why not."""
    said = Duty.done_by_id.is_not(None) & (Duty.note != "")
    return select(Duty).where(Duty.is_right, said, Duty.voided_at.is_(None)).options(*loaded())


def left_since(moment: datetime) -> Select[Duty]:
    """Rights of which somebody said since a moment that they are not used, whichever day they gave."""
    return answered_rights().where(Duty.dropped_on.is_not(None), Duty.said_at >= moment)


def notices_of(user_id: int) -> Select[Any]:
    """All that somebody was told by the portal."""
    return select(Notification).where(Notification.user_id == user_id)


def unread_by_kind(user_id: int) -> dict[str, int]:
    """How many notices of each kind somebody has not read: one question."""
    unread = Notification.user_id == user_id, Notification.read_at.is_(None)
    counted = select(Notification.kind, func.count()).where(*unread).group_by(Notification.kind)
    return {kind: int(count) for kind, count in db.session.execute(counted)}


def own_notice(user_id: int, id: int) -> Notification | None:
    """A notice, if it is theirs."""
    found: Notification | None = db.session.scalar(notices_of(user_id).where(Notification.id == id))
    return found
