"""Growing waits at the sign-in: for an account, and for an address.

A browser in which the user signed in before has a wait of its own, and no other, so that nobody can keep a colleague
out by typing wrong passwords elsewhere or beside them. Failures are forgotten after a quiet day: an office with one
address must not pay for the mistakes of months. Sources: section 3 of the security rules.
"""

import hashlib
import secrets
from collections.abc import Collection, Mapping
from datetime import timedelta

from flask import Response, request
from sqlalchemy import select

from portal.engine import clock
from portal.engine.db import db, lock, own_transaction
from portal.engine.keys import keys
from portal.organisation.models import KnownBrowser, User, Waiting

FREE_OF_ACCOUNT, FREE_OF_ADDRESS = 4, 19  # wrong passwords before the first wait
FREE_OF_CARD = 9  # wrong cards from an address: nobody knows whose they were meant to be
FREE_OF_CALENDAR = 19  # addresses that open nothing, from one place
LONGEST = timedelta(minutes=15)
COOKIE = "portal-browser"
YEAR = 365 * 24 * 3600
QUIET = timedelta(days=1)
COUNTING_LOCK = 3


def _key(kind: str, of: str) -> str:
    return keys().digest("sign-in wait", f"{kind}:{of}")


def _keys_for(username: str, user: User | None) -> dict[str, int]:
    """The counters of this attempt, with how many failures each forgives."""
    if known := _known(user):
        return {_key("browser", f"{username}:{known.id}"): FREE_OF_ACCOUNT}
    address = _key("address", request.remote_addr or "")
    return {_key("account", username): FREE_OF_ACCOUNT, address: FREE_OF_ADDRESS}


def _keys_for_card() -> dict[str, int]:
    """The counters of an attempt with a card: the address has one of its own, and shares that of the sign-in."""
    here = request.remote_addr or ""
    return {_key("card", here): FREE_OF_CARD, _key("address", here): FREE_OF_ADDRESS}


def _keys_for_calendar() -> dict[str, int]:
    """The counter of an address that opens no calendar: one of its own, since old programs ask for years."""
    return {_key("calendar", request.remote_addr or ""): FREE_OF_CALENDAR}


def _known(user: User | None) -> KnownBrowser | None:
    token = request.cookies.get(COOKIE, "")
    if not user or not token:
        return None
    wanted = KnownBrowser.user_id == user.id, KnownBrowser.token_hash == _hashed(token)
    return db.session.scalar(select(KnownBrowser).where(*wanted))


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def seconds_to_wait(username: str, user: User | None) -> int:
    """How long the next attempt must wait; 0 if it need not."""
    return _left(_keys_for(username, user))


def seconds_to_wait_with_card() -> int:
    """The same before the next card."""
    return _left(_keys_for_card())


def seconds_to_wait_for_calendar() -> int:
    """The same before the next address of a calendar that opens nothing."""
    return _left(_keys_for_calendar())


def _left(counters: Collection[str]) -> int:
    waits = db.session.scalars(select(Waiting.until).where(Waiting.key.in_(counters)))
    left = [(until - clock.now()).total_seconds() for until in waits if until]
    return max(0, *(int(seconds) + 1 for seconds in left if seconds > 0), 0)


def failed(username: str, user: User | None) -> None:
    """Count a wrong password: each one past the free ones doubles the wait."""
    _count(_keys_for(username, user))


def card_failed() -> None:
    """Count a card that opens nothing."""
    _count(_keys_for_card())


def calendar_failed() -> None:
    """Count an address that opens no calendar."""
    _count(_keys_for_calendar())


def _count(counters: Mapping[str, int]) -> None:
    """Two at once are counted as two."""
    with own_transaction() as rows:
        lock(rows.connection(), COUNTING_LOCK)
        for key, free in counters.items():
            waiting = rows.get(Waiting, key) or Waiting(key=key, failures=0, changed_at=clock.now())
            waiting.failures = 1 if clock.now() - waiting.changed_at > QUIET else waiting.failures + 1
            over = waiting.failures - free
            waiting.until = clock.now() + min(LONGEST, timedelta(seconds=2 ** min(over - 1, 20))) if over > 0 else None
            rows.add(waiting)


def succeeded(username: str, user: User) -> None:
    """Forget the account's failures; the address keeps its own."""
    account = next(iter(_keys_for(username, user)))
    with own_transaction() as rows:
        if waiting := rows.get(Waiting, account):
            waiting.failures, waiting.until = 0, None


def remember_browser(user: User, answer: Response) -> None:
    """Let this browser have a wait of its own from now on."""
    if _known(user):
        return
    token = secrets.token_urlsafe(24)
    with own_transaction() as rows:
        rows.add(KnownBrowser(user_id=user.id, token_hash=_hashed(token)))
    answer.set_cookie(COOKIE, token, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
