"""What each officer of the commune police has in hand: a question a kind of thing, however many officers there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal.cases.models import OWNERS, Case
from portal.cases.queries import CHIEF, NOBODY, held_alone, of_whom
from portal.duties.models import Duty
from portal.duties.queries import still_open
from portal.engine import clock
from portal.engine.db import db
from portal.organisation.models import Role, RoleGrant, User
from portal.organisation.queries import held_in
from portal.proposals.models import Proposal
from portal.workload.models import WorkHandover

WEEK = timedelta(days=7)
MOST = 100  # hand-overs of a page
WHEN = ("overdue", "today", "week")
UNSENT = ("draft", "returned")
OFFICER, HEAD = Role.POLICE_OFFICER, Role.POLICE_CHIEF


@dataclass(frozen=True)
class Hands:
    """In whose hands something may be: each officer by the id, the chief, and nobody in office."""

    commune_id: int
    officers: tuple[User, ...]
    chiefs: frozenset[int]

    def of(self, user_id: int | None, role: str = OFFICER) -> str:
        """In whose hands what somebody has is, or what a *role* owes where it names nobody."""
        if user_id is None:
            return CHIEF if role == HEAD else NOBODY
        if user_id in self.chiefs:
            return CHIEF
        return str(user_id) if any(one.id == user_id for one in self.officers) else NOBODY


def hands(commune_id: int) -> Hands:
    """Who may have cases in the commune today: whoever holds the office of chief is the chief and no officer."""
    chiefs = frozenset(db.session.scalars(held_alone(HEAD, commune_id)))
    serving = held_in(tuple(OWNERS), commune_id).with_only_columns(RoleGrant.user_id)
    found = select(User).where(User.id.in_(serving), User.id.not_in(chiefs)).order_by(User.sort_key, User.id)
    return Hands(commune_id, tuple(db.session.scalars(found)), chiefs)


def cases_by_hand(cases: Select[Any]) -> Iterable[Any]:
    """Of some cases: whose, of which type, in which state, how many."""
    columns = Case.owner_id, Case.type, Case.state
    return db.session.execute(cases.with_only_columns(*columns, func.count()).group_by(*columns))


def proposals_by_hand(proposals: Select[Any]) -> Iterable[Any]:
    """Of some proposals those that were not sent, or came back: whose, in which state, how many."""
    columns = Proposal.created_by_id, Proposal.state
    unsent = proposals.where(Proposal.state.in_(UNSENT))
    return db.session.execute(unsent.with_only_columns(*columns, func.count()).group_by(*columns))


def duties_by_hand(duties: Select[Any]) -> Iterable[Any]:
    """Of some duties those that press within a week: whose, of which role, when, how many."""
    when = case(*((is_due(name), name) for name in WHEN), else_="").label("due")
    pressing = duties.where(still_open(), Duty.is_right.is_(False), or_(*(is_due(name) for name in WHEN)))
    columns = Duty.owner_id, Duty.owner_role, when
    return db.session.execute(pressing.with_only_columns(*columns, func.count()).group_by(*columns))


def is_due(when: str) -> ColumnElement[bool]:
    """Past its day; today, or to be done today since its day is a day off; within the seven days after today."""
    today = clock.today()
    now = and_(Duty.due_on >= today, or_(Duty.due_on == today, Duty.alert_on <= today))
    if when == "overdue":
        return Duty.due_on < today
    if when == "today":
        return now
    return and_(Duty.due_on.between(today, today + WEEK), not_(func.coalesce(now, False)))


def owed(duties: Select[Any], who: str, when: str, commune_id: int) -> Select[Any]:
    """The duties that the board counted in one place; or all that are open, rights too, where *when* says so."""
    open_ = duties.where(still_open(), _in_hand(who, commune_id))
    return open_.where(Duty.is_right.is_(False), is_due(when)) if when in WHEN else open_


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """The names of some people by their ids."""
    return {one.id: one.full_name for one in db.session.scalars(select(User).where(User.id.in_(list(ids))))}


def owner_among(duties: Select[Any], id: int | None) -> User | None:
    """Whoever has an id and owes one of these duties by name."""
    owners = duties.with_only_columns(Duty.owner_id).order_by(None)
    return db.session.scalar(select(User).where(User.id == id, User.id.in_(owners))) if id else None


def _in_hand(who: str, commune_id: int) -> ColumnElement[bool]:
    """The twin of `Hands.of`. What is owed by people of other offices is not the commune police's."""
    named = of_whom(Duty.owner_id, who, commune_id)
    if who == CHIEF:
        return or_(named, and_(Duty.owner_id.is_(None), Duty.owner_role == HEAD))
    if who == NOBODY:
        return and_(Duty.owner_id.is_(None), Duty.owner_role == OFFICER)
    return named


def by_name(users: Select[Any]) -> Select[Any]:
    """People by given name, with the roles that tell whether they serve."""
    return users.options(selectinload(User.grants)).order_by(User.sort_key, User.id)


def latest(handovers: Select[Any]) -> Select[Any]:
    """Hand-overs, the latest first, as many as a page holds."""
    loaded = joinedload(WorkHandover.giver), joinedload(WorkHandover.taker), selectinload(WorkHandover.lines)
    return handovers.options(*loaded).order_by(WorkHandover.on.desc(), WorkHandover.id.desc()).limit(MOST)
