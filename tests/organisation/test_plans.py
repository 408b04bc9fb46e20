"""Coordination plans: which forces stand under one, from when to when, and how often they meet."""

from datetime import date

from sqlalchemy import select

from portal.engine.db import db
from portal.organisation.models import CoordinationPlan
from portal.organisation.queries import force_of, plan_on


def typed(commune, **more: str) -> dict[str, str]:
    parties = {f"party_{commune.place(code).id}": "y" for code in ("CA", "BP")}
    return {
        "doc_number": "03/KH-UBND", "dated_on": "05/01/2026", "valid_from": "10/01/2026", "briefing_every": "monthly",
        "patrols_a_month": "3", **parties, **more,
    }  # fmt: skip


def the_plan() -> CoordinationPlan:
    return db.session.scalars(select(CoordinationPlan).execution_options(populate_existing=True)).one()


def test_a_plan_is_kept_with_its_forces_and_holds_from_day_to_day(commune, browse_as):
    assert browse_as(commune.clerk).post("/coordination-plans/new", data=typed(commune)).status_code == 302
    plan = the_plan()
    assert {party.unit.code for party in plan.standing_parties} == {"BY-CA", "BY-BP"}
    assert plan_on(commune.id, date(2026, 1, 9)) is None
    assert plan_on(commune.id, date(2026, 1, 10)) == plan
    assert "03/KH-UBND" in browse_as(commune.border).get("/coordination-plans/").text


def test_a_plan_of_one_force_or_one_that_ends_before_it_holds_is_refused_and_nothing_is_lost(commune, browse_as):
    clerk, alone = browse_as(commune.clerk), f"party_{commune.place('BP').id}"
    data = {name: value for name, value in typed(commune).items() if name != alone}
    one = clerk.post("/coordination-plans/new", data=data)
    assert (one.status_code, "at least two forces" in one.text, "03/KH-UBND" in one.text) == (422, True, True)
    before = clerk.post("/coordination-plans/new", data=typed(commune, valid_to="09/01/2026"))
    assert (before.status_code, "cannot end before it holds" in before.text) == (422, True)
    assert db.session.scalars(select(CoordinationPlan)).all() == []


def test_a_force_that_leaves_a_plan_stays_on_record_and_may_come_back(commune, browse_as):
    clerk = browse_as(commune.clerk)
    clerk.post("/coordination-plans/new", data=typed(commune))
    plan, military = the_plan(), f"party_{commune.place('QS').id}"
    address = f"/coordination-plans/{plan.id}/edit"
    left = {**typed(commune, version=str(plan.version)), military: "y"}
    del left[f"party_{commune.place('BP').id}"]
    assert clerk.post(address, data=left).status_code == 302
    assert {party.unit.code for party in the_plan().standing_parties} == {"BY-CA", "BY-QS"}
    assert len(the_plan().parties) == 3
    clerk.post(address, data=typed(commune, version=str(the_plan().version)))
    assert {party.unit.code for party in the_plan().standing_parties} == {"BY-CA", "BY-BP"}


def test_a_plan_that_was_ended_is_changed_no_more(commune, browse_as):
    leader = browse_as(commune.leader)
    leader.post("/coordination-plans/new", data=typed(commune))
    plan = the_plan()
    leader.post(f"/coordination-plans/{plan.id}/end", data={"last_day": "20/11/2026", "version": str(plan.version)})
    assert the_plan().valid_to == date(2026, 11, 20)
    assert leader.get(f"/coordination-plans/{plan.id}/edit").status_code == 403
    assert browse_as(commune.officer).get("/coordination-plans/new").status_code == 403


def test_whoever_acts_speaks_for_the_force_of_their_role(commune):
    spoken_for = {who: force_of(getattr(commune, who).grants[0]).code
                  for who in ("officer", "chief", "military", "border", "leader", "clerk")}  # fmt: skip
    assert spoken_for == {
        "officer": "BY-CA", "chief": "BY-CA", "military": "BY-QS", "border": "BY-BP", "leader": "BY-UB",
        "clerk": "BY-UB",
    }  # fmt: skip
