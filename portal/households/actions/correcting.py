"""Mending the register: what was entered in error is struck out, and what last became of a household is taken back.

Nothing is rewritten: a stay that was wrong stays, struck out with its reason, beside the one that holds.
"""

from sqlalchemy import or_, select

from portal.engine import audit
from portal.engine.db import db
from portal.engine.refusal import Plain, Refused
from portal.engine.text import mark
from portal.engine.voiding import void
from portal.households.models import Establishment, Household, Signer, Stay
from portal.households.queries import signed_since


def strike_out_household(household: Household, reason: str) -> None:
    """Say that a household was entered in error, as one that is entered twice.

    Raises Refused where something holds to it: a pledge, a household that came of it or became part of it.
    """
    if household.merged_into_id is not None:
        raise Refused(Plain(mark("It became part of another household: take that back first.")))
    if household.split_from_id is not None:
        raise Refused(Plain(mark("It was split from another household: take that back instead.")))
    _nothing_holds_to(household)
    void(household, reason)


def strike_out_establishment(establishment: Establishment, reason: str) -> None:
    """Say that an establishment was entered in error. Raises Refused where it pledged something."""
    _pledged_nothing(establishment)
    void(establishment, reason)


def take_back_stay(household: Household, reason: str) -> None:
    """Take back what last became of a household, so that all days are counted as if it had never been.

    Raises Refused without a reason, where nothing became of it since it was entered, and where it signed since.
    """
    if not reason.strip():
        raise Refused(Plain(mark("Please give the reason.")))
    deeds = {"split": _unsplit, "merge": _unmerge, "move": _move_back, "leave": _reopen_last}
    event = household.last_event
    if event not in deeds:
        raise Refused(Plain(mark("Nothing became of it since it was entered. If that was wrong, strike it out.")))
    deeds[event](household, reason)
    audit.note("take_back_stay", household)


def _unsplit(household: Household, reason: str) -> None:
    """Its people go back to where they came from."""
    before = household.split_from
    if before is None or before.stay is None:
        raise Refused(Plain(mark("The household from which it was split lives nowhere now: take that back first.")))
    _nothing_holds_to(household)
    void(household, reason)
    before.people += household.people


def _unmerge(household: Household, reason: str) -> None:
    other = household.merged_into
    if other is not None:
        other.people = max(1, other.people - household.people)
    household.merged_into_id, household.merged_into = None, None
    _reopen_last(household, reason)


def _move_back(household: Household, reason: str) -> None:
    """To where it lived before; out of the commune, where it had come back."""
    before, last = household.standing_stays[-2:]
    if day := signed_since(household, last.since):
        told = mark("It is entered as having signed on %(day)s, where it lives now: that is mended first.")
        raise Refused(Plain(told, day=day))
    void(last, reason)
    household.village_id, household.village = before.village_id, before.village
    if before.why == "move":
        _reopen_last(household, reason)


def _reopen_last(household: Household, reason: str) -> None:
    """Let the last stay go on that was said to have ended."""
    last = household.standing_stays[-1]
    void(last, reason)
    db.session.flush()  # two stays of one household are never open at once
    household.stays.append(
        Stay(commune_id=last.commune_id, village_id=last.village_id, village=last.village, since=last.since)
    )


def _nothing_holds_to(household: Household) -> None:
    of = or_(Household.merged_into_id == household.id, Household.split_from_id == household.id)
    if db.session.scalar(select(select(Household.id).where(of, Household.voided_at.is_(None)).exists())):
        told = mark("Another household was split from it or became part of it: take that back first.")
        raise Refused(Plain(told))
    _pledged_nothing(household)


def _pledged_nothing(signer: Signer) -> None:
    if day := signed_since(signer):
        told = mark("It is entered as having signed on %(day)s: strike that pledge out first, if it is wrong too.")
        raise Refused(Plain(told, day=day))
