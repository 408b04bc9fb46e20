"""What people do about phones: let one in, forget it, decide what came too late."""

import json
import secrets
from collections.abc import Collection

from werkzeug.datastructures import MultiDict

from portal.engine import audit, clock
from portal.engine.db import Kept, db
from portal.engine.refusal import Conflict
from portal.engine.sync import PhoneForm
from portal.offline.models import HeldSend, Phone
from portal.offline.queries import phone_among
from portal.organisation.models import User

SECRET_BYTES = 32


def let_in(user: User, commune_id: int, there: Collection[str], fresh: str, label: str) -> Phone:
    """Know the phone on which the user has just signed in: by their store that is *there*, or by a *fresh* one.

    One that was forgotten is known again, since a sign-in shows whose it is.
    """
    phone = phone_among(user.id, there)
    if phone is None:
        phone = Phone(commune_id=commune_id, user=user, user_id=user.id, tag=fresh, label=label)
        phone.secret = secrets.token_urlsafe(SECRET_BYTES)
        db.session.add(phone)
        audit.note("let_phone_in", phone)
    elif phone.forgotten_at is not None:
        phone.forgotten_at = None
        audit.note("let_phone_in", phone)
    return phone


def forget(phone: Phone) -> None:
    """Shut a phone out: at its next contact it wipes what it took along. What is unsent stays sealed on it."""
    if phone.forgotten_at is not None:
        raise Conflict(phone)
    phone.forgotten_at = clock.now()
    audit.note("forget_phone", phone)


def typed_into(held: HeldSend) -> MultiDict[str, str]:
    """What was written, as a form takes it."""
    return MultiDict([(name, value) for name, value in json.loads(held.typed)])


def take_over(held: HeldSend, by: User, form: PhoneForm, about: Kept | None, filled: object) -> None:
    """Do what somebody wrote too late, in one's own name: the trail and the receipt tell who had written it."""
    held.workflow.take("take_over", held, by)
    made = form.deed(about, filled, by)
    db.session.flush()
    held.receipt.record_type, held.receipt.record_id = made.kind_of_record, made.id
