"""Coordination plans: which forces stand under one, from when to when, and how often they meet."""

import re
from datetime import date

from sqlalchemy import select

from portal.engine.db import db
from portal.organisation.models import CoordinationPlan
from portal.organisation.queries import force_of, plan_on
from tests.patrols.going import error_at


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
    assert (one.status_code, "03/KH-UBND" in one.text) == (422, True)
    assert re.search(r'id="party_\d+-error">.*?at least two forces', one.text, re.DOTALL)
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
    ends = {"last_day": "20/11/2026", "version": str(plan.version)}
    unsaid = leader.post(f"/coordination-plans/{plan.id}/end", data={**ends, "reason": " "})
    assert (unsaid.status_code, error_at(unsaid.text, "reason")) == (422, "This is needed.")
    leader.post(f"/coordination-plans/{plan.id}/end", data={**ends, "reason": "Ký kế hoạch mới"})
    assert the_plan().valid_to == date(2026, 11, 20)
    assert leader.get(f"/coordination-plans/{plan.id}/edit").status_code == 403
    assert browse_as(commune.officer).get("/coordination-plans/new").status_code == 403


def test_the_trail_keeps_why_a_plan_was_ended(commune, browse_as):
    leader = browse_as(commune.leader)
    leader.post("/coordination-plans/new", data=typed(commune))
    ends = {"last_day": "20/11/2026", "version": str(the_plan().version), "reason": "Ký kế hoạch mới"}
    leader.post(f"/coordination-plans/{the_plan().id}/end", data=ends)
    assert "Ký kế hoạch mới" in browse_as(commune.inspector).get("/audit/").text


def test_whoever_acts_speaks_for_the_force_of_their_role(commune):
    spoken_for = {who: force_of(getattr(commune, who).grants[0]).code
                  for who in ("officer", "chief", "military", "border", "leader", "clerk")}  # fmt: skip
    assert spoken_for == {
        "officer": "BY-CA", "chief": "BY-CA", "military": "BY-QS", "border": "BY-BP", "leader": "BY-UB",
        "clerk": "BY-UB",
    }  # fmt: skip


# ── one plan at a time ───────────────────────────────────────────────────────────────────────────────────────────────
NEW = {"doc_number": "99/KH-UBND", "dated_on": "20/11/2026", "valid_from": "01/12/2026"}


def spans() -> dict[str, tuple[date, date | None]]:
    found = db.session.scalars(select(CoordinationPlan).execution_options(populate_existing=True))
    return {plan.doc_number: (plan.valid_from, plan.valid_to) for plan in found}


def test_a_plan_between_forces_that_have_one_is_taken_once_it_is_said_that_it_replaces_that_one(commune, browse_as):
    clerk, military = browse_as(commune.clerk), f"party_{commune.place('QS').id}"
    assert 'name="replaces"' not in clerk.get("/coordination-plans/new").text
    clerk.post("/coordination-plans/new", data=typed(commune))
    asked = clerk.post("/coordination-plans/new", data=typed(commune, **NEW, **{military: "y"}))
    assert (asked.status_code, "These forces stand under 03/KH-UBND" in asked.text) == (422, True)
    assert 'id="replaces-error"' in asked.text
    assert list(spans()) == ["03/KH-UBND"]
    yes = typed(commune, **NEW, **{military: "y", "replaces": "y"})
    assert clerk.post("/coordination-plans/new", data=yes).status_code == 302
    assert spans() == {
        "03/KH-UBND": (date(2026, 1, 10), date(2026, 11, 30)), "99/KH-UBND": (date(2026, 12, 1), None),
    }  # fmt: skip


def test_a_plan_that_would_leave_a_force_of_the_older_one_without_it_names_that_force_and_what_falls_away(
    commune, browse_as
):
    clerk, military = browse_as(commune.clerk), f"party_{commune.place('QS').id}"
    clerk.post("/coordination-plans/new", data=typed(commune, **{military: "y"}))
    asked = clerk.post("/coordination-plans/new", data=typed(commune, **NEW))
    left = f"Then it ends for {commune.place('QS').title} too, with its 3 patrols a month."
    assert (asked.status_code, left in asked.text) == (422, True)
    whole = clerk.post("/coordination-plans/new", data=typed(commune, **NEW, **{military: "y"}))
    assert (whole.status_code, "Then it ends for" in whole.text) == (422, False)


def test_a_plan_that_was_signed_before_another_says_until_when_it_held(commune, browse_as):
    clerk = browse_as(commune.clerk)
    clerk.post("/coordination-plans/new", data=typed(commune))
    older = {"doc_number": "01/KH-UBND", "valid_from": "01/01/2024", "dated_on": "01/01/2024", "replaces": "y"}
    open_ = clerk.post("/coordination-plans/new", data=typed(commune, **older))
    assert re.search(r'id="valid_to-error">.*?From 10/01/2026 on these forces', open_.text, re.DOTALL)
    ended = clerk.post("/coordination-plans/new", data=typed(commune, **older, valid_to="09/01/2026"))
    assert (ended.status_code, spans()["03/KH-UBND"][1]) == (302, None)


def test_a_plan_of_other_forces_stands_beside_it(commune, browse_as):
    clerk, police, committee = browse_as(commune.clerk), commune.place("CA").id, commune.place("UB").id
    clerk.post("/coordination-plans/new", data=typed(commune))
    other = {name: value for name, value in typed(commune, **NEW).items() if not name.startswith("party_")}
    other |= {f"party_{police}": "y", f"party_{committee}": "y"}
    assert clerk.post("/coordination-plans/new", data=other).status_code == 302
    assert [last for _first, last in spans().values()] == [None, None]


def test_a_plan_that_is_changed_into_the_days_of_another_asks_the_same(commune, browse_as):
    clerk = browse_as(commune.clerk)
    clerk.post("/coordination-plans/new", data=typed(commune, valid_to="30/11/2026"))
    clerk.post("/coordination-plans/new", data=typed(commune, **NEW))
    later = db.session.scalars(select(CoordinationPlan).where(CoordinationPlan.doc_number == "99/KH-UBND")).one()
    address, earlier = f"/coordination-plans/{later.id}/edit", {**NEW, "valid_from": "25/11/2026"}
    changed = typed(commune, **earlier, version=str(later.version))
    assert clerk.post(address, data=changed).status_code == 422
    assert clerk.post(address, data={**changed, "replaces": "y"}).status_code == 302
    assert spans()["03/KH-UBND"][1] == date(2026, 11, 24)
