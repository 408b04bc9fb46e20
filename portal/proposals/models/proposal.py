"""What every proposal has, of whichever kind."""

import hashlib
import json
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models import Case
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import Record
from portal.engine.refusal import Reason
from portal.engine.workflow import Moves
from portal.law import approval
from portal.organisation.models import User
from portal.people.naming import is_named
from portal.proposals.workflow import PROPOSAL


class Proposal(Record, Moves):
    """A decision that somebody asks for and somebody else takes.

    A kind is a subclass with columns of its own; `content` names those that are frozen, with their digest, at the
    moment of the decision.
    """

    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_abstract": True}

    workflow = PROPOSAL
    parent = "case"
    protected = True
    sensitive = frozenset({"reason"})

    label: ClassVar[Any] = ""  # what the kind is called
    content: ClassVar[tuple[str, ...]] = ()
    chain_kind: ClassVar[str] = ""  # its row in the table of who endorses and who decides

    kind: Mapped[str]
    number: Mapped[str]  # ĐX-2026-087
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    state: Mapped[str] = mapped_column(default="draft", index=True)
    reason: Mapped[str] = mapped_column(default="")  # why it is proposed
    endorser_role: Mapped[str | None]
    decider_role: Mapped[str | None]
    submitted_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decision_number: Mapped[str] = mapped_column(default="")  # of the signed paper: "12/QĐ-UBND"
    decision_on: Mapped[date | None]
    frozen_digest: Mapped[str] = mapped_column(default="")
    frozen_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship(back_populates="proposals")
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)
    author: Mapped[User | None] = relationship(foreign_keys="Proposal.created_by_id")

    __table_args__ = (UniqueConstraint("commune_id", "number"),)

    @property
    def title(self) -> str:
        """The thing itself, as a heading: kinds say it in their own words."""
        return str(self.label)

    def title_for(self, reader: Actor) -> str:
        """The heading for one reader: where the name of the person is withheld, the kind alone."""
        return self.title if is_named(reader, self.case.person) else str(self.label)

    def refusals(self) -> list[Reason]:
        """Why the law forbids it as it stands. Most kinds have nothing to say."""
        return []

    def moved(self, transition: str, actor: Actor) -> None:
        """Fix the way at submission, freeze at the decision, and do what an approval brings."""
        if transition == "submit":
            self._set_way(actor)
        if transition in ("approve", "reject"):
            self.decided_on, self.decided_by_id = clock.today(), actor.id
            self.frozen_digest, self.frozen_at = self.digest(), clock.now()
        if transition == "approve":
            self.when_approved(actor)
        if transition in ("reject", "withdraw"):
            self.when_dropped(actor)

    def _set_way(self, actor: Actor) -> None:
        """Who endorses and who decides, by kind and day. An author who would be the endorser is passed over."""
        chain = approval.chain(self.chain_kind, clock.today())
        mine = actor.acting.role if actor.acting else ""
        self.endorser_role = None if chain.endorser in (None, mine) else chain.endorser
        self.decider_role = chain.decider
        self.submitted_on = clock.today()

    def when_approved(self, actor: Actor) -> None:
        """What the approval brings at once. Kinds say."""

    def when_dropped(self, actor: Actor) -> None:
        """What a rejection or withdrawal undoes. Kinds say."""

    def digest(self) -> str:
        """The digest of what was decided on."""
        told = {name: str(getattr(self, name)) for name in ("kind", "number", "case_id", "reason", *self.content)}
        return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    @property
    def intact(self) -> bool:
        """Whether what was decided on is still what stands here."""
        return not self.frozen_digest or self.frozen_digest == self.digest()

    @property
    def editable(self) -> bool:
        return self.state in ("draft", "returned")

    @property
    def waits_for(self) -> str | None:
        """The role whose step is next."""
        if self.state == "submitted":
            return self.endorser_role or self.decider_role
        return self.decider_role if self.state == "endorsed" else None
