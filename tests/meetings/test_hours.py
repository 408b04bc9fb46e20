"""Who came late to a meeting or left early, and what that means for the items that were concluded without them."""

import re
from datetime import date

import pytest

from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.meetings import actions
from portal.meetings.models import Attendance, Meeting, Outcome, Stay
from tests.meetings.meeting import ON_THE_DAY, TOMORROW, a_convened, a_held, a_plan, begun, conclude_all, fresh, item_of
from tests.meetings.test_papers import words


def guest(meeting, user) -> Attendance:
    return next(one for one in meeting.invited if one.user_id == user.id)


def there(meeting, **typed):
    """The form of who is there, as it is sent when all came."""
    ticks = {f"present_{one.id}": "y" for one in meeting.invited}
    return {"on": "24/11/2026", "began": "09:00", "version": fresh(meeting).version, **ticks, **typed}


def send(client, meeting, **typed):
    return client.post(f"/meetings/{meeting.id}/attendance", data=there(meeting, **typed))


def stay(commune, meeting, *names, came=None, left=None):
    """Somebody came late or left early, as it is recorded."""
    stays = {guest(meeting, getattr(commune, name)).id: Stay(came, left) for name in names}
    with transaction(commune.clerk):
        actions.record_stays(meeting, meeting.began_at, stays)


def write(client, item, **said):
    body = {"heard_text": "", "outcome": "noted", "outcome_text": "Đã nghe.", "unit_id": "", **said}
    return client.post(f"/meetings/items/{item.id}/record", data=body)


def errors_at(page, name):
    """What the page says is wrong with a field."""
    return re.findall(rf'id="{name}-error"[^>]*>.*?</p>', page, re.DOTALL)


def test_whoever_came_late_or_left_early_stands_so_on_the_page_on_the_form_and_in_the_minutes(commune, browse_as, held):
    clerk, one, other = browse_as(commune.clerk), guest(held, commune.border), guest(held, commune.military)
    answer = send(clerk, held, **{f"came_{one.id}": "9:20", f"left_{one.id}": "9h45", f"left_{other.id}": "9:50"})
    assert answer.status_code == 302
    page = clerk.get(f"/meetings/{held.id}").text
    assert [f"was there {words}" in page for words in ("from 09:20 to 09:45", "until 09:50")] == [True, True]
    form = clerk.get(f"/meetings/{held.id}/attendance").text
    assert re.search(rf'name="came_{one.id}"[^>]*value="09:20"', form)
    paper = words(clerk.get(f"/meetings/{held.id}/minutes.docx"))
    assert f"{commune.border.full_name} (có mặt từ 09 giờ 20 phút đến 09 giờ 45 phút)" in paper
    assert "(có mặt đến 09 giờ 50 phút)" in paper


def test_the_minutes_say_of_the_chair_too_that_they_came_late(commune, browse_as, held):
    stay(commune, held, "leader", came=clock.moment(TOMORROW, 9, 10))
    paper = words(browse_as(commune.clerk).get(f"/meetings/{held.id}/minutes.docx"))
    assert f"Chủ trì: {commune.leader.full_name} (có mặt từ 09 giờ 10 phút)." in paper


@pytest.mark.parametrize(
    ("field", "hours", "told"),
    [
        ("came", {"came": "08:50"}, "The meeting began at 09:00."),
        ("left", {"left": "11:00"}, "That hour is still to come."),
        ("left", {"came": "09:30", "left": "09:20"}, "Nobody leaves before they came."),
        ("came", {"came": "25:00"}, "This is no hour of the day."),
    ],
)
def test_an_hour_outside_of_the_meeting_is_told_at_its_field_and_everything_typed_stays(
    commune, browse_as, held, field, hours, told
):
    one = guest(held, commune.border)
    answer = send(browse_as(commune.clerk), held, **{f"{name}_{one.id}": hour for name, hour in hours.items()})
    assert answer.status_code == 422
    (error,) = errors_at(answer.text, f"{field}_{one.id}")
    assert told in error
    assert all(re.search(rf'name="{name}_{one.id}"[^>]*value="{hour}"', answer.text) for name, hour in hours.items())
    assert (fresh(one).came_at, fresh(one).left_at) == (None, None)


