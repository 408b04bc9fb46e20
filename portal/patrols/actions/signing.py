"""Each force says to a log whether it was so: once, by one of its own, and nobody for two."""

from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Plain, Refused
from portal.engine.text import mark
from portal.organisation.models import User
from portal.organisation.queries import force_of
from portal.patrols.models import Countersignature, Outcome, Patrol, PatrolForce, PatrolLog


def sign(patrol: Patrol, by: User, version: int | None = None) -> None:
    """Countersign the log that stands for the force of whoever signs. The last signature completes the patrol."""
    log = _log(patrol, by)
    patrol.workflow.take("sign", patrol, by, version=version)
    answer(log, by, Outcome.SIGNED)
    settle(patrol, by)


def dispute(patrol: Patrol, by: User, reason: str, version: int | None = None) -> None:
    """Say that it was not so, and why: the log is written again."""
    log = _log(patrol, by)
    patrol.workflow.take("dispute", patrol, by, reason, version)
    answer(log, by, Outcome.DISPUTED, reason.strip())


def agree(patrol: Patrol, by: User, version: int | None = None) -> None:
    """Say of one's own force, which the log leaves out, that it took no part. The last answer completes the patrol."""
    log = _log(patrol, by)
    patrol.workflow.take("agree", patrol, by, version=version)
    answer(log, by, Outcome.AGREED)
    settle(patrol, by)


def _log(patrol: Patrol, by: User) -> PatrolLog:
    """The log that stands. Raises Refused if this person has answered to it before, for whichever force."""
    log = patrol.log
    if log is None:
        raise Refused(Plain(mark("There is no log to sign yet.")))
    if any(by.id in (one.by_id, one.on_behalf_of_id) for one in log.signatures):
        raise Refused(Plain(mark("You have answered to this log already. For another force somebody else signs.")))
    return log


def answer(log: PatrolLog, by: User, outcome: Outcome, reason: str = "") -> None:
    """Keep what a force says to a log; that it is wrong, or right, may be said also by one that it leaves out."""
    part = part_of(log.patrol, by, also_left_out=outcome in (Outcome.DISPUTED, Outcome.AGREED))
    log.signatures.append(Countersignature(
        log=log, commune_id=log.commune_id, unit=part.unit, unit_id=part.unit_id, outcome=outcome, reason=reason,
        by=by, by_id=by.id, on_behalf_of_id=by.acting.on_behalf_of_id if by.acting else None, at=clock.now(),
    ))  # fmt: skip
    db.session.flush()


def part_of(patrol: Patrol, by: User, *, also_left_out: bool = False) -> PatrolForce:
    """The part that the force takes for which somebody acts. Raises Refused where it takes none."""
    part = patrol.force_of(force_of(by.acting)) if by.acting else None
    if part is None or not (part.takes_part or also_left_out):
        raise Refused(Plain(mark("Your force took no part in this patrol.")))
    return part


def settle(patrol: Patrol, by: User | None) -> bool:
    """Go on by itself once no force is waited for any more, and close what left nothing open. Tells whether it did.

    Without anybody it is the time of a force that the log leaves out that has passed.
    """
    if patrol.state != "logged" or patrol.awaited:
        return False
    patrol.workflow.follow("complete" if by else "lapse", patrol, by)
    if not patrol.recommendation:
        patrol.workflow.follow("settle", patrol, by)
    return True
