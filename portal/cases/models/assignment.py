"""Who was asked to take a case, as its officer or its helper, and what they answered."""

import enum
from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models.case import HELPING, OWNERS, Case, may_own
from portal.cases.workflow import ASSIGNMENT
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import EMPTY, Record
from portal.engine.text import _l
from portal.engine.workflow import Moves
from portal.organisation.models import Role, Unit, User

ANSWER = timedelta(days=3)  # our own policy: a question does not lie about


class AssignmentKind(enum.StrEnum):
    OFFICER = "officer"
    HELPER = "helper"


ASSIGNMENT_KIND_NAMES = {
    AssignmentKind.OFFICER: _l("Officer in charge"),
    AssignmentKind.HELPER: _l("Helper"),
}


def may_help(user: User, commune: Unit) -> bool:
    """Whether somebody holds a role today, for nobody else and in the commune's line, in which one helps a person."""
    held = (grant for grant in user.held_today if grant.role in HELPING and grant.on_behalf_of_id is None)
    return any(grant.commune.heir_id == commune.heir_id for grant in held)


class Assignment(Record, Moves):
    """One link of the chain: the one before ends on the day on which the next accepts."""

    parent = "case"
    protected = True
    workflow = ASSIGNMENT
    sensitive = frozenset({"reason"})

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[AssignmentKind]
    assignee_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    state: Mapped[str] = mapped_column(default="proposed")
    proposed_on: Mapped[date] = mapped_column(default=clock.today)
    since: Mapped[date | None]  # accepted on
    until: Mapped[date | None]  # the first day on which it holds no more
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id", use_alter=True))
    reason: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # why the case goes to somebody else

    case: Mapped[Case] = relationship(back_populates="assignments")
    assignee: Mapped[User] = relationship(foreign_keys=assignee_id)

    @property
    def answer_by(self) -> date:
        """The last day on which whoever is asked answers in time."""
        return self.proposed_on + ANSWER

    @property
    def roles(self) -> Collection[Role]:
        """The roles of which whoever is asked must hold one."""
        return OWNERS if self.kind == AssignmentKind.OFFICER else HELPING

    @property
    def assignee_serves(self) -> bool:
        """Whether whoever is asked, or has accepted, can still do what it is about."""
        if self.kind == AssignmentKind.OFFICER:
            return may_own(self.assignee)
        return may_help(self.assignee, self.case.commune)

    @property
    def runs(self) -> bool:
        return self.state == "accepted" and self.until is None and self.voided_at is None

    def moved(self, transition: str, actor: Actor) -> None:
        """On acceptance end the one before; an officer becomes the owner of the case."""
        if transition != "accept":
            return
        before = next(
            (one for one in self.case.assignments if one.kind == self.kind and one.runs and one is not self), None
        )
        if before:
            before.state, before.until = "ended", clock.today()
        self.since = clock.today()
        if self.kind == AssignmentKind.OFFICER:
            self.case.owner_id = self.assignee_id
