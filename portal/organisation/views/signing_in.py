"""Signing in and out, as whom one acts, and the language before and after."""

import re
from typing import Any

from flask import current_app, redirect, render_template, request, session, url_for
from flask_login import current_user
from wtforms.widgets import PasswordInput

from portal import config
from portal.engine import audit, clock, notice
from portal.engine.access import public, signed_in
from portal.engine.text import _
from portal.engine.transaction import transaction
from portal.organisation import actions, passwords, sessions, throttle
from portal.organisation.demo_accounts import DEMO_PASSWORD, DEMO_USERNAMES
from portal.organisation.forms import SignInForm
from portal.organisation.models import User
from portal.organisation.queries import demo_users, has_demo, is_empty, user_named
from portal.organisation.views.blueprint import bp

_WITHIN = re.compile(r"/(?![/\\])[!-~]{0,2000}")  # a path with its filters; a second slash would name a host

FREE_OF_NEW_PASSWORD = ("organisation.change_password", "organisation.sign_out", "organisation.language", "static")
WANTS_PASSWORD = (
    "organisation.change_password", "organisation.email", "organisation.act_as", "reminders.make_address",
)  # fmt: skip


@bp.before_app_request
def change_the_first_password() -> Any:
    """A first password is good for choosing one's own, and for nothing else. A card stands for none, and opens less."""
    if not current_user.is_authenticated:
        return None
    if sessions.by_card():
        return _ask_for_password() if request.endpoint in WANTS_PASSWORD else None
    if request.endpoint in FREE_OF_NEW_PASSWORD:
        return None
    return redirect(url_for("organisation.change_password")) if current_user.must_change_password else None


def _ask_for_password() -> Any:
    """What changes an account, or opens another office, is not done by whoever found a phone."""
    notice.done(
        _("This asks for your password."),
        _("A card opened this phone, and does not open that. Signing in ends what the card opened."),
    )
    return redirect(url_for("organisation.sign_in", next=request.path if request.method == "GET" else None))


@bp.route("/login", methods=["GET", "POST"])
@public
def sign_in() -> Any:
    form = SignInForm(next=request.args.get("next", ""), username=_demo_name(), password=None)
    if not form.validate_on_submit():
        return _page(form, 422 if form.errors else 200)
    username = form.username.data.lower()
    user = user_named(username)
    if wait := throttle.seconds_to_wait(username, user):
        form.password.errors = [_("Too many attempts. Please wait %(seconds)s seconds.", seconds=wait)]
        return _page(form, 429, {"Retry-After": str(wait)})
    if not _fits(user, form.password.data):
        throttle.failed(username, user)
        audit.tell("sign_in_failed", None, None, who="#" + audit.digest(username))
        form.password.errors = [_("User name or password is wrong."), _(
            "If you are sure of both, ask the administrator of your commune: they can say whether the account is open, "
            "and start a new password."
        )]  # fmt: skip
        return _page(form, 422)
    assert user is not None  # noqa: S101 - a password that fits has an account
    return _let_in(user, form)


def _fits(user: User | None, password: str) -> bool:
    """An account that does not exist, is closed or whose first password ran out takes the same time as any other."""
    fits = passwords.matches(password, user.password_hash if user else "")
    if user is None or not fits or not user.is_active:
        return False
    until = user.first_password_until if user.must_change_password else None
    return until is None or clock.now() < until


def _let_in(user: User, form: SignInForm) -> Any:
    """Start a session. A first password was good for this once; a hash of older parameters is renewed."""
    throttle.succeeded(user.username, user)
    renewed = passwords.hashed(form.password.data) if passwords.outdated(user.password_hash) else ""
    first = user.has_first_password
    if first or renewed:
        with transaction(user):
            if first:
                actions.use_first_password(user)
            if renewed:
                actions.renew_hash(user, renewed)
    sessions.start(user)
    audit.tell("sign_in", user, user)
    answer = redirect(within_the_site(form.next.data))
    throttle.remember_browser(user, answer)  # type: ignore[arg-type]
    return answer


def _page(form: SignInForm, status: int, headers: dict[str, str] | None = None) -> Any:
    offered = demo_users(DEMO_USERNAMES) if has_demo() else []
    if request.method == "GET" and form.username.data in {user.username for user in offered}:
        form.password.widget, form.password.data = PasswordInput(hide_value=False), DEMO_PASSWORD
    page = render_template(
        "organisation/sign_in.html", form=form, offered=offered, empty=is_empty(), settings=config.which_data()
    )
    return page, status, headers or {}


def _demo_name() -> str:
    """One click fills a demo account in, without a script."""
    wanted = request.args.get("as", "")
    return wanted if wanted in DEMO_USERNAMES and has_demo() else ""


def within_the_site(wanted: str | None) -> str:
    """Where to go afterwards: only ever within the portal."""
    return wanted if wanted and _WITHIN.fullmatch(wanted) else url_for("home.show")


@bp.post("/logout")
@signed_in
def sign_out() -> Any:
    """A phone that a card opened is asked once more, for it comes in again only by a new card.

    Whoever is asked is not signed out yet: a program tells it by the status.
    """
    if sessions.by_card() and request.form.get("sure") != "yes":
        return render_template("organisation/sign_out.html"), 422
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
    if key in {grant.key for grant in current_user.opened_today}:
        sessions.act_as(key)
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
    return redirect(within_the_site(request.form.get("next")))
