"""Units as a list shows them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case
from sqlalchemy.orm import joinedload

from portal.engine import clock
from portal.engine.listing import Chip, Listing
from portal.engine.text import _l
from portal.engine.workflow import State
from portal.organisation.models import PARTS, UNIT_KIND_NAMES, Unit, UnitKind
from portal.organisation.queries import not_over

EXISTS = State(_l("Exists"), "active")
TO_COME = State(_l("To come"), "todo")
ENDED = State(_l("Ended"), "done")


def standing(unit: Unit) -> State:
    today = clock.today()
    if unit.valid_to is not None and unit.valid_to < today:
        return ENDED
    return TO_COME if unit.valid_from > today else EXISTS


def listing(units: Select[Any]) -> Listing:
    """The commune first, then its committee, forces and villages, by name."""
    place = case({kind: number for number, kind in enumerate((UnitKind.COMMUNE, *PARTS))}, value=Unit.kind, else_=99)
    return Listing(units, Unit, chips=CHIPS, orders={"kind": (place, Unit.name)}, options=(joinedload(Unit.heir),))


def _of_kind(kind: UnitKind) -> Any:
    def where() -> ColumnElement[bool]:
        return and_(not_over(), Unit.kind == kind)

    return where


CHIPS: Sequence[Chip] = (
    Chip("present", _l("Present units"), not_over),
    *(Chip(kind.value, UNIT_KIND_NAMES[kind], _of_kind(kind)) for kind in reversed(PARTS)),
    Chip("ended", _l("Ended"), lambda: ~not_over()),
)
