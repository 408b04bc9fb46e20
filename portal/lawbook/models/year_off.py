"""The days off of a year, as one person entered and another confirmed them."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import Record, db
from portal.engine.text import _
from portal.engine.workflow import Moves
from portal.law.days_off import Year, entered
from portal.lawbook.models.kept import forget
from portal.lawbook.workflow import YEAR_OFF
from portal.organisation.models import Unit, User


class YearOff(Record, Moves):
    """Days off of a year besides Saturdays and Sundays, Saturdays and Sundays that are worked, days not known yet.

    Each list is kept as officials write it, day before month: "1/1 30/4". The one confirmed last holds.
    """

    workflow = YEAR_OFF

    year: Mapped[int] = mapped_column(index=True)
    off: Mapped[str] = mapped_column(default="")
    worked: Mapped[str] = mapped_column(default="")
    unknown: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")  # the announcement
    state: Mapped[str] = mapped_column(default="entered", index=True)
    decider_role: Mapped[str]  # whose confirmation it waits for
    confirmed_on: Mapped[date | None]

    commune: Mapped[Unit] = relationship(foreign_keys="YearOff.commune_id")
    author: Mapped[User | None] = relationship(foreign_keys="YearOff.created_by_id")

    @property
    def title(self) -> str:
        return _("Days off of %(year)s", year=self.year)

    @property
    def table(self) -> Year:
        return entered(self.year, self.off, self.worked, self.unknown)

    def moved(self, transition: str, _actor: Actor) -> None:
        if transition == "confirm":
            self.confirmed_on = clock.today()
            self._hold()

    def brought_in(self, _words: str) -> None:
        if self.state == "confirmed":
            self._hold()

    def _hold(self) -> None:
        self.commune.own_law, self.commune.duties_on = True, None  # the next page draws all duties anew
        forget(db.session())
