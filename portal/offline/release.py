"""Which files make up the app on a phone, and the name under which it keeps them together."""

import hashlib
from pathlib import Path

from flask import current_app, render_template
from flask_babel import force_locale

from portal.engine.assets import STYLE, asset

MODULES = "offline"
PROGRAM = f"/static/{MODULES}/app.js"  # by its plain name: its modules import each other by theirs
SHELL = "offline/shell.html"
WORKER = "worker.js"  # answered at the root, since it may only reach what lies below its address
PICTURES = ("icon.svg", "icons.svg")


def modules() -> list[Path]:
    """The program of the app, file by file."""
    return sorted(one for one in (Path(current_app.root_path) / "static" / MODULES).glob("*.js") if one.name != WORKER)


def shell_files() -> list[str]:
    """The addresses that a phone keeps: the page in each language, its program, and how it looks."""
    pages = [f"/offline/{language}" for language in current_app.config["LOCALES"]]
    program = [f"/static/{MODULES}/{one.name}" for one in modules()]
    return [*pages, asset(STYLE), *map(asset, PICTURES), *program]


def release() -> str:
    """A name that changes with anything of the app: its program, its style, what stands on its page."""
    kept: dict[str, str] = current_app.extensions.setdefault("phone_release", {})
    if "name" not in kept:
        kept["name"] = _name()
    return kept["name"]


def _name() -> str:
    parts = [one.read_bytes() for one in modules()] + [one.encode() for one in shell_files()]
    for language in current_app.config["LOCALES"]:
        with force_locale(language):
            parts.append(render_template(SHELL, language=language, program=PROGRAM, release="").encode())
    return hashlib.sha256(b"\n".join(parts)).hexdigest()[:12]
