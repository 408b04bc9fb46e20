"""A figure that no record gives: somebody typed it, and says where it comes from."""

import re
from collections.abc import Iterable
from datetime import date

from sqlalchemy import BigInteger, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.books.models import Entry
from portal.engine.db import db
from portal.engine.refusal import Misfit, Reason
from portal.engine.text import mark
from portal.organisation.models import User
from portal.reports.periods import MOST_YEARS, too_long

PREFIX = "typed."  # before its key, where texts name it
KEY = re.compile(r"[a-z][a-z0-9_]{1,39}")


class ManualFigure(Entry):
    """*value* in thousandths of its unit, in a period of both days included; *evidence* says what it is taken from."""

    prefix = "TYP"
    dated = "last"
    searched = ("label", "key")

    key: Mapped[str]
    label: Mapped[str]
    value: Mapped[int] = mapped_column(BigInteger)
    unit: Mapped[str]
    first: Mapped[date]
    last: Mapped[date] = mapped_column(index=True)
    definition: Mapped[str]
    evidence: Mapped[str]

    author: Mapped[User | None] = relationship(foreign_keys="ManualFigure.created_by_id")

    @property
    def misfits(self) -> Iterable[Reason]:
        if not KEY.fullmatch(self.key):
            yield Misfit("key", mark("Small letters without diacritics, digits and underscores, such as loans_paid."))
        if self.last < self.first:
            yield Misfit("last", mark("The last day cannot be before the first."))
        elif too_long(self.first, self.last):
            yield Misfit("last", mark("A period is at most %(years)s years long."), years=MOST_YEARS)
        if there := self.typed_already():
            yield Misfit("key", mark("This was typed for these days already: %(number)s."), number=there.number)

    @property
    def name(self) -> str:
        """By which texts name it."""
        return PREFIX + self.key

    def typed_already(self) -> "ManualFigure | None":
        """Another entry of the same key and the same days."""
        same = [getattr(ManualFigure, name) == getattr(self, name) for name in ("commune_id", "key", "first", "last")]
        others = select(ManualFigure).where(*same, ManualFigure.voided_at.is_(None), ManualFigure.id != (self.id or 0))
        return db.session.scalars(others.limit(1)).first()
