"""What the portal says to a phone, and takes from it. The phone's program asks; nobody sees these answers as pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from flask import g, request
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from portal.engine import clock
from portal.engine.access import signed_in
from portal.engine.devices import device
from portal.engine.text import _
from portal.engine.transaction import transaction
from portal.engine.uploads import takes_a_file
from portal.offline import actions, day, parcel, photos, sending
from portal.offline.models import Phone
from portal.offline.photos import Photo
from portal.offline.queries import is_of_another, owner, phone_among, tags_of, was_forgotten_with
from portal.offline.release import release
from portal.offline.views.blueprint import bp
from portal.organisation import sessions
from portal.organisation.models import UserSession

View = Callable[..., Any]
PROGRAM = {f"offline.{one}" for one in ("hello", "mine", "let_in", "take_along", "send", "send_photo")}
TO_PROVE, UNKNOWN, STRANGER, FORGOTTEN, TOO_EARLY = 403, 404, 409, 410, 425


def tell_forgotten() -> Any:
    """Tell a phone whose session ended because it was forgotten: nobody needs to sign in there for it to be wiped."""
    if request.endpoint in PROGRAM and was_forgotten_with(sessions.of_this_browser()):
        return {"forgotten": True}, FORGOTTEN
    return None


bp.record_once(lambda made: made.app.extensions.setdefault("instead_of_sign_in", []).append(tell_forgotten))


def as_a_phone(view: View) -> View:
    """Let a program in that calls itself a phone of its user."""

    @wraps(view)
    def asked() -> Any:
        try:
            return view()
        except (parcel.Unreadable, RecursionError):  # lists within lists, deeper than anybody reads
            return {"told": _("The portal cannot read this. Please renew the app.")}, 400

    return asked


@bp.get("/hello")
@signed_in
def hello() -> Any:
    """Who is signed in, and the token that everything sent carries. *owner* tells whether a store is theirs."""
    told = {"token": generate_csrf(), "name": current_user.full_name, "release": release()}
    return {**told, "owner": owner(current_user.id)}


@bp.get("/mine")
@signed_in
def mine() -> Any:
    """What the stores of whoever is signed in are called, so that signing out wipes those on this phone."""
    return {"phones": tags_of(current_user.id)}


@bp.post("/phone")
@signed_in
@as_a_phone
def let_in() -> Any:
    """Know this phone of whoever has signed in, and give them what opens their store again."""
    sent = request.get_json(silent=True)
    there, fresh, whose = parcel.stores_in(sent)
    if whose not in ("", owner(current_user.id)) or is_of_another(current_user.id, fresh):
        return {"stranger": True}, STRANGER
    label, session = device(request.user_agent.string or ""), cast(UserSession, sessions.current())
    try:
        with transaction(current_user):
            phone = actions.let_in(current_user, session, there, fresh, label)
    except actions.NotProved:
        return {"prove": True, "told": _how_to_prove()}, TO_PROVE
    return {"phone": phone.tag, "secret": phone.secret}


def _how_to_prove() -> str:
    if sessions.by_card():
        return _(
            "Please show once more that this phone is yours: sign in with your password, or ask the office for a new "
            "card. What you wrote stays here."
        )
    return _("Please sign in once more, so that nobody else opens what lies on this phone.")


@bp.get("/day")
@signed_in
def take_along() -> Any:
    """What the phone takes along of today."""
    return day.of_today(current_user)


@bp.post("/send")
@signed_in
@as_a_phone
def send() -> Any:
    """Take what was written without signal; nothing from a phone that was forgotten, or is somebody else's."""
    brought = parcel.read(request.get_json(silent=True))
    phone = phone_among(current_user.id, [brought.tag])
    if phone is None or phone.forgotten_at is not None:
        return _turned_away(phone, brought.tag)
    seen = {"seen_at": clock.now(), "waiting": brought.waiting, "session_id": g.user_session_id}
    taken = sending.take(current_user, phone, brought, **seen)
    return {"release": release(), "answers": [one.as_json() for one in taken.answers], "lost": taken.lost}


@bp.post("/photos")
@signed_in
@takes_a_file
@as_a_phone
def send_photo() -> Any:
    """Take a photo, once its text was taken."""
    tag, name, of = parcel.named_with_photo(request.form)
    phone = phone_among(current_user.id, [tag])
    if phone is None or phone.forgotten_at is not None:
        return _turned_away(phone, tag)
    answer = photos.take(current_user, phone, Photo(name, of, request.files.get("file")))
    return answer.as_json() if answer else ({"told": _("The text comes first.")}, TOO_EARLY)


def _turned_away(phone: Phone | None, tag: str) -> Any:
    if phone is not None:
        return {"forgotten": True}, FORGOTTEN
    if is_of_another(current_user.id, tag):
        return {"stranger": True}, STRANGER
    return {"unknown": True}, UNKNOWN
