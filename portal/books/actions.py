"""What people do in a book: write an entry down, mend it, add a line."""

from collections.abc import Mapping
from typing import Any

from portal.books.models import Entry, Part
from portal.engine.access import Actor, may
from portal.engine.db import Kept, db, touch
from portal.engine.numbering import next_number
from portal.engine.refusal import Forbidden, Misfit, Refused
from portal.engine.text import mark
from portal.organisation.models import line_of

Facts = Mapping[str, Any]


def write_down(record: type[Entry], commune_id: int, facts: Facts, by: Actor | None, **more: Any) -> Any:
    """Write an entry down, numbered in the year of its day.

    Raises Refused for what does not fit together, and where its writer may not write of that place.
    """
    with db.session.no_autoflush:
        entry = record(commune_id=commune_id, **facts, **more)
        entry.number = entry.number or _next_number(entry)
    _kept(entry, "create", by)
    entry.written_down()
    db.session.flush()
    return entry


def _next_number(entry: Entry) -> str:
    record = type(entry)
    prefix = f"{entry.prefix}-{entry.dated_on.year}-"
    return next_number(record.number, prefix, record.commune_id.in_(line_of(entry.commune_id)))


class RowsRefused(Refused):
    """Several entries that were to be written at once: *by_row* says of each what does not fit."""

    def __init__(self, by_row: Mapping[int, Refused]) -> None:
        super().__init__(*(reason for refused in by_row.values() for reason in refused.reasons))
        self.by_row = by_row


def write_down_rows(
    record: type[Entry], commune_id: int, rows: Mapping[int, Facts], by: Actor, about: Mapping[int, int]
) -> list[Any]:
    """Write down what a register on paper says, a row an entry; all of them or none.

    Some are *about* the new person of a row above. Raises RowsRefused with what does not fit together, of each row.
    """
    made: dict[int, Any] = {}
    refused: dict[int, Refused] = {}
    for number, facts in rows.items():
        try:
            of_above = {"person_id": made[about[number]].person_id} if about.get(number) in made else {}
            made[number] = write_down(record, commune_id, {**facts, **of_above}, by, from_paper=True)
        except Forbidden:
            raise
        except Refused as caught:
            refused[number] = caught
    if refused:
        raise RowsRefused(refused)
    return list(made.values())


def mend(entry: Entry | Part, facts: Facts, by: Actor | None) -> Any:
    """Change what an entry or one of its lines says. Raises Refused for what does not fit together, or stays."""
    if against := entry.against_mending:
        raise Refused(*against)
    with db.session.no_autoflush:  # nothing is written before what does not fit is told
        entry.take(facts)
        if isinstance(entry, Part):
            touch(_entry_of(entry))
    return _kept(entry, "edit", by)


def add_line(record: type[Part], entry: Entry, facts: Facts, by: Actor | None) -> Any:
    """Add a line to an entry, which counts as a change of the entry."""
    line = record(commune_id=entry.commune_id, **{str(record.parent): entry}, **facts)
    touch(entry)
    return _kept(line, "", by)


def _entry_of(line: Part) -> Kept:
    found: Kept = getattr(line, str(line.parent))
    return found


def _kept(entry: Any, right: str, by: Actor | None) -> Any:
    with db.session.no_autoflush:
        if against := list(entry.misfits):
            raise Refused(*against)
    db.session.add(entry)
    db.session.flush()
    if by is not None and right and not may(by, right, entry):
        raise _not_there(entry)
    return entry


def _not_there(entry: Any) -> Refused:
    """Somebody wrote of a place that is not theirs: at the field of the village, where there is one."""
    if hasattr(entry, "village_id"):
        return Refused(Misfit("village_id", mark("Your role does not write of this place.")))
    return Forbidden(wanted="create", record=None)
