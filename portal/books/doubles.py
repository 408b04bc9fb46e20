"""Whether an entry is perhaps there already: asked once, before it is written down."""

from collections.abc import Sequence

from portal.books import queries
from portal.books.book import Book, Facts
from portal.books.forms import BookForm
from portal.books.models import Entry
from portal.engine.access import Actor
from portal.engine.deeds import Attempt
from portal.engine.refusal import Refused


class PerhapsTheSame(Refused):
    """Entries say the same as a new one, and nobody said yet that theirs is another."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.entries = entries


def ask_once(by: Actor, book: Book, form: BookForm, facts: Facts, commune_id: int) -> None:
    """Raise PerhapsTheSame unless nothing like it is there, or the form says that it is another."""
    if not book.twice or form.anyway.data:
        return
    told = {**facts, **book.follows(facts)}
    if same := queries.perhaps_the_same(by, book.record, commune_id, book.twice, {0: told}).get(0):
        raise PerhapsTheSame(same)


def doubted(tried: Attempt) -> tuple[Sequence[Entry], Refused | None]:
    """The entries that are perhaps the same, and whatever else was refused."""
    if isinstance(tried.refused, PerhapsTheSame):
        return tried.refused.entries, None
    return (), tried.refused
