"""What is noted on the way, the photos, the coverage, the minutes, the points and protected events."""

import re
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from sqlalchemy import select

from portal.documents.models import Attachment
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.patrols import actions
from portal.patrols.actions import LandmarkFacts
from portal.patrols.models import EventProtection, Landmark, LandmarkKind, Patrol
from portal.patrols.presenters.coverage import coverage
from tests.documents.files import photograph
from tests.patrols.going import a_patrol, a_point, as_shown, at, disputed, error_at, logged, signed


def started(commune, **more) -> Patrol:
    patrol = a_patrol(commune, start=at(7, 30), **more)
    with transaction(commune.officer):
        patrol.workflow.take("start", patrol, commune.officer)
    return patrol


def note_point(browser, patrol, **typed):
    """Send the form of a point, as it is shown now."""
    db.session.refresh(patrol)
    return browser.post(f"/patrols/{patrol.id}/point", data={"version": patrol.version, **typed})


def test_a_planned_point_is_noted_with_one_tap_and_another_place_with_its_hour(commune, browse_as):
    patrol = started(commune, points=(a_point(commune),))
    border = browse_as(commune.border)
    border.post(f"/patrols/points/{patrol.ways[0].id}/passed", data={"version": patrol.ways[0].version})
    note_point(border, patrol, where="Lối mòn suối Đăk Ba", at="07:40", attention="y")
    db.session.refresh(patrol)
    assert [(stop.name, bool(stop.at), stop.attention) for stop in patrol.ways] == [
        ("Mốc 790", True, False), ("Lối mòn suối Đăk Ba", True, True),
    ]  # fmt: skip
    assert "wants attention" in border.get(f"/patrols/{patrol.id}").text


def test_a_point_needs_a_name_and_an_hour_that_has_come(commune, browse_as):
    patrol, border = started(commune), browse_as(commune.border)
    nameless = note_point(border, patrol, where=" ", at="07:40", text="Bình thường")
    assert (nameless.status_code, "Please choose a point, or write the place." in nameless.text) == (422, True)
    later = note_point(border, patrol, where="Suối", at="23:00")
    assert (later.status_code, "This hour is still to come." in later.text) == (422, True)


def test_whoever_joins_on_the_way_is_kept_beside_what_was_planned(commune, browse_as):
    patrol = started(commune, forces=(("CA", 3, "Trần Văn Toản"),))
    post = commune.place("BP")
    typed = {"unit_id": str(post.id), "count": "2", "in_charge": "Hồ Sỹ Mạnh", "why": "Đồn tăng cường 2 người"}
    typed["version"] = str(patrol.version)
    browse_as(commune.officer).post(f"/patrols/{patrol.id}/team", data=typed)
    force = patrol.force_of(post)
    db.session.refresh(force)
    assert (force.planned_count, force.actual_count, force.joined_on_the_way) == (0, 2, True)
    assert "Đồn tăng cường 2 người" in browse_as(commune.border).get(f"/patrols/{patrol.id}").text


def test_what_changed_on_the_way_stands_in_the_log_that_is_signed(commune, browse_as):
    patrol, officer = started(commune, forces=(("CA", 3, "Trần Văn Toản"),)), browse_as(commune.officer)
    police = str(commune.place("CA").id)
    other = {"unit_id": police, "means": "01 ô tô", "why": "Xe máy hỏng"}  # as many people as before
    assert officer.post(f"/patrols/{patrol.id}/team", data=other).status_code == 302
    logged(commune, patrol, start=at(7, 30), end=at(7, 55), means="01 ô tô")
    assert re.fullmatch(r"Công an xã Bờ Y: 3, Trần Văn Toản \(\d\d:\d\d Xe máy hỏng \(01 ô tô\)\)", patrol.log.forces)
    assert patrol.log.means == "01 ô tô"


def test_a_force_that_joins_says_with_how_many_people(commune, browse_as):
    patrol, officer = started(commune, forces=(("CA", 3, ""),)), browse_as(commune.officer)
    joins = {"unit_id": str(commune.place("BP").id), "why": "Tăng cường"}
    answer = officer.post(f"/patrols/{patrol.id}/team", data=joins)
    assert (answer.status_code, "Please say how many people joined." in answer.text) == (422, True)
    assert "Tăng cường" in answer.text


