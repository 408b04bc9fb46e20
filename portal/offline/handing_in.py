"""Taking an outbox that came as a file: its texts in portions, then its photos, each with what became of it."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from portal.engine.text import _
from portal.offline import photos, sealed_file, sending
from portal.offline.answers import FAILED, Answer
from portal.offline.models import Phone
from portal.offline.parcel import MOST_ITEMS
from portal.offline.sealed_file import Outbox
from portal.organisation.models import User


@dataclass(frozen=True)
class Outcome:
    """What became of an item or a photo, under the name that the phone shows for it."""

    title: str
    answer: Answer


def take(user: User, phone: Phone, content: bytes) -> list[Outcome]:
    """Raises Unreadable where the file is no outbox of this phone."""
    outbox = sealed_file.opened(content, phone)
    return [*_texts(user, phone, outbox), *_photos(user, phone, outbox)]


def _texts(user: User, phone: Phone, outbox: Outbox) -> Iterator[Outcome]:
    failed: set[Hashable] = set()
    for first in range(0, len(outbox.items), MOST_ITEMS):
        some = outbox.items[first : first + MOST_ITEMS]
        given = sending.take_items(user, phone, [one.item for one in some], failed)
        yield from (Outcome(one.title, answer) for one, answer in zip(some, given, strict=True))


def _photos(user: User, phone: Phone, outbox: Outbox) -> Iterator[Outcome]:
    titles = {one.item.id: one.title for one in outbox.items}
    for photo in outbox.photos:
        told = _("Photo: %(title)s", title=titles.get(photo.of, "–"))
        yield Outcome(told, photos.take(user, phone, photo) or Answer(photo.id, FAILED, _("The text comes first.")))
