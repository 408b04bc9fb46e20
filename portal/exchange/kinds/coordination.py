"""What patrols refer to: the plans under which forces work together, and the commune's own points."""

from typing import Any

from sqlalchemy import Select, select

from portal.engine.db import db
from portal.engine.forms import Choice, Day, Line, Number, Optional, Required
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing
from portal.exchange.kinds.rows import OfCommune, Rows, columns_of
from portal.exchange.kinds.units import Units
from portal.exchange.reading import Misread
from portal.exchange.references import UnitNamed
from portal.exchange.sheet import Facts, Verdict
from portal.exchange.taking import Taking, code_of
from portal.organisation.actions import PlanFacts, enter_plan
from portal.organisation.forms import PlanForm
from portal.organisation.models import CoordinationPlan, Unit
from portal.organisation.queries import with_parties
from portal.patrols.actions.landmarks import LandmarkFacts, enter_landmark
from portal.patrols.models import LANDMARK_KIND_NAMES, Landmark
from portal.patrols.models.landmark import SKETCH


class PlanRow(OfCommune):
    doc_number, dated_on, valid_from, valid_to = (
        PlanForm.doc_number, PlanForm.dated_on, PlanForm.valid_from, PlanForm.valid_to,
    )  # fmt: skip
    superior, briefing_every, patrols_a_month = PlanForm.superior, PlanForm.briefing_every, PlanForm.patrols_a_month
    parties = Line(_l("Forces"), [Required()], length=400, description=_l("Their codes, with semicolons between."))
    validate_valid_to = PlanForm.validate_valid_to


class Plans(Rows):
    key, title, record, form = "coordination_plans", _l("Coordination plans"), CoordinationPlan, PlanRow
    about = _l("The signed plans under which forces patrol and meet together.")
    columns = ("doc_number", "commune", "dated_on", "valid_from", "valid_to", "superior", "briefing_every",
               "patrols_a_month", "parties")  # fmt: skip

    def found(self, taking: Taking) -> Select[Any]:
        plan = CoordinationPlan
        found = select(plan).where(plan.voided_at.is_(None), *taking.within(plan))
        return found.order_by(plan.valid_from, plan.dated_on, plan.doc_number).options(with_parties())

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        return {
            **super().said(one, code),
            "parties": "; ".join(sorted(each.unit.code for each in one.standing_parties)),
        }

    def there(self, facts: Facts, bringing: Bringing) -> CoordinationPlan | None:
        of = CoordinationPlan.commune_id == bringing.of_commune(facts), CoordinationPlan.voided_at.is_(None)
        named = CoordinationPlan.doc_number == facts["doc_number"], CoordinationPlan.dated_on == facts["dated_on"]
        return db.session.scalars(select(CoordinationPlan).where(*of, *named)).first()

    def same(self, there: CoordinationPlan, facts: Facts, bringing: Bringing) -> Verdict:
        typed = sorted(one.split(" ")[0] for one in _codes(facts))
        return super().same(there, {**facts, "parties": "; ".join(typed)}, bringing)

    def once(self, facts: Facts, bringing: Bringing) -> None:
        if not bringing.first_time(self.key, f"{facts['doc_number']}/{facts['dated_on']}"):
            raise Refused(Misfit("doc_number", mark("This number stands in the file twice.")))
        _units(facts, bringing)
        bringing.expect_dated(CoordinationPlan, facts["doc_number"], facts["dated_on"])

    def write(self, facts: Facts, bringing: Bringing) -> None:
        parties = [db.session.get_one(Unit, one) for one in _units(facts, bringing)]
        told = columns_of(CoordinationPlan, facts)
        enter_plan(bringing.of_commune(facts), PlanFacts(**told), parties)


def _codes(facts: Facts) -> list[str]:
    return [one.strip() for one in str(facts["parties"]).split(";") if one.strip()]


def _units(facts: Facts, bringing: Bringing) -> list[int]:
    """The forces of a plan, by their codes. Raises Refused for one that the commune does not have."""
    try:
        return [UnitNamed(Unit, Units.key).found(one, bringing) for one in _codes(facts)]
    except Misread as misread:
        raise Refused(Misfit("parties", misread.message)) from misread


class LandmarkRow(OfCommune):
    name = Line(_l("Called"), [Required()], length=120)
    kind = Choice(_l("Kind"), [Required()], choices=[(one.value, name) for one, name in LANDMARK_KIND_NAMES.items()])
    code = Line(_l("Number of the marker"), [Optional()], length=20)
    x = Number(_l("From the left"), [Required()], most=SKETCH)
    y = Number(_l("From the top"), [Required()], most=SKETCH)
    village_id = Line(_l("Village"), [Optional()])
    valid_from = Day(_l("First day"), [Required()])
    valid_to = Day(_l("Last day"), [Optional()])


class Landmarks(Rows):
    key, title, record, form = "landmarks", _l("Points of the sketch"), Landmark, LandmarkRow
    about = _l("Markers, check-points, villages and posts that patrols pass, on the commune's own sketch.")
    columns = ("name", "commune", "kind", "code", "x", "y", "village_id", "valid_from", "valid_to")

    def found(self, taking: Taking) -> Select[Any]:
        found = select(Landmark).where(Landmark.voided_at.is_(None), *taking.within(Landmark))
        return found.order_by(code_of(Landmark), Landmark.name, Landmark.valid_from)

    def there(self, facts: Facts, bringing: Bringing) -> Landmark | None:
        of = Landmark.commune_id == bringing.of_commune(facts), Landmark.voided_at.is_(None)
        named = Landmark.name == facts["name"], Landmark.valid_from == facts["valid_from"]
        return db.session.scalars(select(Landmark).where(*of, *named)).first()

    def once(self, facts: Facts, bringing: Bringing) -> None:
        if facts["valid_to"] and facts["valid_to"] < facts["valid_from"]:
            told = mark("The point is there from %(day)s only.")
            raise Refused(Misfit("valid_to", told, day=facts["valid_from"]))
        bringing.expect_dated(Landmark, facts["name"], facts["valid_from"])

    def write(self, facts: Facts, bringing: Bringing) -> None:
        told = columns_of(Landmark, facts, "valid_from", "valid_to")
        point = enter_landmark(bringing.of_commune(facts), LandmarkFacts(**told), facts["valid_from"])
        point.valid_to = facts["valid_to"]
        db.session.flush()
