"""What the portal tells about signing in: that somebody made a card which opens a village head's phone."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.engine.notices import NoticeKind
from portal.engine.text import _l
from portal.organisation.models import Role, SignInCard, User
from portal.organisation.queries import holders


def chiefs(card: SignInCard) -> Iterable[User]:
    return holders(Role.POLICE_CHIEF, card.commune_id)


def for_whom(card: SignInCard) -> Iterable[User]:
    return (card.user,)


def named(card: SignInCard) -> Mapping[str, Any]:
    return {"name": card.user.full_name, "village": card.village.name}


NOTICES = (
    NoticeKind(
        "CARD-MADE", _l("A sign-in card was made for %(name)s, head of %(village)s"), "cards.index",
        _l("Sign-in cards made"), SignInCard, ("create",), chiefs, named,
    ),
    NoticeKind(
        "CARD-FOR-YOU", _l("The office made a sign-in card for you. If nobody gave it to you, tell the chief"),
        "organisation.list_sessions", _l("Sign-in cards for you"), SignInCard, ("create",), for_whom, named,
    ),
)  # fmt: skip
