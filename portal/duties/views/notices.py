"""The page behind the bell. What stands there is one's own; a notice is read when it is opened, or when one says so."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user

from portal.duties import bell, notices
from portal.duties.models import Notification
from portal.duties.queries import notices_of, own_notice
from portal.engine import audit
from portal.engine.access import signed_in
from portal.engine.listing import Listing
from portal.engine.transaction import transaction

bp = Blueprint("notices", __name__, url_prefix="/notices")


@bp.get("/")
@signed_in
def index() -> Any:
    """What is unread, all of it or of one kind, or what was read; the newest first."""
    chips = bell.chips(current_user.id, request.args.get("show"))
    orders = {"newest": (Notification.created_at.desc(), Notification.id.desc())}
    listing = Listing(notices_of(current_user.id), Notification, chips=chips, orders=orders)
    return render_template("duties/notices.html", listing=listing, lines=bell.lines(listing.rows))


@bp.post("/<int:id>/open")
@signed_in
def follow(id: int) -> Any:
    """Mark one as read and go where it leads."""
    found = _own(id)
    target = bell.page_of(found)
    with transaction(current_user):
        notices.read(current_user, Notification.id == id)
    return redirect(target)


@bp.post("/<int:id>/read")
@signed_in
def read(id: int) -> Any:
    """Mark one as read and stay."""
    _own(id)
    with transaction(current_user):
        notices.read(current_user, Notification.id == id)
    return redirect(url_for(".index"))


@bp.post("/read")
@signed_in
def read_all() -> Any:
    """Mark all as read, or all of one kind; 404 for a kind that nobody knows."""
    kind = request.form.get("kind", "")
    if kind and kind not in notices.kinds():
        abort(404)
    with transaction(current_user):
        notices.read(current_user, *((Notification.kind == kind,) if kind else ()))
    return redirect(url_for(".index"))


def _own(id: int) -> Notification:
    """Raises 404 for a notice of somebody else, as for one that was never given; the trail tells who asked."""
    found = own_notice(current_user.id, id)
    if found is None:
        audit.tell("refused", current_user, None, wanted="read", type=Notification.__tablename__, id=id)
        abort(404)
    return found
