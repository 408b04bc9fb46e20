"""What the page of a meeting puts first: where it stands, and what leads on."""

import re
from datetime import date

from portal.engine import clock
from portal.engine.transaction import transaction
from portal.meetings import actions
from tests.meetings.meeting import TOMORROW, a_convened, a_held, an_order, conclude_all, item_of
from tests.patrols.going import in_form


def current_step(page: str) -> str:
    found = re.search(r'aria-current="step">.*?</span>([^<]+)', page)
    return found[1].strip() if found else ""


def test_minutes_that_lie_before_the_chair_are_the_present_step(commune, browse_as):
    meeting = a_held(commune)
    conclude_all(commune, meeting)
    with clock.telling(clock.moment(TOMORROW, 11)), transaction(commune.clerk):
        meeting.workflow.take("draft_minutes", meeting, commune.clerk)
    page = browse_as(commune.leader).get(f"/meetings/{meeting.id}").text
    assert current_step(page) == "Minutes"
    assert page.index('id="minutes"') < page.index('id="agenda"')  # what is to be approved is read first
    assert re.search(r'<details class="fold[^>]* open><summary>Read the minutes', page)


def test_a_phone_keeps_the_papers_beside_its_bar_of_steps(commune, browse_as):
    meeting = a_convened(commune)
    page = browse_as(commune.leader).get(f"/meetings/{meeting.id}").text
    kept = re.search(r'<div class="btns phone[^>]*>(.*?)</div>', page, re.S)
    assert kept is not None
    assert "Invitation" in kept[1]
    assert "Into my calendar" in kept[1]
    assert 'class="action-bar"' in page


def bar(page: str) -> str:
    """The bar of a phone."""
    return page.partition('class="action-bar"')[2].partition("</section>")[0]


def test_a_meeting_that_was_moved_is_called_by_the_month_of_its_rule(commune, browse_as):
    meeting = a_convened(commune)
    with transaction(commune.clerk):
        meeting.by_rule_on = date(2026, 12, 4)
    assert "<h1>Coordination briefing, 12/2026</h1>" in browse_as(commune.leader).get(f"/meetings/{meeting.id}").text


def test_a_force_that_is_asked_finds_its_report_and_its_answer_at_the_head_and_in_the_bar(commune, browse_as):
    meeting = a_convened(commune)
    page = browse_as(commune.border).get(f"/meetings/{meeting.id}").text
    assert "Write the report" in bar(page)
    assert ">Answer<" in bar(page)
    assert page.index("Your invitation") < page.index('id="agenda"')


def test_in_session_the_first_item_without_an_outcome_is_the_filled_one(commune, browse_as):
    meeting = a_held(commune)
    clerk = browse_as(commune.clerk)
    page = clerk.get(f"/meetings/{meeting.id}").text
    assert "In session" in page
    assert "Record item 1" in bar(page)
    first, second = [item for item in meeting.agenda if item.heard][:2]
    sheet = clerk.get(f"/meetings/items/{first.id}/record").text
    assert "Save and go to item 2" in sheet
    typed = {**in_form(sheet), "outcome": "noted", "outcome_text": "Đã nghe.", "onward": "1"}
    answer = clerk.post(f"/meetings/items/{first.id}/record", data=typed)
    assert answer.location == f"/meetings/items/{second.id}/record"
    assert "Record item 2" in bar(clerk.get(f"/meetings/{meeting.id}").text)


def test_a_task_is_reported_done_by_its_one_filled_button(commune, browse_as):
    meeting = a_held(commune)
    task = an_order(commune, item_of(meeting, "police"), "CA", date(2026, 12, 20))
    page = browse_as(commune.chief).get(f"/meetings/tasks/{task.id}").text
    assert '<button class="btn btn-main">Report it done</button>' in page
    assert page.count("Report it done") == 1  # neither a fold nor the bar says it again


def test_a_meeting_on_its_day_has_one_filled_button_and_is_not_held_yet(commune, browse_as):
    meeting = a_convened(commune)
    with clock.telling(clock.moment(TOMORROW, 8)):
        page = browse_as(commune.clerk).get(f"/meetings/{meeting.id}").text
    head = page.partition("<main")[2].partition('class="action-bar"')[0]
    assert head.count("btn-main") == 1
    assert re.search(r"</span>The meeting</li>", page)


def test_where_many_come_from_the_villages_they_stand_in_one_line_that_unfolds(commune, browse_as):
    meeting, clerk = a_convened(commune), browse_as(commune.clerk)
    assert "village head" not in clerk.get(f"/meetings/{meeting.id}").text
    with transaction(commune.clerk):
        for name in ("A Xeng", "Y Ngao", "A Dui"):
            actions.invite(meeting, commune.place("BPH"), name=name, title="Trưởng thôn")
    page = clerk.get(f"/meetings/{meeting.id}").text
    assert re.search(r"<summary>\d village heads, 0 come", page)
    assert page.count("A Xeng</b>") == 1


def test_however_many_are_invited_the_bar_of_a_phone_begins_the_meeting(commune, browse_as):
    meeting = a_convened(commune)
    with clock.telling(clock.moment(TOMORROW, 8)):
        page = browse_as(commune.clerk).get(f"/meetings/{meeting.id}/attendance").text
    assert '<button class="btn btn-main" form="hold" name="begin" value="begin">' in bar(page)