def test_nobody_joins_who_is_on_another_patrol_or_with_another_force(commune, browse_as):
    patrol, officer = started(commune, forces=(("CA", 3, "Trần Văn Toản"),)), browse_as(commune.officer)
    other = a_patrol(commune, start=at(7), by="border", forces=(("BP", 2, "Hồ Sỹ Mạnh"),))
    joins = {"unit_id": str(commune.place("QS").id), "count": "2", "why": "Tăng cường"}
    for name, why in (
        ("Trung úy Hồ Sỹ Mạnh", f"Trung úy Hồ Sỹ Mạnh is on {other.number} at the same hours."),
        ("trần văn toản", "trần văn toản is in charge of Công an xã Bờ Y already."),
    ):
        answer = officer.post(f"/patrols/{patrol.id}/team", data={**joins, "in_charge": name})
        assert (answer.status_code, why in answer.text) == (422, True)
    assert patrol.force_of(commune.place("QS")) is None


def test_nobody_sets_out_who_is_still_out_on_another_patrol(commune, browse_as):
    late, again = a_patrol(commune, start=at(2), hours=2), a_patrol(commune, start=at(7, 30))
    with transaction(commune.officer):
        late.workflow.take("start", late, commune.officer)  # planned until four, and never ended
    answer = browse_as(commune.officer).post(f"/patrols/{again.id}/start", data={"version": str(again.version)})
    assert (answer.status_code, f"is on {late.number} at the same hours" in answer.text) == (422, True)
    db.session.refresh(again)
    assert again.state == "planned"


def test_whoever_is_named_twice_and_still_out_is_told_once(commune, browse_as):
    late = a_patrol(commune, start=at(7), leader="Trần Văn Toản")
    again = a_patrol(commune, start=at(12), leader="Trần Văn Toản")
    with transaction(commune.officer):
        late.workflow.take("start", late, commune.officer)
    answer = browse_as(commune.officer).post(f"/patrols/{again.id}/start", data={"version": str(again.version)})
    assert answer.text.count(f"Trần Văn Toản is on {late.number} at the same hours") == 1


def test_a_patrol_of_another_day_that_nobody_ended_keeps_nobody_from_setting_out(commune, browse_as):
    forgotten, today = a_patrol(commune, start=at(2, days=-3)), a_patrol(commune, start=at(7, 30))
    with clock.telling(at(2, days=-3)), transaction(commune.officer):
        forgotten.workflow.take("start", forgotten, commune.officer)
    answer = browse_as(commune.officer).post(f"/patrols/{today.id}/start", data={"version": str(today.version)})
    assert answer.status_code == 302
    db.session.refresh(today)
    assert today.state == "under_way"


def test_a_patrol_whose_hours_are_past_offers_its_log_and_not_a_start(commune, browse_as):
    patrol = a_patrol(commune, start=at(2))  # until six
    page = browse_as(commune.officer).get(f"/patrols/{patrol.id}").text
    assert f'action="/patrols/{patrol.id}/start"' not in page
    assert f'href="/patrols/{patrol.id}/log"' in page.split('<header class="head">')[1].split("</header>")[0]


def test_a_change_of_the_team_is_told_by_the_hour_at_which_it_happened(commune, browse_as):
    patrol, officer = a_patrol(commune, start=at(6)), browse_as(commune.officer)
    with clock.telling(at(6)), transaction(commune.officer):
        patrol.workflow.take("start", patrol, commune.officer)
    change = {"unit_id": str(commune.place("QS").id), "count": "2", "why": "Hai người về trước"}
    for wrong in ("05:00", "09:00"):
        assert officer.post(f"/patrols/{patrol.id}/team", data={**change, "at": wrong}).status_code == 422
    assert officer.post(f"/patrols/{patrol.id}/team", data={**change, "at": "07:10"}).status_code == 302
    assert "07:10 Hai người về trước" in officer.get(f"/patrols/{patrol.id}").text
    db.session.refresh(patrol)
    logged(commune, patrol, end=at(7, 50))
    assert "07:10 Hai người về trước" in patrol.log.forces


def test_once_the_log_is_written_nothing_is_noted_any_more(commune, browse_as):
    patrol = logged(commune, a_patrol(commune))
    answer = note_point(browse_as(commune.border), patrol, where="Suối", at="03:00")
    assert (answer.status_code, "The log is written." in answer.text) == (422, True)


def test_what_was_noted_over_a_log_that_another_force_wrote_meanwhile_is_told_and_kept(commune, browse_as):
    patrol, border = a_patrol(commune), browse_as(commune.border)
    shown = patrol.version
    logged(commune, patrol)
    typed = {"version": shown, "where": "Suối Đăk Ba", "at": "03:00", "text": "Có dấu chân lạ"}
    answer = border.post(f"/patrols/{patrol.id}/point", data=typed)
    assert (answer.status_code, commune.officer.full_name in answer.text) == (409, True)
    assert 'value="Có dấu chân lạ"' in answer.text


