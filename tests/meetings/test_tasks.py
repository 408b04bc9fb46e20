"""What a meeting orders is a duty until it is done or dropped, and nobody forgets it."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.transaction import transaction
from portal.meetings import actions
from portal.meetings.indicators import COORDINATION, INTERIM_REVIEWS
from portal.meetings.models import MeetingKind
from tests.meetings.meeting import (
    ON_THE_DAY,
    TOMORROW,
    a_convened,
    a_held,
    a_meeting,
    an_approved,
    an_order,
    begun,
    conclude_all,
    item_of,
)
from tests.meetings.test_papers import words

HELD_ON = date(2026, 11, 5)


@pytest.fixture
def task(commune):
    """A task of the military's, out of the meeting of 05/11/2026."""
    with clock.telling(clock.moment(HELD_ON, 7)):
        meeting = a_held(commune, HELD_ON)
    with clock.telling(clock.moment(HELD_ON, 10)):
        return an_order(commune, item_of(meeting, "military"), "QS", date(2026, 11, 20), "Phát quang đường tuần tra")


def duty_of(task):
    db.session.expire_all()
    return db.session.scalars(select(Duty).where(Duty.rule == "ACTION-ITEM", Duty.subject_id == task.id)).one()


def take(browser, task, step, reason="Đã phát quang xong"):
    db.session.expire_all()
    return browser.post(f"/meetings/tasks/{task.id}/{step}", data={"reason": reason, "version": task.version})


def test_a_task_stands_on_the_home_of_whoever_answers_for_its_unit_until_it_is_done(commune, browse_as, task):
    military = browse_as(commune.military)
    assert "Phát quang đường tuần tra" in military.get("/").text
    assert "Phát quang đường tuần tra" not in browse_as(commune.border).get("/").text
    assert take(military, task, "finish").status_code == 302
    assert duty_of(task).done_on == date(2026, 11, 23)
    assert "Phát quang đường tuần tra" not in military.get("/").text


def test_a_task_past_its_day_climbs_to_the_chair(commune, browse_as, task):
    with clock.telling(clock.moment(date(2026, 11, 24), 8)):
        assert "Phát quang đường tuần tra" in browse_as(commune.leader).get("/").text


def test_a_task_is_reported_by_its_own_unit_with_words_and_dropped_by_the_chair_alone(commune, browse_as, task):
    assert take(browse_as(commune.border), task, "finish").status_code == 403
    military = browse_as(commune.military)
    unsaid = take(military, task, "finish", " ")
    assert (unsaid.status_code, "Please say what came of it." in unsaid.text) == (422, True)
    assert '<label for="reason-finish">Result</label>' in unsaid.text
    assert "Reason" not in unsaid.text
    assert take(military, task, "drop").status_code == 403
    assert take(browse_as(commune.leader), task, "drop", "Không còn cần").status_code == 302
    assert duty_of(task).dropped_on is not None


def test_a_task_that_was_opened_again_has_no_result_and_its_story_says_why(commune, browse_as, task):
    take(browse_as(commune.military), task, "finish")
    leader = browse_as(commune.leader)
    assert take(leader, task, "reopen", "Đoạn mốc 791 còn cây").status_code == 302
    db.session.expire_all()
    assert (task.result, task.ended_on) == ("", None)
    assert "Đoạn mốc 791 còn cây" in leader.get(f"/meetings/tasks/{task.id}").text


def test_a_meeting_that_is_held_is_no_longer_to_come_and_its_minutes_are_under_way(commune, browse_as, task):
    clerk = browse_as(commune.clerk)
    assert task.meeting.number not in clerk.get("/meetings/?show=coming").text
    assert task.meeting.number in clerk.get("/meetings/?show=minutes").text


def test_tasks_stand_by_unit_with_how_often_they_were_carried_over(commune, browse_as, task):
    for on in (date(2026, 11, 12), date(2026, 11, 19)):
        with clock.telling(clock.moment(on, 7)):
            a_held(commune, on)
    page = browse_as(commune.inspector).get("/meetings/tasks/units").text
    assert "Ban CHQS xã Bờ Y" in page
    assert "Carried over 2 times" in page
    assert "Overdue by 3 days" in page


