"""Of two who save the same the second keeps what they typed, and saves it with the version that stands now."""

import re

from portal.engine import clock
from portal.engine.transaction import transaction
from portal.meetings import actions
from portal.meetings.forms import RecordForm
from portal.meetings.models import Outcome
from tests.meetings.meeting import ON_THE_DAY, TOMORROW, a_convened, an_order, fresh, item_of
from tests.security.found_forms import forms_in


def filled(page, address, **typed):
    """The form of a page as a browser would send it, with what somebody types over."""
    form = next(one for one in forms_in(address, page) if one.action == address)
    return {**{name: one.value for name, one in form.controls.items()}, **typed}


def both(first, second, address, typed_first, typed_second):
    """Both open a form, the first one saves theirs; what the second is told when they save theirs."""
    shown_first, shown_second = first.get(address).text, second.get(address).text
    assert first.post(address, data=filled(shown_first, address, **typed_first)).status_code == 302
    return second.post(address, data=filled(shown_second, address, **typed_second))


def test_minutes_of_an_item(commune, browse_as, held):
    item, leader = item_of(held, "police"), browse_as(commune.leader)
    page = f"/meetings/items/{item.id}/record"
    told = both(
        browse_as(commune.clerk), leader, page, {"heard_text": "Văn thư ghi"},
        {"heard_text": "Chủ tịch ghi", "outcome": "noted", "outcome_text": "Đã nghe."},
    )  # fmt: skip
    assert [told.status_code, *(text in told.text for text in ("Văn thư ghi", "Chủ tịch ghi"))] == [409, True, True]
    assert leader.post(page, data=filled(told.text, page)).status_code == 302
    assert (fresh(item).heard_text, item.outcome, item.outcome_text) == ("Chủ tịch ghi", Outcome.NOTED, "Đã nghe.")


def test_minutes_of_an_item_that_the_first_has_concluded_and_the_second_only_wrote_on(commune, browse_as, held):
    item, leader = item_of(held, "police"), browse_as(commune.leader)
    page = f"/meetings/items/{item.id}/record"
    told = both(
        browse_as(commune.clerk), leader, page, {"outcome": "agreed", "outcome_text": "Thống nhất lịch trực."},
        {"heard_text": "Chủ tịch ghi"},
    )  # fmt: skip
    assert told.status_code == 409
    assert leader.post(page, data=filled(told.text, page)).status_code == 302
    assert (fresh(item).heard_text, item.outcome) == ("Chủ tịch ghi", Outcome.AGREED)
    assert item.outcome_text == "Thống nhất lịch trực."


def test_minutes_that_the_second_left_empty_are_not_emptied(commune, browse_as, held):
    item, leader = item_of(held, "police"), browse_as(commune.leader)
    page = f"/meetings/items/{item.id}/record"
    told = both(browse_as(commune.clerk), leader, page, {"heard_text": "Văn thư ghi"}, {"outcome": "noted"})
    assert told.status_code == 409
    assert leader.post(page, data=filled(told.text, page)).status_code == 302
    assert (fresh(item).heard_text, item.outcome) == ("Văn thư ghi", Outcome.NOTED)


def test_asking_a_form_what_stands_there_now_changes_nothing_that_is_typed(app):
    kept = {"heard_text": "Văn thư ghi", "outcome": "noted"}
    with app.test_request_context():
        form = RecordForm(data={"heard_text": "", "outcome": ""})
        assert form.differing(kept) == form.differing(kept) != []
        assert (form.heard_text.data, form.outcome.data) == ("", "")


def test_minutes_of_an_item_on_which_the_first_gave_a_task(commune, browse_as, held):
    item, leader = item_of(held, "police"), browse_as(commune.leader)
    page, order = f"/meetings/items/{item.id}/record", {"unit_id": str(commune.place("CA").id), "due_on": "20/12/2026"}
    told = both(
        browse_as(commune.clerk), leader, page, {"outcome": "instructed", "task": "Sửa camera", **order},
        {"heard_text": "Chủ tịch ghi"},
    )  # fmt: skip
    assert told.status_code == 409
    assert leader.post(page, data=filled(told.text, page)).status_code == 302
    assert [one.text for one in fresh(item).open_tasks] == ["Sửa camera"]


