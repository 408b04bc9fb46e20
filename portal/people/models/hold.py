"""A legal hold: as long as it stands nothing that is kept of somebody is forgotten."""

from datetime import date

from sqlalchemy import ColumnElement, ForeignKey, and_, or_
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import Record
from portal.engine.text import _
from portal.engine.workflow import Moves, State
from portal.organisation.models import User
from portal.people.models.person import Person
from portal.people.workflow import LEGAL_HOLD


class LegalHold(Record, Moves):
    """Who asked that the data of somebody be kept, why, and until which day, which is included; None: until lifted.

    It holds all that is linked to the person, in every room, and to whoever has the same ID number.
    """

    parent = "person"
    protected = True
    sensitive = frozenset({"asked_by", "paper", "reason"})
    workflow = LEGAL_HOLD

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    asked_by: Mapped[str]  # the body that asks for it
    paper: Mapped[str] = mapped_column(default="")
    reason: Mapped[str]
    until: Mapped[date | None]
    state: Mapped[str] = mapped_column(default="holds", index=True)
    lifted_on: Mapped[date | None]

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    author: Mapped[User | None] = relationship(foreign_keys="LegalHold.created_by_id")

    @property
    def title(self) -> str:
        return _("Legal hold of %(day)s", day=f"{clock.day_of(self.created_at):%d/%m/%Y}")

    @hybrid_method
    def stands_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.voided_at is None and self.state == "holds" and (self.until is None or self.until >= day)

    @stands_on.inplace.expression  # type: ignore[attr-defined, untyped-decorator]
    @classmethod
    def _stands_on(cls, day: date) -> ColumnElement[bool]:
        lasts = or_(cls.until.is_(None), cls.until >= day)
        return and_(cls.voided_at.is_(None), cls.state == "holds", lasts)

    @property
    def standing(self) -> State:
        """Past its last day it holds no more, though nobody lifted it."""
        state = LEGAL_HOLD.states[self.state]
        over = self.state == "holds" and not self.stands_on(clock.today())
        return State(_("Ended by its day"), "done") if over else state

    def moved(self, transition: str, actor: Actor) -> None:
        if transition == "lift":
            self.lifted_on = clock.today()