def test_agenda_page_form_list_and_minutes_of_a_meeting_say_one_number_of_times_that_a_task_waited(
    commune, browse_as, task
):
    with clock.telling(clock.moment(date(2026, 11, 12), 7)):
        a_held(commune, date(2026, 11, 12))
    meeting = a_convened(commune)
    page = browse_as(commune.clerk).get(f"/meetings/{meeting.id}").text
    assert times_in(page) == [2, 2]  # in the agenda, and among the open tasks
    begun(commune, meeting, TOMORROW)
    told = next(item for item in meeting.agenda if item.source_id == "meetings.tasks")
    with clock.telling(ON_THE_DAY):
        clerk = browse_as(commune.clerk)
        pages = (f"{meeting.id}", f"items/{told.id}/record", "tasks", f"tasks/{task.id}")
        assert [times_in(clerk.get(f"/meetings/{page}").text) for page in pages] == [[2, 2], [2], [2], [2]]
        assert times_in(words(clerk.get(f"/meetings/{meeting.id}/minutes.docx"))) == [2]


def test_before_a_meeting_begins_its_agenda_says_that_it_is_counted_and_lists_do_not_count_it(commune, browse_as, task):
    with clock.telling(clock.moment(date(2026, 11, 12), 7)):
        a_held(commune, date(2026, 11, 12))
    meeting, clerk = a_convened(commune), browse_as(commune.clerk)
    assert clerk.get(f"/meetings/{meeting.id}").text.count("arried over 2 times, this meeting counted") == 2
    listed = clerk.get("/meetings/tasks").text
    assert "Carried over once" in listed
    assert "counted" not in listed


def test_home_says_of_a_task_that_is_owed_how_often_it_was_carried_over(commune, browse_as, task):
    military = browse_as(commune.military)
    assert "arried over" not in military.get("/").text
    with clock.telling(clock.moment(date(2026, 11, 12), 7)):
        a_held(commune, date(2026, 11, 12))
    assert "arried over once" in military.get("/").text


def test_a_meeting_of_another_kind_does_not_count_as_one_more_that_found_a_task_open(commune, browse_as, task):
    review = a_meeting(commune, kind=MeetingKind.INTERIM_REVIEW)
    assert times_in(browse_as(commune.clerk).get(f"/meetings/{review.id}").text) == []


def times_in(text):
    """How often tasks waited, as a page or paper says it: 1, 2 …"""
    return [int(number) for number in re.findall(r"arried over (\d+) times", text.replace("over once", "over 1 times"))]


def test_the_list_of_tasks_tells_what_is_past_its_day_first_each_with_the_shape_of_its_state(commune, browse_as, task):
    with clock.telling(clock.moment(HELD_ON, 10)):
        item = item_of(task.meeting, "border")
        for name, due_on in (("Việc sau", 25), ("Việc chậm", 10), ("Việc tới", 30)):
            an_order(commune, item, "BP", date(2026, 11, due_on), name)
    page = browse_as(commune.leader).get("/meetings/tasks").text
    titles = ("Việc chậm", "Phát quang đường tuần tra", "Việc sau", "Việc tới")
    rows = [next(row for row in page.split("<tr>") if title in row) for title in titles]
    assert sorted(rows, key=page.index) == rows
    shapes = [re.search(r"#shape-(\w+)", row)[1] for row in rows]
    assert shapes == ["overdue", "overdue", "soon", "soon"]
    assert 'href="/meetings/tasks/units?show=open"' in page


def test_a_list_of_tasks_calls_itself_sorted_by_their_day_only_where_it_is(commune, browse_as, task):
    take(browse_as(commune.military), task, "finish")
    with clock.telling(clock.moment(HELD_ON, 10)):
        an_order(commune, item_of(task.meeting, "border"), "BP", date(2026, 12, 25))
    leader = browse_as(commune.leader)
    sorted_by = [
        'aria-sort="ascending"' in leader.get(f"/meetings/tasks?show={chip}").text for chip in ("open", "ended")
    ]
    assert sorted_by == [True, False]


def test_among_tasks_that_ended_the_last_one_comes_first(commune, browse_as, task):
    with clock.telling(clock.moment(HELD_ON, 10)):
        first = an_order(commune, item_of(task.meeting, "border"), "BP", date(2026, 12, 25), "Việc xong trước")
        with transaction(commune.border):
            actions.take_task(first, "finish", commune.border, "Xong")
    take(browse_as(commune.military), task, "finish")
    page = browse_as(commune.leader).get("/meetings/tasks?show=ended").text
    assert page.index("Phát quang đường tuần tra") < page.index("Việc xong trước")