def test_nobody_leaves_after_the_end_nor_is_the_end_put_before_somebody_left(commune, browse_as, held):
    clerk, one = browse_as(commune.clerk), guest(held, commune.border)
    assert send(clerk, held, **{f"left_{one.id}": "09:40"}).status_code == 302
    end = {"ended": "09:30", "conclusion": "", "version": fresh(held).version}
    early = clerk.post(f"/meetings/{held.id}/end", data=end)
    assert early.status_code == 422
    assert f"{commune.border.full_name} came or left later: at 09:40." in errors_at(early.text, "ended")[0]
    assert clerk.post(f"/meetings/{held.id}/end", data={**end, "ended": "09:45"}).status_code == 302
    late = send(clerk, held, **{f"left_{one.id}": "09:50"})
    assert "The meeting ended at 09:45." in errors_at(late.text, f"left_{one.id}")[0]


def test_whoever_was_not_there_has_no_hours_and_loses_them_once_it_turns_out_that_they_were_not(
    commune, browse_as, held
):
    clerk, one = browse_as(commune.clerk), guest(held, commune.border)
    assert send(clerk, held, **{f"came_{one.id}": "09:20"}).status_code == 302
    absent = {f"present_{one.id}": ""}
    told = send(clerk, held, **absent, **{f"came_{one.id}": "09:20"})
    assert "Whoever was not there has no hour" in errors_at(told.text, f"came_{one.id}")[0]
    assert send(clerk, held, **absent).status_code == 302
    assert (fresh(one).present, one.came_at) == (False, None)


def test_an_item_is_concluded_with_those_who_are_there_then(commune, browse_as, held):
    stay(commune, held, "military", "border", left=clock.moment(TOMORROW, 9, 45))
    item, clerk = item_of(held, "police"), browse_as(commune.clerk)
    assert "Not there for this item" not in clerk.get(f"/meetings/{held.id}").text  # before it was heard
    gone = f"Not there for this item: {commune.military.full_name}, {commune.border.full_name}."
    assert gone in clerk.get(f"/meetings/items/{item.id}/record").text
    unsaid = write(clerk, item)
    assert (unsaid.status_code, "2 of 4 units were there for this item; 3 are needed." in unsaid.text) == (422, True)
    assert write(clerk, item, why_without_quorum="Chỉ nghe báo cáo").status_code == 302


def test_what_was_concluded_before_somebody_left_or_written_down_after_the_end_is_not_held_against_them(
    commune, browse_as
):
    meeting = a_held(commune)
    first, second = item_of(meeting, "police"), item_of(meeting, "military")
    with clock.telling(clock.moment(TOMORROW, 9, 30)):
        assert write(browse_as(commune.clerk), first).status_code == 302
    with clock.telling(ON_THE_DAY):
        stay(commune, meeting, "military", "border", left=clock.moment(TOMORROW, 9, 45))
        assert fresh(meeting).units_at(first) == meeting.units_present
        assert meeting.units_at(second) != meeting.units_present
        with transaction(commune.clerk):
            actions.end(meeting, clock.moment(TOMORROW, 9, 50), "")
        clerk = browse_as(commune.clerk)
        assert write(clerk, second).status_code == 302
        assert fresh(meeting).units_at(second) == meeting.units_present


@pytest.fixture
def too_few(commune, held):
    """An item that was concluded at ten, after two of four had left, with the reason of the chair."""
    stay(commune, held, "military", "border", left=clock.moment(TOMORROW, 9, 45))
    item = item_of(held, "police")
    with transaction(commune.clerk):
        why = {"text": "Đã nghe.", "why_without_quorum": "Chỉ nghe báo cáo"}
        actions.conclude(item, Outcome.NOTED, commune.clerk.id, **why)
        actions.let_go(item, commune.clerk.id)
    return item


def ended(commune, meeting, *at):
    with transaction(commune.clerk):
        actions.end(meeting, clock.moment(TOMORROW, *at), "")


def noted_before_two_left(commune, meeting, client):
    """An item of which a quorum took note at half past nine; at a quarter to ten two of the four units left."""
    item = item_of(meeting, "police")
    with clock.telling(clock.moment(TOMORROW, 9, 30)):
        assert write(client, item).status_code == 302
    stay(commune, meeting, "military", "border", left=clock.moment(TOMORROW, 9, 45))
    return item


def test_an_outcome_of_which_only_the_words_are_mended_keeps_the_hour_at_which_it_was_given(commune, browse_as, held):
    clerk = browse_as(commune.clerk)
    item = noted_before_two_left(commune, held, clerk)
    assert write(clerk, item, outcome_text="Đã nghe báo cáo.").status_code == 302
    assert fresh(item).concluded_at == clock.moment(TOMORROW, 9, 30)
    assert not item.lacks_quorum


