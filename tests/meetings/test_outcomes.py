"""An outcome is changed or taken back while its meeting is written down; what was said before stays in the story."""

import pytest
from sqlalchemy import select

from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.meetings import actions
from portal.meetings.models import AgendaItem, Outcome
from tests.builders import a_case
from tests.meetings.meeting import ON_THE_DAY, TOMORROW, a_held, an_order, conclude_all, fresh, item_of
from tests.meetings.test_agenda import a_breach


@pytest.fixture
def held(commune):
    """A meeting that runs, and the clock of its day."""
    a_breach(commune, a_case(commune))
    meeting = a_held(commune)
    with clock.telling(ON_THE_DAY):
        yield meeting


@pytest.fixture
def noted(commune, held):
    """The police's report, noted."""
    item = item_of(held, "police")
    with transaction(commune.leader):
        actions.conclude(item, Outcome.NOTED, commune.leader.id, text="Đã nghe báo cáo.")
        actions.let_go(item, commune.leader.id)
    return item


def save(client, item, **said):
    body = {"heard_text": "", "outcome": "", "outcome_text": "", "unit_id": "", "version": fresh(item).version, **said}
    return client.post(f"/meetings/items/{item.id}/record", data=body)


def take_back(client, item, reason="Ghi nhầm nội dung"):
    body = {"reason": reason, "version": fresh(item).version}
    return client.post(f"/meetings/items/{item.id}/take-back", data=body)


def test_the_way_to_write_an_item_down_is_not_called_like_an_outcome(commune, browse_as, noted):
    page = browse_as(commune.clerk).get(f"/meetings/{noted.meeting_id}").text
    link = next(line for line in page.split("<a ") if f"/meetings/items/{noted.id}/record" in line)
    assert "Change the record" in link


def test_an_outcome_that_is_changed_leaves_its_words_in_the_story(commune, browse_as, noted):
    clerk = browse_as(commune.clerk)
    assert save(clerk, noted, outcome="agreed", outcome_text="Thống nhất.").status_code == 302
    assert fresh(noted).outcome == Outcome.AGREED
    for page in (f"/meetings/{noted.meeting_id}", f"/meetings/items/{noted.id}/record"):
        told = clerk.get(page).text
        assert f"{commune.clerk.full_name} changed the outcome of item {noted.position}" in told
        assert "Noted: Đã nghe báo cáo." in told


def test_saving_an_item_again_as_it_stands_changes_no_outcome(commune, browse_as, noted):
    clerk = browse_as(commune.clerk)
    assert save(clerk, noted, outcome="noted", outcome_text="Đã nghe báo cáo.", heard_text="Thêm").status_code == 302
    assert fresh(noted).earlier == []


def test_an_outcome_is_taken_back_with_its_reason_and_the_item_is_open_again(commune, browse_as, noted):
    clerk = browse_as(commune.clerk)
    assert f"/meetings/items/{noted.id}/take-back" in clerk.get(f"/meetings/{noted.meeting_id}").text
    assert take_back(clerk, noted, " ").status_code == 422
    assert take_back(clerk, noted).status_code == 302
    assert (fresh(noted).outcome, noted.outcome_text) == (None, "")
    page = clerk.get(f"/meetings/{noted.meeting_id}").text
    assert f"{commune.clerk.full_name} took back the outcome of item {noted.position}" in page
    assert "Noted: Đã nghe báo cáo. Because: Ghi nhầm nội dung" in page
    again = take_back(clerk, noted)
    assert (again.status_code, "This item has no outcome." in again.text) == (422, True)


def test_an_outcome_does_not_vanish_by_saving_the_item_as_not_concluded(commune, browse_as, noted):
    answer = save(browse_as(commune.clerk), noted, heard_text="Một câu dài")
    assert (answer.status_code, "An outcome stands. Choose another, or take it back" in answer.text) == (422, True)
    assert "Một câu dài" in answer.text
    assert fresh(noted).outcome == Outcome.NOTED


def test_tasks_go_with_the_outcome_that_ordered_them_and_nobody_owes_them_any_more(commune, browse_as, held):
    task = an_order(commune, item_of(held, "police"), "CA", TOMORROW)
    clerk = browse_as(commune.clerk)
    asked = clerk.get(f"/meetings/items/{task.item_id}/take-back").text
    assert "These tasks are struck out with it: Công an xã Bờ Y: Sửa hai camera." in asked
    assert take_back(clerk, task.item).status_code == 302
    assert fresh(task).void_reason == "Ghi nhầm nội dung"
    duty = db.session.scalars(select(Duty).where(Duty.rule == "ACTION-ITEM", Duty.subject_id == task.id)).one()
    assert duty.dropped_on is not None


