"""Settings: what the environment may say, and what holds when it says nothing."""

import os
from pathlib import Path
from typing import Any

DAY_FORMAT = "dd/MM/yyyy"


def database_url(instance: Path) -> str:
    """Read DATABASE_URL; without one the database is a file in the instance folder."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{instance / 'portal.db'}"
    return url.replace("postgres://", "postgresql://", 1)  # the old spelling, unknown to SQLAlchemy


def instance_path() -> Path:
    return Path(os.environ.get("PORTAL_INSTANCE") or Path(__file__).parent.parent / "instance").resolve()


def settings(instance: Path) -> dict[str, Any]:
    return {
        "SQLALCHEMY_DATABASE_URI": database_url(instance),
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},  # what is written stays out of errors and logs
        "HTTPS": os.environ.get("PORTAL_HTTPS", "") == "1",
        "TRUSTED_PROXIES": int(os.environ.get("PORTAL_TRUSTED_PROXIES", "0")),
        "TRUSTED_HOSTS": [
            host for host in os.environ.get("PORTAL_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host
        ],
        "BABEL_DEFAULT_LOCALE": "vi",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
        "LOCALES": ("vi", "en"),
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": 21 * 2**20,
        "MAX_FORM_MEMORY_SIZE": 2 * 2**20,
        "MAX_FORM_PARTS": 1000,
        "SESSION_IDLE_MINUTES": 30,
        "SESSION_HOURS": 12,
        "PASSWORD_COST": {},  # argon2's own parameters; tests make it cheap
        "PAGE_SIZE": 25,
        "UPLOAD_BYTES": 20 * 2**20,
        "UPLOAD_BYTES_A_USER": 500 * 2**20,
    }
