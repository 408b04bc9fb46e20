"""A printed list as a page: its rows, and the code that leads back to it."""

from collections.abc import Sequence

from flask import request, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.engine.access import Actor, reach
from portal.engine.db import db
from portal.engine.presentation import whole_address
from portal.households.models import CampaignGoal, Household, PrintedList, PrintedRow, Signer
from portal.households.presenters import village
from portal.households.queries import not_yet, signers_in


def to_sign(goal: CampaignGoal, kind: type[Signer]) -> Sequence[Signer]:
    """Of a kind, those of a village who have not signed; the one whom the address names, signed or not."""
    found = signers_in(kind, goal.village, goal.campaign.counted_on).options(joinedload(kind.village))
    one = request.args.get("for", "")
    asked = found.where(kind.number == one) if one else found.where(not_yet(goal.campaign, kind))
    return db.session.scalars(asked).all()


def rows(printed: PrintedList, user: Actor) -> Sequence[PrintedRow]:
    """The rows of those whom the reader may still open: whoever moved to another village leaves a gap."""
    theirs = reach(user, "read", Household).with_only_columns(Household.id)
    asked = select(PrintedRow).where(PrintedRow.printed_id == printed.id, PrintedRow.household_id.in_(theirs))
    asked = asked.options(joinedload(PrintedRow.household))
    return db.session.scalars(asked.order_by(PrintedRow.row)).all()


def noted(printed: PrintedList, shown: Sequence[PrintedRow]) -> dict[int, str]:
    """What was noted down before of those who have not signed, by the id of the household."""
    households = [one.household for one in shown]
    found = village.rows(printed.campaign, households)
    return {one.signer.id: one.noted for one in found if one.pledge is None and one.noted}


def address(printed: PrintedList) -> str:
    """Where the rows are typed back, as a phone reaches it."""
    return whole_address(url_for("campaigns.type_back", id=printed.id))
