"""Whether an entry is perhaps there already: asked once, before it is written down."""

from collections.abc import Sequence
from typing import Any

from portal.books import queries
from portal.books.book import Book, Facts, PartOf
from portal.books.forms import BookForm
from portal.books.models import Entry, Part
from portal.engine.access import Actor
from portal.engine.deeds import Attempt
from portal.engine.refusal import Refused
from portal.engine.vietnamese import fold


class PerhapsTheSame(Refused):
    """Entries, or lines of one, say the same as a new one, and nobody said yet that theirs is another."""

    def __init__(self, entries: Sequence[Entry | Part]) -> None:
        super().__init__()
        self.entries = entries


def ask_once(by: Actor, book: Book, form: BookForm, facts: Facts, commune_id: int) -> None:
    """Raise PerhapsTheSame unless nothing like it is there, or the form says that it is another."""
    names = book.alike or book.twice
    if not names or form.anyway.data:
        return
    told = {**facts, **book.follows(facts)}
    if same := queries.perhaps_the_same(by, book.record, commune_id, names, {0: told}).get(0):
        raise PerhapsTheSame(same)


def ask_once_of_line(part: PartOf, form: BookForm, facts: Facts, entry: Any) -> None:
    """The same of a new line, among those of its entry: words agree without capitals and diacritics."""
    if not part.twice or form.anyway.data:
        return
    said = [_plain(facts.get(name)) for name in part.twice]
    standing = (one for one in getattr(entry, part.attribute) if one.voided_at is None)
    if same := [one for one in standing if [_plain(getattr(one, name)) for name in part.twice] == said]:
        raise PerhapsTheSame(same)


def _plain(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value


def doubted(tried: Attempt) -> tuple[Sequence[Entry | Part], Refused | None]:
    """The entries that are perhaps the same, and whatever else was refused."""
    if isinstance(tried.refused, PerhapsTheSame):
        return tried.refused.entries, None
    return (), tried.refused