def test_another_outcome_is_given_by_those_who_are_there_now(commune, browse_as, held):
    clerk = browse_as(commune.clerk)
    item = noted_before_two_left(commune, held, clerk)
    other = write(clerk, item, outcome="agreed", outcome_text="Thống nhất.")
    assert (other.status_code, "2 of 4 units were there for this item" in other.text) == (422, True)


def test_an_end_that_is_written_down_before_an_outcome_does_not_bring_back_who_had_left(commune, held, too_few):
    ended(commune, held, 9, 50)
    assert fresh(too_few).lacks_quorum
    assert too_few.explained_without_quorum == "Chỉ nghe báo cáo"


def test_an_outcome_that_is_given_again_after_the_end_was_heard_by_those_who_heard_the_first(
    commune, browse_as, held, too_few
):
    ended(commune, held, 10, 0)
    with transaction(commune.clerk):
        actions.take_back_outcome(too_few, "Ghi nhầm", commune.clerk)
    again = write(browse_as(commune.clerk), too_few)
    assert (again.status_code, "2 of 4 units were there for this item" in again.text) == (422, True)


def test_whoever_left_as_the_meeting_ended_was_there_for_what_was_written_down_just_then(commune, held):
    item = item_of(held, "police")
    with transaction(commune.clerk):
        actions.conclude(item, Outcome.NOTED, commune.clerk.id, text="Đã nghe.")
    stay(commune, held, "military", "border", left=clock.moment(TOMORROW, 9, 50))
    ended(commune, held, 9, 50)
    assert not fresh(item).lacks_quorum


def test_whoever_was_recorded_as_there_for_an_item_stays_so_also_where_they_leave_before_it_is_concluded(
    commune, browse_as
):
    meeting = a_held(commune)
    item = item_of(meeting, "police")
    with clock.telling(clock.moment(TOMORROW, 9, 30)):
        body = {**{f"present_{one.id}": "y" for one in meeting.invited}, "version": fresh(item).version}
        carried = {**body, "parent_version": fresh(meeting).version}
        assert browse_as(commune.clerk).post(f"/meetings/items/{item.id}/attendance", data=carried).status_code == 302
    with clock.telling(ON_THE_DAY):
        stay(commune, meeting, "military", "border", left=clock.moment(TOMORROW, 9, 45))
        assert write(browse_as(commune.clerk), item).status_code == 302


def test_what_is_recorded_of_one_item_counts_more_than_the_hours(commune, browse_as, held):
    stay(commune, held, "military", "border", left=clock.moment(TOMORROW, 9, 45))
    item, clerk = item_of(held, "police"), browse_as(commune.clerk)
    form = clerk.get(f"/meetings/items/{item.id}/attendance").text
    assert form.count("was there until 09:45") == 2
    ticked = {f"present_{one.id}": "y" for one in held.invited}
    body = {**ticked, "version": fresh(item).version, "parent_version": fresh(held).version}
    assert clerk.post(f"/meetings/items/{item.id}/attendance", data=body).status_code == 302
    assert write(clerk, item).status_code == 302


def test_a_meeting_that_was_broken_off_forgets_the_hours_of_its_guests(commune, browse_as, held):
    stay(commune, held, "border", came=clock.moment(TOMORROW, 9, 20))
    clerk, meeting = browse_as(commune.clerk), held
    absent = {f"present_{guest(meeting, user).id}": "" for user in (commune.chief, commune.military)}
    came = {f"came_{guest(meeting, commune.border).id}": "09:20"}
    assert send(clerk, meeting, **absent, **came).status_code == 302
    body = {"reason": "Thiếu đơn vị", "version": fresh(meeting).version}
    assert clerk.post(f"/meetings/{meeting.id}/break_off", data=body).status_code == 302
    assert {one.came_at for one in fresh(meeting).invited} == {None}


def test_a_meeting_that_was_broken_off_asks_anew_who_was_in_the_room_for_an_item(commune, browse_as, held):
    item, one = item_of(held, "police"), guest(held, commune.chief)
    with transaction(commune.clerk):
        actions.record_item_attendance(item, {guest.id: True for guest in held.invited})
        missing = {commune.military.id, commune.border.id}
        actions.record_attendance(held, {guest.id: guest.user_id not in missing for guest in held.invited}, {})
    body = {"reason": "Thiếu đơn vị", "version": fresh(held).version}
    assert browse_as(commune.clerk).post(f"/meetings/{held.id}/break_off", data=body).status_code == 302
    on = date(2026, 11, 26)
    with transaction(commune.clerk):
        actions.reschedule(held, a_plan(commune, on), commune.clerk)
        held.workflow.take("convene", held, commune.clerk)
    begun(commune, held, on)
    with clock.telling(clock.moment(on, 10)):
        assert not fresh(item).heard_apart
        with transaction(commune.clerk):
            left = {one.id: Stay(left_at=clock.moment(on, 9, 45))}
            actions.record_stays(held, clock.moment(on, 9), left)
        assert not fresh(one).present_at(item)


