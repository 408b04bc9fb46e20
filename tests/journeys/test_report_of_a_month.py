"""The report of a month as its guide tells it, from the draft to the paper that was sent; every tap is counted."""

import re

import pytest
from playwright.sync_api import expect

from portal.engine import clock
from portal.reports.guide import GUIDE
from tests.documents.files import picture
from tests.journeys.conftest import days_ago, written

pytestmark = pytest.mark.browser

MOST_TAPS = 60  # half a minute each: the half-hour in which somebody new makes the report
TASK = "Tiếp tục tuyên truyền phòng, chống ma túy tại các thôn."
WRITTEN = {
    "Situation": "Tình hình an ninh, trật tự trên địa bàn cơ bản ổn định.",
    "Overall assessment": "Các mặt công tác được triển khai theo kế hoạch.",
    "Tasks to come": TASK,
}


def begin(chief):
    """The month that ended last, which the list of periods tells by its last day."""
    chief.follow(re.compile(r"^Reports\b"))  # with how many of them wait
    chief.follow("How a report is made")
    for lesson in GUIDE:
        assert str(lesson.title) in chief.text
    chief.page.locator("main li").filter(has_text=re.compile("Begin the draft")).get_by_role("link").click()
    chief.taps += 1
    chief.follow(re.compile("Month, from the 15th"))
    expect(chief.page.get_by_role("button", name="Begin the draft")).to_be_visible()  # the choices stand above it
    period = chief.page.locator("main select")
    ends = period.locator("option").evaluate_all("all => all.map(one => one.value)")
    period.select_option(next(one for one in ends if one and one < f"{clock.today():%Y-%m-%d}"))
    chief.press("Begin the draft")
    return chief.path.partition("#")[0]


def write(chief):
    """Every section that the page marks as empty; and the tasks to come, which the report before has lent its own."""
    empty = chief.page.locator("[aria-labelledby=writing] li").filter(has_text="empty")
    while empty.count():
        label = empty.first.get_by_role("link").inner_text().removesuffix("empty").strip()
        keep(chief, label, next(text for name, text in WRITTEN.items() if label.startswith(name)))
    keep(chief, "Tasks to come", TASK)


def keep(chief, label, text):
    chief.follow(re.compile(f"^{label}"), "aside")
    chief.write(text=text)
    chief.press("Keep the section")
    expect(chief.page.get_by_text("is kept.")).to_be_visible()


def answer(chief):
    """Every doubt, with its reason."""
    back = chief.page.get_by_role("link", name="Back to the report")  # stands at the end: by then all is told
    chief.follow("Open the checks")
    expect(back).to_be_visible()
    while chief.page.get_by_role("link", name="Say why it is right").count():
        chief.follow("Say why it is right")
        chief.write(reason="Đã rà soát với trưởng thôn, số liệu đúng.")
        chief.press("Keep the reason")
        expect(back).to_be_visible()
    chief.follow("Back to the report")


def register(clerk, report, folder):
    """The signed page, scanned."""
    scan = folder / "signed.png"
    scan.write_bytes(picture())
    clerk.go(report)
    clerk.follow(re.compile("BC-UBND"), "aside")
    clerk.follow("Register the signed paper")
    clerk.page.set_input_files("[name=scan]", scan)
    clerk.page.locator("[name=not_classified]").check()
    clerk.press("Register the paper")


def test_somebody_new_makes_the_report_of_a_month_from_the_guide(sign_in, tmp_path):
    chief, chair, clerk = (sign_in(name) for name in ("police_chief", "commune_leader", "office_clerk"))
    report = begin(chief)
    chief.page.locator("main .figures a").first.click()
    write(chief)
    answer(chief)
    chief.press("Submit for approval")
    assert "Submitted" in chief.text

    chair.go("/")
    chair.page.locator(f"main a[href^='{report}']").first.click()
    chair.follow("Approve and number")
    chair.press("Sign: approve and number")
    assert "Its figures are frozen." in chair.text
    register(clerk, report, tmp_path)

    chair.go(report)
    chair.press("Record as sent")
    chair.follow("Give a task to a unit")
    chair.write(line=TASK, unit_id="Công an xã", due_on=written(days_ago(-20)))
    chair.press("Give the task")
    assert (TASK in chair.text, "Sent" in chair.text) == (True, True)
    assert chief.taps + chair.taps + clerk.taps <= MOST_TAPS
