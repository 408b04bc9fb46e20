"""A patrol of three forces in three windows: planned, logged, disputed, settled, closed, and on the next agenda."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from tests.journeys.conftest import PHONE, days_ago, written

pytestmark = pytest.mark.browser

POLICE, MILITARY, BORDER = "Công an xã Bờ Y", "Ban CHQS xã Bờ Y", "Đồn Biên phòng CKQT Bờ Y"
PEOPLE = {POLICE: (3, "Đinh Quang Bảo"), MILITARY: (2, "A Khương"), BORDER: (2, "Mạc Tiến Lâm")}
WISH = "Đặt biển báo tại lối mòn suối Đăk Ba"


def a_plan(visitor, names=PEOPLE, point="Mốc 790"):
    """For all of today, so that it may be run at any hour; gives the patrol's address."""
    visitor.go("/patrols/")
    visitor.follow("Plan a patrol", "main")
    visitor.choose("Border patrol")
    visitor.write(starts="00:05", ends="23:55", leader=next(iter(names.values()))[1])
    for force, (count, name) in names.items():
        team = visitor.page.locator(".team").filter(has_text=force)
        team.locator("input").nth(0).fill(str(count))
        team.locator("input").nth(1).fill(name)
    visitor.page.get_by_label(point, exact=True).check()
    visitor.press("Keep the plan")
    assert re.fullmatch(r"/patrols/\d+", visitor.path), visitor.text
    return visitor.path


def countersign(visitor, patrol):
    visitor.go("/")
    waiting = re.compile("Border patrol .*: your force has not answered yet")
    visitor.page.locator(f"main a[href='{patrol}']").filter(has_text=waiting).first.click()
    assert visitor.path == patrol
    visitor.follow("Countersign", "main")
    visitor.press("Countersign")


def test_two_forces_countersign_one_disputes_and_the_settled_patrol_comes_to_the_next_meeting(sign_in, tmp_path):
    police, military, border = (sign_in(name) for name in ("police_officer", "military_command", "border_guard"))
    patrol = a_plan(police)
    number = re.search(r"TT-\d{4}-\d{3}", police.text)[0]
    police.press("Start the patrol")

    border.go(patrol)  # out there, on the way
    border.press("Passed now")
    assert "Mốc 790 is noted." in border.text

    police.go(patrol)
    police.follow("Finish, nothing found", "main")
    police.press("Finish and sign")
    assert f"It waits for: {MILITARY}, {BORDER}." in police.text

    countersign(military, patrol)
    border.go(patrol)
    border.follow("See it differently", "main")
    border.write(reason="Đoàn đi từ tối hôm trước; lối mòn có dấu xe mới")
    border.press("Dispute the log")
    assert "Disputed" in border.text

    police.go("/")
    police.go(patrol)
    police.follow("Write the log again")
    assert "lối mòn có dấu xe mới" in police.text
    police.write(
        on=written(days_ago(1)), starts="20:00", ends="22:00", conclusion="Lối mòn có dấu xe mới", recommendation=WISH
    )
    police.page.locator("main input[name^=at_]").fill("21:00")
    police.page.locator("main form").get_by_role("button", name="Write the log", exact=True).click()

    military.go(patrol)
    military.follow("Compare the versions")
    for said in ("Version 1", "Version 2", "Không có phát hiện.", "Lối mòn có dấu xe mới", "differs"):
        assert said in military.text

    countersign(military, patrol)
    countersign(border, patrol)
    assert "Countersigned" in border.text
    assert "Waits for the signature of" in border.text  # the minutes, in ink

    with border.page.expect_download() as waiting:
        border.follow("Minutes to print (.docx)")
    waiting.value.save_as(tmp_path / "minutes.docx")
    assert_minutes(tmp_path / "minutes.docx")

    agenda_has(sign_in("office_clerk"), number)

    chair = sign_in("commune_leader")
    chair.go(patrol)
    chair.follow("Close the patrol")
    chair.write(reason="Đã giao thôn Đăk Mế cắm biển")
    chair.press("Close the patrol")
    assert "The patrol is closed." in chair.text


def assert_minutes(path: Path):
    """What stood in the log that all of them signed, and nothing of the one before."""
    told = Document(BytesIO(path.read_bytes()))
    text = "\n".join([*(one.text for one in told.paragraphs), *(c.text for t in told.tables for c in t.rows[0].cells)])
    for said in ("BIÊN BẢN", f"Kiến nghị: {WISH}", "21:00 Mốc 790", *(name for _count, name in PEOPLE.values())):
        assert said in text
    assert "Không phát hiện" not in text


def agenda_has(clerk, number):
    """The next review finds the recommendation by itself, whichever briefings were held meanwhile."""
    clerk.go("/meetings/new")
    clerk.write(kind="Half-year review", on=written(days_ago(-20)), at="08:00", venue="Hội trường UBND xã")
    clerk.press("Enter the meeting")
    assert "Agenda" in clerk.text
    assert f"Recommended by patrol {number}" in clerk.text


def test_a_patrol_without_findings_takes_no_more_than_five_taps_from_home_on_a_phone(sign_in):
    border = sign_in("border_guard", at=PHONE)
    a_plan(border, {BORDER: (2, "Y Blé")})
    number = re.search(r"TT-\d{4}-\d{3}", border.text)[0]
    border.go("/")
    border.taps = 0
    border.follow(f"Open {number}")
    border.press("Start the patrol")
    border.follow("Finish, nothing found")
    border.press("Finish and sign")
    assert border.taps <= 5
    assert f"The log of {number} is written." in border.text
