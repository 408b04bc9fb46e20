"""Weapons that people hand over: what it is, where it is kept, what becomes of it."""

import enum
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.books.models import Entry, Part
from portal.engine.refusal import Misfit, Reason
from portal.engine.text import _l, in_english, mark
from portal.engine.workflow import State
from portal.organisation.models import Unit


class WeaponType(enum.StrEnum):
    FLINTLOCK_GUNS = "flintlock_guns"
    ALCOHOL_GUNS = "alcohol_guns"
    ELECTRIC_BATONS = "electric_batons"
    KNIVES_SWORDS = "knives_swords"
    HANDCUFFS = "handcuffs"
    OTHER = "other"


WEAPON_NAMES = {
    WeaponType.FLINTLOCK_GUNS: _l("Flintlock gun"),
    WeaponType.ALCOHOL_GUNS: _l("Alcohol gun"),
    WeaponType.ELECTRIC_BATONS: _l("Electric baton"),
    WeaponType.KNIVES_SWORDS: _l("Knife or sword"),
    WeaponType.HANDCUFFS: _l("Handcuffs"),
    WeaponType.OTHER: _l("Another type"),
}
# As papers and people write them, with the unit in which pieces are counted.
ON_PAPER = {
    WeaponType.FLINTLOCK_GUNS: ("súng kíp", "khẩu"),
    WeaponType.ALCOHOL_GUNS: ("súng cồn", "khẩu"),
    WeaponType.ELECTRIC_BATONS: ("dùi cui điện", "cái"),
    WeaponType.KNIVES_SWORDS: ("dao, kiếm", "cái"),
    WeaponType.HANDCUFFS: ("còng số 8", "cái"),
}


def type_called(word: str) -> WeaponType | None:
    """The type of the catalogue that a word names in either language, whatever its case, its blanks and the form of
    its letters."""
    wanted = _plain(word)
    with in_english():
        names = {one: (name, str(WEAPON_NAMES[one])) for one, (name, _unit) in ON_PAPER.items()}
    return next((one for one, both in names.items() if wanted in map(_plain, both)), None)


def _plain(word: str) -> str:
    return " ".join(unicodedata.normalize("NFC", word).casefold().split())


class CustodyStep(enum.StrEnum):
    KEPT = "kept"
    PASSED_ON = "passed_on"
    DESTROYED = "destroyed"


CUSTODY_NAMES = {
    CustodyStep.KEPT: _l("Kept"),
    CustodyStep.PASSED_ON: _l("Passed on"),
    CustodyStep.DESTROYED: _l("Weapon destroyed"),
}
NOWHERE = State(_l("No place written down"), "todo")
STANDINGS = {
    CustodyStep.KEPT: State(CUSTODY_NAMES[CustodyStep.KEPT], "active"),
    CustodyStep.PASSED_ON: State(CUSTODY_NAMES[CustodyStep.PASSED_ON], "done"),
    CustodyStep.DESTROYED: State(CUSTODY_NAMES[CustodyStep.DESTROYED], "done"),
}


class WeaponHandover(Entry):
    """One hand-over by somebody of a village. Who it was is kept only if they agree."""

    prefix = "VK"
    dated = "handed_over_on"
    searched = ("giver", "received_by", "note")
    sensitive = frozenset({"giver", "note", "folded"})

    village_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    handed_over_on: Mapped[date] = mapped_column(index=True)
    giver_agrees: Mapped[bool] = mapped_column(default=False)
    giver: Mapped[str] = mapped_column(default="")
    received_by: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")

    village: Mapped[Unit] = relationship(foreign_keys=village_id)
    items: Mapped[list["WeaponItem"]] = relationship(back_populates="handover", order_by="WeaponItem.id")
    custody: Mapped[list["WeaponCustody"]] = relationship(
        back_populates="handover", order_by="WeaponCustody.since_on, WeaponCustody.id"
    )

    @property
    def misfits(self) -> Iterable[Reason]:
        if self.giver and not self.giver_agrees:
            yield Misfit("giver", mark("The name is kept only if the giver agrees. Say so above, or leave it empty."))

    @property
    def items_standing(self) -> list["WeaponItem"]:
        return [one for one in self.items if one.voided_at is None]

    @property
    def standing(self) -> State:
        """What became of it last."""
        steps = [one for one in self.custody if one.voided_at is None]
        return STANDINGS[steps[-1].step] if steps else NOWHERE


class WeaponItem(Part):
    """So many pieces of one type. A word beside the catalogue that names one of its types is that type."""

    parent = "handover"

    handover_id: Mapped[int] = mapped_column(ForeignKey("weapon_handover.id"), index=True)
    weapon_type: Mapped[WeaponType] = mapped_column(index=True)
    other_name: Mapped[str] = mapped_column(default="")
    quantity: Mapped[int]
    marks: Mapped[str] = mapped_column(default="")

    handover: Mapped[WeaponHandover] = relationship(back_populates="items")

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        self._settle()

    def take(self, facts: Mapping[str, Any]) -> None:
        super().take(facts)
        self._settle()

    def _settle(self) -> None:
        known = type_called(self.other_name or "") if self.weapon_type == WeaponType.OTHER else None
        if known is not None:
            self.weapon_type, self.other_name = known, ""

    @property
    def misfits(self) -> Iterable[Reason]:
        if self.weapon_type == WeaponType.OTHER and not self.other_name:
            yield Misfit("other_name", mark("Please say what it is."))
        if self.weapon_type != WeaponType.OTHER and self.other_name:
            yield Misfit("other_name", mark("This is only for what the list does not name. Leave it empty here."))


class WeaponCustody(Part):
    """Where what was handed over is kept from a day on, to whom it was passed on, or that it was destroyed."""

    parent = "handover"

    handover_id: Mapped[int] = mapped_column(ForeignKey("weapon_handover.id"), index=True)
    step: Mapped[CustodyStep]
    since_on: Mapped[date]
    kept_at: Mapped[str] = mapped_column(default="")
    to_whom: Mapped[str] = mapped_column(default="")
    paper_number: Mapped[str] = mapped_column(default="")

    handover: Mapped[WeaponHandover] = relationship(back_populates="custody")

    @property
    def misfits(self) -> Iterable[Reason]:
        if self.since_on < self.handover.handed_over_on:
            yield Misfit("since_on", mark("This cannot be before it was handed over."))
        if self.step == CustodyStep.KEPT and not self.kept_at:
            yield Misfit("kept_at", mark("Please say where it is kept."))
        if self.step == CustodyStep.PASSED_ON and not self.to_whom:
            yield Misfit("to_whom", mark("Please say to whom it was passed on."))
        if self.step == CustodyStep.DESTROYED and not self.paper_number:
            yield Misfit("paper_number", mark("Please write the number of the paper about the destruction."))
        others = [one for one in self.handover.custody if one is not self and one.voided_at is None]
        if any(one.step == CustodyStep.DESTROYED and one.comes_before(self) for one in others):
            yield Misfit("step", mark("It was destroyed already: nothing comes after that."))
        if self.step == CustodyStep.DESTROYED and any(self.comes_before(one) for one in others):
            yield Misfit("since_on", mark("Something of a later day is written down already."))

    def comes_before(self, other: "WeaponCustody") -> bool:
        """By the day; of one day by the order in which they were written down."""
        own, others = inspect(self), inspect(other)
        if self.since_on != other.since_on or not own.has_identity:
            return self.since_on < other.since_on
        return not others.has_identity or self.id < other.id
