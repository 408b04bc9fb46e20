"""Cards that open a phone: as the office lists them, and as one is printed."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, Select, and_
from sqlalchemy.orm import joinedload

from portal.engine import clock
from portal.engine.listing import Chip, Listing
from portal.engine.presentation import whole_address
from portal.engine.qr import Code, code
from portal.engine.text import _l
from portal.engine.vietnamese import place_key
from portal.engine.workflow import State
from portal.organisation.models import Role, RoleGrant, SignInCard
from portal.organisation.queries import grants_of

STATES: Mapping[str, State] = {
    "out": State(_l("Handed out, not used yet"), "waiting"),
    "used": State(_l("Used"), "done"),
    "expired": State(_l("Not used in time"), "cancelled"),
    "taken_back": State(_l("Taken back"), "cancelled"),
}


def listing(cards: Select[Any]) -> Listing:
    chips = (
        Chip("out", STATES["out"].label, lambda: _unused(SignInCard.valid_until > clock.now()), "waiting"),
        Chip("used", STATES["used"].label, lambda: and_(SignInCard.used_at.is_not(None), _kept())),
        Chip("expired", STATES["expired"].label, lambda: _unused(SignInCard.valid_until <= clock.now())),
        Chip("taken_back", STATES["taken_back"].label, lambda: SignInCard.taken_back_at.is_not(None)),
    )
    loaded = joinedload(SignInCard.user), joinedload(SignInCard.village), joinedload(SignInCard.confirmed_by)
    return Listing(cards, SignInCard, chips=chips, orders={"newest": (SignInCard.id.desc(),)}, options=loaded)


def _kept() -> ColumnElement[bool]:
    return and_(SignInCard.taken_back_at.is_(None), SignInCard.voided_at.is_(None))


def _unused(when: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(_kept(), SignInCard.used_at.is_(None), when)


def heads(commune_id: int) -> dict[int, RoleGrant]:
    """The offices of village head for which a card can be made, by their ids, in the order of the villages."""
    held = [one for one in grants_of(Role.VILLAGE_HEAD, commune_id) if one.on_behalf_of_id is None]
    return {one.id: one for one in sorted(held, key=lambda grant: place_key(grant.unit.name))}


def address() -> str:
    """Where a card is typed in, as a phone reaches it."""
    return whole_address(url_for("organisation.card"))


def drawn(digits: str) -> Code:
    """The code of a card. The digits stand behind the mark of a place in the page, which no server is ever sent."""
    return code(f"{address()}#{digits}")


def grouped(digits: str) -> str:
    """In groups of four, as people read them to each other."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