def test_who_is_there_at_the_meeting(commune, browse_as, held):
    page, leader = f"/meetings/{held.id}/attendance", browse_as(commune.leader)
    one = next(guest for guest in held.invited if guest.user_id == commune.border.id)
    told = both(browse_as(commune.clerk), leader, page, {"began": "08:50"}, {f"came_{one.id}": "09:20"})
    assert (told.status_code, re.search(rf'name="came_{one.id}"[^>]*value="09:20"', told.text) is not None) == (
        409,
        True,
    )
    assert "What stands there now" in told.text
    assert leader.post(page, data=filled(told.text, page)).status_code == 302
    assert fresh(one).came_at == clock.moment(TOMORROW, 9, 20)


def test_who_is_there_where_the_first_began_the_meeting(commune, browse_as):
    meeting = a_convened(commune)
    with clock.telling(ON_THE_DAY):
        page, leader = f"/meetings/{meeting.id}/attendance", browse_as(commune.leader)
        all_came = {"begin": "begin", "began": "09:00", **{f"present_{one.id}": "y" for one in meeting.invited}}
        told = both(browse_as(commune.clerk), leader, page, all_came, {**all_came, "began": "09:05"})
        assert told.status_code == 409
        assert leader.post(page, data=filled(told.text, page)).status_code == 302
        assert fresh(meeting).began_at == clock.moment(TOMORROW, 9, 5)


def test_who_is_there_for_an_item(commune, browse_as, held):
    item, leader = item_of(held, "police"), browse_as(commune.leader)
    page = f"/meetings/items/{item.id}/attendance"
    one, other = (next(guest for guest in held.invited if guest.user_id == user.id)
                  for user in (commune.border, commune.military))  # fmt: skip
    told = both(browse_as(commune.clerk), leader, page, {f"present_{one.id}": ""}, {f"present_{other.id}": ""})
    assert told.status_code == 409
    assert leader.post(page, data=filled(told.text, page)).status_code == 302
    assert (fresh(one).present_at(item), fresh(other).present_at(item)) == (True, False)


def test_what_became_of_a_task(commune, browse_as, held):
    task = an_order(commune, item_of(held, "military"), "QS", TOMORROW)
    military, page = browse_as(commune.military), f"/meetings/tasks/{task.id}"
    shown = military.get(page).text
    for step, who in (("finish", commune.leader), ("reopen", commune.leader)):
        with transaction(who):
            actions.take_task(task, step, who, "Báo nhầm")
    told = military.post(f"{page}/finish", data=filled(shown, f"{page}/finish", reason="Đã phát quang"))
    assert (told.status_code, "Đã phát quang" in told.text) == (409, True)
    assert military.post(f"{page}/finish", data=filled(told.text, f"{page}/finish")).status_code == 302
    assert (fresh(task).state, task.result) == ("done", "Đã phát quang")


def test_a_task_that_the_first_ended_tells_the_second_so_with_their_words_and_offers_it_no_more(
    commune, browse_as, held
):
    task = an_order(commune, item_of(held, "military"), "QS", TOMORROW)
    military, page = browse_as(commune.military), f"/meetings/tasks/{task.id}"
    shown = military.get(page).text
    with transaction(commune.leader):
        actions.take_task(task, "drop", commune.leader, "Không còn cần")
    told = military.post(f"{page}/finish", data=filled(shown, f"{page}/finish", reason="Đã phát quang"))
    assert (told.status_code, "Đã phát quang" in told.text) == (409, True)
    assert [one for one in forms_in(page, told.text) if one.action == f"{page}/finish"] == []
