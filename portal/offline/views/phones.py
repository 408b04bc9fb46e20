"""Where one works without signal: one's own phones and, for whoever keeps the machine, those of the commune."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from portal.engine import notice
from portal.engine.access import lists, opens
from portal.engine.deeds import attempt
from portal.engine.forms import EditForm
from portal.engine.listing import Listing
from portal.engine.text import _
from portal.offline import actions
from portal.offline.models import Phone
from portal.offline.views.blueprint import bp


@bp.get("/phones")
@lists(Phone)
def list_phones(found: Select[Any]) -> Any:
    """Which phones there are, when each was last there, and how much it says is waiting on it; never what."""
    listing = Listing(found.options(joinedload(Phone.user)), Phone, orders={"seen": (Phone.seen_at.desc(),)})
    return render_template("offline/phones.html", listing=listing, mine=current_user.id)


@bp.route("/phones/<int:id>/forget", methods=["GET", "POST"])
@opens(Phone, to="forget", form=EditForm)
def forget(phone: Phone) -> Any:
    """Ask once more, then lock it."""
    form = EditForm(version=phone.version)
    tried = attempt(form, lambda: actions.forget(phone), phone)
    if tried.done:
        notice.done(_("The phone is forgotten. It wipes what it took along as soon as it has signal."))
        return redirect(url_for(".list_phones"))
    return render_template("offline/forget.html", phone=phone, form=form, refused=tried.refused), tried.status
