"""The book of weapons that were handed over."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import joinedload, selectinload

from portal.books import Book, Column, PartOf, Words
from portal.documents.wording import place_and_day
from portal.engine import clock
from portal.engine.listing import Chip
from portal.engine.presentation import day
from portal.engine.text import _l
from portal.prevention.forms import CustodyForm, HandoverForm, ItemForm
from portal.prevention.models import (
    CUSTODY_NAMES,
    WEAPON_NAMES,
    WeaponCustody,
    WeaponHandover,
    WeaponItem,
    WeaponType,
)
from portal.prevention.papers import written


def _named(item: WeaponItem) -> str:
    return item.other_name if item.weapon_type == WeaponType.OTHER else str(WEAPON_NAMES[item.weapon_type])


def _told(item: WeaponItem) -> str:
    return f"{_named(item)}: {item.quantity}"


def _pieces(handover: WeaponHandover) -> str:
    return "; ".join(_told(one) for one in handover.items_standing)


def _receipt(handover: WeaponHandover) -> dict[str, Any]:
    """The receipt as it will look, once something is listed in it."""
    if not handover.items_standing or handover.voided_at:
        return {}
    paper = written(handover)
    return {"paper": paper, "place_and_day": place_and_day(paper.issuer.place, paper.day, clock.today().year)}


def _nowhere() -> ColumnElement[bool]:
    kept = exists().where(WeaponCustody.handover_id == WeaponHandover.id, WeaponCustody.voided_at.is_(None))
    return ~kept


WEAPONS = Book(
    name="weapons", record=WeaponHandover, icon="lock", form=HandoverForm,
    words=Words(
        _l("Weapons handed over"), _l("Hand-over"), _l("Record a hand-over"), _l("No hand-over is recorded."),
        _l("Each hand-over is one entry, with a line for each type and with where it is kept."),
        _l("What people hand over of their own will, and what becomes of it."),
    ),
    columns=(
        Column(_l("What it was"), _pieces, 40), Column(_l("State"), lambda one: str(one.standing.label), 18),
        Column(_l("Village"), lambda one: one.village.title, 20),
        Column(_l("Handed over on"), lambda one: one.handed_over_on, 12),
        Column(_l("Who received it"), lambda one: one.received_by, 24),
    ),
    called=lambda one: _pieces(one) or f"{one.village.title}, {day(one.handed_over_on)}",
    standing=lambda one: one.standing, template="prevention/show.html", more=_receipt,
    quick=("handed_over_on", "village_id", "received_by"), needed=("items", "custody"),
    twice=("handed_over_on", "village_id"),
    chips=(Chip("all", _l("All")), Chip("nowhere", _l("No place written down"), _nowhere, "todo")),
    options=(
        joinedload(WeaponHandover.village), selectinload(WeaponHandover.items), selectinload(WeaponHandover.custody),
    ),
    parts=(
        PartOf(
            "items", WeaponItem, "items",
            Words(_l("What was handed over"), _l("Type and pieces"), _l("Add a type"), _l("Nothing is listed yet.")),
            ItemForm,
            (
                Column(_l("Kind of weapon"), _named, 26), Column(_l("Pieces"), lambda one: one.quantity, 8),
                Column(_l("Marks, number, condition"), lambda one: one.marks, 30),
            ),
            called=_told,
        ),
        PartOf(
            "custody", WeaponCustody, "custody",
            Words(
                _l("Custody"), _l("Where it is kept"), _l("Write down where it is"),
                _l("Nobody wrote down where it is kept."),
            ),
            CustodyForm,
            (
                Column(_l("What became of it"), lambda one: str(CUSTODY_NAMES[one.step]), 16),
                Column(_l("Since"), lambda one: one.since_on, 12),
                Column(_l("Where it is kept"), lambda one: one.kept_at, 26),
                Column(_l("Passed on to"), lambda one: one.to_whom, 26),
                Column(_l("Number of the paper about it"), lambda one: one.paper_number, 20),
            ),
            called=lambda one: str(CUSTODY_NAMES[one.step]),
        ),
    ),
)  # fmt: skip

BOOKS = (WEAPONS,)
