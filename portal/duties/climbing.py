"""What nobody looked at is told to the next in line: a digest after two working days, what has hours after four hours.

The line is officer, chief, chair; whoever acts for a force or the office has the chair above them, whoever helps the
chief. Each is told once. A look is whatever one does in the portal; of a notice that counts in hours it is the notice
itself that must have been opened or be over.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import selectinload

from portal.duties.models import Digest, Notification
from portal.duties.notices import by_hours, notify
from portal.duties.quiet import audible_at, on_call_among
from portal.duties.told import DIGEST, DIGEST_UNSEEN, HOURS_UNSEEN
from portal.engine import clock
from portal.engine.days_off import is_day_off
from portal.engine.db import Base, Kept, db
from portal.engine.transaction import transaction
from portal.organisation.models import Role, User, UserSession
from portal.organisation.queries import grants_of

LINE = (Role.POLICE_OFFICER, Role.POLICE_CHIEF, Role.COMMUNE_LEADER)
UNDER_THE_CHIEF = frozenset({Role.VILLAGE_HEAD, Role.TEAM_MEMBER})
WORKING_DAYS = 2  # for a digest
HOURS = timedelta(hours=4)  # for what is counted in hours
LONG_AGO = timedelta(days=30)  # what is older is told by nobody any more


def tell_up() -> int:
    """Tell the next in line of whatever was not looked at, and say of how much."""
    with transaction(None):
        return sum(map(_tell_of_digest, _unseen_digests())) + sum(map(_tell_of_hours, _unseen_by_hours()))


def next_in_line(users: Sequence[User]) -> list[User]:
    """Whoever stands above all of some people of a commune: the holders of the first office of which any is another."""
    held = [grant for user in users for grant in user.held_today]
    if not held:
        return []
    ids, above = {user.id for user in users}, max(_place(grant.role) for grant in held) + 1
    for role in LINE[above:]:
        if others := [one.user for one in grants_of(role, held[0].commune_id) if one.user_id not in ids]:
            return others
    return []


def _place(role: Role) -> int:
    return LINE.index(role) if role in LINE else 0 if role in UNDER_THE_CHIEF else 1


# ── digests ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def _unseen_digests() -> list[tuple[User, list[Digest]]]:
    """By whom they are for: officers and chiefs alone, whose work others wait for. The oldest first."""
    unseen = select(Digest).where(Digest.made_at > clock.now() - LONG_AGO, *_not_looked_at_since())
    found: dict[int, list[Digest]] = defaultdict(list)
    for digest in db.session.scalars(unseen.order_by(Digest.on)):
        found[digest.user_id].append(digest)
    return [(user, found[user.id]) for user in _users(found).values() if _in_the_line(user)]


def _not_looked_at_since() -> tuple[ColumnElement[bool], ...]:
    """That its owner neither was in the portal since a digest was made, nor opened one."""
    seen = select(func.max(UserSession.seen_at)).where(UserSession.user_id == Digest.user_id)
    read = select(func.max(Notification.read_at)).where(
        Notification.user_id == Digest.user_id, Notification.kind == DIGEST
    )
    looks = (one.correlate(Digest).scalar_subquery() for one in (seen, read))
    return tuple(or_(look.is_(None), look < Digest.made_at) for look in looks)


def _in_the_line(user: User) -> bool:
    return any(grant.role in LINE[:-1] for grant in user.held_today)


def _tell_of_digest(unseen: tuple[User, list[Digest]]) -> int:
    """Once for all that were not looked at since they were in the portal last."""
    user, rows = unseen
    first = rows[0]
    if any(row.told_up_at for row in rows) or clock.now() < _after_working_days(user, first.made_at):
        return 0
    above = next_in_line([user])
    if not above:
        return 0
    first.told_up_at = clock.now()
    notify(DIGEST_UNSEEN, user, above, name=user.full_name, day=first.on)
    return 1


def _after_working_days(user: User, moment: datetime) -> datetime:
    """The same hour so many working days of their commune later."""
    local = moment.astimezone(clock.VIETNAM)
    day, left = local.date(), WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= not is_day_off(day, user.commune_id)
    return clock.at(day, local.time())


# ── what is counted in hours ────────────────────────────────────────────────────────────────────────────────────────
def _unseen_by_hours() -> list[list[Notification]]:
    """By what they are about: all that somebody was told of it, where nobody has looked."""
    recent = Notification.created_at > clock.now() - LONG_AGO, Notification.kind.in_(by_hours())
    about: dict[tuple[str, int], list[Notification]] = defaultdict(list)
    for one in db.session.scalars(select(Notification).where(*recent).order_by(Notification.id)):
        about[one.subject_type, one.subject_id].append(one)
    return [told for told in about.values() if all(one.read_at is None for one in told)]


def _tell_of_hours(told: list[Notification]) -> int:
    users = _users({one.user_id for one in told})
    on_call = on_call_among(users.values())
    heard = max(one.created_at if one.user_id in on_call else audible_at(users[one.user_id], one.created_at)
                for one in told)  # fmt: skip
    subject = _subject(told[0])
    if clock.now() < heard + HOURS or subject is None or not (above := next_in_line([*users.values()])):
        return 0
    names = ", ".join(user.full_name for user in users.values())
    notify(HOURS_UNSEEN, subject, above, number=told[0].values.get("number", ""), names=names)
    return 1


def _subject(one: Notification) -> Kept | None:
    """The record that a notice is about."""
    tables = {one.class_.__tablename__: one.class_ for one in Base.registry.mappers if one.inherits is None}
    found: Kept | None = db.session.get(tables[one.subject_type], one.subject_id)
    return found


def _users(ids: Iterable[int]) -> dict[int, User]:
    found = select(User).where(User.id.in_(list(ids))).options(selectinload(User.grants)).order_by(User.id)
    return {user.id: user for user in db.session.scalars(found)}
