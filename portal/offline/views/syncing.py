"""What the portal says to a phone, and takes from it. The phone's program asks; nobody sees these answers as pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import request
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from portal.engine.access import signed_in
from portal.engine.devices import device
from portal.engine.text import _
from portal.engine.transaction import transaction
from portal.engine.uploads import takes_a_file
from portal.offline import actions, answers, day, parcel, photos, sending
from portal.offline.answers import REFUSED, Answer
from portal.offline.forms import PhotoForm
from portal.offline.photos import Photo
from portal.offline.queries import known_to_anybody, phone_among, receipts_of, tags_of
from portal.offline.release import release
from portal.offline.views.blueprint import bp

View = Callable[..., Any]
UNKNOWN, STRANGER, FORGOTTEN, TOO_EARLY = 404, 409, 410, 425


def as_a_phone(view: View) -> View:
    """Let a program in that calls itself a phone of its user; hand the view what was sent."""

    @wraps(view)
    def asked() -> Any:
        try:
            return view(request.get_json(silent=True))
        except (parcel.Unreadable, RecursionError):  # lists within lists, deeper than anybody reads
            return {"told": _("The portal cannot read this. Please renew the app.")}, 400

    return asked


@bp.get("/hello")
@signed_in
def hello() -> Any:
    """Who is signed in, and the token that everything sent carries."""
    return {"token": generate_csrf(), "name": current_user.full_name, "release": release()}


@bp.get("/mine")
@signed_in
def mine() -> Any:
    """What the stores of whoever is signed in are called, so that signing out wipes those on this phone."""
    return {"phones": tags_of(current_user.id)}


@bp.post("/phone")
@signed_in
@as_a_phone
def let_in(sent: Any) -> Any:
    """Know this phone of whoever has just signed in, and give them what opens their store again."""
    there, fresh = parcel.tags_of(sent)
    commune_id = current_user.acting.commune_id if current_user.acting else current_user.commune_id
    label = device(request.user_agent.string or "")
    with transaction(current_user):
        phone = actions.let_in(current_user, commune_id, there, fresh, label)
    return {"phone": phone.tag, "secret": phone.secret}


@bp.get("/day")
@signed_in
def take_along() -> Any:
    """What the phone takes along of today."""
    return day.of_today(current_user)


@bp.post("/send")
@signed_in
@as_a_phone
def send(sent: Any) -> Any:
    """Take what was written without signal; nothing from a phone that was forgotten, or is somebody else's."""
    brought = parcel.read(sent)
    phone = phone_among(current_user.id, [brought.tag])
    if phone is None:
        return {}, STRANGER if known_to_anybody(brought.tag) else UNKNOWN
    if phone.forgotten_at is not None:
        return {}, FORGOTTEN
    taken = sending.take(current_user, phone, brought)
    return {"release": release(), "answers": [one.as_json() for one in taken.answers], "lost": taken.lost}


@bp.post("/photos")
@signed_in
@takes_a_file
def send_photo() -> Any:
    """Take a photo, once its text was taken."""
    form = PhotoForm()
    phone = phone_among(current_user.id, [form.phone.data or ""])
    if phone is None or phone.forgotten_at is not None:
        return {}, UNKNOWN if phone is None else FORGOTTEN
    known = receipts_of(current_user.id, [form.of.data or "", form.photo.data or ""])
    if before := known.get(form.photo.data or ""):
        return answers.received(before).as_json()
    text = known.get(form.of.data or "")
    if text is None:
        return {"told": _("The text comes first.")}, TOO_EARLY
    if not form.validate():
        return Answer(form.photo.data or "", REFUSED, " ".join(one.message for one in form.to_mend)).as_json()
    kind = sending.phone_forms().get(text.form)
    return photos.keep(current_user, phone, Photo(form.photo.data, text, form), kind).as_json()
