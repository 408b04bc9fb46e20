"""Accounts of the commune: opened, corrected, closed, opened again, given a new password."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.engine import notice, once
from portal.engine.access import allows, lists, opens
from portal.engine.deeds import attempt
from portal.engine.forms import EditForm
from portal.engine.holdings import counted
from portal.engine.refusal import Refused
from portal.engine.text import _
from portal.engine.transaction import transaction
from portal.organisation import actions, confirming, passwords
from portal.organisation.forms import AccountForm, NewAccountForm, WhyForm
from portal.organisation.models import User
from portal.organisation.presenters import accounts, grants, setup

bp = Blueprint("accounts", __name__, url_prefix="/accounts")


@bp.get("/")
@lists(User)
def index(found: Select[Any]) -> Any:
    listing = accounts.listing(found)
    return render_template(
        "organisation/accounts.html", listing=listing, accounts=accounts, grants=grants, steps=setup.steps(current_user)
    )


@bp.get("/<int:id>")
@opens(User, to="read")
def show(user: User) -> Any:
    held = grants.in_order(user.grants)
    return render_template("organisation/account_of.html", user=user, accounts=accounts, grants=grants, held=held)


@bp.route("/new", methods=["GET", "POST"])
@allows(User, to="create")
def new() -> Any:
    """Open an account. Its first password stands on this answer and nowhere else."""
    form, refused = NewAccountForm(), None
    if form.validate_on_submit():
        password = passwords.first_password()
        kept, commune = passwords.hashed(password), current_user.acting.commune
        try:
            with transaction(current_user):
                user = actions.open_account(form.username.data, commune=commune, password_hash=kept, **form.content())
                once.leads_to(url_for(".show", id=user.id))
        except Refused as caught:
            refused = form.place(caught)
        else:
            return render_template("organisation/password_once.html", user=user, password=password, fresh=True)
    status = refused.status if refused else 422 if form.errors else 200
    return render_template("organisation/account_form.html", form=form, user=None, refused=refused), status


@bp.route("/<int:id>/edit", methods=["GET", "POST"])
@opens(User, to="edit")
def edit(user: User) -> Any:
    form = AccountForm(obj=user)
    tried = attempt(form, lambda: actions.edit_account(user, **form.content()), user)
    if tried.done:
        notice.done(_("Kept."))
        return redirect(url_for(".show", id=user.id))
    return render_template("organisation/account_form.html", form=form, user=user, refused=tried.refused), tried.status


@bp.route("/<int:id>/close", methods=["GET", "POST"])
@opens(User, to="disable")
def close(user: User) -> Any:
    """Close an account; its browsers are signed out at their next request."""
    form = WhyForm(version=user.version)
    tried = attempt(form, lambda: actions.close_account(user, form.reason.data), user)
    if tried.done:
        notice.done(_("The account is closed. Every browser of it is signed out."))
        return redirect(url_for(".show", id=user.id))
    held = counted(user, current_user.acting.commune_id)
    page = {"form": form, "user": user, "refused": tried.refused, "held": held}
    return render_template("organisation/account_close.html", **page), tried.status


@bp.route("/<int:id>/open-again", methods=["GET", "POST"])
@opens(User, to="enable")
def open_again(user: User) -> Any:
    form, lost = EditForm(version=user.version), accounts.not_made_anew(user)
    if form.validate_on_submit():
        with transaction(current_user, editing=user, version=form.shown_version()):
            lost = accounts.not_made_anew(user)
            actions.reopen_account(user)
        opened = _("The account is open again. Roles that open cases wait for confirmation.")
        notice.done(opened, accounts.told_lost(lost))
        return redirect(url_for(".show", id=user.id))
    return render_template("organisation/account_open_again.html", form=form, user=user, lost=lost)


@bp.route("/<int:id>/reset", methods=["GET", "POST"])
@opens(User, to="reset")
def reset(user: User) -> Any:
    """Start a new password with the person there: the whole of it, or its first half where it opens cases."""
    form = EditForm(version=user.version)
    if form.validate_on_submit():
        password = passwords.first_password()
        kept = passwords.hashed(password)
        with transaction(current_user, editing=user, version=form.shown_version()):
            half = actions.start_reset(user, current_user, kept)
            once.leads_to(url_for(".show", id=user.id))
        waits = grants.confirmation(confirming.of_reset(user)) if half else ""
        return render_template(
            "organisation/password_once.html", user=user, password=half or password, half=half, confirmation=waits
        )
    return render_template("organisation/reset.html", form=form, user=user)


@bp.route("/<int:id>/reset/confirm", methods=["GET", "POST"])
@opens(User, to="confirm_reset")
def confirm_reset(user: User) -> Any:
    """Confirm a reset: the second half of the password stands on this answer and nowhere else."""
    form = EditForm(version=user.version)
    if form.validate_on_submit():
        first, second = user.first_half or "", passwords.half()
        kept = passwords.hashed(passwords.joined(first, second))
        with transaction(current_user, editing=user, version=form.shown_version()):
            actions.hand_over(user, kept)
            once.leads_to(url_for(".show", id=user.id))
        return render_template("organisation/password_once.html", user=user, password=second, second=True)
    return render_template("organisation/reset_confirm.html", form=form, why=WhyForm(version=user.version), user=user)


@bp.post("/<int:id>/reset/refuse")
@opens(User, to="confirm_reset")
def refuse_reset(user: User) -> Any:
    why = WhyForm()
    if not why.validate_on_submit():
        form = EditForm(formdata=None, version=user.version)
        return render_template("organisation/reset_confirm.html", form=form, why=why, user=user), 422
    with transaction(current_user, editing=user, version=why.shown_version()):
        actions.refuse_reset(user, why.reason.data)
    notice.done(_("Refused. The present password goes on."))
    return redirect(url_for("grants.index"))
