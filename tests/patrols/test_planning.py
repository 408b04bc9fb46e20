"""Planning: who goes when past which points, and what cannot be planned."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation import actions as organisation
from portal.organisation.actions import PlanFacts
from portal.patrols.models import Patrol
from tests.patrols.going import a_patrol, a_point, as_shown, at, error_at, logged


def typed(commune: Any, **more: str) -> dict[str, str]:
    """A plan as it is typed: the police and the border post, on the morning of the next day."""
    police, border = commune.place("CA").id, commune.place("BP").id
    return {
        "kind": "order", "on": "24/11/2026", "starts": "20:00", "ends": "23:00", f"count_{police}": "3",
        f"in_charge_{police}": "Trần Văn Toản", f"count_{border}": "2", f"in_charge_{border}": "Hồ Sỹ Mạnh", **more,
    }  # fmt: skip


def the_patrol() -> Patrol:
    return db.session.scalars(select(Patrol)).one()


def test_a_patrol_is_planned_with_its_forces_and_points_and_stands_under_the_plan_of_its_day(commune, browse_as):
    with transaction(commune.leader):
        parties = [commune.place("CA"), commune.place("BP")]
        organisation.enter_plan(commune.id, PlanFacts("03/KH-UBND", date(2026, 1, 5), date(2026, 1, 5)), parties)
    point = a_point(commune)
    answer = browse_as(commune.border).post("/patrols/new", data=typed(commune, **{f"point_{point.id}": "y"}))
    patrol = the_patrol()
    assert answer.status_code == 302
    assert patrol.number == "TT-2026-001"
    assert [(force.unit.code, force.planned_count) for force in patrol.present] == [("BY-BP", 2), ("BY-CA", 3)]
    assert [stop.name for stop in patrol.ways] == ["Mốc 790"]
    assert (patrol.plan.doc_number, patrol.leading_unit.code) == ("03/KH-UBND", "BY-BP")


def test_a_patrol_that_ends_before_it_begins_is_refused_at_the_field_and_nothing_typed_is_lost(commune, browse_as):
    answer = browse_as(commune.officer).post("/patrols/new", data=typed(commune, ends="19:00", leader="Võ Hữu Thanh"))
    assert answer.status_code == 422
    assert "The patrol cannot end before it begins." in answer.text
    assert 'value="19:00"' in answer.text
    assert "Võ Hữu Thanh" in answer.text
    assert db.session.scalars(select(Patrol)).all() == []


@pytest.mark.parametrize(("day", "taken"), [("01/11/2020", False), ("22/10/2026", False), ("23/10/2026", True)])
def test_a_patrol_that_nobody_planned_is_entered_up_to_31_days_afterwards(commune, browse_as, day, taken):
    answer = browse_as(commune.officer).post("/patrols/new", data=typed(commune, on=day))
    assert answer.status_code == (302 if taken else 422)
    assert ("up to 31 days afterwards" in answer.text) is not taken
    assert len(db.session.scalars(select(Patrol)).all()) == taken


def test_what_else_is_wrong_with_an_old_plan_is_mended_while_its_day_stays(commune, browse_as):
    patrol = a_patrol(commune, start=at(20, days=-40), hours=3)
    officer, address = browse_as(commune.officer), f"/patrols/{patrol.id}/edit"
    same = typed(commune, on="14/10/2026", leader="Võ Hữu Thanh", version=str(patrol.version))
    assert officer.post(address, data=same).status_code == 302
    later = typed(commune, on="15/10/2026", version=str(the_patrol().version))
    assert officer.post(address, data=later).status_code == 422


def test_a_patrol_of_a_month_is_refused_at_the_field_of_its_end(commune, browse_as):
    officer = browse_as(commune.officer)
    month = officer.post("/patrols/new", data=typed(commune, ends_on="24/12/2026", ends="02:00"))
    assert (month.status_code, "A patrol of more than three days is written as several." in month.text) == (422, True)
    assert officer.post("/patrols/new", data=typed(commune, ends_on="27/11/2026", ends="20:00")).status_code == 302


def test_a_patrol_may_pass_midnight_if_its_last_day_is_given(commune, browse_as):
    browse_as(commune.officer).post(
        "/patrols/new", data=typed(commune, starts="22:30", ends="01:00", ends_on="25/11/2026")
    )
    assert (the_patrol().planned_end_at - the_patrol().planned_start_at).total_seconds() == 2.5 * 3600


@pytest.mark.parametrize("hour", ["25:00", "8 giờ", "٢٠:٠٠", "20:60", "-1:00"])
def test_what_is_no_hour_of_the_day_is_told_at_its_field(commune, browse_as, hour):
    answer = browse_as(commune.officer).post("/patrols/new", data=typed(commune, starts=hour))
    assert answer.status_code == 422
    assert "This is no hour of the day." in answer.text


def test_nobody_is_in_charge_of_two_forces_or_on_two_patrols_at_the_same_hours(commune, browse_as):
    military = commune.place("QS").id
    officer, twice = browse_as(commune.officer), {f"count_{military}": "4", f"in_charge_{military}": "tran van toan"}
    answer = officer.post("/patrols/new", data=typed(commune, **twice))
    assert answer.status_code == 422
    assert "is in charge of Công an xã Bờ Y already" in answer.text
    officer.post("/patrols/new", data=typed(commune))
    again = officer.post("/patrols/new", data=typed(commune, starts="22:00", ends="23:30"))
    assert again.status_code == 422
    assert "Hồ Sỹ Mạnh is on TT-2026-001 at the same hours." in again.text
    later = officer.post("/patrols/new", data=typed(commune, starts="23:00", ends="23:30"))
    assert later.status_code == 302


def test_a_patrol_without_people_or_without_the_force_that_plans_it_is_refused(commune, browse_as):
    police, officer = commune.place("CA").id, browse_as(commune.officer)
    alone = officer.post("/patrols/new", data={**typed(commune), f"count_{police}": ""})
    assert "The force that plans the patrol takes part in it." in alone.text
    nobody = {name: value for name, value in typed(commune).items() if not name.startswith("count_")}
    assert "Please say how many people go." in officer.post("/patrols/new", data=nobody).text


def test_a_patrol_is_changed_until_it_sets_out_and_not_afterwards(commune, browse_as):
    patrol = a_patrol(commune)
    officer, address = browse_as(commune.officer), f"/patrols/{patrol.id}/edit"
    assert 'value="A Bình"' in officer.get(address).text
    changed = officer.post(address, data=typed(commune, on="23/11/2026", version=str(patrol.version)))
    assert changed.status_code == 302
    assert len(the_patrol().present) == 2  # the military goes no more
    officer.post(f"/patrols/{patrol.id}/start", data={"version": str(the_patrol().version)})
    late = officer.post(address, data=typed(commune, on="23/11/2026", version=str(the_patrol().version)))
    assert (late.status_code, "planned no more" in late.text) == (422, True)


def test_somebody_who_changed_the_plan_meanwhile_is_told_and_what_was_typed_is_kept(commune, browse_as):
    patrol = a_patrol(commune)
    shown = str(patrol.version)
    browse_as(commune.border).post(f"/patrols/{patrol.id}/edit", data=typed(commune, on="23/11/2026", version=shown))
    late = browse_as(commune.officer).post(
        f"/patrols/{patrol.id}/edit", data=typed(commune, leader="Phan Đình Luân", version=shown)
    )
    assert late.status_code == 409
    assert "Border xã Bờ Y changed this" in late.text
    assert "Phan Đình Luân" in late.text


def test_a_patrol_of_a_later_day_cannot_set_out_yet_and_the_page_says_why(commune, browse_as):
    patrol = a_patrol(commune, start=at(8, days=3))
    officer = browse_as(commune.officer)
    page = officer.get(f"/patrols/{patrol.id}")
    assert "The patrol is planned for 26/11/2026." in page.text
    answer = officer.post(f"/patrols/{patrol.id}/start", data={"version": str(patrol.version)})
    assert (answer.status_code, the_patrol().state) == (422, "planned")


def test_half_an_hour_after_its_hour_a_patrol_stands_as_not_started(commune, browse_as):
    patrol = a_patrol(commune, start=at(8))
    with clock.telling(at(8, 30)):
        assert "Not started" not in browse_as(commune.officer).get(f"/patrols/{patrol.id}").text
    with clock.telling(at(8, 31)):
        officer = browse_as(commune.officer)
        assert "Not started" in officer.get(f"/patrols/{patrol.id}").text
        assert "Not started" in officer.get("/patrols/?show=planned").text


def test_a_cancelled_patrol_keeps_its_reason_and_asks_nothing_of_anybody(commune, browse_as):
    patrol = a_patrol(commune)
    officer = browse_as(commune.officer)
    without = officer.post(f"/patrols/{patrol.id}/cancel", data={"version": str(patrol.version), "reason": " "})
    assert without.status_code == 422
    officer.post(f"/patrols/{patrol.id}/cancel", data={"version": str(patrol.version), "reason": "Mưa bão"})
    assert "“Mưa bão”" in officer.get(f"/patrols/{patrol.id}").text
    assert "TT-2026-001" not in browse_as(commune.chief).get("/").text


def test_the_list_tells_plan_against_done_of_the_month(commune, browse_as):
    with transaction(commune.leader):
        facts = PlanFacts("03/KH-UBND", date(2026, 1, 5), date(2026, 1, 5), patrols_a_month=5)
        organisation.enter_plan(commune.id, facts, [commune.place("CA"), commune.place("BP")])
    logged(commune, a_patrol(commune, start=at(2, days=-3)))
    a_patrol(commune, start=at(20, days=2))
    page = " ".join(browse_as(commune.military).get("/patrols/?show=month").text.split())
    assert "1 order, 0 border" in page
    assert "3 not planned yet" in page


@pytest.mark.parametrize(("day", "taken"), [("23/11/2027", True), ("24/11/2027", False), ("24/11/2099", False)])
def test_a_patrol_is_planned_at_most_a_year_ahead(commune, browse_as, day, taken):
    answer = browse_as(commune.officer).post("/patrols/new", data=typed(commune, on=day))
    assert answer.status_code == (302 if taken else 422)
    assert error_at(answer.text, "on") == ("" if taken else "This is planned at most a year ahead, up to 23/11/2027.")


def test_saving_a_plan_that_was_there_says_that_it_was_changed(commune, browse_as):
    patrol, officer = a_patrol(commune, start=at(20, days=1)), browse_as(commune.officer)
    told = officer.post(f"/patrols/{patrol.id}/edit", data=as_shown(officer, f"/patrols/{patrol.id}/edit", leader="A"))
    assert "TT-2026-001 was changed." in officer.get(told.location).text
