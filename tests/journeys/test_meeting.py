"""A meeting in three browsers: a force proposes, clerk and chair write, the minutes are signed, a task waits."""

import re

import pytest
from docx import Document

from portal.engine import clock
from tests.journeys.conftest import days_ago, written

pytestmark = pytest.mark.browser

AT_NIGHT = "23:59"  # an hour of today that is still to come
ITEM = "Đặt biển cấm ở lối mòn suối Tà Ka"
TASK = "Dựng biển cấm tại lối mòn suối Tà Ka"
RECOMMENDED = "Đặt biển báo khu vực biên giới ở ngã ba suối"


def log_a_patrol(border):
    """The border post was out the night before last and recommends something; gives the patrol's address."""
    border.go("/patrols/new")
    own = border.page.locator("main [name^=count_]").first.get_attribute("name")
    border.choose("Order patrol")
    border.write(on=written(days_ago(1)), starts="02:00", ends="05:00", **{own: "3"})
    border.press("Keep the plan")
    patrol = border.path
    border.go(f"{patrol}/log")
    border.write(violations_found="0", recommendation=RECOMMENDED)
    border.press("Write the log")
    return patrol


def hour_now():
    return f"{clock.now().astimezone(clock.VIETNAM):%H:%M}"


def enter(clerk, on, at="08:00"):
    """The clerk enters a briefing, whose agenda is compiled at once; gives its address."""
    clerk.go("/meetings/new")
    clerk.write(
        kind="Coordination briefing", on=written(on), at=at, venue="Hội trường UBND xã",
        chair_id="Lê Trọng Khôi", secretary_id="Đặng Thu Trà",
    )  # fmt: skip
    clerk.press("Enter the meeting")
    return clerk.path


def invite_and_begin(clerk, meeting):
    """All come, long before its hour: no meeting begins before it is called, nor on another day than planned."""
    clerk.go(meeting)
    clerk.press("Send the invitations")
    clerk.go(f"{meeting}/attendance")
    for box in clerk.page.locator("main [name^=present_]").all():
        box.check()
    clerk.write(began=hour_now())
    clerk.press("Begin the meeting")
    assert "The meeting has begun." in clerk.text


def record_pages(clerk, meeting):
    """The page on which each item is written down, in their order."""
    clerk.go(meeting)
    links = clerk.page.locator("main a[href$='/record']").all()
    return [link.get_attribute("href") for link in links]


def page_of(visitor, pages, title):
    for page in pages:
        visitor.go(page)
        if title in visitor.page.locator("h1").inner_text():
            return page
    raise LookupError(title)


def test_from_a_proposed_item_to_minutes_excerpt_and_a_task_that_waits(sign_in, tmp_path):
    clerk, chair, border = (sign_in(name) for name in ("office_clerk", "commune_leader", "border_guard"))
    patrol = log_a_patrol(border)
    meeting = enter(clerk, days_ago(0), AT_NIGHT)
    assert RECOMMENDED in clerk.text
    border.go(f"{meeting}/items/new")
    border.write(title=ITEM, text="Người dân đưa xe máy qua lối mòn.")
    border.press("Put it on the agenda")
    invite_and_begin(clerk, meeting)

    pages = record_pages(clerk, meeting)
    item = page_of(clerk, pages, ITEM)
    chair.go(item)
    chair.page.fill("[name=heard_text]", "Chủ tịch ghi ý kiến của đồn.")
    chair.page.locator("[data-saved]", has_text="Saved at").wait_for()
    clerk.write(heard_text="Văn thư ghi cùng lúc.")
    clerk.press("Save the item")
    assert "Lê Trọng Khôi changed this" in clerk.text
    clerk.press("Save the item")
    assert "Lê Trọng Khôi writes this item, last at" in clerk.text
    assert clerk.page.input_value("[name=heard_text]") == "Văn thư ghi cùng lúc."
    chair.write(
        outcome="Instructed", outcome_text="Giao Đồn Biên phòng dựng biển.", task=TASK, unit_id="Đồn Biên phòng",
        due_on=written(days_ago(-3)),
    )  # fmt: skip
    chair.press("Save the item")
    restricted = set(record_pages(chair, meeting)) - set(pages)  # of which the clerk reads nothing
    for writer, page in [(clerk, page) for page in pages if page != item] + [(chair, page) for page in restricted]:
        writer.go(page)
        writer.write(outcome="Agreed", outcome_text="Thống nhất.")
        writer.press("Save the item")
    clerk.go(f"{meeting}/end")
    clerk.write(ended=hour_now(), conclusion="Các lực lượng tiếp tục phối hợp.")
    clerk.press("Save the end")
    clerk.press("Put the minutes before the chair")
    chair.go(meeting)
    chair.press("Approve the minutes")
    assert "Minutes approved" in chair.text

    told = minutes(clerk, meeting, tmp_path)
    for part in (ITEM, "Chủ tịch ghi ý kiến của đồn.", f"Đồn Biên phòng CKQT Bờ Y: {TASK}", "THƯ KÝ", "CHỦ TRÌ"):
        assert part in told
    assert "Văn thư ghi cùng lúc." not in told
    border.go(patrol)
    assert "Spoken of at a meeting (HN-" in border.text
    border.go("/")
    assert TASK in border.text

    invite_and_begin(clerk, enter(clerk, days_ago(0), AT_NIGHT))
    clerk.go(enter(clerk, days_ago(-1)))
    assert re.search(rf"{TASK}[^\n]*chuyển tiếp lần 2, tính cả kỳ họp này", clerk.text)
    border.go("/meetings/tasks?show=mine")
    assert "Carried over once" in border.text


def minutes(clerk, meeting, folder):
    """The minutes as a file of Word, read by another program than the one that wrote them."""
    clerk.go(meeting)
    with clerk.page.expect_download() as coming:
        clerk.follow("Minutes (.docx)")
    coming.value.save_as(folder / "minutes.docx")
    document = Document(str(folder / "minutes.docx"))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])
