"""Signing in and out, and as whom one acts."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask_login import current_user
from sqlalchemy import select, update

from portal.engine import audit
from portal.engine.access import public, signed_in
from portal.engine.db import db, own_transaction
from portal.engine.text import _
from portal.organisation import passwords, sessions
from portal.organisation.forms import SignInForm
from portal.organisation.models import User, UserSession

bp = Blueprint("organisation", __name__)


@bp.route("/login", methods=["GET", "POST"])
@public
def sign_in() -> Any:
    form = SignInForm(next=request.args.get("next", ""))
    if not form.validate_on_submit():
        return render_template("organisation/sign_in.html", form=form), 422 if form.errors else 200
    user = db.session.scalar(select(User).where(User.username == form.username.data.lower()))
    fits = passwords.matches(form.password.data, user.password_hash if user else "")
    if user is None or not fits or not user.is_active:
        audit.tell("sign_in_failed", None, None, who="#" + audit.digest(form.username.data.lower()))
        form.password.errors = [_("User name or password is wrong.")]
        return render_template("organisation/sign_in.html", form=form), 422
    sessions.start(user)
    audit.tell("sign_in", user, user)
    return redirect(_within_the_site(form.next.data))


def _within_the_site(wanted: str | None) -> str:
    """Where to go after signing in: only ever within the portal."""
    parts = urlsplit(wanted or "")
    safe = wanted and wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.netloc
    return wanted if wanted and safe else url_for("home.show")


@bp.post("/logout")
@signed_in
def sign_out() -> Any:
    audit.tell("sign_out", current_user, current_user)
    sessions.end_current()
    session.clear()
    answer = redirect(url_for(".sign_in"))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@bp.post("/acting")
@signed_in
def act_as() -> Any:
    """Choose as whom one acts; a key that is not held changes nothing."""
    key = request.form.get("role", "")
    if key in {grant.key for grant in current_user.held_today}:
        with own_transaction() as rows:
            rows.execute(update(UserSession).where(UserSession.id == sessions.current().id).values(acting_key=key))  # type: ignore[union-attr]
        current_user.acting_key = key
        audit.tell("act_as", current_user, current_user)
    return redirect(url_for("home.show"))


@bp.post("/language")
@public
def language() -> Any:
    """Switch the language of this browser, and of the account for the next time."""
    wanted = request.form.get("locale")
    if wanted in current_app.config["LOCALES"]:
        session["language"] = wanted
    back = urlsplit(request.referrer or "")
    return redirect(_within_the_site(back.path + (f"?{back.query}" if back.query else "")))
