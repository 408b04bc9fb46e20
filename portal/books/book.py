"""A book as data: what an entry is called, which form writes it, which columns a list has. Pages follow from it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement

from portal.books.forms import BookForm
from portal.books.models import Entry, Part
from portal.engine.listing import Chip
from portal.engine.sheets import Column
from portal.engine.workflow import State
from portal.organisation.models import Role
from portal.people.models import Person

COMPLETE_WITHIN = timedelta(hours=24)  # our own policy: three fields at once, the others within a day

Links = Sequence[tuple[str, str]]
Facts = Mapping[str, Any]


def village_of(entry: Any) -> str:
    """The village of an entry, for a column; nothing where it names none."""
    return str(entry.village.title) if entry.village else ""


def no_links(_entry: Any) -> Links:
    return ()


def no_more(_entry: Any) -> Mapping[str, Any]:
    return {}


def no_standing(_entry: Any) -> State | None:
    return None


class Later(Sequence[Any]):
    """What is loaded along with an entry, told when it is asked for: a room whose records know those of another room
    by name can say it only once both are there."""

    def __init__(self, tell: Callable[[], Sequence[Any]]) -> None:
        self.tell = tell

    def __getitem__(self, which: Any) -> Any:
        return self.tell()[which]

    def __len__(self) -> int:
        return len(self.tell())


def nothing_follows(_facts: Facts) -> Facts:
    return {}


@dataclass(frozen=True)
class Words:
    """What pages say: the book's title, what one entry is, the verb that begins one, and what an empty list says."""

    title: Any
    one: Any
    new: Any
    empty: Any
    todo: Any = ""
    about: Any = ""  # under the title of the list, in one sentence


@dataclass(frozen=True)
class PartOf:
    """Lines of an entry, such as the people of an incident: a list under its page, each with a form of its own.

    *attribute* is the entry's list of them. Who may edit the entry may add one; changing and striking out are rights
    in the line itself. *options* load along what the columns tell of other records. *twice* names the fields in which
    two lines of one entry agree that are perhaps one.
    """

    name: str
    record: type[Part]
    attribute: str
    words: Words
    form: type[BookForm]
    columns: tuple[Column, ...]
    called: Callable[[Any], str]
    options: Sequence[Any] = ()
    twice: tuple[str, ...] = ()


@dataclass(frozen=True)
class Book:
    """A kind of entry that is written down, mended, struck out, looked up and taken along alike.

    *name* is its address and stands before its endpoints. *quick* names the fields that are asked at first, *needed*
    what has to be there within 24 hours. *twice* names the fields in which two entries agree that are perhaps one;
    *alike*, where they are others, those in which a new one agrees with one that stands, and is asked about. The
    *keeper* owes what an author who left has not completed. What *follows* from the answers without being one, as the
    day of an entry that has two, stands beside them where two are compared. *people* tells whom an entry is about,
    where a list asks whose names may be read; *beside_words* gives the entries that a reader finds by what stands in
    their lines, for folded words.
    """

    name: str
    record: type[Entry]
    words: Words
    form: type[BookForm]
    columns: tuple[Column, ...]
    called: Callable[[Any], str]
    icon: str
    keeper: Role = Role.POLICE_CHIEF
    quick: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    parts: tuple[PartOf, ...] = ()
    chips: Sequence[Chip] = ()
    options: Sequence[Any] = ()
    links: Callable[[Any], Links] = no_links
    standing: Callable[[Any], State | None] = no_standing
    follows: Callable[[Facts], Facts] = nothing_follows
    people: Callable[[Any], Person] | None = None
    beside_words: Callable[[str], ColumnElement[bool]] | None = None
    template: str = "books/show.html"  # of one entry's page, where a room shows more
    more: Callable[[Any], Mapping[str, Any]] = no_more  # what that template is told besides

    @property
    def on(self) -> Any:
        """The column of the day by which entries stand in order."""
        return getattr(self.record, self.record.dated)

    def part(self, name: str) -> PartOf:
        return next(one for one in self.parts if one.name == name)

    def endpoint(self, page: str) -> str:
        return f"{self.name}.{page}"
