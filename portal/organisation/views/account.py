"""One's own account: password, browsers, light or dark."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_login import current_user

from portal.engine import audit, notice
from portal.engine.access import signed_in
from portal.engine.deeds import attempt
from portal.engine.text import _, say
from portal.engine.transaction import transaction
from portal.organisation import actions, passwords, sessions
from portal.organisation.forms import MailForm, PasswordForm
from portal.organisation.presenters import grants
from portal.organisation.views.blueprint import bp

THEMES = ("", "light", "dark")


@bp.get("/account")
@signed_in
def account() -> Any:
    return render_template("organisation/account.html", grants=grants)


@bp.post("/account/theme")
@signed_in
def theme() -> Any:
    """Light, dark, or as the browser has it."""
    wanted = request.form.get("theme", "")
    if wanted in THEMES and wanted != current_user.theme:
        with transaction(current_user):
            current_user.theme = wanted
    return redirect(url_for(".account"))


@bp.route("/account/email", methods=["GET", "POST"])
@signed_in
def email() -> Any:
    """Where mails say that notices wait."""
    form = MailForm(email=current_user.email, version=current_user.version)

    def deed() -> None:
        current_user.email = form.email.data or ""

    tried = attempt(form, deed, current_user)
    if tried.done:
        notice.done(_("Kept."))
        return redirect(url_for(".account"))
    return render_template("organisation/email.html", form=form, refused=tried.refused), tried.status


@bp.route("/account/password", methods=["GET", "POST"])
@signed_in
def change_password() -> Any:
    form = PasswordForm()
    if form.validate_on_submit() and _good(form):
        new = passwords.hashed(form.new.data)
        with transaction(current_user):
            actions.change_password(current_user, new)
        acting = current_user.acting
        sessions.end_all(current_user.id)
        sessions.start(current_user, acting.key if acting else "")
        notice.done(_("The password is changed. Every other browser is signed out."))
        return redirect(url_for("home.show"))
    return render_template("organisation/password.html", form=form), 422 if form.errors else 200


def _good(form: PasswordForm) -> bool:
    if not passwords.matches(form.present.data, current_user.password_hash):
        form.present.errors = [_("This is not your present password.")]
        return False
    if form.new.data == form.present.data:
        form.new.errors = [_("This is the password that you have now. Please choose another.")]
        return False
    communes = (current_user.commune.name, current_user.commune.short_name) if current_user.commune else ()
    if weak := passwords.weakness(form.new.data, current_user.username, current_user.full_name, *communes):
        form.new.errors = [say(weak)]
        return False
    return True


@bp.get("/account/sessions")
@signed_in
def list_sessions() -> Any:
    """Where I am signed in."""
    found = sessions.current()
    here = found.id if found else None
    return render_template("organisation/sessions.html", sessions=sessions.alive_of(current_user.id), here=here)


@bp.post("/account/sessions/end")
@signed_in
def end_session() -> Any:
    """End one of one's own sessions, or all others."""
    found = sessions.current()
    mine = {one.id for one in sessions.alive_of(current_user.id)}
    wanted = request.form.get("id", "")
    chosen = mine - {found.id if found else 0} if wanted == "others" else {one for one in mine if str(one) == wanted}
    if not chosen and wanted != "others":
        abort(404)
    sessions.end(*chosen)
    audit.tell("end_session", current_user, current_user, count=len(chosen))
    notice.done(_("Signed out there."))
    return redirect(url_for(".list_sessions"))
