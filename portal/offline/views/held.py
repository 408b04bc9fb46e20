"""What came from a phone after its writer's role had ended: the chief reads it, and takes it over or refuses it."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.engine import notice
from portal.engine.access import lists, opens
from portal.engine.deeds import attempt
from portal.engine.forms import EditForm, ReasonForm
from portal.engine.listing import Chip, Listing
from portal.engine.refusal import Plain, Refused
from portal.engine.text import _, _l, mark
from portal.offline import actions
from portal.offline.declared import phone_forms
from portal.offline.held import Opened, opened
from portal.offline.models import HeldSend
from portal.offline.views.blueprint import bp


@bp.get("/held")
@lists(HeldSend)
def list_held(found: Select[Any]) -> Any:
    chips = (
        Chip("open", _l("To decide"), lambda: HeldSend.state == "held"),
        Chip("all", _l("All")),
    )
    listing = Listing(found, HeldSend, chips=chips, orders={"late": (HeldSend.id.desc(),)}, protected=True)
    return render_template("offline/held.html", listing=listing, forms=phone_forms())


@bp.get("/held/<int:id>")
@opens(HeldSend, to="read")
def show_held(held: HeldSend) -> Any:
    """Read it as its page would show it."""
    return _page(held, opened(held, current_user), EditForm(version=held.version))


@bp.post("/held/<int:id>/take-over")
@opens(HeldSend, to="take_over", form=EditForm)
def take_over(held: HeldSend) -> Any:
    """Do what was written, in one's own name."""
    what, asked = opened(held, current_user), EditForm(version=held.version)

    def deed() -> None:
        if not what.ready or not what.filled.validate():
            raise Refused(Plain(mark("It does not fit any more: look at the marks below, and refuse it.")))
        actions.take_over(held, current_user, what)

    tried = attempt(asked, deed, held)
    if tried.done:
        notice.done(_("It is taken over, in your name."))
        return redirect(url_for(".list_held"))
    return _page(held, what, asked, refused=tried.refused), tried.status


def _page(held: HeldSend, what: Opened, asked: EditForm, **more: Any) -> Any:
    return render_template("offline/show_held.html", held=held, what=what, form=asked, **more)


@bp.route("/held/<int:id>/refuse", methods=["GET", "POST"])
@opens(HeldSend, to="refuse", form=ReasonForm)
def refuse(held: HeldSend) -> Any:
    form = ReasonForm(version=held.version)
    tried = attempt(form, lambda: held.workflow.take("refuse", held, current_user, form.words()), held)
    if tried.done:
        notice.done(_("It is refused. Whoever wrote it reads why on their phone."))
        return redirect(url_for(".list_held"))
    return render_template("offline/refuse.html", held=held, form=form, refused=tried.refused), tried.status
