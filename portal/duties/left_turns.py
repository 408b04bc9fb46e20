"""Turns of somebody who left: from that day on nobody is on call there, until the force has put somebody else in."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from portal.duties.models import DutyRoster
from portal.duties.roster import is_gone
from portal.duties.rules import DutyRule, Source, Wanted, of_force
from portal.engine import clock
from portal.engine.db import db
from portal.engine.text import _l
from portal.organisation.models import Role, RoleGrant, User, line_of

FREE = DutyRule(
    "ROSTER-FREE", _l("Put somebody else on call for who left"),
    _l("On call on %(day)s: %(name)s has left, somebody else must be put in"), _l("Write the month"), "roster.plan",
    Role.POLICE_CHIEF, ((Role.COMMUNE_LEADER, 0),), monthly=True,
)  # fmt: skip


def of_turn(turn: DutyRoster) -> Iterator[Wanted]:
    """The first of a force's turns that waits for somebody else stands for all that follow it."""
    first = next(iter(db.session.scalars(_free(DutyRoster.unit_id == turn.unit_id).limit(1))), None)
    if first is turn:
        told = {"name": turn.user.full_name, "day": f"{turn.on:%d/%m/%Y}"}
        yield of_force(turn.unit, FREE.id, f"{turn.on:%Y-%m}", turn.on, values=told)


def _free(*where: ColumnElement[bool]) -> Any:
    ahead = DutyRoster.on >= clock.today(), DutyRoster.voided_at.is_(None), is_gone()
    return select(DutyRoster).where(*where, *ahead).order_by(DutyRoster.on, DutyRoster.id)


def _ahead_of(user: User | None) -> Iterable[DutyRoster]:
    """The turns to come of somebody whose account or role changed."""
    if user is None:
        return ()
    theirs = DutyRoster.user_id == user.id, DutyRoster.on >= clock.today(), DutyRoster.voided_at.is_(None)
    return db.session.scalars(select(DutyRoster).where(*theirs))


def _of_forces(turns: Sequence[Any]) -> Iterable[DutyRoster]:
    """The turns that wait for somebody else, of the forces of which others were written or struck out."""
    return db.session.scalars(_free(DutyRoster.unit_id.in_({turn.unit_id for turn in turns})))


def _in_commune(commune_id: int) -> ColumnElement[bool]:
    """A role may end by its own date: a new day asks for whoever follows."""
    found: ColumnElement[bool] = DutyRoster.commune_id.in_(line_of(commune_id)) & (DutyRoster.on >= clock.today())
    return found


SOURCE = Source(
    DutyRoster, (FREE,), of_turn,
    also=((RoleGrant, lambda grant: _ahead_of(grant.user)), (User, _ahead_of)),
    also_many=((DutyRoster, _of_forces),), goes_on=_in_commune,
)  # fmt: skip
