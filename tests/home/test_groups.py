"""Home says to each what is theirs, and what comes next where nothing is."""

import re
from datetime import timedelta

import pytest

from portal.engine import clock
from portal.engine.db import db
from portal.home.groups import Group, groups
from tests.builders import a_case


class Row:
    """A row with what the groups ask of it."""

    def __init__(self, when: str, mine: bool = True, decision: bool = False, by_the_hour: bool = False) -> None:
        self.when, self.mine, self.decision, self.by_the_hour = when, mine, decision, by_the_hour


def shown(found: list[Group]) -> dict[str, tuple[int, int]]:
    return {group.id: (len(group.first), len(group.rest)) for group in found}


def test_a_phone_shows_three_pressing_rows_and_folds_the_rest():
    assert shown(groups([Row("overdue")] * 9)) == {"overdue": (3, 6)}


def test_each_group_that_presses_shows_a_row_however_long_the_one_before_it_is():
    rows = [Row("overdue", decision=True)] * 5 + [Row("overdue")] * 5
    assert shown(groups(rows)) == {"decide": (2, 3), "overdue": (1, 4)}
    assert shown(groups([*rows, Row("today")])) == {"decide": (1, 4), "overdue": (1, 4), "today": (1, 0)}


def test_a_phone_shows_four_where_of_ones_own_only_decisions_press():
    decisions, climbed = [Row("overdue", decision=True)] * 5, [Row("overdue", mine=False)] * 5
    assert shown(groups(decisions)) == {"decide": (4, 1)}
    assert shown(groups([*decisions, *climbed])) == {"decide": (3, 2), "overdue": (1, 4)}


def test_a_longer_week_folds_as_a_whole_a_few_rights_stand_open_and_empty_groups_are_not_drawn():
    found = groups([Row("later")] * 4 + [Row("right")] * 3)
    assert shown(found) == {"week": (4, 0), "rights": (3, 0)}
    assert [group.folded for group in found] == [True, False]


def test_where_two_press_whatever_comes_later_is_folded_on_a_phone():
    later = [Row("later"), Row("right")]
    assert [group.folded for group in groups([Row("overdue")] * 2 + later)] == [False, True, True]
    assert [group.folded for group in groups([Row("overdue"), *later])] == [False, False, True]
    assert [group.folded for group in groups(later)] == [False, False]


def test_an_outing_of_today_takes_the_place_of_a_row_and_of_decisions_that_are_not_due():
    assert shown(groups([Row("overdue")] * 9, above=1)) == {"overdue": (2, 7)}
    found = groups([Row("overdue"), Row("today"), Row("later", decision=True)], above=1)
    assert [(group.id, group.folded) for group in found] == [("overdue", False), ("today", False), ("decide", True)]


def test_own_overdue_duties_stand_before_those_that_climbed_up():
    climbed, own = Row("overdue", mine=False), Row("overdue")
    assert list(groups([climbed, own])[0].first) == [own, climbed]


def test_decisions_stand_first_only_where_one_of_them_is_due():
    late, decision = Row("overdue"), Row("later", decision=True)
    assert [group.id for group in groups([decision, late, Row("today")])] == ["overdue", "today", "decide"]
    assert [group.id for group in groups([decision, late, Row("today", decision=True)])] == ["decide", "overdue"]


def test_what_is_due_by_a_clock_of_hours_stands_before_all_that_is_overdue():
    late, clocked = [Row("overdue")] * 9, Row("later", mine=False, by_the_hour=True)
    assert [group.id for group in groups([*late, clocked])] == ["clock", "overdue"]
    decision = Row("today", decision=True, by_the_hour=True)
    assert [group.id for group in groups([*late, Row("today", decision=True), decision])] == [
        "clock", "decide", "overdue",
    ]  # fmt: skip


def press(browser, address, step):
    """Take a step of a proposal as its page offers it."""
    shown = re.search(r'name="version" value="(\d+)"', browser.get(address).text)
    assert browser.post(f"{address}/{step}", data={"version": shown.group(1) if shown else ""}).status_code == 302


def submit_an_absence(case, officer):
    written = officer.post(
        f"/proposals/new/absence/for-case/{case.id}",
        data={
            "leaves_on": f"{clock.today() + timedelta(days=5):%d/%m/%Y}",
            "returns_on": f"{clock.today() + timedelta(days=9):%d/%m/%Y}",
            "destination": "Xã Đak Đoa, tỉnh Gia Lai",
            "purpose": "Thăm mẹ ốm",
            "reason": "Thăm mẹ ốm",
        },
    )
    press(officer, written.headers["Location"], "submit")


def test_the_chief_finds_a_proposal_by_what_it_is_about_after_what_is_overdue_and_the_author_sees_with_whom_it_is(
    commune, browse_as
):
    case = a_case(commune)
    officer = browse_as(commune.officer)
    submit_an_absence(case, officer)
    page = browse_as(commune.chief).get("/").text
    heads = re.findall(r'<section class="group" id="([a-z]+)"', page)
    title = f"Absence of {case.person.full_name} for 5 days"
    assert heads[:2] == ["overdue", "decide"]
    assert f"{title}: to be endorsed" in page
    assert title in officer.get("/").text
    assert "With Chief of commune police" in officer.get("/").text


def test_a_helper_sees_whom_they_help_and_each_such_look_is_written_down(commune, browse_as):
    case = a_case(commune)
    assert "Whom you help" not in browse_as(commune.helper).get("/").text
    officer, chief, chair, helper = (
        browse_as(getattr(commune, name)) for name in ("officer", "chief", "leader", "helper")
    )
    written = officer.post(
        f"/proposals/new/helper/for-case/{case.id}", data={"helper_id": commune.helper.id, "reason": "Cùng thôn"}
    )
    address = written.headers["Location"]
    for browser, step in ((officer, "submit"), (chief, "endorse"), (chair, "approve")):
        press(browser, address, step)
    db.session.rollback()
    asked = case.proposed("helper")
    helper.post(f"/assignments/{asked.id}/accept", data={"version": asked.version})
    home = helper.get("/").text
    assert "Whom you help" in home
    assert case.person.full_name in home
    assert case.offence not in home
    looked = browse_as(commune.chief).get(f"/cases/{case.id}/lookers").text
    assert "Helper xã Bờ Y" in looked


@pytest.mark.parametrize("name", ["clerk", "province", "inspector"])
def test_whoever_has_nothing_to_do_is_told_so_and_where_to_go(commune, browse_as, name):
    page = browse_as(getattr(commune, name)).get("/").text
    assert "Nothing waits for you" in page
    assert "Where to go from here" in page
