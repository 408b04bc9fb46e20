"""Roles in units: given by the administrator, confirmed or refused by the chief or the leader, ended by either."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.engine import clock, notice, once
from portal.engine.access import lists, opens
from portal.engine.deeds import attempt
from portal.engine.forms import EditForm, optional_id
from portal.engine.refusal import Conflict, Refused
from portal.engine.text import _
from portal.engine.transaction import transaction
from portal.organisation import actions, confirming, passwords
from portal.organisation.fitting import Wanted
from portal.organisation.forms import DatesForm, EndGrantForm, GrantForm, WhyForm
from portal.organisation.models import LIMITED, OPENS_CASES, ROLE_NAMES, Role, RoleGrant, Unit, User
from portal.organisation.presenters import grants
from portal.organisation.queries import holders, units_for

bp = Blueprint("grants", __name__)


@bp.get("/grants/")
@lists(RoleGrant, to="confirm")
def index(found: Select[Any]) -> Any:
    """What waits for the word of whoever is signed in."""
    return render_template("organisation/waiting.html", waiting=grants.waiting(current_user, found))


@bp.get("/accounts/<int:id>/roles")
@opens(User, to="grant")
def choose(user: User) -> Any:
    """Which role: each is a page of its own, since each is held in other units."""
    return render_template("organisation/roles.html", user=user, offered=grants.offered())


@bp.route("/accounts/<int:id>/roles/<role>", methods=["GET", "POST"])
@opens(User, to="grant")
def give(user: User, role: str) -> Any:
    """Give a role; where it asks for a new password, its first half stands on this answer."""
    wanted = Role(role) if role in set(Role) else abort(404)
    units, others = _choices(user, wanted)
    form, refused = _grant_form(wanted, units, others), None
    if form.validate_on_submit():
        try:
            with transaction(current_user):
                grant, half = actions.give_role(user, _wanted(wanted, form, units, others), current_user)
                once.leads_to(url_for("accounts.show", id=user.id))
        except Refused as caught:
            refused = form.place(caught)
        else:
            return _given(grant, half)
    status = refused.status if refused else 422 if form.errors else 200
    waits = grants.confirmation(confirming.asked(user, current_user.id)) if wanted in OPENS_CASES else ""
    page = {"role": wanted, "label": ROLE_NAMES[wanted], "waits": waits, "units": units}
    return render_template("organisation/grant_form.html", form=form, user=user, refused=refused, **page), status


def _choices(user: User, role: Role) -> tuple[dict[int, Unit], dict[int, User]]:
    """Units in which the role is held, and colleagues for whom a deputy could act."""
    commune_id = current_user.acting.commune_id
    others = {one.id: one for one in holders(role, commune_id) if one.id != user.id}
    return {unit.id: unit for unit in units_for(role, commune_id)}, others


def _grant_form(role: Role, units: dict[int, Unit], others: dict[int, User]) -> GrantForm:
    form = GrantForm(valid_from=clock.today(), unit_id=str(next(iter(units), "")))
    form.unit_id.choices = [(str(unit.id), unit.title) for unit in units.values()]
    form.on_behalf_of_id.choices = [("", _("Nobody: an office of their own"))]
    form.on_behalf_of_id.choices += [(str(one.id), f"{one.title} {one.full_name}".strip()) for one in others.values()]
    if role not in LIMITED:
        del form.purpose
    return form


def _wanted(role: Role, form: GrantForm, units: dict[int, Unit], others: dict[int, User]) -> Wanted:
    behalf = optional_id(form.on_behalf_of_id.data)
    return Wanted(
        role, units[int(form.unit_id.data)], form.valid_from.data, form.valid_to.data,
        others[behalf] if behalf else None, form.capacity.data or "",
        (form.purpose.data or "") if "purpose" in form else "",
    )  # fmt: skip


def _given(grant: RoleGrant, half: str | None) -> Any:
    if half:
        return render_template(
            "organisation/password_once.html", user=grant.user, password=half, half=half,
            confirmation=grants.confirmation(confirming.of_grant(grant)),
        )  # fmt: skip
    waits = grants.confirmation(confirming.of_grant(grant)) if grant.needs_confirmation else ""
    notice.done(_("The role is given."), waits)
    return redirect(url_for("accounts.show", id=grant.user_id))


@bp.get("/grants/<int:id>")
@opens(RoleGrant, to="read")
def show(grant: RoleGrant) -> Any:
    return _page(grant)


def _page(grant: RoleGrant, why: WhyForm | None = None, refused: Refused | None = None) -> Any:
    why = why or WhyForm(formdata=None, version=grant.version)
    shown = {
        "grant": grant, "grants": grants, "people": grants.people_of(grant), "why": why, "refused": refused,
        "asked": confirming.of_grant(grant),
    }  # fmt: skip
    status = refused.status if refused else 422 if why.errors else 200
    return render_template("organisation/grant.html", **shown), status


@bp.post("/grants/<int:id>/confirm")
@opens(RoleGrant, to="confirm")
def confirm(grant: RoleGrant) -> Any:
    """Confirm a role; the second half of a password that waits for it stands on this answer."""
    user, first = grant.user, grant.user.first_half
    second = passwords.half() if user.vouched_at is None and first else ""
    kept = passwords.hashed(passwords.joined(first, second)) if first and second else None
    try:
        with transaction(current_user, editing=grant, version=EditForm().shown_version()):
            if user.first_half != first:
                raise Conflict(user)  # another password was started, or came to hold, meanwhile
            actions.confirm_role(grant, current_user, kept)
            once.leads_to(url_for(".index"))
    except Refused as refused:
        return _page(grant, refused=refused)
    if second:
        return render_template("organisation/password_once.html", user=user, password=second, second=True)
    notice.done(_("Confirmed: %(name)s holds the role.", name=user.full_name))
    return redirect(url_for(".index"))


@bp.post("/grants/<int:id>/refuse")
@opens(RoleGrant, to="confirm")
def refuse(grant: RoleGrant) -> Any:
    why = WhyForm()
    if not why.validate_on_submit():
        return _page(grant, why)
    try:
        with transaction(current_user, editing=grant, version=why.shown_version()):
            actions.refuse_grant(grant, why.reason.data)
    except Refused as refused:
        return _page(grant, why, refused)
    notice.done(_("Refused: the role never held."))
    return redirect(url_for(".index"))


@bp.route("/grants/<int:id>/days", methods=["GET", "POST"])
@opens(RoleGrant, to="correct", form=DatesForm)
def correct(grant: RoleGrant) -> Any:
    form = DatesForm(obj=grant)
    return _change(
        "organisation/grant_days.html", grant, form, _("The days are corrected."),
        lambda: actions.correct_dates(grant, form.valid_from.data, form.valid_to.data),
    )  # fmt: skip


@bp.route("/grants/<int:id>/end", methods=["GET", "POST"])
@opens(RoleGrant, to="end", form=EndGrantForm)
def end(grant: RoleGrant) -> Any:
    """End a role before its time: it opens nothing more from the next request on."""
    form = EndGrantForm(last_day=clock.today(), version=grant.version)
    return _change(
        "organisation/grant_end.html", grant, form, _("The role is ended."),
        lambda: actions.end_grant(grant, form.last_day.data, form.reason.data),
    )  # fmt: skip


def _change(template: str, grant: RoleGrant, form: EditForm, done: str, deed: Callable[[], None]) -> Any:
    tried = attempt(form, deed, grant)
    if tried.done:
        notice.done(done)
        return redirect(url_for(".show", id=grant.id))
    return render_template(template, grant=grant, grants=grants, form=form, refused=tried.refused), tried.status
