"""What people do about phones: let one in, forget it, decide what came too late."""

from collections.abc import Collection
from datetime import timedelta
from typing import cast

from sqlalchemy import update

from portal.engine import audit, clock
from portal.engine.db import db
from portal.engine.refusal import Conflict
from portal.engine.sync import PhoneForm
from portal.engine.transaction import unchanged
from portal.offline import attaching
from portal.offline.held import Opened
from portal.offline.models import HeldSend, Phone
from portal.offline.queries import phone_among
from portal.organisation.models import User, UserSession

PROOF_HOLDS = timedelta(minutes=10)  # after the password or the card was given


class NotProved(Exception):
    """The secret of a store that is on a phone is for whoever has just shown that it is theirs."""


def let_in(user: User, session: UserSession, there: Collection[str], fresh: str, label: str) -> Phone:
    """Know the phone on which the user is signed in: by their store that is *there*, or by a *fresh* one.

    Whoever finds a phone finds its session as well. So a store that is there, known or of before a restore, opens only
    after a password or a card; one that was forgotten, after one that was given since. Raises NotProved.
    """
    phone = phone_among(user.id, [*there, fresh])
    now = clock.now()
    proved = now - session.proved_at <= PROOF_HOLDS
    if not proved and (phone is not None or fresh in there):
        raise NotProved
    if phone is None:
        commune_id = user.acting.commune_id if user.acting else user.commune_id
        phone = Phone(commune_id=commune_id, user=user, user_id=user.id, tag=fresh, label=label)
        db.session.add(phone)
        audit.note("let_phone_in", phone)
    elif phone.forgotten_at is not None:
        if session.proved_at <= phone.forgotten_at:
            raise NotProved
        phone.forgotten_at = None
        audit.note("let_phone_in", phone)
    phone.session_id = session.id
    return phone


def forget(phone: Phone) -> None:
    """Shut a phone out and sign it out: at its next contact it wipes all but what is unsent, which stays sealed."""
    if phone.forgotten_at is not None:
        raise Conflict(phone)
    phone.forgotten_at = clock.now()
    came_with = UserSession.id == phone.session_id, UserSession.ended_at.is_(None)
    db.session.execute(update(UserSession).where(*came_with).values(ended_at=clock.now()))
    audit.note("forget_phone", phone)


def take_over(held: HeldSend, by: User, what: Opened) -> None:
    """Do what somebody wrote too late, in one's own name: the trail and the receipt tell who had written it.

    Raises Conflict where it was written over a version of its record that stands no more.
    """
    kind = cast(PhoneForm, what.kind)
    held.workflow.take("take_over", held, by)
    if kind.edits and what.about is not None:
        unchanged(what.about, what.filled.shown_version())
    made = kind.deed(what.about, what.filled, by)
    db.session.flush()
    held.receipt.record_type, held.receipt.record_id = made.kind_of_record, made.id
    attaching.hand_on(held, made, by)
