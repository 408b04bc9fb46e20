"""What was entered in error: one's own ticks for ten minutes, an entry or a whole sheet later with a reason."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from portal.engine import audit, clock
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.refusal import Conflict, Plain, Refused
from portal.engine.text import _ as translated
from portal.engine.text import as_on_paper, mark
from portal.engine.voiding import void
from portal.households.actions.signers import settle_calls
from portal.households.models import UNDO_WITHIN, CampaignGoal, DoorCall, Pledge, PledgeSheet
from portal.households.queries import called_at, ticked_at

Entry = Pledge | DoorCall


def undo(goal: CampaignGoal, at: datetime, by: Actor) -> list[Entry]:
    """Take back one's own ticks and calls of a moment: for ten minutes, without a reason. Raises Refused after that.

    What a tick entered is struck out, what it confirmed waits again; the calls that stood at those doors stand again.
    """
    if clock.now() - at > UNDO_WITHIN:
        raise Refused(Plain(mark("More than ten minutes have passed. Strike the entry out with a reason.")))
    pledges, calls = ticked_at(goal, at, by.id), called_at(goal, at, by.id)
    struck: list[Entry] = [*(one for one in pledges if one.state == "signed" or one.entered_at_once), *calls]
    now, why = clock.now(), _within_ten_minutes()
    for one in struck:
        one.voided_at, one.void_reason = now, why
    for pledge in pledges:
        if pledge.voided_at is None:
            pledge.state, pledge.confirmed_at, pledge.confirmed_by_id = "signed", None, None
    taken: list[Entry] = [*pledges, *calls]
    for one in taken:
        audit.note("undo_pledge", one)
    _as_before(struck)
    return taken


def strike_out(entry: Entry, reason: str) -> None:
    """Strike out a pledge or a call that was entered in error. Raises Refused and Conflict as `void` does.

    The call that stood at the door before stands again.
    """
    void(entry, reason)
    _as_before([entry])


def take_back_sheet(sheet: PledgeSheet, by: Actor, reason: str = "") -> int:
    """Strike a sheet out with all that was entered by it: without a word by its author for ten minutes.

    Raises Refused without a reason after that, and where something of it was withdrawn or breached since. Gives back
    how many signatures it held.
    """
    if not reason.strip() and not sheet.undone_by(by.id):
        raise Refused(Plain(mark("Please give the reason.")))
    if sheet.voided_at is not None:
        raise Conflict(sheet, Plain(mark("This entry is marked as made in error already.")))
    pledges = db.session.scalars(select(Pledge).where(Pledge.sheet_id == sheet.id, Pledge.voided_at.is_(None))).all()
    if any(pledge.state in ("withdrawn", "breached") for pledge in pledges):
        raise Refused(
            Plain(mark("A pledge of this sheet was withdrawn or breached since. Strike out the others singly."))
        )
    calls = db.session.scalars(select(DoorCall).where(DoorCall.sheet_id == sheet.id, DoorCall.voided_at.is_(None)))
    entries: list[Entry] = [*pledges, *calls]
    for one in (sheet, *entries):
        void(one, reason.strip() or _within_ten_minutes())
    _as_before(entries)
    return len(pledges)


def _within_ten_minutes() -> str:
    with as_on_paper():
        return translated("Taken back within ten minutes")


def _as_before(struck: Sequence[Entry]) -> None:
    """Let what stood at the doors before the entries that are struck out stand again."""
    for kind in {type(one.signer) for one in struck}:
        settle_calls(struck[0].campaign, [one.signer for one in struck if isinstance(one.signer, kind)])
