"""Which forces take part in a patrol: those that sent somebody, and no other."""

from io import BytesIO
from typing import Any

import pytest
from docx import Document

from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.patrols import actions
from portal.patrols.models import Patrol
from tests.patrols.going import a_patrol, agreed, at, disputed, error_at, logged, signed
from tests.patrols.test_countersigning import a_log, duties, sign, state
from tests.patrols.test_two_posts import told


def without_the_military(commune: Any) -> Patrol:
    """Planned for three forces, logged with two: the military sent nobody."""
    return logged(commune, a_patrol(commune), counts={commune.place("QS").id: 0})


def minutes(browser: Any, patrol: Patrol) -> str:
    told = Document(BytesIO(browser.get(f"/patrols/{patrol.id}/minutes.docx").data))
    cells = (cell.text for table in told.tables for cell in table.rows[0].cells)
    return "\n".join([*(one.text for one in told.paragraphs), *cells])


def test_a_force_that_sent_nobody_and_says_so_owes_no_signature(commune):
    patrol = without_the_military(commune)
    assert [force.unit.code for force in patrol.unsigned] == ["BY-BP"]
    assert duties("COUNTERSIGN") == [("border_guard", "26/11", True)]
    signed(commune, agreed(commune, patrol, "military"), "border")
    assert state(patrol) == "closed"


def test_a_force_that_sent_nobody_signs_nothing_and_the_page_says_so(commune, browse_as):
    patrol, military = without_the_military(commune), browse_as(commune.military)
    assert military.get(f"/patrols/{patrol.id}/sign").status_code == 403
    assert sign(military, patrol).status_code == 403
    page = military.get(f"/patrols/{patrol.id}").text
    assert page.count("Left out: your word is asked") == 1
    assert "Waits for your signature" not in page
    assert "6 people, 2 forces" in page


def test_a_force_that_the_log_leaves_out_is_told_and_may_say_while_it_is_open_that_it_was_there(commune, browse_as):
    patrol, military = without_the_military(commune), browse_as(commune.military)
    assert told("PATROL-LEFT-OUT") == {commune.military.id}
    page = military.get(f"/patrols/{patrol.id}").text
    assert f'href="/patrols/{patrol.id}/dispute"' in page
    assert f"/patrols/{patrol.id}/sign" not in page
    said = {"reason": "Ban CHQS có 4 người đi cùng", "version": str(patrol.version)}
    assert military.post(f"/patrols/{patrol.id}/dispute", data=said).status_code == 302
    assert (state(patrol), patrol.log.dispute.unit.code) == ("disputed", "BY-QS")
    logged(commune, patrol, counts={commune.place("QS").id: 4})
    assert [force.unit.code for force in patrol.unsigned] == ["BY-QS", "BY-BP"]


def test_a_force_that_was_never_asked_along_disputes_nothing_nor_does_one_left_out_once_the_log_stands(
    app, commune, browse_as
):
    other = logged(commune, a_patrol(commune, forces=(("CA", 3, ""), ("BP", 2, ""))))
    standing = signed(commune, without_the_military(commune), "border")
    with clock.telling(at(8, days=4)):
        assert app.test_cli_runner().invoke(args=["jobs", "run", "patrols"]).exit_code == 0
    for patrol, status in ((other, 403), (standing, 409)):
        said = {"reason": "Khác", "version": str(patrol.version)}
        assert browse_as(commune.military).post(f"/patrols/{patrol.id}/dispute", data=said).status_code == status
        assert "/dispute" not in browse_as(commune.military).get(f"/patrols/{patrol.id}").text


def test_minutes_have_no_signature_of_a_force_that_sent_nobody_and_say_that_it_took_no_part(commune, browse_as):
    told = minutes(browse_as(commune.border), without_the_military(commune))
    assert "ĐẠI DIỆN ĐỒN BIÊN PHÒNG XÃ BỜ Y" in told
    assert "ĐẠI DIỆN BAN CHQS XÃ BỜ Y" not in told
    assert "Ban CHQS xã Bờ Y: không tham gia;" in told


