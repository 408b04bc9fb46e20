"""That somebody broke what they pledged: proposed by one, decided by another, never by itself."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import Record, db
from portal.engine.workflow import Moves
from portal.households.models.pledge import Pledge
from portal.households.workflow import BREACH
from portal.law import approval
from portal.organisation.models import Role, RoleGrant, User
from portal.organisation.queries import held_in


def decider_for(by: Actor, commune_id: int) -> str:
    """The role that decides on what somebody proposes or asks today, by the law of the day (`portal.law.approval`).

    It is the chair's where nobody holds that role but whoever proposes it and those who act for them.
    """
    role = approval.chain("pledge_breach", clock.today()).decider
    themselves = [one for one in (by.id, by.acting.on_behalf_of_id if by.acting else None) if one is not None]
    for_themselves = RoleGrant.on_behalf_of_id.in_(themselves)
    others = held_in(role, commune_id).where(
        RoleGrant.user_id.not_in(themselves), or_(RoleGrant.on_behalf_of_id.is_(None), ~for_themselves)
    )
    return role if db.session.scalar(select(others.exists())) else Role.COMMUNE_LEADER


class PledgeBreach(Record, Moves):
    """A breach as it is proposed. Who decides is written into it, for each question anew (`decider_for`)."""

    workflow = BREACH
    sensitive = frozenset({"reason"})

    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledge.id"), index=True)
    happened_on: Mapped[date]
    reason: Mapped[str]  # what happened, and how it is known
    state: Mapped[str] = mapped_column(default="proposed", index=True)
    decider_role: Mapped[str]
    decided_on: Mapped[date | None]

    pledge: Mapped[Pledge] = relationship(foreign_keys=pledge_id)
    author: Mapped[User | None] = relationship(foreign_keys="PledgeBreach.created_by_id")

    @property
    def title(self) -> str:
        """It has no number: it is called by the campaign whose pledge was broken."""
        return str(self.pledge.campaign.title)

    def moved(self, transition: str, actor: Actor) -> None:
        """Once it is approved the pledge is breached, until that is taken back; it counts as signed all the same.

        What happened stays here, since fewer people read of a breach than of a pledge.
        """
        pledge: Any = self.pledge
        if transition in ("approve", "reject"):
            self.decided_on = clock.today()
        if transition == "approve":
            pledge.workflow.follow("breach", pledge, actor)
            pledge.breached_on = clock.today()
        if transition == "ask_back":
            self.decider_role = decider_for(actor, self.commune_id)
        if transition == "take_back":
            pledge.state, pledge.breached_on = "confirmed" if pledge.confirmed_at else "signed", None
            pledge.workflow.tell("restore", pledge, actor, "")
