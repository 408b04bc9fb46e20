"""What was written down in a hurry is completed within a day: a duty of whoever wrote it."""

from collections.abc import Iterator
from typing import Any

from portal.books.book import COMPLETE_WITHIN, Book
from portal.books.models import Entry, missing_in
from portal.duties.rules import DutyRule, Source, Wanted
from portal.engine import clock
from portal.engine.text import _l
from portal.organisation.models import Role


def source_of(book: Book) -> Source:
    """The duties that the entries of a book make. Of people they name the number alone."""
    rule = DutyRule(
        f"COMPLETE-{book.name.upper()}", _l("Complete what was written down in a hurry"),
        _l("%(number)s: write down what is missing"), _l("Complete it"), book.endpoint("edit"), book.keeper,
        ((Role.POLICE_CHIEF, 1),) if book.keeper != Role.POLICE_CHIEF else ((Role.COMMUNE_LEADER, 3),),
    )  # fmt: skip

    def wanted(entry: Entry) -> Iterator[Wanted]:
        if entry.voided_at is None and not entry.from_paper and missing_in(entry, book.needed):
            due_at = entry.created_at + COMPLETE_WITHIN
            yield Wanted(
                rule.id, "", clock.day_of(due_at), book.keeper, owner_id=entry.created_by_id, due_at=due_at,
                values={"number": entry.number},
            )  # fmt: skip

    def called(entry: Entry) -> str:
        """Number and name: the name alone may be that of many."""
        return f"{entry.number} ({book.called(entry)})"

    also: tuple[Any, ...] = tuple((part.record, _entry_of) for part in book.parts if part.attribute in book.needed)
    return Source(book.record, (rule,), wanted, also=also, called=None if book.people else called)


def _entry_of(line: Any) -> Any:
    return (getattr(line, line.parent),)