def test_a_force_that_went_after_all_signs_once_the_log_says_so(commune):
    patrol = disputed(commune, without_the_military(commune), "border", "Ban CHQS có 4 người")
    logged(commune, patrol, counts={commune.place("QS").id: 4})
    assert [force.unit.code for force in patrol.unsigned] == ["BY-QS", "BY-BP"]
    signed(commune, patrol, "military", "border")
    assert state(patrol) == "closed"


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ({"CA": "0", "QS": "0", "BP": "0"}, "Please say how many people went."),
        ({"CA": "0"}, "Please say how many of your force went."),
    ],
)
def test_a_log_of_nobody_or_of_nobody_who_wrote_it_is_refused_at_the_field(commune, browse_as, counts, why):
    patrol = a_patrol(commune)
    typed = {f"count_{commune.place(code).id}": count for code, count in counts.items()}
    answer = browse_as(commune.officer).post(f"/patrols/{patrol.id}/log", data=a_log(patrol, **typed))
    assert (answer.status_code, state(patrol)) == (422, "planned")
    assert why in error_at(answer.text, f"count_{commune.place('CA').id}")


def test_the_last_force_does_not_leave_on_the_way(commune, browse_as):
    patrol, officer = a_patrol(commune, forces=(("CA", 3, ""), ("BP", 2, ""))), browse_as(commune.officer)
    for code, status in (("BP", 302), ("CA", 422)):
        leaves = {"unit_id": str(commune.place(code).id), "count": "0", "why": "Rút về", "version": str(patrol.version)}
        assert officer.post(f"/patrols/{patrol.id}/team", data=leaves).status_code == status
        db.session.expire_all()
    assert [force.unit.code for force in patrol.present] == ["BY-CA"]


def test_where_the_force_that_planned_it_sends_nobody_any_more_the_others_owe_the_start_and_the_log(commune):
    patrol = a_patrol(commune, forces=(("CA", 3, ""), ("QS", 2, ""), ("BP", 2, "")))
    for rule in ("PATROL-SET-OUT", "PATROL-TO-LOG"):
        assert [who for who, _day, still in duties(rule) if still] == ["police_chief"], rule
    with transaction(commune.military):
        actions.change_team(patrol, actions.Change(commune.place("CA"), "Điều đi việc khác", count=0))
    for rule in ("PATROL-SET-OUT", "PATROL-TO-LOG"):
        assert sorted(who for who, _day, still in duties(rule) if still) == ["border_guard", "military_command"], rule
    logged(commune, patrol, by="military")
    for rule in ("PATROL-SET-OUT", "PATROL-TO-LOG"):
        assert [who for who, _day, still in duties(rule) if still] == [], rule


def a_team(commune: Any, patrol: Patrol, code: str, count: int) -> dict[str, str]:
    """The form of a change of the team, as it is shown now."""
    db.session.refresh(patrol)
    unit = str(commune.place(code).id)
    return {"unit_id": unit, "count": str(count), "why": "Rút về", "version": str(patrol.version)}


def under_way(commune: Any) -> Patrol:
    patrol = a_patrol(commune, forces=(("CA", 3, ""), ("BP", 2, "")))
    with transaction(commune.officer):
        actions.set_out(patrol, commune.officer)
    return patrol


def test_a_force_that_another_notes_as_gone_is_told_at_once_and_mends_it(commune, browse_as):
    patrol, border = under_way(commune), browse_as(commune.border)
    browse_as(commune.officer).post(f"/patrols/{patrol.id}/team", data=a_team(commune, patrol, "BP", 0))
    assert told("PATROL-LEFT") == {commune.border.id}
    assert "your force left TT-2026-001 on the way" in border.get("/notices/").text
    assert f'href="/patrols/{patrol.id}/team"' in border.get(f"/patrols/{patrol.id}").text
    for page in ("point", "photos", "log"):
        assert border.get(f"/patrols/{patrol.id}/{page}").status_code == 200, page
    assert border.post(f"/patrols/{patrol.id}/team", data=a_team(commune, patrol, "BP", 2)).status_code == 302
    db.session.expire_all()
    assert {force.unit.code: force.count for force in patrol.present} == {"BY-CA": 3, "BY-BP": 2}


def test_a_force_that_was_noted_as_gone_writes_the_log_of_a_patrol_on_which_it_was(commune, browse_as):
    patrol, border = under_way(commune), browse_as(commune.border)
    browse_as(commune.officer).post(f"/patrols/{patrol.id}/team", data=a_team(commune, patrol, "BP", 0))
    db.session.refresh(patrol)
    typed = a_log(patrol, **{f"count_{commune.place('BP').id}": "2"})
    assert border.post(f"/patrols/{patrol.id}/log", data=typed).status_code == 302
    assert (state(patrol), patrol.log.logged_for.code) == ("logged", "BY-BP")


def test_a_force_that_was_never_asked_along_gains_nothing_while_a_patrol_is_under_way(commune, browse_as):
    patrol, military = under_way(commune), browse_as(commune.military)
    for page in ("point", "photos", "log", "team"):
        assert military.get(f"/patrols/{patrol.id}/{page}").status_code == 403, page
