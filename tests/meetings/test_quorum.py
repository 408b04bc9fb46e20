"""A meeting concludes with its quorum: asked when it begins, for each item, and until its minutes are approved."""

from datetime import date

from sqlalchemy import select

from portal.duties.models import Notification
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.meetings import actions
from portal.meetings.models import Outcome
from tests.meetings.meeting import ON_THE_DAY, TOMORROW, a_held, an_order, begun, conclude_all, fresh, item_of
from tests.meetings.test_papers import words

AWAY = ("military", "border")
TOO_FEW = "2 of 4 units were there; 3 were needed. Missing: Ban CHQS xã Bờ Y, Đồn Biên phòng xã Bờ Y."


def correct(commune, meeting, away=AWAY):
    """The secretary mends who was there."""
    missing = {getattr(commune, name).id for name in away}
    with transaction(commune.clerk):
        actions.record_attendance(meeting, {one.id: one.user_id not in missing for one in meeting.invited}, {})


def leave(commune, item, away=AWAY):
    """Some leave for one item."""
    missing = {getattr(commune, name).id for name in away}
    with transaction(commune.clerk):
        there = {one.id: one.user_id not in missing for one in item.meeting.invited}
        actions.record_item_attendance(item, there)


def take(client, meeting, step):
    return client.post(
        f"/meetings/{meeting.id}/{step}", data={"reason": "Thiếu đơn vị", "version": fresh(meeting).version}
    )


def write(client, item, **said):
    body = {"heard_text": "", "outcome": "noted", "outcome_text": "Đã nghe.", "unit_id": "", **said}
    return client.post(f"/meetings/items/{item.id}/record", data=body)


def test_whoever_turns_out_to_be_missing_is_named_and_neither_outcomes_nor_minutes_are_taken(commune, browse_as, held):
    clerk, item = browse_as(commune.clerk), item_of(held, "police")
    conclude_all(commune, held)
    assert TOO_FEW not in clerk.get(f"/meetings/{held.id}").text
    correct(commune, held)
    assert TOO_FEW in clerk.get(f"/meetings/{held.id}").text
    for answer in (take(clerk, held, "draft_minutes"), write(clerk, item, heard_text="Ghi thêm")):
        assert (answer.status_code, TOO_FEW in answer.text) == (422, True)
    assert fresh(held).state == "held"


def test_minutes_that_lie_before_the_chair_are_not_approved_without_the_quorum(commune, browse_as, held):
    conclude_all(commune, held)
    with transaction(commune.clerk):
        held.workflow.take("draft_minutes", held, commune.clerk)
        next(one for one in held.invited if one.user_id == commune.border.id).present = False
        next(one for one in held.invited if one.user_id == commune.military.id).present = False
    leader = browse_as(commune.leader)
    assert TOO_FEW in leader.get(f"/meetings/{held.id}").text
    answer = take(leader, held, "approve_minutes")
    assert (answer.status_code, TOO_FEW in answer.text) == (422, True)
    assert take(leader, held, "return_minutes").status_code == 302


def test_a_meeting_that_lost_its_quorum_is_broken_off_and_counts_as_not_held(commune, browse_as):
    first_on = date(2026, 11, 5)
    with clock.telling(clock.moment(first_on, 7)):
        first = a_held(commune, first_on)
    with clock.telling(clock.moment(first_on, 10)):
        waiting = an_order(commune, item_of(first, "police"), "CA", TOMORROW)
    held = a_held(commune)
    assert waiting.carried == 1
    with clock.telling(ON_THE_DAY):
        clerk = browse_as(commune.clerk)
        leave(commune, item_of(held, "police"), ("chief",))
        correct(commune, held)
        assert take(clerk, held, "break_off").status_code == 302
        broken = fresh(held)
        assert (broken.state, broken.held_on, broken.began_at) == ("postponed", None, None)
        assert {one.present for one in broken.invited} == {None}
        assert db.session.get_one(type(waiting), waiting.id).carried == 0
        told = db.session.scalars(select(Notification.user_id).where(Notification.kind == "MEETING-OFF")).all()
        assert commune.border.id in told
        on = date(2026, 11, 26)
        with transaction(commune.clerk):
            plan = actions.Plan(clock.moment(on, 9), held.place, commune.leader.acting, commune.clerk)
            actions.reschedule(held, plan, commune.clerk)
            held.workflow.take("convene", held, commune.clerk)
    again = begun(commune, held, on)
    assert all(one.present_at(item_of(again, "police")) for one in again.invited)
    assert db.session.get_one(type(waiting), waiting.id).carried == 1


