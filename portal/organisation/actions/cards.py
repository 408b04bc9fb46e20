"""Cards that open a village head's phone once: made by the office, handed over in person, used, taken back."""

import secrets
from datetime import timedelta

from sqlalchemy import update

from portal.engine import audit, clock
from portal.engine.db import db
from portal.engine.keys import keys
from portal.engine.refusal import Conflict, Misfit, Plain, Refused
from portal.engine.text import mark
from portal.organisation.models import RoleGrant, SignInCard, User, UserSession
from portal.organisation.queries import cards_out

CARD_VALID = timedelta(days=7)
DIGITS = 12


def make_card(grant: RoleGrant) -> tuple[SignInCard, str]:
    """Make a card for the head of a village. Returns it with its digits, which are shown once and kept nowhere.

    Whatever card of theirs is still out is good no more. Raises Refused for whoever holds an office that opens more.
    """
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    card = SignInCard(
        user=grant.user, village=grant.unit, commune_id=grant.commune_id, code_hash=code_hash(code),
        valid_until=clock.now() + CARD_VALID,
    )  # fmt: skip
    if not card.fits:
        raise Refused(Misfit("grant_id", mark(
            "A card opens a village head's phone and no more. Whoever holds another office signs in with a password."
        )))  # fmt: skip
    put_away(grant.user)
    db.session.add(card)
    db.session.flush()
    return card, code


def code_hash(code: str) -> str:
    """How a card is found again: without the portal's keys nobody makes digits of it."""
    return keys().digest("sign-in card", code)


def use_card(card: SignInCard) -> None:
    """Spend a card. Raises Refused where it is spent, too old, taken back, or the office that it is for is not held."""
    if card.state != "out" or not card.fits:
        raise Refused(Plain(mark("This card does not open the portal. Please ask the office for a new one.")))
    card.used_at = clock.now()
    audit.note("use_card", card)


def confirm_card(card: SignInCard, by: User) -> None:
    """Confirm that the phone which a card opened is its owner's: from then on it shows whom they help.

    Raises Conflict where that is confirmed already, Refused of a card that opened no phone or opens none any more.
    """
    if card.confirmed_at is not None:
        raise Conflict(card, Plain(mark("The phone is confirmed already.")))
    if not card.waits or not card.fits:
        raise Refused(Plain(mark("This card opens no phone now: there is nothing to confirm.")))
    card.confirmed_at, card.confirmed_by_id = clock.now(), by.id
    audit.note("confirm_card", card)


def take_back(card: SignInCard) -> None:
    """Let a card open nothing any more; the phone that it opened is signed out at its next request."""
    if card.taken_back_at is not None:
        raise Conflict(card, Plain(mark("The card is taken back already.")))
    card.taken_back_at = clock.now()
    opened = UserSession.card_id == card.id, UserSession.ended_at.is_(None)
    db.session.execute(update(UserSession).where(*opened).values(ended_at=clock.now()))
    audit.note("take_back_card", card)


def put_away(user: User) -> None:
    """Take back the cards of somebody that nobody has used yet."""
    for card in cards_out(user.id):
        take_back(card)
