"""Another wording of a sentence, as one person proposed it and another decided."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import Record
from portal.engine.refusal import Plain, Reason
from portal.engine.text import _, mark
from portal.engine.workflow import Moves
from portal.organisation.models import Unit, User
from portal.wordings.blocks import Block, Texts, against
from portal.wordings.declared import texts_of
from portal.wordings.workflow import WORDING


class WordingChange(Record, Moves):
    """A sentence of a kind of paper in other words, from a day on, for all its sub-kinds or for one.

    It holds for what is decided after it was approved, and from *holds_from* on: nothing older changes its words. A
    later one of the same sentence takes its place.
    """

    workflow = WORDING
    READ_ONLY: ClassVar[tuple[str, ...]] = ("paper", "block", "sub_kind", "text", "holds_from", "reason")

    number: Mapped[str]  # CV-2026-003
    paper: Mapped[str] = mapped_column(index=True)  # the key of its texts
    block: Mapped[str]
    sub_kind: Mapped[str] = mapped_column(default="")  # "": of all
    text: Mapped[str]
    holds_from: Mapped[date]
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(default="proposed", index=True)
    decider_role: Mapped[str]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    commune: Mapped[Unit] = relationship(foreign_keys="WordingChange.commune_id")
    author: Mapped[User | None] = relationship(foreign_keys="WordingChange.created_by_id")

    __table_args__ = (UniqueConstraint("commune_id", "number"),)

    @property
    def title(self) -> str:
        return _("Wording of a paper %(number)s", number=self.number)

    @property
    def texts(self) -> Texts | None:
        """None where no kind of paper has this key any more."""
        return texts_of(self.paper)

    @property
    def known(self) -> Block | None:
        """The sentence as the portal comes with it."""
        return self.texts.blocks.get(self.block) if self.texts else None

    def refusals(self) -> list[Reason]:
        """Why it cannot be decided on as it stands: the paper says this no more, or says more by now."""
        return list(self._refusals())

    def _refusals(self) -> Iterator[Reason]:
        if self.known is None:
            yield Plain(mark("The portal knows no such sentence any more."))
        elif any(against(self.text, self.known)):
            yield Plain(mark("The places of this sentence are others by now. Please propose it anew."))

    def moved(self, transition: str, actor: Actor) -> None:
        if transition in ("approve", "reject"):
            self.decided_at, self.decided_by_id = clock.now(), actor.id
