"""The chief's board: officers by cases, duties that press, drafts and what came back; each number opens its list."""

import html
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.cases.models import Case, CaseType
from portal.duties.models import Duty
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation.models import Role, User
from tests.builders import a_case, an_absence
from tests.conftest import TODAY
from tests.proposals.ways import a_user, step

BOARD = "/cases/workload"
NUMBER = re.compile(r'<a href="([^"]+)">(?:(?!</a>).)*?(\d+)(?:</b>|</span>)</a>', re.S)
OF_TYPE = re.compile(r'<a href="(/cases/\?[^"]+)">[^<]*?(\d+)</a>')
COUNTED = re.compile(r"<span>(\d+) (?:case|cases|proposal|proposals|duty|duties)</span>")


def a_duty(commune, owner, due_on, key, role=Role.POLICE_OFFICER, **more):
    """A duty as a rule of a case would make it, of whoever owes it."""
    case = db.session.get_one(Case, 1)
    with transaction(None):
        duty = Duty(
            rule="REPORT-RECEPTION", key=key, subject_type="case", subject_id=case.id, case_id=case.id,
            commune_id=commune.id, due_on=due_on, owner_id=owner.id if owner else None, owner_role=role, **more,
        )  # fmt: skip
        db.session.add(duty)
    return duty


@pytest.fixture
def at_work(commune):
    """Two officers with cases, proposals and duties of their own; the chief and somebody who left have a case each."""
    case = a_case(commune)
    a_case(commune, "Trần Văn Bình", CaseType.NON_CUSTODIAL_REFORM)
    a_case(commune, "Lê Thị Cúc", officer="officer2", state="closing")
    a_case(commune, "Phạm Văn Dũng", officer=None)
    gone = a_user(commune, "gone", (Role.POLICE_OFFICER, commune.place("CA")))
    left = a_case(commune, "Hoàng Thị Én")
    with transaction(None):
        left.owner_id = gone.id
        gone.grants[0].valid_to = TODAY - timedelta(days=1)
    an_absence(commune, case, date(2026, 12, 1), date(2026, 12, 5))
    returned = an_absence(commune, case, date(2027, 1, 1), date(2027, 1, 5))
    step(returned, "submit", commune.officer)
    step(returned, "return", commune.chief, "Thiếu giấy khám")
    for days, key in ((-3, "a"), (0, "b"), (7, "c"), (8, "d")):
        a_duty(commune, commune.officer2, TODAY + timedelta(days=days), f"x{key}")
    a_duty(commune, None, TODAY, "xe", Role.POLICE_CHIEF)
    a_duty(commune, commune.officer2, TODAY - timedelta(days=1), "xr", is_right=True)
    return commune


def row_of(page, name):
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', page, re.S)
    return next(cells for head, cells in rows if name in html.unescape(head))


def number_in(row, label):
    cell = re.search(rf'data-label="{label}">(.*?)</td>', row, re.S)[1]
    found = re.search(r"(\d+)(?:</b>|</span>)</a>", cell)
    return int(found[1]) if found else 0


def test_each_row_tells_cases_duties_and_proposals_of_one_pair_of_hands(at_work, browse_as):
    page = browse_as(at_work.chief).get(BOARD).text
    officer, officer2 = row_of(page, "Officer xã Bờ Y"), row_of(page, "Officer2 xã Bờ Y")
    labels = ("Running cases", "Drafts", "Returned", "Being closed")
    assert [number_in(officer, label) for label in labels] == [2, 1, 1, 0]
    assert [number_in(officer2, label) for label in ("Running cases", "Being closed")] == [1, 1]
    assert number_in(row_of(page, "The chief"), "Running cases") == 1
    assert number_in(row_of(page, "Gone"), "Running cases") == 1


def test_whoever_left_keeps_their_row_until_their_work_is_handed_over(at_work, browse_as):
    page = browse_as(at_work.chief).get(BOARD).text
    gone = db.session.scalars(select(User).where(User.username == "by.gone")).one()
    assert f'href="/accounts/{gone.id}/hand-over"' in page
    assert "no longer in service" in page
    assert "Nobody in office" not in page


def test_a_duty_counts_once_by_its_day_and_a_right_does_not(at_work, browse_as):
    browser = browse_as(at_work.chief)
    before = row_of(browser.get(BOARD).text, "Officer2 xã Bờ Y")
    labels = ("Past its day", "Due today", "Due within a week")
    told = [number_in(before, label) for label in labels]
    a_duty(at_work, at_work.officer2, TODAY + timedelta(days=5), "xs", alert_on=TODAY)  # its day is a day off
    after = row_of(browser.get(BOARD).text, "Officer2 xã Bờ Y")
    assert [number_in(after, label) for label in labels] == [told[0], told[1] + 1, told[2]]
    assert all(count >= 1 for count in told)


def counted(browser, url):
    page = browser.get(html.unescape(url)).text
    found = COUNTED.search(page)
    assert found, (url, re.findall(r'head-facts">(.*?)</div>', page, re.S))
    return int(found[1])


def test_each_number_opens_a_list_of_just_as_many(at_work, browse_as):
    browser = browse_as(at_work.chief)
    page = browser.get(BOARD).text
    links = [*NUMBER.findall(page), *OF_TYPE.findall(page)]
    assert len(links) >= 15
    told = {url: counted(browser, url) for url, _count in links}
    assert told == {url: int(count) for url, count in links}


def test_the_board_is_the_chiefs_alone_and_the_lists_have_a_way_back(at_work, browse_as):
    assert browse_as(at_work.officer).get(BOARD).status_code == 403
    listed = f"{BOARD}/duties?who={at_work.officer2.id}&when=overdue"
    assert BOARD in browse_as(at_work.chief).get(listed).text
    assert f'href="{BOARD}"' not in browse_as(at_work.inspector).get(listed).text


@pytest.mark.parametrize(
    "query", ["", "who=chief", "who=chief&when=never", "who=999999&when=today", "who=x&when=today"]
)
def test_a_mistyped_filter_is_no_page(at_work, browse_as, query):
    assert browse_as(at_work.chief).get(f"{BOARD}/duties?{query}").status_code == 404


def test_an_officer_of_the_neighbour_is_no_author_here(at_work, neighbour, browse_as):
    chief = browse_as(at_work.chief)
    assert chief.get(f"/proposals/?show=open&author={neighbour.officer.id}").status_code == 404
    assert chief.get("/proposals/?show=open&author=xyz").status_code == 404
    assert "written by Officer xã Bờ Y" in chief.get(f"/proposals/?show=open&author={at_work.officer.id}").text


def test_the_board_asks_as_many_questions_for_many_officers_as_for_few(at_work, browse_as, app):
    from tests.architecture.test_queries import questions

    browser = browse_as(at_work.chief)
    few = len(questions(app, browser, BOARD))
    for number in range(6):
        a_user(at_work, f"more{number}", (Role.POLICE_OFFICER, at_work.place("CA")))
    assert len(questions(app, browser, BOARD)) == few


def test_the_board_speaks_vietnamese(at_work, in_vietnamese):
    page = in_vietnamese(at_work.chief).get(BOARD).text
    for words in ("Công việc của cán bộ", "đã thôi nhiệm vụ", "Việc quá hạn", "Phân công lại"):
        assert words in page
