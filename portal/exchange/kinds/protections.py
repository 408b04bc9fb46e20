"""Events and delegations that were protected, with how many of each force were there."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from portal.engine import clock
from portal.engine.db import db
from portal.engine.forms import Day, Line, Required, not_in_the_future
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing
from portal.exchange.kinds.rows import OfCommune, Rows
from portal.exchange.kinds.units import Units
from portal.exchange.reading import Misread
from portal.exchange.references import STILL_TO_COME, UnitNamed
from portal.exchange.sheet import Facts, Verdict
from portal.exchange.taking import Taking, code_of
from portal.organisation.models import Unit
from portal.organisation.queries import forces_on
from portal.patrols.actions import Protected, record_protection
from portal.patrols.forms import MOST_PEOPLE, ProtectionForm
from portal.patrols.models import EventProtection, ProtectionForce

HOW_MANY = mark("Please write each force by its code, a colon and how many were there: BY-CA: 4; BY-BP: 2.")


class ProtectionRow(OfCommune):
    occasion, where, result = ProtectionForm.occasion, ProtectionForm.where, ProtectionForm.result
    held_on = Day(_l("Day"), [Required(), not_in_the_future])
    forces = Line(
        _l("Forces"), [Required()], length=400,
        description=_l("Their codes, each with how many were there: BY-CA: 4; BY-BP: 2."),
    )  # fmt: skip


class Protections(Rows):
    """On the page their place is asked for as *where*. What is said of a force stands with the event, in one cell."""

    key, title, record, form, right = "protections", _l("Protected events"), EventProtection, ProtectionRow, "record"
    about = _l("Events and delegations that were protected, recorded afterwards.")
    columns = ("occasion", "commune", "held_on", "where", "forces", "result")
    rights = {"create": (EventProtection, "record")}

    def found(self, taking: Taking) -> Select[Any]:
        one = EventProtection
        found = select(one).where(one.voided_at.is_(None), *taking.within(one))
        loaded = selectinload(one.forces).joinedload(ProtectionForce.unit)
        return found.order_by(code_of(one), one.held_on, one.occasion, one.place, one.id).options(loaded)

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        counts = {part.unit.code: part.count for part in one.forces if part.voided_at is None}
        return {**super().said(one, code), "where": one.place, "forces": _in_words(counts)}

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        return super().take({**facts, "forces": _in_words(dict(_counts(facts["forces"])))}, bringing)

    def there(self, facts: Facts, bringing: Bringing) -> Any:
        one = EventProtection
        of = one.commune_id == bringing.of_commune(facts), one.voided_at.is_(None)
        named = one.occasion == facts["occasion"], one.held_on == facts["held_on"], one.place == (facts["where"] or "")
        loaded = selectinload(one.forces).options(joinedload(ProtectionForce.unit))
        found = db.session.scalars(select(one).where(*of, *named).order_by(one.id).options(loaded))
        return self.likest(found, facts, bringing)

    def allowed(self, facts: Facts, bringing: Bringing) -> None:
        """By a right of those forces alone that the page offers."""
        super().allowed(facts, bringing)
        offered = {STILL_TO_COME, *(unit.id for unit in forces_on(bringing.commune.id, clock.today()))}
        for strange in _units(facts, bringing).keys() - offered:
            told = mark("%(name)s is none of the forces of the commune today.")
            raise Refused(Misfit("forces", told, name=db.session.get_one(Unit, strange).name))

    def once(self, facts: Facts, bringing: Bringing) -> None:
        _units(facts, bringing)

    def write(self, facts: Facts, bringing: Bringing) -> None:
        told = Protected(facts["occasion"], facts["held_on"], facts["where"] or "", facts["result"] or "")
        counts = {db.session.get_one(Unit, unit): count for unit, count in _units(facts, bringing).items()}
        bringing.claim(self.key, record_protection(bringing.of_commune(facts), told, counts))


def _in_words(counts: dict[str, int]) -> str:
    return "; ".join(f"{code}: {count}" for code, count in sorted(counts.items()))


def _counts(typed: str) -> Iterator[tuple[str, int]]:
    """The codes of forces, each with its number. Raises Refused for what is written otherwise, and for one twice."""
    met: set[str] = set()
    for one in (one.strip() for one in typed.split(";") if one.strip()):
        force, _colon, count = one.rpartition(":")
        code = force.strip().split(" ")[0]
        if not code or not count.strip().isdecimal() or not 1 <= int(count) <= MOST_PEOPLE:
            raise Refused(Misfit("forces", HOW_MANY))
        if code in met:
            raise Refused(Misfit("forces", mark("%(code)s stands there twice."), code=code))
        met.add(code)
        yield code, int(count)


def _units(facts: Facts, bringing: Bringing) -> dict[int, int]:
    """How many of each force were there. Raises Refused for a force that the commune does not have."""
    named = UnitNamed(Unit, Units.key)
    try:
        return {named.found(code, bringing): count for code, count in _counts(facts["forces"])}
    except Misread as misread:
        raise Refused(Misfit("forces", misread.message)) from misread