def test_a_meeting_that_was_broken_off_forgets_when_an_outcome_was_given_that_was_taken_back(
    commune, browse_as, held, too_few
):
    with transaction(commune.clerk):
        actions.take_back_outcome(too_few, "Thiếu đơn vị", commune.clerk)
        missing = {commune.military.id, commune.border.id}
        actions.record_attendance(held, {guest.id: guest.user_id not in missing for guest in held.invited}, {})
    assert fresh(too_few).concluded_at == ON_THE_DAY
    body = {"reason": "Thiếu đơn vị", "version": fresh(held).version}
    assert browse_as(commune.clerk).post(f"/meetings/{held.id}/break_off", data=body).status_code == 302
    assert fresh(too_few).concluded_at is None


def test_a_meeting_that_is_moved_forgets_who_was_written_down_as_there_before_it_began(commune, browse_as):
    meeting = a_convened(commune)
    one = guest(meeting, commune.border)
    with clock.telling(ON_THE_DAY):
        clerk = browse_as(commune.clerk)
        assert send(clerk, meeting, **{f"came_{one.id}": "09:20"}).status_code == 302
        with transaction(commune.clerk):
            actions.move(meeting, clock.moment(date(2026, 11, 26), 9), "Phòng họp", "Trùng lịch", commune.clerk)
    assert {(guest.present, guest.stay) for guest in fresh(meeting).invited} == {(None, Stay())}


def test_a_meeting_with_a_new_day_forgets_who_was_written_down_as_there_on_the_old_one(commune, browse_as):
    meeting = a_convened(commune)
    one = guest(meeting, commune.border)
    with clock.telling(ON_THE_DAY):
        clerk = browse_as(commune.clerk)
        assert send(clerk, meeting, **{f"came_{one.id}": "09:20"}).status_code == 302
        with transaction(commune.clerk):
            meeting.workflow.take("postpone", meeting, commune.clerk, "Bão")
            actions.reschedule(meeting, a_plan(commune, date(2026, 11, 26)), commune.clerk)
    assert {(guest.present, guest.stay) for guest in fresh(meeting).invited} == {(None, Stay())}


def test_hours_can_be_written_with_the_beginning_itself(commune, browse_as):
    meeting = a_convened(commune)
    with clock.telling(ON_THE_DAY):
        one = guest(meeting, commune.border)
        assert send(browse_as(commune.clerk), meeting, begin="begin", **{f"came_{one.id}": "09:20"}).status_code == 302
        assert (fresh(meeting).state, fresh(one).came_at) == ("held", clock.moment(TOMORROW, 9, 20))


def test_a_meeting_does_not_begin_before_enough_units_have_come(commune, browse_as):
    meeting = a_convened(commune)
    with clock.telling(ON_THE_DAY):
        late = [guest(meeting, user) for user in (commune.chief, commune.military, commune.border)]
        hours = {f"came_{one.id}": "09:50" for one in late}
        clerk = browse_as(commune.clerk)
        early = send(clerk, meeting, begin="begin", **hours)
        told = "At 09:00 1 of 4 units were there; 3 are needed."
        assert (early.status_code, told in "".join(errors_at(early.text, "began"))) == (422, True)
        assert fresh(meeting).state == "convened"
        assert send(clerk, meeting, begin="begin", began="09:50", **hours).status_code == 302
        assert fresh(meeting).began_at == clock.moment(TOMORROW, 9, 50)


def test_the_beginning_of_a_meeting_is_not_put_before_enough_units_had_come(commune, browse_as, held):
    late = [guest(held, user) for user in (commune.chief, commune.military, commune.border)]
    early = send(browse_as(commune.clerk), held, **{f"came_{one.id}": "09:50" for one in late})
    told = "At 09:00 1 of 4 units were there; 3 are needed."
    assert (early.status_code, told in "".join(errors_at(early.text, "began"))) == (422, True)


def test_hours_that_nobody_typed_change_nothing_of_what_a_meeting_concludes(commune):
    meeting = begun(commune, a_convened(commune), TOMORROW)
    conclude_all(commune, meeting)
    kept = db.session.get_one(Meeting, meeting.id)
    assert {len(kept.units_at(item)) for item in kept.agenda} == {4}
