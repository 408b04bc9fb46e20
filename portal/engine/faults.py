"""What went wrong, told for the log: kinds and places. Messages stay out, since they hold what was typed."""

import errno
import traceback
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import exc

UNREACHABLE = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError)  # the database: gone, locked, its disk full
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}
MOST_BEHIND = 5  # errors behind an error that are told


def out_of_reach(error: BaseException) -> bool:
    """Whether it is the database or the disk that does not take or give anything now."""
    return isinstance(error, UNREACHABLE) or (isinstance(error, OSError) and error.errno in NO_ROOM)


def traced(error: BaseException) -> str:
    """An error and those behind it, in one line."""
    return " | ".join(_traced(error))


def _traced(error: BaseException | None) -> Iterator[str]:
    for _behind in range(MOST_BEHIND):
        if error is None:
            return
        stack = traceback.extract_tb(error.__traceback__)
        places = " > ".join(f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in stack)
        yield f"{type(error).__name__}{_said(error)} in {places}"
        error = error.__cause__ or error.__context__


def _said(error: BaseException) -> str:
    """What the database or the disk says of itself; it knows no records then."""
    if isinstance(error, exc.OperationalError):
        return f" {str(error.orig).splitlines()[:1]!r}"
    return f" {error.strerror!r}" if isinstance(error, OSError) else ""
