"""Proposing another number or reading, and entering the days off of a year. The steps after that are the workflow's."""

from datetime import date
from typing import Any

from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.numbering import next_number
from portal.engine.refusal import Refused
from portal.lawbook.dry_run import moved_by
from portal.lawbook.models import RuleChange, YearOff
from portal.lawbook.models.rule_change import NUMBER, READING, decider
from portal.organisation.models import Role, Unit, line_of


def propose_number(
    commune: Unit, key: str, value: str, holds_from: date, source: str, reason: str, *, seen: bool = False
) -> RuleChange:  # fmt: skip
    """Ask that a number of the law which nobody has confirmed be another. Raises Refused if it is not to be changed."""
    return _proposed(
        commune, kind=NUMBER, key=key, value=value, holds_from=holds_from, source=source, seen=seen, reason=reason
    )  # fmt: skip


def propose_reading(commune: Unit, policy: str, reading: str, source: str, reason: str) -> RuleChange:
    """Ask that a question which the texts leave open be read otherwise."""
    return _proposed(commune, kind=READING, key=policy, value=reading, source=source, reason=reason)


def _proposed(commune: Unit, **content: Any) -> RuleChange:
    change = RuleChange(
        commune_id=commune.id, commune=commune, decider_role=decider(), number=_next_number(commune), **content
    )  # fmt: skip
    if refusals := change.refusals():
        raise Refused(*refusals)
    db.session.add(change)
    db.session.flush()
    return change


def _next_number(commune: Unit) -> str:
    year = clock.today().year
    return next_number(RuleChange.number, f"QT-{year}-", RuleChange.commune_id.in_(line_of(commune.id)))


def decide(change: RuleChange, transition: str, by: Actor, reason: str, version: int | None) -> None:
    """Approve or reject, and keep whose days it moves as found now: an old page tells them for ever."""
    change.moved_days = moved_by(change) if change.state == "proposed" else change.moved_days
    change.workflow.take(transition, change, by, reason, version)


def enter_year(commune: Unit, year: int, off: str, worked: str, unknown: str, source: str, by: Actor) -> YearOff:
    """Write down the days off of a year, each list as "1/1 30/4". They hold once a second person confirmed them.

    That is the chief or, where the chief entered them, the chair.
    """
    by_chief = by.acting is not None and by.acting.role == Role.POLICE_CHIEF
    entered = YearOff(
        commune_id=commune.id, commune=commune, year=year, off=off, worked=worked, unknown=unknown, source=source,
        decider_role=Role.COMMUNE_LEADER if by_chief else Role.POLICE_CHIEF,
    )  # fmt: skip
    db.session.add(entered)
    db.session.flush()
    return entered
