"""Facts of the commune: each from a day on, until a later one of its kind takes its place or it ends."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from portal.books.models import Entry
from portal.engine.refusal import Misfit, Reason
from portal.engine.text import mark
from portal.profile.catalogue import FACTS, WRONG, Exact, FactKey


class CommuneFact(Entry):
    """One fact with the value that it has from a day. *ended_on* is the first day on which it holds no more."""

    prefix = "SL"
    dated = "valid_from"
    searched = ("value", "source")

    key: Mapped[FactKey] = mapped_column(index=True)
    value: Mapped[str]  # as an official writes it
    valid_from: Mapped[date] = mapped_column(index=True)
    ended_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(default="")  # the paper from which it was taken

    @property
    def exact(self) -> Exact:
        """The value for programs: a number, a month as 2023-04, or the text itself."""
        return FACTS[self.key].exact(self.value)

    @property
    def told(self) -> str:
        """The value with its unit."""
        return f"{self.value} {FACTS[self.key].unit}".strip()

    @property
    def misfits(self) -> Iterable[Reason]:
        kind = FACTS[self.key]
        if not kind.fits(self.value):
            yield Misfit("value", WRONG[kind.kind])
        if self.ended_on and self.ended_on <= self.valid_from:
            yield Misfit("ended_on", mark("It cannot end before it holds."))
