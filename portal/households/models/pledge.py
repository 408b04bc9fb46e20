"""What somebody pledged, the sheet on which many signed, and what came of a call at a door."""

import enum
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.db import Record
from portal.engine.refusal import Plain, Reason
from portal.engine.text import _l, mark
from portal.engine.workflow import Moves
from portal.households.models.campaign import PledgeCampaign
from portal.households.models.establishment import Establishment
from portal.households.models.household import Household
from portal.households.workflow import PLEDGE
from portal.organisation.models import Unit, User

UNDO_WITHIN = timedelta(minutes=10)  # our own policy: a slip of the thumb needs no reason
TAKES_TWO = mark(
    "A second person decided that this pledge was breached, so taking that back takes two people as well. "
    "The police ask for it on the page of the breach."
)
_HOLDS = text("voided_at IS NULL AND state <> 'withdrawn'")
_STANDS = text("standing AND voided_at IS NULL")


class PledgeSheet(Record):
    """One sheet of paper that many signed on a day; its photo is a file of it."""

    parent = "campaign"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("pledge_campaign.id"), index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    signed_on: Mapped[date]
    count: Mapped[int]

    campaign: Mapped[PledgeCampaign] = relationship(foreign_keys=campaign_id)
    village: Mapped[Unit] = relationship(foreign_keys=village_id)
    author: Mapped[User | None] = relationship(foreign_keys="PledgeSheet.created_by_id")

    @property
    def against_files(self) -> Sequence[Reason]:
        return (Plain(mark("The sheet is struck out.")),) if self.voided_at is not None else ()

    def undone_by(self, user_id: int | None) -> bool:
        """Whether somebody may take their own sheet back without a word: for ten minutes."""
        recent = clock.now() - self.created_at <= UNDO_WITHIN
        return recent and self.voided_at is None and self.created_by_id == user_id


class OfSigner:
    """Mixed into what is about one household or one establishment, in a campaign and at the village of that day."""

    campaign_id: Mapped[int] = mapped_column(ForeignKey("pledge_campaign.id"))
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"), index=True)
    establishment_id: Mapped[int | None] = mapped_column(ForeignKey("establishment.id"), index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("pledge_sheet.id"), index=True)

    @property
    def signer(self) -> Household | Establishment:
        found: Household | Establishment = self.household or self.establishment  # type: ignore[attr-defined]
        return found

    @property
    def signer_id(self) -> int:
        return int(self.household_id or self.establishment_id or 0)


_ONE_SIGNER = "(household_id IS NULL) <> (establishment_id IS NULL)"


class Pledge(OfSigner, Record, Moves):
    """That somebody signed, on a day. It counts from then on, confirmed or not.

    *village* is where they lived on that day; who moves takes the pledge along. One holds for each signer and campaign.
    """

    __table_args__ = (
        CheckConstraint(_ONE_SIGNER, name="one_signer"),
        Index("uq_pledge_household", "campaign_id", "household_id", unique=True, sqlite_where=_HOLDS,
              postgresql_where=_HOLDS),
        Index("uq_pledge_establishment", "campaign_id", "establishment_id", unique=True, sqlite_where=_HOLDS,
              postgresql_where=_HOLDS),
        Index("ix_pledge_signed", "campaign_id", "signed_on"),
    )  # fmt: skip
    workflow = PLEDGE
    sensitive = frozenset({"reason"})

    signed_on: Mapped[date]
    state: Mapped[str] = mapped_column(default="signed")
    confirmed_at: Mapped[datetime | None] = mapped_column(index=True)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    withdrawn_on: Mapped[date | None]
    breached_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")  # why it was withdrawn

    campaign: Mapped[PledgeCampaign] = relationship(foreign_keys="Pledge.campaign_id")
    household: Mapped[Household | None] = relationship(foreign_keys="Pledge.household_id")
    establishment: Mapped[Establishment | None] = relationship(foreign_keys="Pledge.establishment_id")
    village: Mapped[Unit] = relationship(foreign_keys="Pledge.village_id")
    sheet: Mapped[PledgeSheet | None] = relationship(foreign_keys="Pledge.sheet_id")
    author: Mapped[User | None] = relationship(foreign_keys="Pledge.created_by_id")
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=confirmed_by_id)

    @property
    def against_voiding(self) -> Sequence[Reason]:
        """One person strikes out what was entered in error, and not what two people decided."""
        return (Plain(TAKES_TWO),) if self.state == "breached" else ()

    @property
    def entered_at_once(self) -> bool:
        """Whether whoever confirmed it entered it with the same tick: to undo that takes the entry back as well."""
        return self.confirmed_at == self.created_at and self.confirmed_by_id == self.created_by_id


class CallResult(enum.StrEnum):
    """What came of a call at a door where nobody signed."""

    ABSENT = "absent"
    REFUSED = "refused"
    MOVED = "moved"
    NOT_APPLICABLE = "not_applicable"


RESULT_NAMES = {
    CallResult.ABSENT: _l("Not at home"),
    CallResult.REFUSED: _l("Refused to sign"),
    CallResult.MOVED: _l("Moved away"),
    CallResult.NOT_APPLICABLE: _l("Not concerned"),
}
LEFT_OUT = (CallResult.MOVED, CallResult.NOT_APPLICABLE)  # are not counted among those who could sign
AGAINST = (CallResult.REFUSED, *LEFT_OUT)  # what was said speaks against a signature; whoever was out may yet sign


class DoorCall(OfSigner, Record):
    """That somebody was called on and did not sign. The latest stands, until they sign."""

    __table_args__ = (
        CheckConstraint(_ONE_SIGNER, name="one_signer"),
        Index("uq_door_call_household", "campaign_id", "household_id", unique=True, sqlite_where=_STANDS,
              postgresql_where=_STANDS),
        Index("uq_door_call_establishment", "campaign_id", "establishment_id", unique=True, sqlite_where=_STANDS,
              postgresql_where=_STANDS),
    )  # fmt: skip

    on: Mapped[date]
    result: Mapped[CallResult]
    standing: Mapped[bool] = mapped_column(default=True)

    campaign: Mapped[PledgeCampaign] = relationship(foreign_keys="DoorCall.campaign_id")
    household: Mapped[Household | None] = relationship(foreign_keys="DoorCall.household_id")
    establishment: Mapped[Establishment | None] = relationship(foreign_keys="DoorCall.establishment_id")
    village: Mapped[Unit] = relationship(foreign_keys="DoorCall.village_id")
    sheet: Mapped[PledgeSheet | None] = relationship(foreign_keys="DoorCall.sheet_id")
    author: Mapped[User | None] = relationship(foreign_keys="DoorCall.created_by_id")