def test_an_outcome_whose_task_was_done_already_is_not_taken_back_with_it(commune, browse_as, held):
    task, clerk = an_order(commune, item_of(held, "military"), "QS", TOMORROW), browse_as(commune.clerk)
    with transaction(commune.military):
        actions.take_task(task, "finish", commune.military, "Đã sửa xong")
    assert "take-back" not in clerk.get(f"/meetings/{held.id}").text
    struck = {"reason": "Ghi nhầm", "version": fresh(task).version}
    for answer in (take_back(clerk, task.item), clerk.post(f"/meetings/tasks/{task.id}/strike", data=struck)):
        assert (answer.status_code, "was done or dropped already." in answer.text) == (422, True)
    assert (fresh(task).voided_at, fresh(task.item).outcome) == (None, Outcome.INSTRUCTED)


def test_a_secretary_who_strikes_out_no_tasks_takes_back_no_outcome_that_gave_some(commune, browse_as):
    meeting = a_held(commune, secretary=commune.officer)
    with clock.telling(ON_THE_DAY):
        officer = browse_as(commune.officer)
        with transaction(commune.leader):
            other = item_of(meeting, "border")
            actions.conclude(other, Outcome.NOTED, commune.leader.id, text="Đã nghe.")
            actions.let_go(other, commune.leader.id)
        task = an_order(commune, item_of(meeting, "police"), "CA", TOMORROW)
        page = officer.get(f"/meetings/{meeting.id}").text
        offered = [f"/meetings/items/{item.id}/take-back" in page for item in (task.item, other)]
        assert offered == [False, True]
        assert take_back(officer, task.item).status_code == 403
        assert (fresh(task).voided_at, fresh(task.item).outcome) == (None, Outcome.INSTRUCTED)
        assert take_back(officer, other).status_code == 302


def test_an_instruction_whose_tasks_stand_does_not_become_something_else(commune, browse_as, held):
    item = an_order(commune, item_of(held, "police"), "CA", TOMORROW).item
    clerk = browse_as(commune.clerk)
    for said in ({"outcome": "noted"}, {"outcome": "no_conclusion", "no_conclusion_reason": "Chưa đủ số liệu"}):
        answer = save(clerk, item, **said)
        assert (answer.status_code, "Tasks came out of this item." in answer.text) == (422, True)
    assert fresh(item).outcome == Outcome.INSTRUCTED


def test_where_nothing_was_concluded_nobody_is_told_to_do_something(commune, browse_as, held):
    item, unit = item_of(held, "police"), str(commune.place("CA").id)
    said = {"no_conclusion_reason": "Chưa đủ số liệu", "task": "Sửa camera", "unit_id": unit, "due_on": "24/12/2026"}
    answer = save(browse_as(commune.clerk), item, outcome="no_conclusion", **said)
    assert (answer.status_code, "nobody is told to do something" in answer.text) == (422, True)


def test_of_an_item_that_one_may_not_read_the_story_tells_no_words(commune, browse_as, held):
    item = next(one for one in held.agenda if one.restricted)
    with transaction(commune.leader):
        actions.conclude(item, Outcome.AGREED, commune.leader.id, text="Gặp riêng, nhắc nhở")
        actions.take_back_outcome(item, "Bàn lại trong kỳ", commune.leader)
    sentence = f"took back the outcome of item {item.position}"
    for who, reads in (("leader", True), ("border", False)):
        page = browse_as(getattr(commune, who)).get(f"/meetings/{held.id}").text
        assert sentence in page
        assert ("Gặp riêng, nhắc nhở" in page, "Bàn lại trong kỳ" in page) == (reads, reads)


def test_once_the_minutes_lie_before_the_chair_no_outcome_is_taken_back(commune, browse_as, held):
    conclude_all(commune, held)
    with transaction(commune.clerk):
        held.workflow.take("draft_minutes", held, commune.clerk)
    item = db.session.scalars(select(AgendaItem).where(AgendaItem.source_id == "report.police")).one()
    clerk = browse_as(commune.clerk)
    assert "take-back" not in clerk.get(f"/meetings/{held.id}").text
    assert take_back(clerk, item).status_code == 422
    assert fresh(item).outcome == Outcome.NOTED
