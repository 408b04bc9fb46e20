"""The whole thread in a real browser: a file comes, is opened, assigned, helped and reported on; the figures hold."""

import re

import pytest

from tests.journeys.conftest import PHONE, days_ago, written
from tests.journeys.steps import PERSON, decide, open_and_assign
from tests.reports.story import TOLD

pytestmark = pytest.mark.browser

ROWS = "rows => rows.map(({ cells }) => [cells[1].querySelector('a').pathname, cells[1].innerText, cells[2].innerText])"


def in_figures(written):
    return float(written.replace(",", ""))


def test_from_the_paper_to_the_helper_and_the_first_report(sign_in):
    officer, chief, chair, helper = (
        sign_in(name) for name in ("police_officer", "police_chief", "commune_leader", "team_member")
    )
    case = open_and_assign(officer, chief, received=40)  # so that a month has passed for which a report is owed
    assert helper.go(case) == 404

    officer.go(case)
    officer.follow("Propose a helper")
    officer.write(helper_id="Lương Văn Thiết", reason="Cùng thôn, được tin cậy")
    officer.press("Save the draft")
    officer.press("Submit for approval")
    proposal = officer.path
    assert chair.go(proposal) == 404  # not before the chief has endorsed
    decide(chief, proposal, "Endorse")
    decide(chair, proposal, "Approve")

    helper.go("/")
    helper.follow(re.compile(f"{PERSON}: you are asked"))
    helper.press("Accept the assignment")
    assert (helper.path, PERSON in helper.text) == (case, True)
    assert "Đánh bạc" not in helper.text
    assert "51/2026/HS-ST" not in helper.text

    officer.go(case)
    officer.follow("Record a self-report")
    officer.press("Record the self-report")
    assert re.search(r"Self-report for [0-9/]+ handed in", officer.text)
    for step in ("Phan Đình Luân", "Lê Trọng Khôi", "Lương Văn Thiết"):
        assert step in officer.text


def test_the_report_of_august_2024_comes_out_of_the_records(sign_in):
    chief = sign_in("police_chief")
    chief.go("/reports/figures")
    chief.write(**{"from": "01/01/2024", "to": "31/08/2024"})
    chief.press("Show the figures")
    chief.page.wait_for_load_state()  # a long table is there only in part while it still comes
    rows = chief.page.eval_on_selector_all(".figure-table tbody tr", ROWS)
    shown = {figure.rsplit("/", 1)[-1]: (in_figures(now), in_figures(before)) for figure, now, before in rows}
    told = {line.figure: (line.of_2024, line.of_2023) for line in TOLD}
    assert len(shown) == len(rows) >= len(told)
    assert {figure: shown.get(figure) for figure in told} == told


def test_a_helper_to_whom_nothing_was_entrusted_any_more_sees_nothing(sign_in):
    officer, chief, chair, helper, other = (
        sign_in(name) for name in ("police_officer", "police_chief", "commune_leader", "team_member", "y_nhon")
    )
    case = open_and_assign(officer, chief, "Lý Thị Sương Mai")
    for who, asked in ((helper, "Lương Văn Thiết"), (other, "Y Nhơn")):
        officer.go(case)
        officer.follow("Propose a helper")
        officer.write(helper_id=asked, reason="Cùng thôn")
        officer.press("Save the draft")
        officer.press("Submit for approval")
        proposal = officer.path
        decide(chief, proposal, "Endorse")
        decide(chair, proposal, "Approve")
        who.go("/")
        who.follow(re.compile("Lý Thị Sương Mai: you are asked"))
        who.press("Accept the assignment")
        assert who.go(case) == 200
    assert helper.go(case) == 404
    helper.go("/cases/")
    assert "Lý Thị Sương Mai" not in helper.text
    helper.go("/")
    assert "Lý Thị Sương Mai" not in helper.text


def test_the_administrator_never_sees_a_case(sign_in):
    administrator = sign_in("administrator")
    found = administrator.page.eval_on_selector_all("a[href]", "links => links.map(link => link.pathname)")
    for path in sorted({one for one in found if not one.startswith("/static")}):
        administrator.go(path)
        assert "Hồ Công Nghị" not in administrator.text, path
    for path in (
        "/cases/",
        "/cases/1",
        "/cases/on-duty",
        "/proposals/",
        "/proposals/1",
        "/overdue",
        "/figures",
        "/audit/",
    ):
        assert administrator.go(path) in (403, 404), path


def test_the_chair_decides_in_three_taps_from_home_on_a_phone(sign_in):
    officer, chief = sign_in("police_officer"), sign_in("police_chief")
    case = open_and_assign(officer, chief, "Trương Thị Bạch Mai")
    officer.go(case)
    officer.follow("Propose an absence")
    officer.write(
        leaves_on=written(days_ago(-10)), returns_on=written(days_ago(-14)), destination="phường Pleiku", reason="Mẹ ốm"
    )
    officer.press("Save the draft")
    officer.press("Submit for approval")
    proposal = officer.path
    decide(chief, proposal, "Endorse")

    chair = sign_in("commune_leader", at=PHONE)
    chair._tap(chair.page.locator(f"a[href='{proposal}']"))  # tap 1: the row of Home opens the document
    assert chair.path == proposal
    assert "Trương Thị Bạch Mai" in chair.text
    assert "Mẹ ốm" in chair.text
    assert chair.page.evaluate("document.documentElement.scrollWidth") <= 390
    chair.decide("Approve")  # tap 2
    chair.press("Sign")  # tap 3, in the bar at the thumb
    assert chair.taps == 3
    assert "Approved" in chair.text
