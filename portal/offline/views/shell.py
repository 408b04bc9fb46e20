"""The app itself, as a phone keeps it: a page without data, its worker, and what a browser asks to install it."""

import json
from pathlib import Path
from typing import Any

from flask import Response, current_app, g, redirect, render_template, request, url_for
from flask_babel import force_locale, get_locale

from portal.engine.access import public
from portal.engine.assets import asset
from portal.engine.text import _
from portal.offline.release import MODULES, PROGRAM, SHELL, WORKER, release, shell_files
from portal.offline.views.blueprint import bp, root_bp


@bp.get("/")
@public
def index() -> Any:
    """To the app in the language of this browser."""
    return redirect(url_for(".app", language=str(get_locale())))


@bp.get("/<any(vi, en):language>")
@public
def app(language: str) -> Any:
    """The page that a phone keeps. It shows nothing of anybody: what it shows later lies sealed on the phone."""
    g.alone = True
    with force_locale(language):
        return render_template(SHELL, language=language, program=PROGRAM, release=release())


@root_bp.get("/sw.js")
@public
def worker() -> Any:
    """The service worker, with the list of files that make up the app."""
    program = (Path(current_app.root_path) / "static" / MODULES / WORKER).read_text("utf-8")
    lines = f"const RELEASE = {json.dumps(release())};\nconst SHELL = {json.dumps(shell_files())};\n"
    return Response(lines + program, mimetype="text/javascript")


@root_bp.get("/manifest.webmanifest")
@public
def manifest() -> Any:
    """What a phone needs to put the app beside its others."""
    g.alone = True
    language = "en" if request.args.get("language") == "en" else "vi"
    with force_locale(language):
        told = {
            "name": _("Commune portal: without signal"), "short_name": _("Commune portal"), "lang": language,
            "id": "/offline/", "start_url": f"/offline/{language}", "scope": "/", "display": "standalone",
            "background_color": "#ffffff", "theme_color": "#125b49",
            "icons": [{"src": asset("icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
        }  # fmt: skip
    return Response(json.dumps(told, ensure_ascii=False), mimetype="application/manifest+json")
