"""The log and what each force says to it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Forbidden, Refused
from portal.engine.transaction import transaction
from portal.organisation import actions as organisation
from portal.organisation.models import Role
from portal.patrols import actions
from portal.patrols.models import Outcome, Patrol, PatrolLog
from tests.builders import FOUNDED
from tests.patrols.going import a_patrol, a_point, as_shown, at, disputed, error_at, in_form, logged, signed


def state(patrol: Patrol) -> str:
    db.session.refresh(patrol)
    return patrol.state


def a_log(patrol: Patrol, **more: str) -> dict[str, str]:
    """A log as it is typed."""
    counts = {f"count_{force.unit_id}": str(force.planned_count) for force in patrol.present}
    passed = {f"at_{stop.id}": "02:30" for stop in patrol.ways}
    named = {f"in_charge_{force.unit_id}": force.in_charge for force in patrol.present}
    return {
        "on": "23/11/2026", "starts": "02:10", "ends": "05:45", "violations_found": "0", "version": str(patrol.version),
        **counts, **named, **passed, **more,
    }  # fmt: skip


def sign(browser: Any, patrol: Patrol) -> Any:
    return browser.post(f"/patrols/{patrol.id}/sign", data={"version": str(db.session.get(Patrol, patrol.id).version)})


def test_a_patrol_is_closed_once_every_force_has_signed_and_nothing_was_recommended(commune, browse_as):
    patrol = a_patrol(commune)
    officer = browse_as(commune.officer)
    assert officer.post(f"/patrols/{patrol.id}/log", data=a_log(patrol)).status_code == 302
    assert state(patrol) == "logged"
    assert sign(browse_as(commune.military), patrol).status_code == 302
    assert state(patrol) == "logged"
    page = officer.get(f"/patrols/{patrol.id}").text
    assert (page.count("Wrote the log"), page.count(">Signed<"), page.count("Waits for its signature")) == (1, 1, 1)
    sign(browse_as(commune.border), patrol)
    assert state(patrol) == "closed"
    assert "Nothing was recommended: the patrol is closed" in officer.get(f"/patrols/{patrol.id}").text


def test_a_recommendation_keeps_the_patrol_open_until_the_chief_or_the_chair_closes_it(commune, browse_as):
    patrol = logged(commune, a_patrol(commune), recommendation="Đặt biển cấm xe máy tại lối mòn")
    signed(commune, patrol, "military", "border")
    assert state(patrol) == "countersigned"
    address, version = f"/patrols/{patrol.id}/close", {"version": str(patrol.version)}
    assert browse_as(commune.officer).post(address, data=version).status_code == 403
    assert "with a recommendation" in browse_as(commune.leader).get("/calendar").text
    leader = browse_as(commune.leader)
    assert "Đặt biển cấm xe máy tại lối mòn" in leader.get(address).text
    for nothing in ("", " \n "):
        wordless = leader.post(address, data={**version, "reason": nothing})
        assert (wordless.status_code, state(patrol)) == (422, "countersigned")
        assert error_at(wordless.text, "reason")
    assert leader.post(address, data={**version, "reason": "Đã đặt biển"}).status_code == 302
    assert state(patrol) == "closed"
    assert "Đã đặt biển" in leader.get(f"/patrols/{patrol.id}").text


def test_a_force_signs_once_and_nobody_signs_for_a_force_that_took_no_part(commune, browse_as):
    patrol = logged(commune, a_patrol(commune, forces=(("CA", 3, ""), ("QS", 4, ""), ("BP", 2, ""))))
    military = browse_as(commune.military)
    assert sign(military, patrol).status_code == 302
    again = sign(military, patrol)
    assert (again.status_code, "You have answered to this log already." in again.text) == (422, True)
    assert sign(browse_as(commune.officer2), patrol).status_code == 403  # the force that wrote it stands for it
    assert sign(browse_as(commune.leader), patrol).status_code == 403  # the committee was not there
    assert len(patrol.log.signatures) == 2


@pytest.mark.parametrize("page", ["sign", "dispute"])
def test_no_page_offers_to_answer_to_whoever_has_answered_or_wrote_the_log(commune, browse_as, page):
    patrol = signed(commune, logged(commune, a_patrol(commune)), "military")
    address = f"/patrols/{patrol.id}/{page}"
    answered = browse_as(commune.military).get(address)
    assert (answered.status_code, answered.location) == (302, f"/patrols/{patrol.id}")
    assert ">Signed<" in browse_as(commune.military).get(answered.location).text
    for who in (commune.officer, commune.officer2, commune.leader):
        assert browse_as(who).get(address).status_code == 403
    assert browse_as(commune.border).get(address).status_code == 200


def test_somebody_who_speaks_for_two_forces_answers_for_one_of_them_only(commune):
    patrol = logged(commune, a_patrol(commune))
    with transaction(None):
        grant = organisation.grant_role(commune.military, Role.BORDER_GUARD, commune.place("BP"), FOUNDED)
        organisation.confirm_grant(grant, None)
    signed(commune, patrol, "military")
    both = commune.military
    both.acting_key = "border_guard:"
    assert not patrol.workflow.is_open_to(both, patrol, "sign")
    with pytest.raises(Refused, match="You have answered to this log already"), transaction(both):
        actions.sign(patrol, both)
    both.acting_key = ""


def test_another_person_of_the_same_force_does_not_sign_a_second_time(commune):
    patrol = logged(commune, a_patrol(commune))
    with pytest.raises(Forbidden), transaction(commune.chief):
        actions.sign(patrol, commune.chief)


def test_a_disputed_log_is_written_again_and_both_versions_stand_side_by_side(commune, browse_as):
    patrol = logged(commune, a_patrol(commune, points=(a_point(commune),)), violations_found=0)
    border = browse_as(commune.border)
    address = f"/patrols/{patrol.id}/dispute"
    assert border.post(address, data={"version": str(patrol.version), "reason": ""}).status_code == 422
    border.post(address, data={"version": str(patrol.version), "reason": "Có 1 xe không giấy tờ"})
    assert state(patrol) == "disputed"
    officer = browse_as(commune.officer)
    assert "Có 1 xe không giấy tờ" in officer.get(f"/patrols/{patrol.id}/log").text
    again = a_log(patrol, violations_found="1", conclusion="Một xe máy không giấy tờ")
    assert officer.post(f"/patrols/{patrol.id}/log", data=again).status_code == 302
    assert (state(patrol), patrol.log_number) == ("logged", 2)
    page = " ".join(officer.get(f"/patrols/{patrol.id}/versions").text.split())
    assert page.index("Version 1") < page.index("Version 2")
    assert "Một xe máy không giấy tờ" in page
    assert "Không phát hiện vi phạm" in page
    assert "“Có 1 xe không giấy tờ”" in page


def test_after_a_dispute_each_force_signs_anew(commune):
    patrol = signed(commune, logged(commune, a_patrol(commune)), "military")
    disputed(commune, patrol, "border")
    logged(commune, patrol, conclusion="Đã sửa")
    assert [force.unit.code for force in patrol.unsigned] == ["BY-QS", "BY-BP"]
    signed(commune, patrol, "border", "military")
    assert state(patrol) == "closed"
    assert [[one.outcome for one in log.signatures] for log in patrol.logs] == [
        [Outcome.LOGGED, Outcome.SIGNED, Outcome.DISPUTED], [Outcome.LOGGED, Outcome.SIGNED, Outcome.SIGNED],
    ]  # fmt: skip


def test_what_was_disputed_meanwhile_is_not_signed_by_whoever_still_has_the_old_log_before_them(commune, browse_as):
    patrol = logged(commune, a_patrol(commune))
    shown = str(patrol.version)
    disputed(commune, patrol, "border")
    logged(commune, patrol, conclusion="Viết lại")
    late = browse_as(commune.military).post(f"/patrols/{patrol.id}/sign", data={"version": shown})
    assert late.status_code == 409
    assert "Officer xã Bờ Y (Commune police officer) wrote the log again at" in late.text
    assert [force.unit.code for force in patrol.unsigned] == ["BY-QS", "BY-BP"]


def test_two_forces_that_sign_at_the_same_time_are_both_taken(commune, browse_as):
    patrol = logged(commune, a_patrol(commune))
    shown = {"version": str(patrol.version)}
    military, border = browse_as(commune.military), browse_as(commune.border)
    assert military.post(f"/patrols/{patrol.id}/sign", data=shown).status_code == 302
    assert border.post(f"/patrols/{patrol.id}/sign", data=shown).status_code == 302
    assert state(patrol) == "closed"


def test_a_log_that_ends_before_it_begins_or_after_now_is_refused_and_keeps_what_was_typed(commune, browse_as):
    patrol, officer = a_patrol(commune), browse_as(commune.officer)
    for hours, why in (({"ends": "01:00"}, "cannot end before"), ({"ends": "23:00"}, "still to come")):
        answer = officer.post(f"/patrols/{patrol.id}/log", data=a_log(patrol, conclusion="Bình thường", **hours))
        assert (answer.status_code, why in answer.text, "Bình thường" in answer.text) == (422, True, True)
    assert state(patrol) == "planned"


def test_a_point_that_was_passed_outside_of_the_patrol_is_told_at_its_hour(commune, browse_as):
    patrol = a_patrol(commune, points=(a_point(commune),))
    (stop,) = patrol.ways
    typed = a_log(patrol, conclusion="Bình thường", **{f"at_{stop.id}": "06:30"})
    answer = browse_as(commune.officer).post(f"/patrols/{patrol.id}/log", data=typed)
    said = re.search(rf'id="at_{stop.id}-error">(.*?)</span></span>', answer.text, re.DOTALL)
    assert (answer.status_code, state(patrol)) == (422, "planned")
    assert "Mốc 790 was passed at an hour that lies outside of the patrol." in said[1]


def test_violations_are_said_in_words_as_well(commune, browse_as):
    patrol, officer = a_patrol(commune), browse_as(commune.officer)
    answer = officer.post(f"/patrols/{patrol.id}/log", data=a_log(patrol, violations_found="2"))
    assert (answer.status_code, "Please say what was found." in answer.text) == (422, True)


def test_no_findings_takes_five_taps_from_home(commune, browse_as):
    patrol = a_patrol(commune, by="military", start=at(7, 50))
    military = browse_as(commune.military)
    home = military.get("/").text
    assert f'href="/patrols/{patrol.id}"' in home  # one: the patrol of today
    page = military.get(f"/patrols/{patrol.id}").text
    assert f'action="/patrols/{patrol.id}/start"' in page  # two: start
    military.post(f"/patrols/{patrol.id}/start", data={"version": str(patrol.version)})
    page = military.get(f"/patrols/{patrol.id}").text
    assert f'href="/patrols/{patrol.id}/nothing-found"' in page  # three: finish, nothing found
    db.session.refresh(patrol)
    with clock.telling(clock.now() + timedelta(minutes=20)):
        asked = military.get(f"/patrols/{patrol.id}/nothing-found")
        assert "Finish and sign" in asked.text
        done = military.post(f"/patrols/{patrol.id}/nothing-found", data={"version": str(patrol.version)})  # four
    assert (done.status_code, state(patrol), patrol.violations_found) == (302, "logged", 0)


def test_a_log_that_was_changed_behind_the_back_of_the_portal_is_told_on_its_page(commune, browse_as):
    patrol = logged(commune, a_patrol(commune))
    officer = browse_as(commune.officer)
    assert "changed afterwards" not in officer.get(f"/patrols/{patrol.id}").text
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE patrol_log SET violations_found = 3"))
    assert "What was signed was changed afterwards" in officer.get(f"/patrols/{patrol.id}").text


def test_a_log_as_it_was_loaded_anew_is_the_one_that_was_frozen(commune):
    patrol = logged(commune, a_patrol(commune, points=(a_point(commune),)), violations_found=2)
    db.session.expire_all()
    assert db.session.scalars(select(PatrolLog)).one().intact
    assert patrol.log.stops == "02:30 Mốc 790: Mốc nguyên vẹn"


def test_whoever_writes_a_log_is_told_of_a_point_and_a_force_that_were_added_meanwhile(commune, browse_as):
    patrol, officer = a_patrol(commune, forces=(("CA", 3, ""), ("BP", 2, ""))), browse_as(commune.officer)
    address, border = f"/patrols/{patrol.id}/log", browse_as(commune.border)
    typed = as_shown(officer, address, conclusion="Bình thường")
    point = as_shown(border, f"/patrols/{patrol.id}/point", where="Suối Đăk Ba", at="03:00", attention="y")
    assert border.post(f"/patrols/{patrol.id}/point", data=point).status_code == 302
    late = officer.post(address, data=typed)
    assert (late.status_code, commune.border.full_name in late.text) == (409, True)
    assert "Bình thường</textarea>" in late.text
    joined = as_shown(
        border, f"/patrols/{patrol.id}/team", unit_id=str(commune.place("QS").id), count="4", why="Đi cùng"
    )
    assert border.post(f"/patrols/{patrol.id}/team", data=joined).status_code == 302
    again = officer.post(address, data=in_form(late.text))
    assert again.status_code == 409
    assert officer.post(address, data=in_form(again.text)).status_code == 302
    db.session.expire_all()
    assert re.fullmatch(r"03:00 Suối Đăk Ba \(.*\)", patrol.log.stops)
    assert re.search(r"Ban CHQS xã Bờ Y: 4 \(\d\d:\d\d Đi cùng\)", patrol.log.forces)
    assert patrol.log.conclusion == "Bình thường"


def test_whoever_writes_a_log_is_told_what_changed_of_a_force_and_the_means_meanwhile(commune, browse_as):
    patrol, officer = a_patrol(commune), browse_as(commune.officer)
    address = f"/patrols/{patrol.id}/log"
    typed = as_shown(officer, address)
    changed = {"unit_id": str(commune.place("BP").id), "count": "2", "means": "01 ô tô", "why": "Xe hỏng"}
    browse_as(commune.border).post(f"/patrols/{patrol.id}/team", data={**changed, "version": str(patrol.version)})
    late = officer.post(address, data=typed)
    assert late.status_code == 409
    told = late.text[late.text.index("What stands there now") : late.text.index('class="form"')]
    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", told) == [("Means", "01 ô tô"), ("Đồn Biên phòng xã Bờ Y", "2")]


def test_a_second_change_of_the_team_is_told_of_the_first(commune, browse_as):
    patrol, shown = a_patrol(commune), {"version": "1", "unit_id": str(commune.place("BP").id), "why": "Một người ốm"}
    for who, count, status in ((commune.border, "2", 302), (commune.officer, "4", 409)):
        answer = browse_as(who).post(f"/patrols/{patrol.id}/team", data={**shown, "count": count})
        assert (answer.status_code, 'value="Một người ốm"' in answer.text) == (status, status == 409)
    db.session.expire_all()
    assert patrol.force_of(commune.place("BP")).actual_count == 2


def test_two_who_add_points_at_the_same_time_and_one_who_taps_are_all_taken(commune, browse_as):
    patrol = a_patrol(commune, points=(a_point(commune),))
    military, border = browse_as(commune.military), browse_as(commune.border)
    address, tapped = (
        f"/patrols/{patrol.id}/point",
        {"version": patrol.ways[0].version, "parent_version": patrol.version},
    )
    forms = [as_shown(who, address, where=place, at="03:00") for who, place in ((military, "Suối"), (border, "Dốc"))]
    assert [who.post(address, data=one).status_code for who, one in zip((military, border), forms, strict=True)] == [
        302,
        302,
    ]
    assert military.post(f"/patrols/points/{patrol.ways[0].id}/passed", data=tapped).status_code == 302
    db.session.expire_all()
    assert [stop.name for stop in patrol.ways if stop.at] == ["Mốc 790", "Suối", "Dốc"]


def test_a_planned_point_that_is_tapped_while_the_log_is_written_keeps_nobody_from_writing_it(commune, browse_as):
    patrol, officer = (
        a_patrol(commune, points=(a_point(commune), a_point(commune, "Mốc 791"))),
        browse_as(commune.officer),
    )
    (stop, other), address = patrol.ways, f"/patrols/{patrol.id}/log"
    typed = as_shown(officer, address, on="23/11/2026", ends="08:00", **{f"at_{other.id}": "03:30"})
    tapped = {"version": stop.version, "parent_version": patrol.version}
    assert browse_as(commune.border).post(f"/patrols/points/{stop.id}/passed", data=tapped).status_code == 302
    assert officer.post(address, data=typed).status_code == 302
    db.session.expire_all()
    assert patrol.log.stops == "03:30 Mốc 791\n08:00 Mốc 790"


def test_a_planned_point_that_another_force_noted_meanwhile_stays_as_they_noted_it(commune, browse_as):
    patrol, officer = a_patrol(commune, points=(a_point(commune),)), browse_as(commune.officer)
    (stop,) = patrol.ways
    typed = a_log(patrol, **{f"at_{stop.id}": "", f"patrol_stop_version_{stop.id}": str(stop.version)})
    noted = {"landmark_id": str(stop.landmark_id), "at": "03:00", "version": str(patrol.version)}
    assert browse_as(commune.border).post(f"/patrols/{patrol.id}/point", data=noted).status_code == 302
    db.session.expire_all()
    other = officer.post(f"/patrols/{patrol.id}/log", data={**typed, f"at_{stop.id}": "02:30"})
    assert other.status_code == 422
    assert "Somebody noted this point meanwhile" in other.text
    assert 'value="02:30"' in other.text
    assert officer.post(f"/patrols/{patrol.id}/log", data=typed).status_code == 302
    db.session.expire_all()
    assert patrol.log.stops == "03:00 Mốc 790"


# ── duties ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def duties(rule: str) -> list[tuple[str, str, bool]]:
    found = db.session.scalars(select(Duty).where(Duty.rule == rule).order_by(Duty.id))
    return [(duty.owner_role, f"{duty.due_on:%d/%m}", duty.open) for duty in found]


def test_each_force_that_did_not_write_the_log_owes_its_signature_within_three_days(commune):
    patrol = logged(commune, a_patrol(commune))
    assert duties("COUNTERSIGN") == [("military_command", "26/11", True), ("border_guard", "26/11", True)]
    signed(commune, patrol, "border")
    assert duties("COUNTERSIGN") == [("military_command", "26/11", True), ("border_guard", "26/11", False)]


def test_a_planned_patrol_is_a_duty_of_its_day_and_its_log_one_of_the_day_after(commune):
    patrol = a_patrol(commune)
    assert duties("PATROL-SET-OUT") == [("police_chief", "23/11", True)]
    assert duties("PATROL-TO-LOG") == [("police_chief", "24/11", True)]
    logged(commune, patrol)
    assert [open_ for _role, _due, open_ in duties("PATROL-SET-OUT") + duties("PATROL-TO-LOG")] == [False, False]


def test_after_a_dispute_the_force_that_wrote_the_log_owes_another(commune):
    patrol = disputed(commune, logged(commune, a_patrol(commune)), "military")
    assert duties("PATROL-LOG-AGAIN") == [("police_chief", "26/11", True)]
    assert duties("COUNTERSIGN") == [("military_command", "26/11", False), ("border_guard", "26/11", False)]
    logged(commune, patrol)
    assert duties("PATROL-LOG-AGAIN") == [("police_chief", "26/11", False)]


def test_a_log_of_a_day_long_gone_is_refused_at_the_day_as_a_plan_is(commune, browse_as):
    patrol, officer = a_patrol(commune), browse_as(commune.officer)
    for on, status in (("01/11/2020", 422), ("22/10/2026", 422), ("23/10/2026", 302)):
        answer = officer.post(f"/patrols/{patrol.id}/log", data=a_log(patrol, on=on, recommendation="Đặt biển"))
        assert answer.status_code == status, on
        assert ("this day is too long ago" in error_at(answer.text, "on")) == (status == 422)


def test_a_patrol_that_set_out_long_ago_is_logged_all_the_same(commune):
    patrol = a_patrol(commune, start=at(2, days=-40))
    assert logged(commune, patrol).state == "logged"


def test_whoever_may_not_close_a_patrol_that_all_signed_reads_who_does(commune, browse_as):
    patrol = logged(commune, a_patrol(commune), recommendation="Đặt biển cấm xe máy")
    told = f"{commune.leader.full_name} closes the patrol."
    assert told not in browse_as(commune.border).get(f"/patrols/{patrol.id}").text
    signed(commune, patrol, "military", "border")
    assert told in browse_as(commune.border).get(f"/patrols/{patrol.id}").text
    assert told not in browse_as(commune.leader).get(f"/patrols/{patrol.id}").text