def test_a_point_that_somebody_noted_already_is_not_noted_once_more(commune, browse_as):
    patrol = started(commune, points=(a_point(commune),))
    stop, shown = patrol.ways[0], patrol.ways[0].version
    for who, status in ((commune.border, 302), (commune.military, 409)):
        assert browse_as(who).post(f"/patrols/points/{stop.id}/passed", data={"version": shown}).status_code == status
    db.session.refresh(patrol)
    assert len(patrol.ways) == 1


def test_a_force_that_took_no_part_notes_and_logs_nothing(commune, browse_as):
    patrol = a_patrol(commune, forces=(("CA", 3, ""),))
    border = browse_as(commune.border)
    assert border.get(f"/patrols/{patrol.id}").status_code == 200
    for page in ("point", "team", "log", "nothing-found", "edit", "cancel", "photos"):
        assert border.get(f"/patrols/{patrol.id}/{page}").status_code == 403


# ── photos ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def attach(browser, patrol, content: bytes, name: str = "moc790.jpg"):
    typed = {"title": "Mốc 790", "dated_on": "23/11/2026", "not_classified": "y", "file": (BytesIO(content), name)}
    return browser.post(f"/patrols/{patrol.id}/photos", data=typed, content_type="multipart/form-data")


def test_a_photo_is_kept_without_place_and_device_and_opens_to_every_force(commune, browse_as):
    patrol = logged(commune, a_patrol(commune))
    assert attach(browse_as(commune.border), patrol, photograph()).status_code == 302
    attachment = db.session.scalars(select(Attachment)).one()
    assert (attachment.case_id, attachment.patrol_id, attachment.belongs_to) == (None, patrol.id, patrol)
    kept = browse_as(commune.military).get(f"/attachments/{attachment.id}")
    assert kept.status_code == 200
    assert b"Exif" not in kept.data
    assert browse_as(commune.village_head).get(f"/attachments/{attachment.id}").status_code == 404


def test_a_photo_of_80_mb_is_refused_at_its_field_and_the_patrol_stays_as_it_was(commune, browse_as):
    patrol = logged(commune, a_patrol(commune))
    answer = attach(browse_as(commune.officer), patrol, b"\xff\xd8\xff" + b"x" * 80 * 2**20)
    assert (answer.status_code, 'value="Mốc 790"' in answer.text) == (422, True)
    assert re.search(r'id="file-error"[^§]*The file is larger than 20 MB\.', answer.text)
    assert db.session.scalars(select(Attachment)).all() == []


def test_a_file_that_is_no_picture_is_refused_at_its_field(commune, browse_as):
    answer = attach(browse_as(commune.officer), logged(commune, a_patrol(commune)), b"MZ this is a program", "moc.jpg")
    assert (answer.status_code, 'value="Mốc 790"' in answer.text) == (422, True)


# ── coverage ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_coverage_tells_which_point_nobody_passed_for_how_long_by_any_force(commune, browse_as):
    near = a_point(commune)
    with transaction(commune.clerk):
        facts = LandmarkFacts(LandmarkKind.CHECK_POINT, "Chốt suối Đăk Ba", 500, 500)
        far = actions.enter_landmark(commune.id, facts, date(2026, 10, 1))
    logged(commune, a_patrol(commune, start=at(2, days=-40), points=(near,)))
    logged(commune, a_patrol(commune, start=at(2, days=-3), by="border", points=(near,)), by="border")
    rows = {row.landmark.name: row for row in coverage(commune.id)}
    assert (rows["Mốc 790"].days, rows["Mốc 790"].times, rows["Mốc 790"].long_ago) == (3, 2, False)
    assert (rows["Chốt suối Đăk Ba"].last_on, rows["Chốt suối Đăk Ba"].long_ago) == (None, True)
    page = browse_as(commune.clerk).get("/coverage/").text
    assert page.index("Chốt suối Đăk Ba") < page.index("Mốc 790")
    assert "Not passed yet" in page
    assert "3 days ago" in page
    assert "<svg" in page
    with transaction(commune.clerk):
        actions.end_landmark(far, date(2026, 11, 22))
    assert [row.landmark.name for row in coverage(commune.id)] == ["Mốc 790"]


def test_a_point_that_was_entered_lately_is_not_told_as_left_alone_for_long(commune):
    with transaction(commune.clerk):
        facts = LandmarkFacts(LandmarkKind.CHECK_POINT, "Chốt mới", 500, 500)
        actions.enter_landmark(commune.id, facts, date(2026, 11, 20))
    (row,) = coverage(commune.id)
    assert (row.last_on, row.days, row.long_ago) == (None, 3, False)


