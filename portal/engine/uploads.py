"""Files on their way in: only where a page takes one, and no more of it is kept than tells that it is too large.

The framework reads nothing of a request that is too large as a whole: neither the file nor what was typed beside it.
So whoever is signed in may send more than is ever taken to a page that `takes_a_file`, and its form says at its field
that the file is too large. To any other page a file is like a text that is too long, and none of it is kept.
"""

from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import Flask, Request, current_app, request
from flask_login import current_user

View = Callable[..., Any]

IN_MEMORY = 500 * 1024  # bytes; what is longer goes to the disk of the machine while it is looked at
MULTIPART = "multipart/form-data"


def takes_a_file(view: View) -> View:
    """Mark a view whose form has a field for a file. It stands below `opens`, beside the view itself."""
    view.takes_a_file = True  # type: ignore[attr-defined]
    return view


class Bounded(SpooledTemporaryFile[bytes]):
    """A file of which only the first *most* bytes are kept; the rest is read off the line and let go."""

    def __init__(self, most: int) -> None:
        super().__init__(max_size=IN_MEMORY)
        self.room = most

    def write(self, sent: Any) -> int:
        kept = sent[: self.room]
        self.room -= len(kept)
        super().write(kept)
        return len(sent)


class Incoming(Request):
    """A request of which one file is kept, bounded, and that where one is taken. Of any other nothing is."""

    files_to_keep = 0

    def _get_file_stream(self, *_lengths: Any, **_options: Any) -> IO[bytes]:
        """One byte more than is taken: what is cut off is too large for certain, and is never kept."""
        most = current_app.config["UPLOAD_BYTES"] + 1 if self.files_to_keep > 0 else 0
        self.files_to_keep -= 1
        return Bounded(most)


def init_app(app: Flask) -> None:
    """Call it once it is known who asks, and before anything reads a form."""
    app.request_class = Incoming
    app.before_request(_let_in)


def _let_in() -> None:
    if request.method == "POST" and request.mimetype == MULTIPART and a_file_is_taken():
        request.files_to_keep = 1  # type: ignore[attr-defined]
        request.max_content_length = current_app.config["MOST_SENT"]


def a_file_is_taken() -> bool:
    """Whether the page that is asked for takes a file, of somebody who is signed in."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "takes_a_file", False) and bool(current_user.is_authenticated)


def too_large_as_a_whole() -> bool:
    """Whether a form with a file was not read because of all that it brings, and not for the length of a text."""
    most = request.max_content_length
    return a_file_is_taken() and most is not None and (request.content_length or most + 1) > most
