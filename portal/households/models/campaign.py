"""Campaigns in which households and establishments pledge something, and what each village is to reach."""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.db import Record
from portal.engine.text import _l
from portal.engine.workflow import Moves
from portal.households.models.establishment import Establishment
from portal.households.models.household import Household
from portal.households.workflow import CAMPAIGN
from portal.organisation.models import Unit


class CampaignKind(enum.StrEnum):
    """What is pledged, as reports count it."""

    DRUG_FREE = "drug_free"
    FIRE_SAFETY = "fire_safety"
    FIREWORKS = "fireworks"
    OTHER = "other"


class Target(enum.StrEnum):
    """Who is asked to sign."""

    HOUSEHOLDS = "households"
    ESTABLISHMENTS = "establishments"
    BOTH = "both"


CAMPAIGN_KIND_NAMES = {
    CampaignKind.DRUG_FREE: _l("Drug-free"),
    CampaignKind.FIRE_SAFETY: _l("Fire safety"),
    CampaignKind.FIREWORKS: _l("Fireworks"),
    CampaignKind.OTHER: _l("Something else"),
}
TARGET_NAMES = {
    Target.HOUSEHOLDS: _l("Households"),
    Target.ESTABLISHMENTS: _l("Establishments"),
    Target.BOTH: _l("Households and establishments"),
}


ASKED: dict[Target, tuple[type[Household] | type[Establishment], ...]] = {
    Target.HOUSEHOLDS: (Household,),
    Target.ESTABLISHMENTS: (Establishment,),
    Target.BOTH: (Household, Establishment),
}


class PledgeCampaign(Record, Moves):
    """A campaign from a day to a day, both included. Once it is open its text stands as people signed it."""

    __table_args__ = (UniqueConstraint("commune_id", "number"),)
    workflow = CAMPAIGN

    number: Mapped[str]  # CK-2026-003
    kind: Mapped[CampaignKind]
    title: Mapped[str]
    text: Mapped[str]
    target: Mapped[Target]
    first_on: Mapped[date]
    last_on: Mapped[date]
    state: Mapped[str] = mapped_column(default="draft", index=True)
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("title_programme.id"), index=True)  # it serves a title

    goals: Mapped[list["CampaignGoal"]] = relationship(back_populates="campaign", order_by="CampaignGoal.id")

    @property
    def usual_day(self) -> date:
        """The day on which somebody most likely signed: today, or the nearest day of the campaign."""
        return max(self.first_on, min(clock.today(), self.last_on))

    @property
    def counted_on(self) -> date:
        """The day of which it is counted who lives there: today, and its last day once that has passed."""
        return self.usual_day

    @property
    def kinds(self) -> tuple[type[Household] | type[Establishment], ...]:
        """Who is asked to sign."""
        return ASKED[self.target]

    def moved(self, transition: str, actor: Any) -> None:
        if transition == "open":
            self.opened_at = clock.now()
        if transition == "close":
            self.closed_at = clock.now()


class CampaignGoal(Record):
    """A campaign in one village: *count* is how many are to sign there, everybody where none is given."""

    __table_args__ = (UniqueConstraint("campaign_id", "village_id"),)
    parent = "campaign"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("pledge_campaign.id"), index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    count: Mapped[int | None]

    campaign: Mapped[PledgeCampaign] = relationship(back_populates="goals")
    village: Mapped[Unit] = relationship(foreign_keys=village_id)
