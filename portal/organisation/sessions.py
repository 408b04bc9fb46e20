"""Who is signed in, in which browser, and as whom they act.

A session is a row; the cookie holds a random token and nothing else of it, so that a session ends when its row says so.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from portal.engine import clock
from portal.engine.db import db, own_transaction
from portal.engine.letters import kept
from portal.organisation.models import CARD_DAYS, SignInCard, User, UserSession

_SEEN_EVERY = timedelta(minutes=1)  # how exactly the idle time is kept
MOST_WANTED = 2000  # signs of the page that was asked for, of which an address may hold twice as many

login_manager = LoginManager()


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def limits(one: UserSession) -> tuple[timedelta, timedelta]:
    """Idle and whole length of a session. A phone that a card opened lies in a drawer for days."""
    if one.card_id is not None:
        return timedelta(days=CARD_DAYS), timedelta(days=CARD_DAYS)
    config = current_app.config
    return timedelta(minutes=config["SESSION_IDLE_MINUTES"]), timedelta(hours=config["SESSION_HOURS"])


def start(user: User, acting_key: str = "", card: SignInCard | None = None) -> None:
    """Sign the user in with a new token; whatever token the browser had before is worth nothing.

    With a *card* it stays when the browser is closed, and opens what the card does.
    """
    end_current()
    token = secrets.token_urlsafe(32)
    with own_transaction() as rows:
        rows.add(
            UserSession(
                token_hash=token_hash(token),
                user_id=user.id,
                acting_key=acting_key,
                card_id=card.id if card else None,
                address=request.remote_addr or "",
                browser=kept(request.user_agent.string or "")[:200],
            )
        )
    _hand_out(token)
    if card is not None:
        session.permanent = True


def current() -> UserSession | None:
    """The session of this browser, if it is alive."""
    token = session.get("token")
    if not isinstance(token, str):
        return None
    loaded = joinedload(UserSession.user).joinedload(User.grants), joinedload(UserSession.card)
    asked = select(UserSession).where(UserSession.token_hash == token_hash(token)).options(*loaded)
    found = db.session.scalars(asked).unique().one_or_none()
    return found if found and found.alive(*limits(found)) else None


def by_card() -> bool:
    """Whether a card opened this session: what asks for the password is closed in it."""
    return bool(g.get("by_card"))


def act_as(key: str) -> None:
    """Let this browser act as somebody else, under a new token. It is no new sign-in: nothing was proved by it."""
    token = secrets.token_urlsafe(32)
    with own_transaction() as rows:
        changed = {"acting_key": key, "token_hash": token_hash(token)}
        rows.execute(update(UserSession).where(UserSession.id == g.user_session_id).values(**changed))
    _hand_out(token)


def _hand_out(token: str) -> None:
    """Give the browser its token, and nothing of what it held before but the language."""
    language = session.get("language")
    session.clear()
    session["token"] = token
    if language:
        session["language"] = language


def alive_of(user_id: int) -> list[UserSession]:
    """Where a user is signed in, the latest first."""
    found = select(UserSession).where(UserSession.user_id == user_id, UserSession.ended_at.is_(None))
    return [
        one
        for one in db.session.scalars(found.order_by(UserSession.seen_at.desc()))
        if one.alive(*limits(one)) and one.opens
    ]


def end(*ids: int) -> None:
    with own_transaction() as rows:
        rows.execute(update(UserSession).where(UserSession.id.in_(ids)).values(ended_at=clock.now()))


def end_current() -> None:
    if found := current():
        end(found.id)


def end_all(user_id: int) -> None:
    """End every session of a user; it holds from their next request on."""
    with own_transaction() as rows:
        rows.execute(
            update(UserSession)
            .where(UserSession.user_id == user_id, UserSession.ended_at.is_(None))
            .values(ended_at=clock.now())
        )


@login_manager.request_loader  # type: ignore[untyped-decorator]
def _load(_request: Any) -> User | None:
    found = None if g.get("alone") else current()  # a page that stands alone asks nothing
    if found is None or not found.opens:
        return None
    if clock.now() - found.seen_at > _SEEN_EVERY:
        with own_transaction() as rows:
            rows.execute(update(UserSession).where(UserSession.id == found.id).values(seen_at=clock.now()))
    g.user_session_id = found.id
    user = found.user
    g.language = user.locale  # for the page of a fault, which asks nothing any more
    user.acting_key = found.acting_key
    g.by_card = found.card is not None
    user.opened_by = found.card
    return user


def of_this_browser() -> int | None:
    """The session that this browser holds the token of, alive or not."""
    token = session.get("token")
    if not isinstance(token, str):
        return None
    return db.session.scalar(select(UserSession.id).where(UserSession.token_hash == token_hash(token)))


@login_manager.unauthorized_handler  # type: ignore[untyped-decorator]
def _to_sign_in() -> Any:
    """To the form, and back from it; what is too long to be written into another address is left out.

    A room may have something else to say to a program of its own.
    """
    for instead in current_app.extensions.get("instead_of_sign_in", ()):
        if answer := instead():
            return answer
    wanted = request.full_path.rstrip("?") if request.method == "GET" and request.path != "/" else ""
    wanted = wanted if len(wanted) <= MOST_WANTED else ""
    return redirect(url_for("organisation.sign_in", next=wanted or None))


def init_app(app: Flask) -> None:
    login_manager.init_app(app)
