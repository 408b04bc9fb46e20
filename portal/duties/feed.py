"""What somebody owes as a calendar of theirs reads it: rules and numbers of files, never whom they are about.

The address is the only key. It opens this and nothing else, for as long as the account, the role and the password are
what they were when it was made.
"""

import re
import secrets
from collections.abc import Iterable
from datetime import timedelta

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload, selectinload

from portal.duties import queries
from portal.duties.daily import keep_up
from portal.duties.models import CalendarFeed, Duty
from portal.duties.presenter import rules
from portal.duties.rules import DutyRule
from portal.engine import audit, clock, ics
from portal.engine.access import within
from portal.engine.db import db, own_transaction
from portal.engine.keys import keys
from portal.engine.refusal import Plain, Refused
from portal.engine.text import _, mark
from portal.organisation.models import User

AHEAD = timedelta(days=92)  # how far a calendar looks
MOST = 500  # entries of a feed
A_WHILE, MOST_ASKED = timedelta(minutes=10), 20  # how often a program may ask within a while
ROMAN = ("", "I", "II", "III", "IV")
_MONTH, _QUARTER = re.compile(r"(\d{4})-(\d{2})"), re.compile(r"(\d{4})-Q([1-4])")


def active_of(user_id: int) -> CalendarFeed | None:
    """The address of somebody that is not taken back, whether or not it opens anything still."""
    found = select(CalendarFeed).where(CalendarFeed.user_id == user_id, CalendarFeed.revoked_at.is_(None))
    return db.session.scalars(found.order_by(CalendarFeed.id.desc())).first()


def make(user: User) -> str:
    """Make an address for the role in which somebody acts. Gives its secret, which is kept nowhere.

    One that was there before opens nothing any more. Raises Refused for whoever holds no role.
    """
    if user.acting is None:
        raise Refused(Plain(mark("You hold no role today, so there is nothing that a calendar could show.")))
    _end(user)
    secret = secrets.token_urlsafe(32)
    db.session.add(CalendarFeed(user_id=user.id, acting_key=user.acting.key, secret_hash=_digest(secret)))
    audit.note("make_calendar_address", user)
    return secret


def take_back(user: User) -> None:
    """Let somebody's address open nothing any more."""
    if _end(user):
        audit.note("take_back_calendar_address", user)


def _end(user: User) -> int:
    theirs = CalendarFeed.user_id == user.id, CalendarFeed.revoked_at.is_(None)
    ended = db.session.execute(update(CalendarFeed).where(*theirs).values(revoked_at=clock.now()))
    return int(ended.rowcount)  # type: ignore[attr-defined]


def _digest(secret: str) -> str:
    return keys().digest("calendar address", secret)


def opened(secret: str) -> CalendarFeed | None:
    """The feed behind an address, its user acting in its role; None where it opens nothing, for whatever reason."""
    asked = select(CalendarFeed).where(CalendarFeed.secret_hash == _digest(secret), CalendarFeed.revoked_at.is_(None))
    feed = db.session.scalar(asked.options(joinedload(CalendarFeed.user).selectinload(User.grants)))
    if feed is None or not is_good(feed):
        return None
    feed.user.acting_key = feed.acting_key
    return feed


def is_good(feed: CalendarFeed) -> bool:
    """Whether it opens anything still: the account is open, the role held, the password that of then."""
    user = feed.user
    changed = user.password_changed_at is not None and user.password_changed_at > feed.made_at
    asked_anew = user.must_change_password or changed
    held = any(grant.key == feed.acting_key for grant in user.held_today)
    return feed.revoked_at is None and user.is_active and held and not asked_anew


def seconds_to_wait(feed: CalendarFeed) -> int:
    """Count a program that asks; how long it must wait where it asks too often, 0 if it need not."""
    now, begun = clock.now(), feed.asked_from
    anew = begun is None or now - begun > A_WHILE
    asked = 1 if anew else CalendarFeed.asked + 1
    values = {"asked_from": now if anew else begun, "asked": asked, "last_asked_at": now}
    with own_transaction() as rows:
        rows.execute(update(CalendarFeed).where(CalendarFeed.id == feed.id).values(**values))
    if begun is None or anew or feed.asked < MOST_ASKED:
        return 0
    return int((begun + A_WHILE - now).total_seconds()) + 1


def written(feed: CalendarFeed) -> bytes:
    """The calendar in its owner's language: what they owe themselves, not what has climbed to them."""
    user = feed.user
    if user.acting is not None and user.acting.commune.duties_on != clock.today():
        keep_up(user.acting.commune.id)
    with force_locale(user.locale):
        return ics.feed(_("Duties in the portal"), _entries(user))


def _entries(user: User) -> Iterable[ics.Entry]:
    near = Duty.due_on <= clock.today() + AHEAD
    found = select(Duty).where(within(user, "read", Duty), queries.own(user), queries.still_open(), near)
    known = rules()
    for duty in db.session.scalars(found.options(selectinload(Duty.case)).order_by(Duty.due_on, Duty.id).limit(MOST)):
        if duty.rule in known:
            yield _entry(duty, known[duty.rule])


def _entry(duty: Duty, rule: DutyRule) -> ics.Entry:
    address = current_app.config["ADDRESS"]
    return ics.Entry(
        uid=f"duty-{duty.id}@{current_app.name}",
        title=", ".join(word for word in (_of_period(str(rule.label), duty.key), number_of(duty)) if word),
        on=duty.due_on,
        at=duty.due_at,
        changed_at=duty.changed_at,
        text="\n".join(_told(duty)),
        url=f"{address}/duties/{duty.id}" if address else "",
        sequence=duty.version,
    )


def number_of(duty: Duty) -> str:
    """The number of the record or of the case."""
    return str(duty.values.get("number") or (duty.case.number if duty.case else ""))


def _of_period(what: str, key: str) -> str:
    if found := _MONTH.fullmatch(key):
        return f"{what} {found[2]}/{found[1]}"
    if found := _QUARTER.fullmatch(key):
        quarter = ROMAN[int(found[2])]
        return _("%(what)s for quarter %(quarter)s of %(year)s", what=what, quarter=quarter, year=found[1])
    return what


def _told(duty: Duty) -> Iterable[str]:
    if duty.is_right:
        yield _("A right that opens on this day.")
    if duty.opens_on and duty.opens_on < duty.due_on:
        yield _("Possible from %(day)s.", day=f"{duty.opens_on:%d/%m/%Y}")
    if duty.source:
        yield _("Source: %(source)s", source=duty.source)
    if not duty.confirmed:
        yield _("Nobody has confirmed this rule under the law in force yet.")
