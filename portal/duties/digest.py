"""The digest of a morning: once a day for each person, in numbers, what they owe. What has no hours waits for it.

It may be asked for as often as one likes: it begins at seven and is made once a day. Where days were missed, the one of
today is made, however late. On a day off nobody gets one, unless something of theirs is counted in hours.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import selectinload

from portal.duties import notices, outbox
from portal.duties.daily import keep_up
from portal.duties.models import Digest, Notification
from portal.duties.presenter import WEEK
from portal.duties.queries import Headed, headed
from portal.duties.told import DIGEST
from portal.engine import clock
from portal.engine.days_off import is_day_off
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation.models import RoleGrant, Unit, UnitKind, User, holding_on

HOUR = 7  # of the day, from which on it is made
SLICE = 50  # people of one transaction: others who write wait for no more than these


class Owed(NamedTuple):
    """How much somebody owes, by heads, over all their roles; whether anything of it is counted in hours."""

    counts: Counter[str]
    by_hours: bool


def deliver() -> int:
    """Make the digests of today that are not there yet, and tell how many; none before its hour."""
    if clock.now() < clock.moment(clock.today(), HOUR):
        return 0
    ids = list(db.session.scalars(_waiting()))
    for commune_id in _communes_behind():
        keep_up(commune_id)
    return sum(_deliver(ids[first : first + SLICE]) for first in range(0, len(ids), SLICE))


def _waiting() -> Select[int]:
    """Whoever holds a role today and was told nothing yet this morning."""
    told = select(Digest.user_id).where(Digest.on == clock.today())
    holding = select(RoleGrant.user_id).where(holding_on(clock.today()))
    active = User.disabled_at.is_(None), User.voided_at.is_(None)
    return select(User.id).where(User.id.in_(holding), User.id.not_in(told), *active).order_by(User.id)


def _communes_behind() -> Sequence[int]:
    """Communes whose duties are of an earlier day."""
    behind = or_(Unit.duties_on.is_(None), Unit.duties_on < clock.today())
    asked = select(Unit.id).where(Unit.kind == UnitKind.COMMUNE, Unit.valid_to.is_(None), behind)
    return db.session.scalars(asked.order_by(Unit.id)).all()


def _deliver(ids: Sequence[int]) -> int:
    with transaction(None):
        people = db.session.scalars(_waiting().where(User.id.in_(ids)))  # asked again under the lock
        found = select(User).where(User.id.in_(people.all())).options(selectinload(User.grants)).order_by(User.id)
        made = [digest for user in db.session.scalars(found) if (digest := _of(user)) is not None]
    return len(made)


def _of(user: User) -> Digest | None:
    owed, came = _owed(user), _came(user)
    if not (owed.counts or came) or (is_day_off(clock.today(), user.commune_id) and not owed.by_hours):
        return None
    numbers = {"overdue": owed.counts["overdue"], "today": owed.counts["today"], "week": owed.counts["later"],
               "rights": owed.counts["right"]}  # fmt: skip
    digest = Digest(user_id=user.id, on=clock.today(), notices=came, **numbers)
    db.session.add(digest)
    notices.forget_unread(user, DIGEST)
    if owed.counts:
        notices.notify(DIGEST, user, [user], day=digest.on, **numbers)
    outbox.announce_digest(user, digest)
    return digest


def _owed(user: User) -> Owed:
    """What they owe or may look at, in any of their roles: each duty once."""
    found = {one.id: one for one in _in_each_role(user) if one.head != "ahead"}.values()
    return Owed(Counter(one.head for one in found), any(one.by_hours for one in found))


def _in_each_role(user: User) -> Iterator[Headed]:
    until = clock.today() + WEEK
    for key in dict.fromkeys(grant.key for grant in user.held_today):
        user.acting_key = key
        yield from headed(user, until)
    user.acting_key = ""


def _came(user: User) -> int:
    """The unread notices that came since they were told last."""
    last = db.session.scalar(select(func.max(Digest.made_at)).where(Digest.user_id == user.id))
    unread = Notification.user_id == user.id, Notification.read_at.is_(None), Notification.kind != DIGEST
    since = (Notification.created_at > last,) if last else ()
    return db.session.scalar(select(func.count()).select_from(Notification).where(*unread, *since)) or 0
