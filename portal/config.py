"""Settings: what the environment may say, and what holds when it says nothing."""

import os
import re
import shlex
import sys
from gettext import translation
from pathlib import Path
from typing import Any

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

DAY_FORMAT = "dd/MM/yyyy"
TEXTS = Path(__file__).with_name("translations")
POSTGRESQL = ("postgres", "postgresql", "postgresql+psycopg")


def database_url(instance: Path) -> str:
    """Read DATABASE_URL; without one the database is a file in the instance folder. Ends the program for any other."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{instance / 'portal.db'}"
    scheme, _found, rest = url.partition("://")
    if scheme in POSTGRESQL:
        return f"postgresql+psycopg://{rest}"
    if scheme != "sqlite":
        sys.exit(in_words(
            "DATABASE_URL names a database that the portal does not know: %(scheme)s. It begins with postgresql:// or "
            "sqlite:///; without it the data lie in the folder that PORTAL_INSTANCE names.", scheme=repr(scheme[:40]),
        ))  # fmt: skip
    return url


def instance_path() -> Path:
    return Path(os.environ.get("PORTAL_INSTANCE") or Path(__file__).parent.parent / "instance").resolve()


def which_data() -> dict[str, str]:
    """The settings, as far as the environment gives them, by which a command finds the same data as the server.

    A password of the database is left out: what a page or a journal shows is read by others.
    """
    found = {}
    if os.environ.get("PORTAL_INSTANCE"):
        found["PORTAL_INSTANCE"] = str(instance_path())
    if url := os.environ.get("DATABASE_URL"):
        shown = make_url(url).render_as_string(hide_password=True)
        found["DATABASE_URL"] = re.sub(r"(?<=password=)[^&]*", "***", shown)
    return found


def command(words: str) -> str:
    """A command as it is typed in the folder of the portal, in whichever terminal."""
    settings = (f"{name}={shlex.quote(value)}" for name, value in which_data().items())
    return " ".join((*settings, ".venv/bin/flask --app wsgi", words))


def terminal_language() -> str:
    """English where the terminal says so, Vietnamese otherwise. LC_ALL wins over LC_MESSAGES, and that over LANG."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "en" if next((name for name in names if name), "").startswith("en") else "vi"


def in_words(text: str, **values: Any) -> str:
    """Say it in the language of the terminal, as the commands do; in English before translations are compiled."""
    spoken = translation("messages", TEXTS, [terminal_language()], fallback=True)
    return spoken.gettext(text) % values


def make_folder(instance: Path) -> None:
    """Make the folder of the data, or leave it as it is. Ends the program where that cannot be."""
    try:
        instance.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sys.exit(in_words("The folder of the data cannot be made: %(why)s. Name another one, for example:  "
                          "PORTAL_INSTANCE=/var/lib/portal make run", why=error))  # fmt: skip


def no_answer(error: DBAPIError) -> str:
    """Say in one line that the database cannot be asked."""
    why = " ".join(str(error.orig).split())
    return in_words("The database gives no answer: %(why)s. Is its server running, is DATABASE_URL right, is its disk "
                    "full?", why=why)  # fmt: skip


LOOPBACK = ("localhost", "127.0.0.1", "::1", "[::1]")


def trusted_hosts() -> list[str]:
    """The names under which the portal answers; without PORTAL_HOSTS only those of this machine itself."""
    return [host for host in os.environ.get("PORTAL_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host]


def is_loopback(host: str) -> bool:
    return host in LOOPBACK or host.startswith("127.")


def reached_from_outside() -> list[str]:
    """Where the environment lets others in: the address that the server listens on, and names of the site."""
    listens = os.environ.get("HOST") or "127.0.0.1"
    return [place for place in (listens, *trusted_hosts()) if not is_loopback(place)]


def own_address() -> str:
    """Where the portal is found, for mails: PORTAL_ADDRESS, such as https://boy.example.vn."""
    return os.environ.get("PORTAL_ADDRESS", "").rstrip("/")


def settings(instance: Path) -> dict[str, Any]:
    return {
        "SQLALCHEMY_DATABASE_URI": database_url(instance),
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "hide_parameters": True,  # what is written stays out of errors and logs
            "query_cache_size": 2000,  # the pages of one person ask some 1,500 different statements
        },
        "HTTPS": os.environ.get("PORTAL_HTTPS", "") == "1",
        "TRUSTED_PROXIES": int(os.environ.get("PORTAL_TRUSTED_PROXIES", "0")),
        "TRUSTED_HOSTS": trusted_hosts(),
        "ADDRESS": own_address(),
        "CONTACT": " ".join(os.environ.get("PORTAL_CONTACT", "").split()),  # telephone or mail of whoever keeps it
        "SMTP_URL": os.environ.get("SMTP_URL", ""),  # smtp://name:password@host:587 or smtps://…; without it no mail
        "SMTP_FROM": os.environ.get("SMTP_FROM", ""),
        "BABEL_DEFAULT_LOCALE": "vi",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
        "LOCALES": ("vi", "en"),
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": 2 * 2**20,
        "MOST_SENT": 100 * 2**20,  # to a page that takes a file, so that what is too large is told at its field
        "MAX_FORM_MEMORY_SIZE": 2 * 2**20,
        "MAX_FORM_PARTS": 1000,
        "SESSION_IDLE_MINUTES": 30,
        "SESSION_HOURS": 12,
        "PASSWORD_COST": {},  # argon2's own parameters; tests make it cheap
        "PAGE_SIZE": 25,
        "UPLOAD_BYTES": 20 * 2**20,
        "UPLOAD_BYTES_A_USER": 500 * 2**20,
    }


def commanded() -> bool:
    """Whether `flask` loads the portal for a command, which tells by itself what it lacks."""
    return os.environ.get("FLASK_RUN_FROM_CLI") == "true"


def served() -> bool:
    """Whether a server loads the portal, and no command or test: gunicorn says so to what it runs."""
    return "SERVER_SOFTWARE" in os.environ
