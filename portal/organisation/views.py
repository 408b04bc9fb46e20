"""Signing in and out, as whom one acts, and one's own account."""

from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, request, session, url_for
from flask_login import current_user
from wtforms.widgets import PasswordInput

from portal.engine import audit, clock, notice
from portal.engine.access import public, signed_in
from portal.engine.text import _, say
from portal.engine.transaction import transaction
from portal.organisation import actions, passwords, sessions, throttle
from portal.organisation.demo_accounts import DEMO_PASSWORD, DEMO_USERNAMES
from portal.organisation.forms import PasswordForm, SignInForm
from portal.organisation.models import User
from portal.organisation.queries import account_named, demo_users, has_demo

bp = Blueprint("organisation", __name__)

FREE_OF_NEW_PASSWORD = ("organisation.change_password", "organisation.sign_out", "organisation.language")


@bp.before_app_request
def change_the_first_password() -> Any:
    """A first password is good for choosing one's own, and for nothing else."""
    waits = current_user.is_authenticated and current_user.must_change_password
    if waits and request.endpoint not in FREE_OF_NEW_PASSWORD:
        return redirect(url_for("organisation.change_password"))
    return None


@bp.route("/login", methods=["GET", "POST"])
@public
def sign_in() -> Any:
    form = SignInForm(next=request.args.get("next", ""), username=_demo_name(), password=None)
    if not form.validate_on_submit():
        return _sign_in_page(form, 422 if form.errors else 200)
    username = form.username.data.lower()
    user = account_named(username)
    if wait := throttle.seconds_to_wait(username, user):
        form.password.errors = [_("Too many attempts. Please wait %(seconds)s seconds.", seconds=wait)]
        return _sign_in_page(form, 429, {"Retry-After": str(wait)})
    if not _fits(user, form.password.data):
        throttle.failed(username, user)
        audit.tell("sign_in_failed", None, None, who="#" + audit.digest(username))
        form.password.errors = [_("User name or password is wrong.")]
        return _sign_in_page(form, 422)
    assert user is not None  # noqa: S101 - a password that fits has an account
    throttle.succeeded(username, user)
    sessions.start(user)
    audit.tell("sign_in", user, user)
    answer = redirect(_within_the_site(form.next.data))
    throttle.remember_browser(user, answer)  # type: ignore[arg-type]
    return answer


def _fits(user: User | None, password: str) -> bool:
    """An account that does not exist, is closed or whose first password ran out takes the same time as any other."""
    fits = passwords.matches(password, user.password_hash if user else "")
    if user is None or not fits or not user.is_active or user.reset_waits:
        return False
    return user.first_password_until is None or clock.now() < user.first_password_until


def _sign_in_page(form: SignInForm, status: int, headers: dict[str, str] | None = None) -> Any:
    offered = demo_users(DEMO_USERNAMES) if has_demo() else []
    if request.method == "GET" and form.username.data in {user.username for user in offered}:
        form.password.widget, form.password.data = PasswordInput(hide_value=False), DEMO_PASSWORD
    return render_template("organisation/sign_in.html", form=form, offered=offered), status, headers or {}


def _demo_name() -> str:
    """One click fills a demo account in, without a script."""
    wanted = request.args.get("as", "")
    return wanted if wanted in DEMO_USERNAMES and has_demo() else ""


def _within_the_site(wanted: str | None) -> str:
    """Where to go after signing in: only ever within the portal."""
    read = (wanted or "").replace("\\", "/")  # as browsers read it; they drop line ends and tabs as well
    inside = read.startswith("/") and not read.startswith("//") and read.isprintable()
    return wanted if wanted and inside else url_for("home.show")


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
    """Choose as whom one acts; a key that is not held changes nothing. The session gets a new token."""
    key = request.form.get("role", "")
    if key in {grant.key for grant in current_user.held_today}:
        sessions.start(current_user, key)
        audit.tell("act_as", current_user, current_user, acting=key)
    return redirect(url_for("home.show"))


@bp.post("/language")
@public
def language() -> Any:
    """Switch the language of this browser, and of the account for the next time."""
    wanted = request.form.get("locale")
    if wanted in current_app.config["LOCALES"]:
        session["language"] = wanted
        if current_user.is_authenticated and current_user.locale != wanted:
            with transaction(current_user):
                current_user.locale = wanted
    return redirect(_within_the_site(request.form.get("next")))


@bp.get("/account")
@signed_in
def account() -> Any:
    return render_template("organisation/account.html")


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
    commune = current_user.commune.short_name if current_user.commune else ""
    if weak := passwords.weakness(form.new.data, current_user.username, current_user.full_name, commune):
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
