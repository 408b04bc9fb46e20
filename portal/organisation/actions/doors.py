"""Passwords and sessions.

A password that opens cases is never known to one colleague alone. Whoever starts it is shown its first half; whoever
confirms the role or the reset is shown the second, and only then does it hold; the person gets both. So neither an
administrator nor a chief can sign in as somebody else.
"""

from datetime import timedelta

from sqlalchemy import update

from portal.engine import audit, clock
from portal.engine.db import db
from portal.engine.refusal import Conflict
from portal.organisation import passwords
from portal.organisation.actions.cards import put_away
from portal.organisation.models import User, UserSession

FIRST_PASSWORD_DAYS = 7


def set_first_password(user: User, password_hash: str) -> None:
    """Let a random password open the door once, for a week at most, and only to choose one's own."""
    user.password_hash = password_hash
    user.must_change_password = True
    user.first_password_until = clock.now() + timedelta(days=FIRST_PASSWORD_DAYS)


def use_first_password(user: User) -> None:
    """A first password was used: it opens the door to nobody else."""
    user.first_password_until = clock.now()


def change_password(user: User, password_hash: str) -> None:
    """Keep a new password. It is hashed before, since hashing is slow and a transaction is short."""
    user.password_hash, user.password_changed_at = password_hash, clock.now()
    user.must_change_password, user.first_password_until = False, None
    audit.note("change_password", user)


def renew_hash(user: User, password_hash: str) -> None:
    """Keep the same password under today's parameters."""
    user.password_hash = password_hash
    audit.note("renew_hash", user)


def start_reset(user: User, by: User | None, password_hash: str) -> str | None:
    """Start a new password, the person being there.

    Where the account opens cases the present password goes on, and the first half of the new one is given back; it
    holds once the chief or the leader has confirmed it. Otherwise *password_hash* holds at once.
    """
    audit.note("start_reset", user)
    if user.opens_cases:
        user.reset_waits = True
        return start_halves(user, by)
    set_first_password(user, password_hash)
    forget_halves(user)
    user.vouched_at = None  # one colleague knows it: a role that opens cases will ask for another
    end_sessions(user)
    return None


def start_halves(user: User, by: User | None) -> str:
    """Make the first half of a password, and remember who was shown it."""
    user.first_half, user.first_half_at = passwords.half(), clock.now()
    user.first_half_by_id = by.id if by else None
    return user.first_half


def hand_over(user: User, password_hash: str) -> None:
    """Let the whole password hold; its second half is shown to whoever confirmed. Every browser is signed out."""
    set_first_password(user, password_hash)
    user.vouched_at = clock.now()
    forget_halves(user)
    end_sessions(user)
    audit.note("hand_over", user)


def refuse_reset(user: User, reason: str) -> None:
    """Refuse a reset: the present password goes on."""
    if not user.reset_waits:
        raise Conflict(user)
    forget_halves(user)
    audit.note("refuse_reset", user, reason=reason)


def forget_halves(user: User) -> None:
    """Let a password that was started come to nothing."""
    user.reset_waits = False
    user.first_half = user.first_half_at = user.first_half_by_id = None


def end_sessions(user: User) -> None:
    """Sign every browser of an account out, together with what led to it. No card of it is good any more."""
    put_away(user)
    mine = UserSession.user_id == user.id, UserSession.ended_at.is_(None)
    db.session.execute(update(UserSession).where(*mine).values(ended_at=clock.now()))
