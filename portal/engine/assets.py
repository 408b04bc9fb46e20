"""Static files under names that change with their content, so that a browser may keep them for ever.

The style sheets are joined into one, because a phone on a slow line pays for each request. Everything is written
once, with a gzip twin, into a folder of the instance, and served by WhiteNoise in front of the application. Plain
names answer too, but are asked for again each time: modules that import each other by name stay of one version.
"""

import gzip
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from whitenoise import WhiteNoise

STYLE_SHEETS = ("tokens.css", "base.css", "components.css", "pages.css", "print.css")
"""Joined in this order into STYLE; the order of the layers is declared at the head of the first."""

STYLE = "portal.css"
PREFIX = "static/"
IMMUTABLE = r"^.+\.[0-9a-f]{12}\..+$"
COMPRESSED = {".css", ".js", ".svg", ".json", ".webmanifest", ".txt"}


def init_app(app: Flask, headers: Mapping[str, str]) -> None:
    """Prepare the static files, give templates `asset(name)`, and put WhiteNoise in front of the application.

    The application does not see these requests, so it says here which *headers* each answer carries.
    """
    source, target = Path(app.root_path) / "static", Path(app.instance_path) / "static"
    names = {name: _keep(target, name, content) for name, content in _contents(source)}
    app.extensions["assets"] = names
    app.jinja_env.globals["asset"] = asset
    app.wsgi_app = _serving(app, source, target, headers)  # type: ignore[method-assign]


def asset(name: str) -> str:
    """Give the address of a static file, as `asset("portal.css")`. Raises KeyError for a file that is not there."""
    names: dict[str, str] = current_app.extensions["assets"]
    return f"/{PREFIX}{names[name]}"


def _contents(source: Path) -> Iterator[tuple[str, bytes]]:
    yield STYLE, b"\n".join((source / sheet).read_bytes() for sheet in STYLE_SHEETS)
    for path in sorted(source.rglob("*")):
        if path.is_file() and path.name not in STYLE_SHEETS:
            yield path.relative_to(source).as_posix(), path.read_bytes()


def _keep(target: Path, name: str, content: bytes) -> str:
    """Write a file under its hashed name, if it is not there yet, and return that name."""
    suffix = Path(name).suffix
    hashed = f"{name.removesuffix(suffix)}.{hashlib.sha256(content).hexdigest()[:12]}{suffix}"
    path = target / hashed
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        if suffix in COMPRESSED:
            _write(path.with_name(f"{path.name}.gz"), gzip.compress(content, mtime=0))
        _write(path, content)
    return hashed


def _write(path: Path, content: bytes) -> None:
    """Put a file in its place in one step: several workers start at the same moment, and the power may fail."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".")
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    Path(draft).chmod(0o644)
    Path(draft).replace(path)


def _serving(app: Flask, source: Path, target: Path, headers: Mapping[str, str]) -> WhiteNoise:
    served = WhiteNoise(
        app.wsgi_app,
        max_age=0,
        immutable_file_test=IMMUTABLE,
        allow_all_origins=False,
        add_headers_function=_adding(headers),
    )
    served.add_files(str(source), prefix=PREFIX)
    names: dict[str, str] = app.extensions["assets"]
    for hashed in names.values():
        _serve(served, target / hashed, f"/{PREFIX}{hashed}")
    return served


def _serve(served: WhiteNoise, path: Path, url: str) -> None:
    """Serve this file and no other: what an earlier release left in the folder stays unseen."""
    files = [path, path.with_name(f"{path.name}.gz")]
    stats = {str(file): file.stat() for file in files if file.exists()}
    served.add_file_to_dictionary(url, str(path), stat_cache=stats)


def _adding(headers: Mapping[str, str]) -> Callable[[Any, str, str], None]:
    def add(of_file: Any, _path: str, _url: str) -> None:
        for name, value in headers.items():
            of_file[name] = value

    return add
