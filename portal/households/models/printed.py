"""Printed lists: which household stood in which row of a paper, so that rows typed back mean what was printed."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine.db import Base, Record
from portal.households.models.campaign import PledgeCampaign
from portal.households.models.household import Household
from portal.organisation.models import Unit


class PrintedList(Record):
    """A list of those who had not signed yet, as it was printed for a village."""

    __table_args__ = (UniqueConstraint("campaign_id", "village_id", "number"),)
    parent = "campaign"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("pledge_campaign.id"), index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    number: Mapped[int]  # of the village and campaign
    printed_on: Mapped[date]

    campaign: Mapped[PledgeCampaign] = relationship(foreign_keys=campaign_id)
    village: Mapped[Unit] = relationship(foreign_keys=village_id)
    rows: Mapped[list["PrintedRow"]] = relationship(back_populates="printed", order_by="PrintedRow.row")


class PrintedRow(Base):
    """A row of a printed list. It never changes, whatever becomes of the household."""

    __table_args__ = (UniqueConstraint("printed_id", "row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    printed_id: Mapped[int] = mapped_column(ForeignKey("printed_list.id"))
    row: Mapped[int]
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)

    printed: Mapped[PrintedList] = relationship(back_populates="rows")
    household: Mapped[Household] = relationship(foreign_keys=household_id)
