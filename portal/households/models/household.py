"""Households, and where they live from a day to a day."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine.db import Record
from portal.engine.vietnamese import fold, sort_key
from portal.organisation.models import Unit

_STANDS = text("until IS NULL AND voided_at IS NULL")


class Household(Record):
    """A household of the register. *village* is where it lives now, or lived last; its stays tell since when.

    *walk* is its place in the order in which the village head goes from door to door.
    """

    __table_args__ = (UniqueConstraint("commune_id", "number"), Index("ix_household_walk", "village_id", "walk"))

    sensitive = frozenset({"head", "folded", "sort_key"})

    number: Mapped[str]  # HH-NHA-0001
    head: Mapped[str]
    people: Mapped[int]
    walk: Mapped[int]
    village_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    split_from_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"), index=True)
    folded: Mapped[str] = mapped_column(default="")  # what it is found by
    sort_key: Mapped[str] = mapped_column(default="")

    village: Mapped[Unit] = relationship(foreign_keys=village_id)
    split_from: Mapped["Household | None"] = relationship(foreign_keys=split_from_id, remote_side="Household.id")
    merged_into: Mapped["Household | None"] = relationship(foreign_keys=merged_into_id, remote_side="Household.id")
    stays: Mapped[list["Stay"]] = relationship(back_populates="household", order_by="Stay.since, Stay.id")

    @property
    def name(self) -> str:
        """Whom it is called after."""
        return self.head

    @property
    def door(self) -> str:
        """The bare number, as people say it in the village: "014"."""
        return self.number.rpartition("-")[2].lstrip("0").zfill(3)

    @property
    def stay(self) -> "Stay | None":
        """Where it lives now; None once it left the commune or became part of another."""
        return next((one for one in self.stays if one.until is None and one.voided_at is None), None)

    @property
    def standing_stays(self) -> list["Stay"]:
        """Where it lived and lives, without what was struck out."""
        return [one for one in self.stays if one.voided_at is None]

    @property
    def last_event(self) -> str:
        """What last became of it: split, move, merge or leave; nothing since it was entered, or once it is struck
        out."""
        stays = self.standing_stays
        if self.voided_at is not None or not stays:
            return ""
        if stays[-1].until is not None:
            return stays[-1].why
        if len(stays) > 1:
            return "move"
        return "split" if self.split_from_id is not None else ""


class Stay(Record):
    """That a household lives in a village from a day to a day, both included. One is open at most."""

    __table_args__ = (
        Index("uq_stay_open", "household_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
        Index("ix_stay_village", "village_id", "since", "until"),
    )
    parent = "household"

    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    since: Mapped[date]
    until: Mapped[date | None]
    why: Mapped[str] = mapped_column(default="")  # why it ended

    household: Mapped[Household] = relationship(back_populates="stays")
    village: Mapped[Unit] = relationship(foreign_keys=village_id)


@event.listens_for(Household, "before_insert")
@event.listens_for(Household, "before_update")
def _found_by(_mapper: Any, _connection: Any, household: Household) -> None:
    household.folded = fold(f"{household.number} {household.head}")
    household.sort_key = sort_key(household.head)
