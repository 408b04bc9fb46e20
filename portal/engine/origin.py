"""Where an unsafe request comes from: the browser says so itself, and a page of somebody else's cannot change it.

A second lock beside the token: it holds also where a token has leaked. Source: section 3 of the security rules.
"""

from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request

SAFE = ("GET", "HEAD", "OPTIONS")
OURS = ("same-origin", "none")  # "none": typed or opened by the user


def init_app(app: Flask) -> None:
    app.before_request(_only_from_here)


def _only_from_here() -> None:
    if request.method not in SAFE and not (_said_by_the_browser() and _said_by_the_origin()):
        abort(400)


def _said_by_the_browser() -> bool:
    return request.headers.get("Sec-Fetch-Site", "same-origin") in OURS


def _said_by_the_origin() -> bool:
    """An old browser sends none. Behind a proxy the scheme is the proxy's: it is compared where we speak https."""
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    told = urlsplit(origin)
    return told.netloc == request.host and (told.scheme == "https" or not current_app.config["HTTPS"])
