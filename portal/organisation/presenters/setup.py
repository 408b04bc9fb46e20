"""What a new commune still lacks before it can work: shown to its administrator until nothing is missing."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import select

from portal import config
from portal.engine import clock
from portal.engine.access import Actor, holds, reach
from portal.engine.db import db
from portal.engine.text import _
from portal.organisation.models import Unit, UnitKind, User
from portal.organisation.queries import not_over, somebody_confirms

NEEDED = (UnitKind.COMMITTEE, UnitKind.POLICE, UnitKind.VILLAGE)


@dataclass(frozen=True)
class Step:
    """One thing to do, whether it is done, and where or by which command."""

    label: str
    text: str
    done: bool
    url: str = ""
    command: str = ""


def steps(user: Any) -> list[Step]:
    """The steps in their order; none for whom they are no task, and none once all are done."""
    if not holds(user, "create", Unit):
        return []
    kinds = set(db.session.scalars(reach(user, "read", Unit).where(not_over()).with_only_columns(Unit.kind)))
    confirms = somebody_confirms(user.acting.commune_id)
    found = [_units(kinds), _account(user), _first_to_confirm(user, confirms)]
    return [] if all(step.done for step in found) else found


def _units(kinds: Collection[UnitKind]) -> Step:
    return Step(
        _("Enter the units"), _("The People's Committee, the commune police and the villages, then the other forces."),
        set(NEEDED) <= set(kinds), url_for("units.new"),
    )  # fmt: skip


def _account(user: Actor) -> Step:
    others = select(reach(user, "read", User).where(User.id != user.id).exists())
    return Step(
        _("Open an account for the chief or the chair"), _("Then one for everybody else."),
        bool(db.session.scalar(others)), url_for("accounts.new"),
    )  # fmt: skip


def _first_to_confirm(user: Any, confirms: bool) -> Step:
    """The first who may confirm: nobody can confirm them, so whoever keeps the machine does, and the trail says so."""
    unit = _office(user)
    today = f"{clock.today():%Y-%m-%d}"
    role = "police_chief" if unit and unit.kind == UnitKind.POLICE else "commune_leader"
    who, paper, place = _("USERNAME"), _("number and day of the decision"), unit.code if unit else _("UNIT")
    command = config.command(f"users grant {who} {role} {place} --from {today} --confirmed-by '{paper}'")
    text = _(
        "The chief or the chair confirms a role that opens cases. While there is neither, this command does it, and "
        "the trail keeps it. From then on roles are given here and confirmed by them."
    )
    return Step(_("Give the first of them their role, on the machine"), text, confirms, command=command)


def _office(user: Actor) -> Unit | None:
    """Where the first who confirms holds office: the committee, else the police."""
    offices = reach(user, "read", Unit).where(not_over(), Unit.kind.in_((UnitKind.COMMITTEE, UnitKind.POLICE)))
    return db.session.scalar(offices.order_by(Unit.kind, Unit.id).limit(1))
