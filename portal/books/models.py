"""What every book keeps of an entry, whatever it is about."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint, event
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from portal.engine import audit, clock
from portal.engine.db import EMPTY, Record, db, touch
from portal.engine.refusal import Plain, Reason
from portal.engine.vietnamese import fold
from portal.people.actions import change_person, differing
from portal.people.models import NAME_GONE, Person


class Written(Record):
    """What is written down from the answers of a form.

    *beside* names the answers that no column of its own keeps.
    """

    __abstract__ = True

    beside: ClassVar[tuple[str, ...]] = ()

    @property
    def misfits(self) -> Iterable[Reason]:
        """What does not fit together in what was written, each at its field. Asked before anything is saved."""
        return ()

    @property
    def against_mending(self) -> Sequence[Reason]:
        """Why nothing of it is mended any more, by anybody. Most have nothing to say."""
        return ()

    def take(self, facts: Mapping[str, Any]) -> None:
        """Take over what was changed, by its names."""
        for name, value in facts.items():
            setattr(self, name, value)


class Entry(Written):
    """One entry of a book: numbered by commune and year, mended with its history, struck out with a reason.

    *prefix* begins its numbers, *dated* names the day by which entries stand in order and by whose year they are
    numbered, *searched* the attributes by whose words it is found.
    """

    __abstract__ = True

    prefix: ClassVar[str]
    dated: ClassVar[str]
    searched: ClassVar[tuple[str, ...]] = ()

    number: Mapped[str] = mapped_column(sort_order=-8)
    from_paper: Mapped[bool] = mapped_column(default=False, sort_order=80)  # typed from a register kept on paper before
    folded: Mapped[str] = mapped_column(default="", server_default=EMPTY, sort_order=81)  # what it is found by

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("commune_id", "number"), *cls.more_table_args())

    @classmethod
    def more_table_args(cls) -> tuple[Any, ...]:
        """Further constraints and indexes of the table. Most books have none."""
        return ()

    @property
    def dated_on(self) -> date:
        """The day of the entry; where none is known, today."""
        return getattr(self, self.dated) or clock.today()

    def written_down(self) -> None:
        """What follows at once from its being written down, such as lines that come by themselves. Mostly nothing."""

    @property
    def spared(self) -> Sequence[str]:
        """Which of the attributes that its book needs this entry need not have. Most have to have them all."""
        return ()


class OfPerson(Entry):
    """An entry about somebody of whom the commune keeps a record, which the entry makes where there is none.

    What is known of that person is kept there alone, so that two of one name are two, and one whose name is mended is
    mended everywhere, and found by it.
    """

    __abstract__ = True

    beside: ClassVar[tuple[str, ...]] = ("full_name", "birth_year", "national_id")
    completes: ClassVar[tuple[str, ...]] = ()  # what it may add of somebody who is there, where nobody knew it yet
    searched: ClassVar[tuple[str, ...]] = ("full_name",)
    protected = True
    sensitive = frozenset({"folded"})

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, sort_order=-7)

    @declared_attr
    def person(cls) -> Mapped[Person]:
        return relationship(lazy="joined", innerjoin=True)

    @property
    def full_name(self) -> str:
        return self.person.full_name

    @property
    def birth_year(self) -> int | None:
        return self.person.born

    @property
    def national_id(self) -> str | None:
        return self.person.national_id

    @property
    def against_mending(self) -> Sequence[Reason]:
        return (Plain(NAME_GONE),) if self.person.forgotten_on else ()

    def __init__(self, **facts: Any) -> None:
        """Of somebody who was there already everything stays as it is kept; what nobody knew yet may be added."""
        known = {name: facts.pop(name) for name in self.beside if name in facts}
        super().__init__(**facts)
        if facts.get("person_id"):
            self.person = db.session.get_one(Person, facts["person_id"])
            new = [name for name in self.completes if known.get(name) and getattr(self.person, name) is None]
            change_person(self.person, {name: known[name] for name in new})
        elif not facts.get("person"):
            village_id = getattr(self, "village_id", None)
            self.person = Person(commune_id=self.commune_id, village_id=village_id, **known)

    def take(self, facts: Mapping[str, Any]) -> None:
        super().take({name: value for name, value in facts.items() if name not in self.beside})
        known = {name: facts[name] for name in self.beside if name in facts}
        if self.person.birth_date:
            known.pop("birth_year", None)
        if differing(self.person, known):
            change_person(self.person, known)
            audit.note("change_person", self)
            touch(self)  # its form was over the person as well


class Part(Written):
    """A line of an entry: a person of an incident, a member of a team. It counts nowhere once its entry does not."""

    __abstract__ = True


def missing_in(entry: Any, needed: Sequence[str]) -> list[str]:
    """Which of the needed attributes nobody has filled in yet; of a list, whether it has no line that stands."""
    return [name for name in needed if name not in entry.spared and _is_empty(getattr(entry, name))]


def _is_empty(value: Any) -> bool:
    if isinstance(value, list):
        return not any(one.voided_at is None for one in value)
    return value is None or value == ""


@event.listens_for(Entry, "before_insert", propagate=True)
@event.listens_for(Entry, "before_update", propagate=True)
def _found_by(_mapper: Any, _connection: Any, entry: Entry) -> None:
    own = (name for name in entry.searched if name not in entry.beside)  # anything else is searched where it is kept
    words = (str(getattr(entry, name) or "") for name in own)
    entry.folded = fold(" ".join((entry.number, *words)))
