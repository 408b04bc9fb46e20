"""What hangs at the bell of every page, and the page behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, g, url_for

from portal.duties.models import Notification
from portal.duties.notices import MORE, kinds
from portal.duties.queries import unread_by_kind
from portal.engine.listing import Chip
from portal.engine.notices import NoticeKind
from portal.engine.text import _l, ngettext, say

UNREAD, READ = "unread", "read"


@dataclass(frozen=True)
class Ring:
    """One kind with how many of it are unread."""

    label: Any
    count: int
    url: str


@dataclass(frozen=True)
class Bell:
    """The unread notices of somebody, by kind."""

    rings: Sequence[Ring]
    url: str

    @property
    def count(self) -> int:
        return sum(ring.count for ring in self.rings)


@dataclass(frozen=True)
class Line:
    """One notice as the page shows it."""

    id: int
    sentence: str
    label: str
    at: datetime
    unread: bool


def bell(user_id: int) -> Bell:
    """What the bell of a page shows."""
    unread = _unread(user_id)
    rings = [
        Ring(kind.label, unread[kind.id], url_for("notices.index", show=kind.id))
        for kind in kinds().values()
        if kind.id in unread
    ]
    return Bell(rings, url_for("notices.index"))


def _unread(user_id: int) -> dict[str, int]:
    """Asked once a request, whether the page or its frame asks first."""
    if "unread" not in g:
        g.unread = unread_by_kind(user_id)
    found: dict[str, int] = g.unread
    return found


def chips(user_id: int, chosen: str | None) -> list[Chip]:
    """All that is unread, each kind of which there is any, and what was read."""
    unread, known = Notification.read_at.is_(None), kinds()
    shown = [kind for kind in known.values() if kind.id in _unread(user_id) or kind.id == chosen]
    return [
        Chip(UNREAD, _l("Unread"), lambda: unread),
        *(_chip(kind) for kind in shown),
        Chip(READ, _l("Already read"), lambda: Notification.read_at.is_not(None)),
    ]


def _chip(kind: NoticeKind) -> Chip:
    return Chip(kind.id, kind.label, lambda: (Notification.kind == kind.id) & Notification.read_at.is_(None))


def lines(notifications: Iterable[Notification]) -> list[Line]:
    """The rows of the page. What no room declares any more is left out."""
    known = kinds()
    return [_line(one, known[one.kind]) for one in notifications if one.kind in known]


def _line(one: Notification, kind: NoticeKind) -> Line:
    sentence = say(kind.sentence, **one.values)
    if more := one.values.get(MORE):
        told = ngettext("%(sentence)s (and %(num)s more)", "%(sentence)s (and %(num)s more)", more, sentence=sentence)
        sentence = str(told)
    return Line(one.id, sentence, str(kind.label), one.created_at, one.read_at is None)


def page_of(one: Notification) -> str:
    """Where a notice leads: the page of its subject, or the list where its kind is unknown."""
    kind = kinds().get(one.kind)
    if kind is None:
        return url_for("notices.index")
    of_record = current_app.url_map.is_endpoint_expecting(kind.endpoint, "id")
    return url_for(kind.endpoint, id=one.subject_id) if of_record else url_for(kind.endpoint)
