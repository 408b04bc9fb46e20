"""A whole village on one sheet: everybody who had not signed, but for some."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlalchemy import select

from portal.documents import actions as filing
from portal.documents.store import Stored
from portal.engine import audit, clock
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.refusal import Conflict, Plain, Refused
from portal.engine.text import mark
from portal.households.actions.calls import record_calls
from portal.households.actions.pledging import Outcome, fits, restore_calls, tick
from portal.households.models import (
    CallResult,
    CampaignGoal,
    DoorCall,
    Household,
    Pledge,
    PledgeSheet,
)
from portal.households.queries import not_signed, there_on


def fingerprint(ids: Iterable[int]) -> str:
    """By which a page says of whom it spoke: who comes or goes meanwhile changes it."""
    return audit.digest(",".join(str(one) for one in sorted(ids)))


def sign_all_but(
    goal: CampaignGoal, exceptions: Mapping[int, CallResult], among: str, signed_on: date, by: Actor,
    photo: Stored | None = None, most_bytes: int = 0,
) -> tuple[PledgeSheet, Outcome]:  # fmt: skip
    """Enter that every household of a village that had not signed did so on a day, but for some.

    *among* is the fingerprint of those of whom the page spoke. Raises Conflict if they are others by now.
    """
    ids = [one.id for one in db.session.scalars(not_signed(goal, signed_on))]
    if fingerprint(ids) != among or not set(exceptions) <= set(ids):
        told = mark("The households of the village have changed since this page was opened: %(count)s have not signed.")
        raise Conflict(goal.campaign, Plain(told, count=len(ids)))
    sheet, outcome = sign_sheet(goal, ids, exceptions, signed_on, by)
    if photo is not None:
        filing.attach(sheet, photo, by.id, most_bytes, title=goal.campaign.title, dated_on=signed_on)
    return sheet, outcome


def sign_sheet(
    goal: CampaignGoal, among: Collection[int], exceptions: Mapping[int, CallResult], signed_on: date, by: Actor
) -> tuple[PledgeSheet, Outcome]:
    """Enter that the households on a sheet signed it on a day, but for some.

    Who signed meanwhile, or moved away, stays as they are; who came since is not on the sheet. Raises Refused where
    nothing is signed on that day, or nobody is left who signed.
    """
    campaign = goal.campaign
    fits(campaign, signed_on)
    there = there_on(Household, among, signed_on)
    signing = [one for one in among if one not in exceptions and one in there]
    if not signing:
        raise Refused(Plain(mark("Nobody is left who signed.")))
    sheet = PledgeSheet(
        commune_id=goal.commune_id, campaign=campaign, campaign_id=campaign.id, village_id=goal.village_id,
        village=goal.village, signed_on=signed_on, count=len(signing),
    )  # fmt: skip
    db.session.add(sheet)
    db.session.flush()
    outcome = tick(goal, Household, signing, signed_on, by, sheet)
    record_calls(goal, Household, exceptions, signed_on, sheet)
    return sheet, outcome


def take_back_sheet(sheet: PledgeSheet, by: Actor, reason: str = "") -> int:
    """Strike a sheet out with all that was entered by it: without a word by its author for ten minutes.

    Raises Refused without a reason after that, and where something of it was withdrawn or breached since.
    """
    if not reason.strip() and not sheet.undone_by(by.id):
        raise Refused(Plain(mark("Please give the reason.")))
    if sheet.voided_at is not None:
        raise Conflict(sheet, Plain(mark("This entry is marked as made in error already.")))
    pledges = list(db.session.scalars(select(Pledge).where(Pledge.sheet_id == sheet.id, Pledge.voided_at.is_(None))))
    if any(pledge.state in ("withdrawn", "breached") for pledge in pledges):
        raise Refused(
            Plain(mark("A pledge of this sheet was withdrawn or breached since. Strike out the others singly."))
        )
    calls = db.session.scalars(select(DoorCall).where(DoorCall.sheet_id == sheet.id, DoorCall.voided_at.is_(None)))
    for one in (sheet, *pledges, *calls):
        one.voided_at, one.void_reason = clock.now(), reason.strip()
        audit.note("void", one)
    db.session.flush()
    restore_calls(pledges)
    return len(pledges)
