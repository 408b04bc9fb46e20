"""Files on their way in: no more of each is kept than tells that it is too large.

The framework reads nothing of a request that is too large as a whole: neither the file nor what was typed beside it.
So whoever is signed in may send more than is ever taken, and the form says at its field that the file is too large.
"""

from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import Flask, Request, current_app, request
from flask_login import current_user

IN_MEMORY = 500 * 1024  # bytes; what is longer goes to the disk of the machine while it is looked at
MULTIPART = "multipart/form-data"


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
    """A request whose files are bounded one by one."""

    def _get_file_stream(self, *_lengths: Any, **_options: Any) -> IO[bytes]:
        """One byte more than is taken: what is cut off is too large for certain, and is never kept."""
        return Bounded(current_app.config["UPLOAD_BYTES"] + 1)


def init_app(app: Flask) -> None:
    """Call it once it is known who asks, and before anything reads a form."""
    app.request_class = Incoming
    app.before_request(_let_in)


def _let_in() -> None:
    if request.method == "POST" and request.mimetype == MULTIPART and current_user.is_authenticated:
        request.max_content_length = current_app.config["MOST_SENT"]


def too_large_as_a_whole() -> bool:
    """Whether a form with files was not read because of all that it brings, and not for the length of a text."""
    most = request.max_content_length
    return request.mimetype == MULTIPART and most is not None and (request.content_length or most + 1) > most
