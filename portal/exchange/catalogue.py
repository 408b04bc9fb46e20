"""Which sheets the workbook has, and which of them somebody may bring in or take along."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import current_app

from portal.engine.access import Actor, holds
from portal.exchange.books import sheets_of
from portal.exchange.kinds import sheets_of_kinds
from portal.exchange.numbers_in_cases import numbered_in_cases
from portal.exchange.references import references
from portal.exchange.sheet import Sheet
from portal.organisation.models import Role


def all_sheets() -> list[Sheet]:
    """Every sheet, in the order in which they refer to one another."""
    books = [book for area in current_app.extensions["areas"] for book in area.books]
    known = {**references(books), **numbered_in_cases()}
    return _referred_first([*sheets_of_kinds(known), *sheets_of(books, known)])


def _referred_first(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Let each sheet stand behind those whose rows it names; else as they come."""
    left, keys = list(sheets), {one.key for one in sheets}
    done: dict[str, Sheet] = {}
    while left:
        ready = (one for one in left if (one.names & keys) - {one.key} <= done.keys())
        following = next(ready, left[0])
        done[following.key] = following
        left.remove(following)
    return list(done.values())


def sheets_for(user: Actor, right: str) -> list[Sheet]:
    """Those of which the user's role has the right (`create` or `export`); sealed ones for the chief alone."""
    chief = user.acting is not None and user.acting.role == Role.POLICE_CHIEF
    open_to = [one for one in all_sheets() if holds(user, *one.right(right)) and (chief or not one.sealed)]
    if right == "create":
        return [one for one in open_to if not one.by_command]
    kept = {sheet.key for family in families(open_to) for sheet in family.sheets}
    return [one for one in open_to if one.key in kept]


@dataclass(frozen=True)
class Family:
    """A sheet of records, and those of what belongs to them: their lines, their steps. They leave together."""

    head: Sheet
    lines: tuple[Sheet, ...]

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        return self.head, *self.lines


def families(sheets: Sequence[Sheet]) -> Iterator[Family]:
    """The same by families. Lines whose records are not among them are left out."""
    for head in (one for one in sheets if not one.of_lines):
        yield Family(head, tuple(one for one in sheets if one.key.startswith(f"{head.key}.")))