def test_coverage_names_the_forces_that_came_last_and_how_long_each_of_them_stayed_away(commune, browse_as):
    point = a_point(commune)
    logged(commune, a_patrol(commune, start=at(2, days=-40), points=(point,)))  # all three
    logged(commune, a_patrol(commune, start=at(2, days=-3), forces=(("CA", 3, ""), ("BP", 2, "")), points=(point,)))
    (row,) = coverage(commune.id)
    assert row.forces == ["Công an xã Bờ Y", "Đồn Biên phòng xã Bờ Y"]
    assert dict(row.each) == {"Công an xã Bờ Y": 3, "Ban CHQS xã Bờ Y": 40, "Đồn Biên phòng xã Bờ Y": 3}
    military = browse_as(commune.military)
    alone = military.get(f"/coverage/?force={commune.place('QS').id}").text
    assert "40 days ago" in alone
    assert "1 point not passed for more than a month" in alone
    head = alone.split('class="head-facts"')[1].split("</div>")[0]
    assert f"<span>{commune.place('QS').title}</span>" in head
    assert "nobody" not in alone.lower()
    assert "0 points not passed" in military.get("/coverage/").text
    assert military.get("/coverage/?force=abc").status_code == 404


def test_a_force_that_sent_nobody_after_all_passed_nothing(commune):
    patrol = a_patrol(commune, points=(a_point(commune),))
    logged(commune, patrol, counts={commune.place("QS").id: 0})
    (row,) = coverage(commune.id)
    assert "Ban CHQS xã Bờ Y" not in row.forces


def test_villages_of_which_the_catalogue_has_no_point_are_named_beside_the_coverage(commune, browse_as):
    a_point(commune)
    page = browse_as(commune.clerk).get("/coverage/").text
    assert "Villages without a point in the catalogue" in page
    assert commune.place("BPH").title in page


def test_a_planned_point_that_nobody_reached_is_not_passed(commune):
    point = a_point(commune)
    patrol = a_patrol(commune, points=(point,))
    with transaction(commune.officer):
        actions.write_log(patrol, commune.officer, actions.Logged(patrol.planned_start_at, patrol.planned_end_at))
    assert coverage(commune.id)[0].last_on is None


def test_the_neighbours_patrols_cover_nothing_here(commune, neighbour):
    a_point(commune)
    logged(neighbour, a_patrol(neighbour, points=(a_point(neighbour),)))
    assert [row.last_on for row in coverage(commune.id)] == [None]


def test_a_point_lies_on_the_sketch_and_has_a_name_of_its_own(commune, browse_as):
    a_point(commune)
    clerk = browse_as(commune.clerk)
    typed = {"kind": "check_point", "name": "mốc 790", "x": "10", "y": "10", "valid_from": "01/11/2026"}
    same = clerk.post("/landmarks/new", data=typed)
    assert (same.status_code, "There is a point of this name already, from 01/01/2020 on." in same.text) == (422, True)
    outside = clerk.post("/landmarks/new", data={**typed, "name": "Chốt 2", "x": "1001"})
    assert (outside.status_code, "A number from 0 to 1.000" in outside.text) == (422, True)
    assert len(db.session.scalars(select(Landmark)).all()) == 1


def test_the_sketch_puts_its_geometry_into_attributes_and_names_no_place_on_the_earth(commune, browse_as):
    patrol = logged(commune, a_patrol(commune, points=(a_point(commune),)))
    page = browse_as(commune.officer).get(f"/patrols/{patrol.id}").text
    drawing = page[page.index('<svg class="route"') : page.index("</svg>", page.index('<svg class="route"'))]
    assert 'points="' in drawing
    assert "style=" not in drawing
    assert "Mốc 790" in drawing


# ── minutes ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_minutes_say_what_the_standing_log_says_and_have_a_place_for_each_signature(commune, browse_as):
    patrol = logged(commune, a_patrol(commune, points=(a_point(commune),)), conclusion="Sai")
    disputed(commune, patrol, "border")
    logged(commune, patrol, conclusion="Tình hình ổn định", recommendation="Đặt biển báo")
    signed(commune, patrol, "military")
    answer = browse_as(commune.border).get(f"/patrols/{patrol.id}/minutes.docx")
    assert answer.status_code == 200
    told = Document(BytesIO(answer.data))
    text = "\n".join([*(one.text for one in told.paragraphs), *(c.text for t in told.tables for c in t.rows[0].cells)])
    assert "BIÊN BẢN" in text
    assert "Tình hình ổn định" in text
    assert "Sai" not in text
    assert "Kiến nghị: Đặt biển báo" in text
    for line in ("ĐẠI DIỆN CÔNG AN XÃ BỜ Y", "ĐẠI DIỆN BAN CHQS XÃ BỜ Y", "ĐẠI DIỆN ĐỒN BIÊN PHÒNG XÃ BỜ Y"):
        assert line in text
    assert "QUYẾT ĐỊNH" not in text
    assert ZipFile(BytesIO(answer.data)).testzip() is None