def test_the_head_of_a_unit_counts_all_of_its_tasks_also_those_on_the_next_page(
    app, commune, browse_as, task, monkeypatch
):
    with clock.telling(clock.moment(HELD_ON, 10)):
        for number in range(2):
            an_order(commune, item_of(task.meeting, "military"), "QS", date(2026, 11, 25), f"Việc {number}")
        with transaction(None):
            commune.place("BP").name = commune.place("QS").name  # one name, two units
        an_order(commune, item_of(task.meeting, "border"), "BP", date(2026, 11, 25), "Việc của đồn")
    monkeypatch.setitem(app.config, "PAGE_SIZE", 2)
    leader = browse_as(commune.leader)
    pages = [leader.get(f"/meetings/tasks/units?page={page}").text for page in (1, 2)]
    heads = [
        [(unit, int(count)) for unit, count in re.findall(r'id="unit-(\d+)".*?(\d+) tasks?<', page, re.DOTALL)]
        for page in pages
    ]
    military, border = str(commune.place("QS").id), str(commune.place("BP").id)
    assert sorted(heads[0] + heads[1]) == sorted([(military, 3), (military, 3), (border, 1)])


def test_a_task_waits_once_more_for_a_second_briefing_of_the_same_day(commune, task):
    on = date(2026, 11, 12)
    with clock.telling(clock.moment(on, 7)):
        first, second = a_convened(commune, on), a_convened(commune, on)
    begun(commune, first, on)
    begun(commune, second, on)
    assert db.session.get_one(type(task), task.id).carried == 2


def test_a_meeting_is_closed_only_once_each_order_has_an_owner_and_each_item_an_outcome(commune, browse_as, task):
    meeting = task.meeting
    with clock.telling(clock.moment(HELD_ON, 11)):
        conclude_all(commune, meeting)
        with transaction(commune.clerk):
            actions.take_back(task, "Ghi nhầm")
        clerk = browse_as(commune.clerk)
        answer = clerk.post(f"/meetings/{meeting.id}/draft_minutes", data={"version": meeting.version})
        assert answer.status_code == 422
        assert "Items with an order that nobody has to carry out by a day" in answer.text


# ── figures and reviews ─────────────────────────────────────────────────────────────────────────────────────────────
def value(indicator, commune, first=date(2026, 11, 1), last=date(2026, 11, 30)):
    return indicator.value(Period(first, last, (commune.id,)))


def test_a_briefing_counts_on_the_day_it_was_held_whatever_became_of_its_minutes(commune):
    a_meeting(commune)  # scheduled: not held
    with clock.telling(clock.moment(date(2026, 11, 2), 7)):
        a_held(commune, date(2026, 11, 2))
        with clock.telling(clock.moment(date(2026, 11, 3), 10)):
            an_approved(commune, date(2026, 11, 3))
    with clock.telling(clock.moment(date(2026, 11, 10), 7)):
        a_held(commune, date(2026, 11, 10), kind=MeetingKind.INTERIM_REVIEW)
    assert (value(COORDINATION, commune), value(INTERIM_REVIEWS, commune)) == (2, 1)
    assert value(COORDINATION, commune, date(2026, 11, 3)) == 1


def test_a_cancelled_meeting_counts_nowhere_and_its_guests_are_told(commune, browse_as):
    meeting = a_convened(commune)
    clerk = browse_as(commune.clerk)
    clerk.post(f"/meetings/{meeting.id}/cancel", data={"reason": "Bão", "version": meeting.version})
    assert value(COORDINATION, commune) == 0
    assert "does not take place" in browse_as(commune.border).get("/notices/").text


def test_the_review_counts_meetings_attendance_and_tasks_by_force(commune, browse_as, task):
    with clock.telling(clock.moment(date(2026, 11, 12), 7)):
        a_held(commune, date(2026, 11, 12), away=("border",))
    take(browse_as(commune.military), task, "finish")
    page = browse_as(commune.leader).get("/meetings/reviews?year=2026&half=second").text
    assert "1 of 2 meetings" in page  # the border post
    assert page.count("2 of 2 meetings") == 3
    assert "Months without a briefing: 07/2026, 08/2026, 09/2026, 10/2026." in page


def test_a_review_of_no_period_is_no_page(commune, browse_as):
    leader = browse_as(commune.leader)
    assert leader.get("/meetings/reviews?half=third").status_code == 404
    assert leader.get("/meetings/reviews?year=1900").status_code == 404
