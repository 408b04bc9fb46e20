"""The application: rooms put together, with headers, languages, errors and the frame of every page."""

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, current_app, g, request, session
from flask_babel import Babel
from flask_login import current_user
from flask_talisman import Talisman
from flask_wtf import CSRFProtect
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import (
    access_table,
    audit,
    case_file,
    cases,
    config,
    documents,
    drugs,
    duties,
    errors,
    exchange,
    forces,
    guide,
    home,
    households,
    incidents,
    lawbook,
    meetings,
    movement,
    offline,
    organisation,
    outreach,
    patrols,
    people,
    prevention,
    privacy,
    profile,
    proposals,
    reports,
    wordings,
    workload,
)
from portal.duties import daily
from portal.duties.actions import renew_touched
from portal.duties.notices import tell_of
from portal.engine import access, assets, compression, db, intake, keys, once, origin, preload, presentation, uploads
from portal.engine.access import public
from portal.engine.area import Area
from portal.engine.listing import MAX_WORDS
from portal.organisation import sessions
from portal.organisation.models import CARD_DAYS, ROLE_NAMES
from portal.organisation.presenters.faster import who_was_faster
from portal.people.presenter import called, village_of
from portal.shell import page_of, shell

# The table of contents.
AREAS: tuple[Area, ...] = (
    home.AREA,
    cases.AREA,
    workload.AREA,
    case_file.AREA,
    privacy.AREA,
    proposals.AREA,
    patrols.AREA,
    incidents.AREA,
    drugs.AREA,
    prevention.AREA,
    households.AREA,
    outreach.AREA,
    profile.AREA,
    forces.AREA,
    movement.AREA,
    meetings.AREA,
    duties.AREA,
    lawbook.AREA,
    wordings.AREA,
    documents.AREA,
    reports.AREA,
    exchange.AREA,
    audit.AREA,
    people.AREA,
    organisation.AREA,
    guide.AREA,
    offline.AREA,
)

CONTENT_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}

DEVICES = {"camera": "(self)", "geolocation": "(self)", "microphone": "()", "payment": "()"}
OPENERS = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin"}

log = logging.getLogger("portal")
csrf = CSRFProtect()
health = Blueprint("health", __name__)


def create_app(**settings: Any) -> Flask:
    """Build the portal. *settings* win over the environment; tests use them."""
    instance = config.instance_path() if "instance" not in settings else settings.pop("instance")
    config.make_folder(instance)
    app = Flask("portal", instance_path=str(instance), static_folder=None)
    app.config.from_mapping({**config.settings(instance), **settings})
    intake.init_app(app)
    keys.init_app(app)
    db.init_app(app)
    sessions.init_app(app)
    Babel(app, locale_selector=_locale)
    _secure(app)
    access.init_app(app, access_table.ACCESS, access_table.FIELDS, access_table.PUBLIC)  # who comes before what is sent
    uploads.init_app(app)
    daily.init_app(app)
    origin.init_app(app)
    csrf.init_app(app)
    once.init_app(app)
    app.extensions["areas"] = AREAS
    app.extensions["duty_sources"] = tuple(source for area in AREAS for source in area.duty_sources)
    app.extensions["when_changed"] = (renew_touched,)
    looks = [one for area in AREAS for one in area.last_looks]
    app.extensions["last_looks"] = {(one.of.__tablename__, one.step): one.reasons for one in looks}
    (app.extensions["days_off"],) = (area.days_off for area in AREAS if area.days_off)
    app.extensions["when_done"] = tuple(follow for area in AREAS for follow in area.follows)
    app.extensions["when_told"] = (tell_of,)
    for area in AREAS:
        for blueprint in area.blueprints:
            app.register_blueprint(blueprint)
    app.register_blueprint(health)
    errors.init_app(app)
    presentation.init_app(app)
    assets.init_app(app, _headers_of_files(app))
    compression.init_app(app)
    preload.init_app(app)
    if not config.served():
        from portal import cli  # with Alembic and the example: twenty megabytes, of which a worker has no use

        cli.init_app(app)
    app.context_processor(lambda: {"shell": shell(AREAS)})
    app.jinja_env.globals.update(
        most_searched=MAX_WORDS,
        page_of=page_of,
        who_was_faster=who_was_faster,
        role_name=lambda role: ROLE_NAMES[role],
        called=lambda person: called(current_user, person),
        village_of=lambda person, **way: village_of(current_user, person, **way),
    )
    access.check_routes(app)
    return app


def _locale() -> str:
    if g.get("alone"):  # no question can be asked
        return str(session.get("language") or g.get("language") or current_app.config["BABEL_DEFAULT_LOCALE"])
    if chosen := session.get("language"):
        return str(chosen)
    return str(current_user.locale) if current_user.is_authenticated else current_app.config["BABEL_DEFAULT_LOCALE"]


def _secure(app: Flask) -> None:
    https = app.config["HTTPS"]
    if app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, *[app.config["TRUSTED_PROXIES"]] * 4)  # type: ignore[method-assign]
    app.config["SESSION_COOKIE_NAME"] = "__Host-portal" if https else "portal"
    app.permanent_session_lifetime = timedelta(days=CARD_DAYS)  # of the cookie; the row says when it ends
    app.after_request(_taken_along)  # before Talisman's, so that it has the last word
    Talisman(
        app,
        content_security_policy=CONTENT_POLICY,
        frame_options="DENY",
        force_https=https,
        session_cookie_secure=https,
        strict_transport_security=https,
        referrer_policy="same-origin",
        permissions_policy=DEVICES,
    )
    app.after_request(_headers)


def _taken_along(answer: Response) -> Response:
    """A file is no page of the portal: a browser that opens it all the same lets nothing in it run."""
    if answer.headers.get("Content-Disposition", "").startswith("attachment"):
        answer.headers["Content-Security-Policy"] = "sandbox"
    return answer


def _headers_of_files(app: Flask) -> dict[str, str]:
    """The same that every other answer gets from Talisman and `_headers`."""
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in CONTENT_POLICY.items()),
        "Permissions-Policy": ", ".join(f"{name}={value}" for name, value in DEVICES.items()),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        **OPENERS,
        **({"Strict-Transport-Security": "max-age=31556926; includeSubDomains"} if app.config["HTTPS"] else {}),
    }


def _headers(answer: Response) -> Response:
    answer.headers.update(OPENERS)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers.pop("X-XSS-Protection", None)
    return answer


@health.get("/health")
@public
def show() -> Any:
    """Answer 200 only while the database takes writes and the disk does."""
    try:
        (Path(current_app.instance_path) / ".health").write_text(request.path)
        with db.own_transaction() as rows:
            rows.execute(text("UPDATE unit SET version = version WHERE 1 = 0"))
    except (SQLAlchemyError, OSError) as error:
        log.error("not healthy: %s", type(error).__name__)  # noqa: TRY400 - the place says nothing
        return {"status": "no writes"}, 503
    return {"status": "ok"}