def test_there_are_no_minutes_before_there_is_a_log(commune, browse_as):
    answer = browse_as(commune.officer).get(f"/patrols/{a_patrol(commune).id}/minutes.docx")
    assert answer.status_code == 302


# ── protected events ────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_protected_event_is_recorded_afterwards_and_never_planned(commune, browse_as):
    police, officer = commune.place("CA").id, browse_as(commune.officer)
    typed = {"occasion": "Lễ hội mừng lúa mới", "held_on": "24/11/2026", f"count_{police}": "6"}
    ahead = officer.post("/protections/new", data=typed)
    assert (ahead.status_code, "The day lies in the future." in ahead.text) == (422, True)
    nobody = officer.post("/protections/new", data={**typed, "held_on": "22/11/2026", f"count_{police}": ""})
    assert (nobody.status_code, "how many people were there" in nobody.text) == (422, True)
    assert officer.post("/protections/new", data={**typed, "held_on": "22/11/2026"}).status_code == 302
    one = db.session.scalars(select(EventProtection)).one()
    assert (one.occasion, one.people) == ("Lễ hội mừng lúa mới", 6)
    assert "never planned here" in officer.get("/protections/").text
    officer.post(f"/protections/{one.id}/void", data={"version": "1", "reason": "Ghi hai lần"})
    assert "Entered in error: Ghi hai lần" in officer.get("/protections/").text


# ── what the page promises ──────────────────────────────────────────────────────────────────────────────────────────
def test_a_patrol_says_that_no_trace_no_plan_of_operations_and_no_informant_is_kept(commune, browse_as):
    patrol = a_patrol(commune)
    officer = browse_as(commune.officer)
    assert "No trace of the way, no plan of operations and no informant" in officer.get(f"/patrols/{patrol.id}").text
    assert "No plan of operations" in officer.get("/patrols/new").text


@pytest.mark.parametrize("days", [0, 1])
def test_an_order_patrol_that_passes_midnight_counts_once_on_the_day_on_which_it_began(commune, browse_as, days):
    patrol = a_patrol(commune, start=at(23, days=-1), hours=3)
    logged(commune, patrol)
    day = (date(2026, 11, 22) + timedelta(days=days)).isoformat()
    page = browse_as(commune.chief).get(f"/reports/figures/patrols.order.count?from={day}&to={day}")
    assert page.status_code == 200
    assert (patrol.number in page.text) is (days == 0)


def test_a_point_that_is_noted_after_the_end_lies_between_start_and_end(commune, browse_as):
    patrol = disputed(commune, logged(commune, a_patrol(commune, start=at(2))), "border")
    border = browse_as(commune.border)
    for hour in ("01:59", "06:01"):
        answer = note_point(border, patrol, where="Suối", at=hour)
        assert (answer.status_code, error_at(answer.text, "at")) == (
            422, "Suối was passed at an hour that lies outside of the patrol.",
        )  # fmt: skip
    assert note_point(border, patrol, where="Suối", at="06:00").status_code == 302


def test_a_place_that_was_noted_by_mistake_goes_with_its_hour_and_a_planned_point_stays(commune, browse_as):
    patrol, officer = started(commune, points=(a_point(commune),)), browse_as(commune.officer)
    note_point(officer, patrol, where="Lối mòn suối Đăk Ba", at="08:00")
    db.session.refresh(patrol)
    _planned, noted = patrol.ways
    typed = {"starts": "07:30", "ends": "08:00", "conclusion": "Không có gì", f"at_{noted.id}": ""}
    typed = as_shown(officer, f"/patrols/{patrol.id}/log", **typed)
    assert officer.post(f"/patrols/{patrol.id}/log", data=typed).status_code == 302
    db.session.refresh(patrol)
    assert [stop.name for stop in patrol.ways] == ["Mốc 790"]
    assert "Lối mòn suối Đăk Ba" not in officer.get(f"/patrols/{patrol.id}").text
