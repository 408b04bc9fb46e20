"""A round: the people whose every file is past its time, as counted on the day of the proposal."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import Base, Record
from portal.engine.text import _
from portal.engine.workflow import Moves
from portal.law import approval
from portal.organisation.models import Unit, User
from portal.people.models import PSEUDONYM, Person
from portal.privacy.workflow import RETENTION_ROUND

WAITS, DONE, LEFT = "waits", "done", "left"  # states of an item


class RetentionRound(Record, Moves):
    """Proposed by the chief with a dry run, decided by the chair ("pseudonymise", `portal.law.approval`)."""

    workflow = RETENTION_ROUND

    number: Mapped[str]  # AD-2026-001
    counted_on: Mapped[date]
    people: Mapped[int]
    records: Mapped[int]
    files: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="proposed", index=True)
    decider_role: Mapped[str]
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    carried_out_on: Mapped[date | None]

    commune: Mapped[Unit] = relationship(foreign_keys="RetentionRound.commune_id")
    author: Mapped[User | None] = relationship(foreign_keys="RetentionRound.created_by_id")
    items: Mapped[list["RetentionItem"]] = relationship(back_populates="round", order_by="RetentionItem.place")

    __table_args__ = (UniqueConstraint("commune_id", "number"),)

    @property
    def title(self) -> str:
        return _("Round %(number)s of closed files", number=self.number)

    @property
    def left_to_do(self) -> list["RetentionItem"]:
        return [one for one in self.items if one.state == WAITS]

    def count(self, state: str) -> int:
        return sum(one.state == state for one in self.items)

    def moved(self, transition: str, actor: Actor | None) -> None:
        if transition in ("approve", "reject") and actor is not None:
            self.decided_on, self.decided_by_id = clock.today(), actor.id
        if transition == "carry_out":
            self.carried_out_on = clock.today()


class RetentionItem(Base):
    """One person of a round: *place* makes the pseudonym. *told* names the files by number, never the person."""

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("retention_round.id"), index=True)
    place: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    told: Mapped[str]
    ended_on: Mapped[date]
    state: Mapped[str] = mapped_column(default=WAITS)
    done_on: Mapped[date | None]
    why: Mapped[str] = mapped_column(default="")  # why it was left, as a marked text

    round: Mapped[RetentionRound] = relationship(back_populates="items")
    person: Mapped[Person] = relationship()

    @property
    def pseudonym(self) -> str:
        return f"{PSEUDONYM}{self.round.number}/{self.place}"


def decider() -> str:
    """The role that decides on a round of today."""
    return approval.chain("pseudonymise", clock.today()).decider
