"""Pages zipped on their way out: a phone on a slow line waits for bytes more than for anything else.

Whoever can make somebody's browser ask for pages with words of their choosing, and sees how long the zipped answers
are, can guess what else stands in them. So a page is zipped only where the browser says that the portal itself, or the
user, asked for it; never when another site did. On a connection that is not encrypted there is nothing to guess, and
browsers say nothing either.
"""

import gzip

from flask import Flask, Response, request

ZIPPED = frozenset({"text/html", "application/json"})
LEAST = 800  # bytes; less fits into one packet as it is
LEVEL = 6
ASKED_HERE = frozenset({"same-origin", "none"})


def init_app(app: Flask) -> None:
    app.after_request(zipped)


def zipped(answer: Response) -> Response:
    """Zip a page for whoever takes it so; leave files, streams and answers to other sites alone."""
    if answer.mimetype not in ZIPPED or answer.is_streamed or "Content-Encoding" in answer.headers:
        return answer
    answer.vary.update(["Accept-Encoding", "Sec-Fetch-Site"])
    if _may_be_zipped() and len(answer.get_data()) >= LEAST:
        answer.set_data(gzip.compress(answer.get_data(), LEVEL, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
    return answer


def _may_be_zipped() -> bool:
    unsaid = "cross-site" if request.is_secure else "none"
    asked_by = request.headers.get("Sec-Fetch-Site", unsaid)
    return asked_by in ASKED_HERE and request.accept_encodings.quality("gzip") > 0
