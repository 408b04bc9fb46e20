"""Roles: given, confirmed, refused, corrected, ended."""

from datetime import date, timedelta

from portal.engine import audit, clock
from portal.engine.db import db
from portal.engine.refusal import Conflict, Forbidden, Misfit, Plain, Refused
from portal.engine.text import mark
from portal.engine.voiding import void
from portal.organisation import fitting
from portal.organisation.actions.doors import hand_over, start_halves
from portal.organisation.models import OPENS_CASES, Role, RoleGrant, Unit, User


def grant_role(
    user: User, role: Role, unit: Unit, valid_from: date, valid_to: date | None = None, *,
    on_behalf_of: User | None = None, capacity: str = "", purpose: str = "",
) -> RoleGrant:  # fmt: skip
    """Write a role down, from a day to a day. Where it opens cases it holds once `confirm_grant` was called."""
    grant = RoleGrant(
        user=user, role=role, unit=unit, valid_from=valid_from, valid_to=valid_to,
        on_behalf_of=on_behalf_of, capacity=capacity, purpose=purpose,
    )  # fmt: skip
    db.session.add(grant)
    db.session.flush()
    return grant


def give_role(user: User, wanted: fitting.Wanted, by: User | None) -> tuple[RoleGrant, str | None]:
    """Give a role that fits. Returns it, with the first half of a password where it asks for a new one.

    Raises Forbidden for a role of one's own, Refused with the fields that do not fit.
    """
    if by is not None and user.id in acting_for(by):
        raise Forbidden(Plain(mark("Nobody gives themselves a role.")))
    if not user.is_active:
        raise Refused(Plain(mark("The account is closed. Open it again first.")))
    if misfits := fitting.misfits(user, wanted):
        raise Refused(*misfits)
    grant = grant_role(
        user, wanted.role, wanted.unit, wanted.valid_from, wanted.valid_to,
        on_behalf_of=wanted.on_behalf_of, capacity=wanted.capacity, purpose=wanted.purpose,
    )  # fmt: skip
    asks = wanted.role in OPENS_CASES and user.vouched_at is None and user.first_half is None
    return grant, start_halves(user, by) if asks else None


def acting_for(user: User) -> set[int]:
    """The people whom a user's deeds count for: themselves, and whoever they act for."""
    behalf = user.acting.on_behalf_of_id if user.acting else None
    return {user.id} | ({behalf} if behalf else set())


def confirm_grant(grant: RoleGrant, by: User | None) -> None:
    """Confirm a role that opens cases."""
    grant.confirmed_at, grant.confirmed_by_id = clock.now(), by.id if by else None
    audit.note("confirm", grant)


def confirm_role(grant: RoleGrant, by: User | None, password_hash: str | None) -> None:
    """Confirm a role and, where a single colleague knows the account's password, let that of two halves hold.

    Raises Refused where the account needs one that nobody has started, and where the role does not fit any more.
    """
    if not grant.needs_confirmation or not grant.standing:
        raise Conflict(grant)
    if misfits := fitting.misfits(grant.user, fitting.of_grant(grant, grant.valid_from, grant.valid_to), besides=grant):
        raise Refused(*misfits)
    if grant.user.vouched_at is None:
        if password_hash is None:
            raise Refused(Plain(mark("No new password was started. Please ask the administrator to start one first.")))
        hand_over(grant.user, password_hash)
    confirm_grant(grant, by)


def refuse_grant(grant: RoleGrant, reason: str) -> None:
    """Refuse a role that waits for confirmation; it never held."""
    if not grant.needs_confirmation or grant.voided_at is not None:
        raise Conflict(grant)
    void(grant, reason, told_as="refuse")


def correct_dates(grant: RoleGrant, valid_from: date, valid_to: date | None) -> None:
    """Correct the days of a role. One that was confirmed becomes shorter only: longer is a new one to be confirmed.

    The first day of a role that has held is not moved on: what was done under it would stand there without a role.
    """
    if misfits := fitting.misfits(grant.user, fitting.of_grant(grant, valid_from, valid_to), besides=grant):
        raise Refused(*misfits)
    if grant.role in OPENS_CASES and not grant.needs_confirmation:
        _refuse_longer(grant, valid_from, valid_to)
    if grant.has_held and valid_from > grant.valid_from:
        why = mark("The role has held since %(day)s: what was done under it since then stays so.")
        raise Refused(Misfit("valid_from", why, day=grant.valid_from))
    if valid_to is not None and valid_to < earliest_end():
        raise Refused(_too_far_back("valid_to"))
    grant.valid_from, grant.valid_to = valid_from, valid_to


def _refuse_longer(grant: RoleGrant, valid_from: date, valid_to: date | None) -> None:
    why = mark("This role was confirmed for its days. Longer is a new one, which is confirmed anew.")
    if valid_from < grant.valid_from:
        raise Refused(Misfit("valid_from", why))
    if grant.valid_to is not None and (valid_to is None or valid_to > grant.valid_to):
        raise Refused(Misfit("valid_to", why))


def earliest_end() -> date:
    """Yesterday: whoever held a role before signed as what they were."""
    return clock.today() - timedelta(days=1)


def _too_far_back(field: str) -> Misfit:
    return Misfit(field, mark("A role ends yesterday at the earliest: what was signed before stays signed."))


def end_grant(grant: RoleGrant, last_day: date, reason: str) -> None:
    """End a role before its time; yesterday ends it at once. One that never held is struck out."""
    if not grant.standing:
        raise Conflict(grant)
    if last_day < earliest_end():
        raise Refused(_too_far_back("last_day"))
    if grant.valid_to is not None and last_day > grant.valid_to:
        raise Refused(Misfit("last_day", mark("It ends on %(day)s already."), day=grant.valid_to))
    if grant.needs_confirmation or last_day < grant.valid_from:
        void(grant, reason, told_as="end")
    else:
        grant.valid_to = last_day
        audit.note("end", grant, reason=reason)
