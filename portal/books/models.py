"""What every book keeps of an entry, whatever it is about."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from sqlalchemy import UniqueConstraint, event
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from portal.engine.db import EMPTY, Record
from portal.engine.refusal import Reason
from portal.engine.vietnamese import fold


class Entry(Record):
    """One entry of a book: numbered by commune and year, mended with its history, struck out with a reason.

    *prefix* begins its numbers, *searched* names the attributes by whose words it is found.
    """

    __abstract__ = True

    prefix: ClassVar[str]
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
    def misfits(self) -> Iterable[Reason]:
        """What does not fit together in what was written, each at its field. Asked before anything is saved."""
        return ()

    @property
    def spared(self) -> Sequence[str]:
        """Which of the attributes that its book needs this entry need not have. Most have to have them all."""
        return ()


class Part(Record):
    """A line of an entry: a person of an incident, a member of a team. It counts nowhere once its entry does not."""

    __abstract__ = True

    @property
    def misfits(self) -> Iterable[Reason]:
        return ()


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
    words = (str(getattr(entry, name) or "") for name in entry.searched)
    entry.folded = fold(" ".join((entry.number, *words)))
