"""What was concluded about a record, as its page tells it: with the way to the record that came to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from portal.engine.access import find
from portal.engine.agenda import subject_of
from portal.engine.db import Kept
from portal.engine.excerpts import Excerpt, excerpts_of


@dataclass(frozen=True)
class Returned:
    """One conclusion; *url* opens the meeting, for whoever may read it."""

    concluded_on: date
    source: str
    text: str
    url: str = ""


def returned_to(user: Any, record: Kept) -> Iterator[Returned]:
    """What was concluded about a record, oldest first."""
    for one in excerpts_of(record):
        yield Returned(one.concluded_on, one.source, one.text, _page_of(user, one))


def _page_of(user: Any, excerpt: Excerpt) -> str:
    known = subject_of(excerpt.from_type)
    if known is None or find(user, "read", known[0], excerpt.from_id) is None:
        return ""
    return url_for(known[1], id=excerpt.from_id)
