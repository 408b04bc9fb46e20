"""What is taken out by a change of something else stays on record, and the trail says why in the reader's language."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.duties import roster
from portal.duties.models import DutyRoster
from portal.duties.roster import Turn
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation import actions as organisation
from portal.organisation.actions import PlanFacts
from portal.organisation.models import Role, UnitKind
from portal.patrols import actions
from portal.patrols.actions import Planned, Team
from tests.builders import FOUNDED
from tests.conftest import TODAY
from tests.patrols.going import a_patrol, a_point, at

WORDS = {"does not take part": "không tham gia", "not on the way any more": "không còn nằm trên lộ trình"}


@pytest.fixture
def patrol(commune):
    """Planned for three forces past one point; then for the police alone, past none."""
    patrol = a_patrol(commune, start=at(20), points=(a_point(commune),))
    change(commune, patrol, ("CA",))
    return patrol


def change(commune, patrol, forces) -> None:
    teams = tuple(Team(commune.place(code), 3) for code in forces)
    with transaction(commune.officer):
        actions.change_patrol(patrol, Planned(patrol.kind, patrol.planned_start_at, patrol.planned_end_at, teams=teams))


def deeds(kind: str) -> list[str]:
    found = select(AuditEvent.action).where(AuditEvent.record_type == kind, AuditEvent.action != "create")
    return list(db.session.scalars(found.order_by(AuditEvent.sequence)))


def test_a_force_that_does_not_go_after_all_is_taken_out_and_may_come_back(commune, patrol):
    assert [force.unit.code for force in patrol.present] == ["BY-CA"]
    assert deeds("patrol_force").count("take_out") == 2
    change(commune, patrol, ("CA", "QS"))
    assert [force.unit.code for force in patrol.present] == ["BY-CA", "BY-QS"]
    assert deeds("patrol_force").count("put_back") == 1


def test_the_trail_says_why_in_the_language_of_whoever_reads_it(commune, patrol, in_vietnamese):
    page = in_vietnamese(commune.inspector).get("/audit/").text
    for english, vietnamese in WORDS.items():
        assert (english in page, vietnamese in page) == (False, True)


def test_a_force_of_a_plan_a_turn_of_the_roster_and_a_role_of_a_unit_are_taken_out_by_the_same_way(commune):
    police, people = commune.place("CA"), {commune.officer.id: commune.officer}
    with transaction(commune.clerk):
        facts = PlanFacts("03/KH-UBND", date(2026, 1, 5), date(2026, 1, 5))
        plan = organisation.enter_plan(commune.id, facts, [police, commune.place("BP"), commune.place("QS")])
        organisation.change_plan(plan, facts, [police, commune.place("BP")])
    for turns in ({TODAY: Turn(commune.officer.id, "")}, {}):
        with transaction(commune.chief):
            month = TODAY.replace(day=1)
            roster.plan(police, month, 7, turns, people, roster.version_of(police, month))
    with transaction(None):
        post = organisation.create_unit(
            "BY-BP2", "Đồn 2", UnitKind.BORDER_POST, FOUNDED, commune=commune.unit, above=commune.unit
        )
        organisation.grant_role(commune.officer2, Role.BORDER_GUARD, post, date(2026, 12, 1))
        organisation.end_unit(post, TODAY, None)
    for kind in ("coordination_party", "duty_roster", "role_grant"):
        assert "take_out" in deeds(kind), kind
    gone = db.session.scalars(select(DutyRoster)).one()
    assert (gone.void_reason, gone.voided_at is not None) == ("nobody on call", True)


def test_the_points_of_a_plan_stand_in_the_order_in_which_they_were_chosen_last(commune):
    one, other = a_point(commune, "Mốc 790"), a_point(commune, "Mốc 791")
    patrol = a_patrol(commune, start=at(20), points=(one, other))
    teams = (Team(commune.place("CA"), 3),)
    with transaction(commune.officer):
        planned = Planned(patrol.kind, patrol.planned_start_at, patrol.planned_end_at, teams=teams, points=(other, one))
        actions.change_patrol(patrol, planned)
    db.session.expire_all()
    assert [stop.name for stop in patrol.ways] == ["Mốc 791", "Mốc 790"]