def test_a_meeting_that_was_broken_off_takes_back_exactly_what_it_carried_over(commune, browse_as):
    first_on, later_on = date(2026, 11, 5), date(2026, 11, 12)
    with clock.telling(clock.moment(first_on, 7)):
        first = a_held(commune, first_on)
    with clock.telling(clock.moment(first_on, 10)):
        waiting = an_order(commune, item_of(first, "police"), "CA", TOMORROW)
        done = an_order(commune, item_of(first, "military"), "QS", TOMORROW)
    with clock.telling(clock.moment(later_on, 7)):
        a_held(commune, later_on)
    with clock.telling(clock.moment(TOMORROW, 8)), transaction(commune.military):
        actions.take_task(done, "finish", commune.military, "Đã làm xong trước giờ họp")
    held = a_held(commune)
    assert (waiting.carried, done.carried) == (2, 1)
    with clock.telling(ON_THE_DAY):
        with transaction(commune.chief):
            actions.take_task(waiting, "finish", commune.chief, "Đã sửa trong giờ họp")
        correct(commune, held)
        assert take(browse_as(commune.clerk), held, "break_off").status_code == 302
    assert [db.session.get_one(type(one), one.id).carried for one in (waiting, done)] == [1, 1]


def test_a_meeting_with_its_quorum_is_not_broken_off_nor_is_one_that_has_concluded_something(commune, browse_as, held):
    clerk = browse_as(commune.clerk)
    assert "Break the meeting off" not in clerk.get(f"/meetings/{held.id}").text
    assert take(clerk, held, "break_off").status_code == 409
    with transaction(commune.leader):
        actions.conclude(item_of(held, "police"), Outcome.NOTED, commune.leader.id, text="Đã nghe.")
    correct(commune, held)
    answer = take(clerk, held, "break_off")
    number = item_of(held, "police").position
    assert (answer.status_code, f"Items with an outcome: {number}. Take those back first" in answer.text) == (422, True)


def test_an_item_that_too_few_heard_is_concluded_with_the_reason_of_the_chair_and_the_minutes_say_it(
    commune, browse_as, held
):
    item, clerk = item_of(held, "police"), browse_as(commune.clerk)
    leave(commune, item)
    assert 'name="why_without_quorum"' in clerk.get(f"/meetings/items/{item.id}/record").text
    assert 'name="why_without_quorum"' not in clerk.get(f"/meetings/items/{item_of(held, 'border').id}/record").text
    unsaid = write(clerk, item)
    assert (unsaid.status_code, "2 of 4 units were there for this item; 3 are needed." in unsaid.text) == (422, True)
    assert write(clerk, item, why_without_quorum="Chỉ nghe báo cáo").status_code == 302
    left = f"{commune.military.full_name}, {commune.border.full_name}"
    for page in (f"/meetings/{held.id}", f"/meetings/items/{item.id}/record"):
        shown = clerk.get(page).text
        assert shown.count(f"Not there for this item: {left}.") == 1
        assert "2 of 4 units were there for it; 3 are needed." in shown
        assert "Concluded all the same: Chỉ nghe báo cáo" in shown
    told = words(clerk.get(f"/meetings/{held.id}/minutes.docx"))
    assert "không đủ số đơn vị bắt buộc có mặt; người chủ trì vẫn kết luận, lý do: Chỉ nghe báo cáo." in told
    assert told.count("không đủ số đơn vị bắt buộc") == 1


def test_who_left_an_item_is_asked_for_also_where_it_is_recorded_after_the_outcome(commune, browse_as, held):
    conclude_all(commune, held)
    item, clerk = item_of(held, "police"), browse_as(commune.clerk)
    leave(commune, item)
    answer = take(clerk, held, "draft_minutes")
    told = f"Items that were concluded without the quorum and without saying why: {item.position}."
    assert (answer.status_code, told in answer.text) == (422, True)


def test_once_it_turns_out_that_enough_heard_an_item_neither_page_nor_minutes_say_that_too_few_did(
    commune, browse_as, held
):
    item, clerk = item_of(held, "police"), browse_as(commune.clerk)
    leave(commune, item)
    assert write(clerk, item, why_without_quorum="Chỉ nghe báo cáo").status_code == 302
    leave(commune, item, ())
    told = (clerk.get(f"/meetings/{held.id}").text, words(clerk.get(f"/meetings/{held.id}/minutes.docx")))
    assert [one for one in told if "Chỉ nghe báo cáo" in one] == []


def test_nobody_is_taken_off_the_list_of_a_meeting_that_has_begun(commune, browse_as, held):
    guest = next(one for one in held.invited if one.user_id == commune.border.id)
    body = {"reason": "Nhầm", "version": guest.version}
    answer = browse_as(commune.clerk).post(f"/meetings/invitations/{guest.id}/withdraw", data=body)
    assert (answer.status_code, "Then it is recorded who is there." in answer.text) == (422, True)
    assert guest in fresh(held).invited
