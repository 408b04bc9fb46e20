"""What every worker needs, loaded before workers are forked, so that all of them share one copy of it in memory."""

from flask import Flask
from flask_babel import force_locale, format_datetime, gettext
from sqlalchemy.orm import configure_mappers

from portal.engine import clock


def init_app(app: Flask) -> None:
    """Let the server find what to load without knowing which application it serves."""
    app.extensions["preload"] = lambda: load(app)


def load(app: Flask) -> None:
    """Load what the first pages of each worker would: mappers, templates, texts, names of days.

    No question is asked: a connection to the database must not cross a fork.
    """
    configure_mappers()
    for name in app.jinja_env.list_templates(extensions=("html",)):
        app.jinja_env.get_template(name)
    for language in app.config["LOCALES"]:
        with app.app_context(), force_locale(language):
            gettext("Today")
            format_datetime(clock.now())
