"""What goes wrong at meetings is told in clear words at its place, and nothing that was typed is lost."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.duties.models import Notification
from portal.engine import clock, versions
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.engine.voiding import void
from portal.meetings import actions
from portal.meetings.models import AgendaItem, Meeting, MeetingKind, Outcome
from tests.meetings.meeting import (
    ON_THE_DAY,
    TOMORROW,
    a_convened,
    a_held,
    a_meeting,
    an_approved,
    an_order,
    conclude_all,
    fresh,
    item_of,
)

NOTHING = {"outcome": "", "outcome_text": "", "no_conclusion_reason": "", "task": "", "unit_id": "", "due_on": ""}


def typed(item, **said):
    return {**NOTHING, "heard_text": "", "version": fresh(item).version, **said}


# ── two secretaries ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_while_one_writes_an_item_another_is_told_who_and_keeps_their_text(commune, browse_as, held):
    item = item_of(held, "police")
    leader, clerk = browse_as(commune.leader), browse_as(commune.clerk)
    writing = {"X-Part": "1"}
    body = typed(item, heard_text="Chủ tịch ghi")
    assert leader.post(f"/meetings/items/{item.id}/record", data=body, headers=writing).status_code == 200
    answer = clerk.post(f"/meetings/items/{item.id}/record", data=typed(item, heard_text="Văn thư ghi một câu dài"))
    assert answer.status_code == 409
    assert "Văn thư ghi một câu dài" in answer.text
    assert f"{commune.leader.full_name} writes this item, last at 10:00. It is free at 10:10" in answer.text
    assert "send it once more" not in answer.text
    assert fresh(item).heard_text == "Chủ tịch ghi"


def test_an_item_is_free_again_once_it_is_saved_or_ten_minutes_after_the_last_word(commune, browse_as, held):
    item = item_of(held, "police")
    leader, clerk = browse_as(commune.leader), browse_as(commune.clerk)
    leader.post(f"/meetings/items/{item.id}/record", data=typed(item, heard_text="Chủ tịch ghi"))
    body = typed(item, heard_text="Văn thư ghi tiếp")
    assert clerk.post(f"/meetings/items/{item.id}/record", data=body, headers={"X-Part": "1"}).status_code == 200
    with clock.telling(ON_THE_DAY + timedelta(minutes=9)):
        assert leader.post(f"/meetings/items/{item.id}/record", data=typed(item)).status_code == 409
    with clock.telling(ON_THE_DAY + timedelta(minutes=11)):
        assert leader.post(f"/meetings/items/{item.id}/record", data=typed(item)).status_code == 302


def test_what_is_said_is_kept_while_it_is_typed_and_the_form_goes_on_from_there(commune, browse_as, held):
    item, clerk = item_of(held, "police"), browse_as(commune.clerk)
    body = typed(item, heard_text="Câu đầu")
    answer = clerk.post(f"/meetings/items/{item.id}/record", data=body, headers={"X-Part": "1"})
    assert answer.json["version"] == fresh(item).version
    assert fresh(item).heard_text == "Câu đầu"
    whole = {**body, "heard_text": "Câu đầu, câu sau", "outcome": "noted", "version": answer.json["version"]}
    assert clerk.post(f"/meetings/items/{item.id}/record", data=whole).status_code == 302
    assert fresh(item).outcome == "noted"


def test_the_page_of_an_item_tells_from_the_start_who_writes_it_and_until_when(commune, browse_as, held):
    item, writing = item_of(held, "police"), {"X-Part": "1"}
    page, leader, clerk = f"/meetings/items/{item.id}/record", browse_as(commune.leader), browse_as(commune.clerk)
    told = f"{commune.leader.full_name} writes this item, last at 10:00. It is free at 10:10"
    assert told not in clerk.get(page).text
    leader.post(page, data=typed(item, heard_text="Chủ tịch ghi"), headers=writing)
    assert told in clerk.get(page).text
    assert told not in leader.get(page).text
    with clock.telling(ON_THE_DAY + timedelta(minutes=11)):
        assert told not in clerk.get(page).text


TYPED = {
    "outcome_text": "Thống nhất sửa đường", "no_conclusion_reason": "Chưa đủ số liệu", "why_without_quorum": "Việc gấp",
    "task": "Sửa hai camera",
}  # fmt: skip


def test_every_text_of_an_item_is_kept_while_it_is_typed_and_concludes_nothing_until_it_is_saved(
    commune, browse_as, held
):
    item = item_of(held, "police")
    page, clerk = f"/meetings/items/{item.id}/record", browse_as(commune.clerk)
    kept = "heard_text outcome outcome_text no_conclusion_reason why_without_quorum task unit_id due_on"
    assert f'data-save="{kept}"' in clerk.get(page).text
    answer = clerk.post(page, data=typed(item, heard_text="Ý kiến", **TYPED), headers={"X-Part": "1"})
    assert (answer.status_code, answer.json["version"]) == (200, fresh(item).version)
    assert (item.outcome, item.outcome_text, item.tasks) == (None, "", [])
    shown = clerk.get(page).text
    assert all(words in shown for name, words in TYPED.items() if name != "why_without_quorum")
    assert "not saved yet" in shown
    assert clerk.post(page, data=typed(item, outcome="noted", outcome_text="Đã nghe")).status_code == 302
    assert "Thống nhất sửa đường" not in clerk.get(page).text
    answer = clerk.post(page, data=typed(item, outcome="noted", outcome_text="Đã nghe"), headers={"X-Part": "1"})
    assert answer.status_code == 200
    assert "not saved yet" not in clerk.get(page).text


def chosen(page, name):
    """The value that a list of a page has chosen."""
    offered = page.split(f'name="{name}"')[1].split("</select>")[0]
    found = re.search(r'<option[^>]*selected[^>]*value="(\w*)"|<option[^>]*value="(\w*)"[^>]*selected', offered)
    return next(filter(None, found.groups()), "") if found else ""


def test_the_outcome_and_the_whole_order_are_kept_while_they_are_typed(commune, browse_as, held):
    item, unit = item_of(held, "police"), str(commune.place("CA").id)
    page, clerk = f"/meetings/items/{item.id}/record", browse_as(commune.clerk)

    def send(**said):
        assert clerk.post(page, data=typed(item, **said), headers={"X-Part": "1"}).status_code == 200
        shown = clerk.get(page).text
        return chosen(shown, "outcome"), chosen(shown, "unit_id"), 'value="24/12/2026"' in shown

    assert send(outcome="instructed", task="Sửa", unit_id=unit, due_on="24/12/2026") == ("instructed", unit, True)
    assert (fresh(item).outcome, item.tasks) == (None, [])
    assert send(task="Sửa hai camera", unit_id=unit, due_on="24/1") == ("", unit, False)
    assert send(due_on="24/12/2026") == ("", "", True)
    assert send(unit_id="99999") == ("", "", False)
    assert clerk.post(page, data=typed(item, outcome="noted")).status_code == 302
    assert "not saved yet" not in clerk.get(page).text


def test_what_is_not_kept_while_it_is_typed_is_told_with_the_reason(commune, browse_as, held):
    item, writing = item_of(held, "police"), {"X-Part": "1"}
    page, clerk, leader = f"/meetings/items/{item.id}/record", browse_as(commune.clerk), browse_as(commune.leader)

    def send(client, **said):
        return client.post(page, data=typed(item, **said), headers=writing)

    too_long = send(clerk, task="x" * 501)
    assert (too_long.status_code, "500" in too_long.json["told"]) == (422, True)
    old = typed(item, heard_text="Văn thư ghi")
    send(leader, heard_text="Chủ tịch ghi")
    told = send(clerk, heard_text="Văn thư ghi").json["told"]
    assert told.startswith(f"Not saved. {commune.leader.full_name} writes this item, last at 10:00.")
    assert commune.leader.full_name in clerk.post(page, data=old, headers=writing).json["told"]
    with transaction(commune.clerk):
        held.state = "minutes_drafted"
    over = send(leader, heard_text="Ghi thêm").json["told"]
    assert "This is recorded while the meeting is held, until the minutes are written." in over


@pytest.mark.parametrize(
    ("struck", "told"), [(False, "the chair has to admit it before"), (True, "This item was struck out: nothing is")]
)
def test_what_the_meeting_does_not_hear_is_recorded_by_no_address(commune, browse_as, held, struck, told):
    with transaction(commune.border):
        item = actions.propose_item(held, commune.place("BP"), "Lối mòn suối Đăk Ba", "")
    if struck:
        with transaction(commune.leader):
            void(item, "Để kỳ sau")
    clerk, page = browse_as(commune.clerk), f"/meetings/items/{item.id}"
    noted = typed(item, outcome="noted", outcome_text="Đã nghe một câu dài")
    answer = clerk.post(f"{page}/record", data=noted)
    assert (answer.status_code, told in answer.text, "Đã nghe một câu dài" in answer.text) == (422, True, True)
    kept = clerk.post(f"{page}/record", data=noted, headers={"X-Part": "1"})
    assert (kept.status_code, told in kept.json["told"]) == (422, True)
    away = {f"present_{one.id}": "" for one in held.invited}
    answer = clerk.post(f"{page}/attendance", data={**away, "version": fresh(item).version})
    assert (answer.status_code, told in answer.text) == (422, True)
    assert [clerk.get(f"{page}/{way}").status_code for way in ("record", "attendance")] == [302, 302]
    assert (fresh(item).outcome, fresh(item).heard_text) == (None, "")


# ── quorum, and who was there ───────────────────────────────────────────────────────────────────────────────────────
def test_without_a_quorum_a_meeting_does_not_begin_and_says_how_many_are_missing(commune, browse_as):
    meeting = a_convened(commune)
    with clock.telling(ON_THE_DAY):
        clerk = browse_as(commune.clerk)
        one = next(guest for guest in meeting.invited if guest.user_id == commune.leader.id)
        body = {f"present_{one.id}": "y", "on": "24/11/2026", "began": "09:00", "begin": "begin",
                "version": fresh(meeting).version}  # fmt: skip
        answer = clerk.post(f"/meetings/{meeting.id}/attendance", data=body)
        assert answer.status_code == 422
        assert "1 of 4 units are here; 3 are needed." in answer.text
        assert f'name="present_{one.id}" type="checkbox" value="y" checked' in answer.text or "checked" in answer.text
        assert fresh(meeting).state == "convened"


def begin(client, meeting, on="24/11/2026", began="09:00"):
    ticked = {f"present_{guest.id}": "y" for guest in meeting.invited}
    body = {**ticked, "on": on, "began": began, "begin": "begin", "version": fresh(meeting).version}
    return client.post(f"/meetings/{meeting.id}/attendance", data=body)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"on": "23/11/2026"}, "The meeting is planned for 24/11/2026. Move it first"),
        ({"began": "07:50"}, "The invitations went out at 08:00, 24/11/2026."),
        ({"began": "10:10"}, "that hour is still to come"),
    ],
)
def test_a_meeting_begins_on_its_day_after_its_invitations_and_not_ahead_of_the_clock(commune, browse_as, typed, told):
    with clock.telling(clock.moment(TOMORROW, 8)):
        meeting = a_convened(commune)
    with clock.telling(ON_THE_DAY):
        clerk = browse_as(commune.clerk)
        answer = begin(clerk, meeting, **typed)
        assert (answer.status_code, told in answer.text) == (422, True)
        assert (fresh(meeting).state, fresh(meeting).held_on) == ("convened", None)
        assert begin(clerk, meeting).status_code == 302


def test_a_meeting_that_moved_begins_after_everybody_was_told(commune, browse_as):
    meeting = a_convened(commune)
    with clock.telling(clock.moment(TOMORROW, 8, 30)), transaction(commune.clerk):
        actions.move(meeting, clock.moment(TOMORROW, 9, 30), "Phòng họp", "Trùng lịch", commune.clerk)
    with clock.telling(ON_THE_DAY):
        clerk = browse_as(commune.clerk)
        assert "The invitations went out at 08:30" in begin(clerk, meeting, began="08:00").text
        assert begin(clerk, meeting, began="09:30").status_code == 302


def test_minutes_do_not_go_to_the_chair_before_the_hour_of_the_end_is_written_down(commune, browse_as, held):
    clerk = browse_as(commune.clerk)
    conclude_all(commune, held)
    with transaction(commune.clerk):
        held.ended_at = None
    answer = clerk.post(f"/meetings/{held.id}/draft_minutes", data={"version": fresh(held).version})
    assert answer.status_code == 422
    assert "The hour at which the meeting ended is not written down yet." in answer.text
    ended = {"ended": "09:40", "conclusion": "", "version": fresh(held).version}
    assert clerk.post(f"/meetings/{held.id}/end", data=ended).status_code == 302
    answer = clerk.post(f"/meetings/{held.id}/draft_minutes", data={"version": fresh(held).version})
    assert answer.status_code == 302


def test_the_beginning_is_not_mended_to_after_the_end(commune, browse_as, held):
    conclude_all(commune, held)
    ticked = {f"present_{guest.id}": "y" for guest in held.invited}
    body = {**ticked, "on": "24/11/2026", "began": "09:55", "version": fresh(held).version}
    answer = browse_as(commune.clerk).post(f"/meetings/{held.id}/attendance", data=body)
    assert (answer.status_code, "A meeting cannot end before it begins." in answer.text) == (422, True)


def test_a_substitute_counts_for_the_unit_that_sent_them(commune, browse_as):
    meeting = a_convened(commune)
    with clock.telling(ON_THE_DAY):
        clerk = browse_as(commune.clerk)
        needed = [guest for guest in meeting.invited if guest.needed]
        chair = next(guest for guest in needed if guest.user_id == commune.leader.id)
        others = [guest for guest in needed if guest is not chair][:2]
        body = {f"present_{chair.id}": "y", **{f"substitute_{one.id}": "Trần Văn Thay, cán bộ" for one in others}}
        body |= {"on": "24/11/2026", "began": "09:00", "begin": "begin", "version": fresh(meeting).version}
        assert clerk.post(f"/meetings/{meeting.id}/attendance", data=body).status_code == 302
        stood_in = [guest for guest in fresh(meeting).invited if guest.substitute_for]
        assert {guest.called for guest in stood_in} == {"Trần Văn Thay, cán bộ"}


def found_without_chair(commune):
    """A meeting of which it turned out, after it began, that the chair was not there."""
    meeting = a_held(commune)
    with clock.telling(ON_THE_DAY), transaction(commune.clerk):
        came = {one.id: one.user_id != commune.leader.id for one in meeting.invited}
        actions.record_attendance(meeting, came, {})
    return meeting


def test_no_meeting_begins_without_its_chair_until_somebody_else_takes_it(commune, browse_as):
    meeting = a_convened(commune)
    with clock.telling(ON_THE_DAY):
        clerk = browse_as(commune.clerk)

        def sent(**button):
            came = {f"present_{one.id}": "y" for one in meeting.invited if one.user_id != commune.leader.id}
            body = {**came, "on": "24/11/2026", "began": "09:00", "version": fresh(meeting).version, **button}
            return clerk.post(f"/meetings/{meeting.id}/attendance", data=body)

        refused = sent(begin="begin")
        told = f"{commune.leader.full_name}, who takes the chair, is not there."
        assert (refused.status_code, told in refused.text) == (422, True)
        assert f'href="/meetings/{meeting.id}/chair"' in refused.text
        assert sent().status_code == 302
        assert take_chair(clerk, meeting, commune.chief).status_code == 302
        assert sent(begin="begin").status_code == 302
    assert fresh(meeting).state == "held"


def test_no_field_that_may_turn_out_to_be_needed_is_called_optional(commune, browse_as):
    clerk = browse_as(commune.clerk)
    assert "(optional)" not in clerk.get("/meetings/new").text
    with clock.telling(ON_THE_DAY):
        item = item_of(a_held(commune), "police")
        page = browse_as(commune.clerk).get(f"/meetings/items/{item.id}/record").text
    free = re.findall(r'<label for="(\w+)">[^<]*<span class="optional">', page)
    assert free == ["heard_text", "outcome_text"]


def test_whoever_was_not_at_the_meeting_does_not_approve_its_minutes(commune, browse_as):
    meeting = found_without_chair(commune)
    with clock.telling(ON_THE_DAY):
        conclude_all(commune, meeting)
        with transaction(commune.clerk):
            meeting.workflow.take("draft_minutes", meeting, commune.clerk)
        leader = browse_as(commune.leader)
        told = f"{commune.leader.full_name} was not at the meeting."
        assert told in leader.get(f"/meetings/{meeting.id}").text
        body = {"version": fresh(meeting).version}
        answer = leader.post(f"/meetings/{meeting.id}/approve_minutes", data=body)
        assert (answer.status_code, told in answer.text) == (422, True)
        chief = browse_as(commune.chief)
        assert chief.post(f"/meetings/{meeting.id}/approve_minutes", data=body).status_code == 403
        assert fresh(meeting).state == "minutes_drafted"


# ── outcomes ────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"outcome": "instructed"}, "An order needs a unit that carries it out."),
        ({"outcome": "instructed", "task": "Sửa camera", "due_on": "24/12/2026"}, "An order needs a unit"),
        ({"outcome": "noted", "due_on": "24/12/2026"}, "Please say what has to be done."),
        ({"outcome": "no_conclusion"}, "Please say why nothing was concluded."),
        ({"outcome": "instructed", "task": "Sửa camera", "unit_id": "4"}, "An order needs a day by which it is done."),
    ],
)
def test_an_outcome_that_lacks_something_is_told_at_its_field_with_all_that_was_typed(
    commune, browse_as, held, said, told
):
    item, clerk = item_of(held, "police"), browse_as(commune.clerk)
    body = typed(item, heard_text="Nội dung đã ghi", **said)
    answer = clerk.post(f"/meetings/items/{item.id}/record", data=body)
    assert answer.status_code == 422
    assert told in answer.text
    assert "Nội dung đã ghi" in answer.text
    assert fresh(item).outcome is None


def test_a_task_is_not_due_before_the_meeting_that_gives_it(commune, browse_as, held):
    item, clerk, unit = item_of(held, "police"), browse_as(commune.clerk), commune.place("CA")
    body = typed(item, outcome="instructed", task="Sửa camera", unit_id=str(unit.id), due_on="23/11/2026")
    answer = clerk.post(f"/meetings/items/{item.id}/record", data=body)
    assert answer.status_code == 422
    assert "A task cannot be due before the meeting that gives it." in answer.text


def test_minutes_do_not_go_to_the_chair_while_an_item_has_no_outcome(commune, browse_as, held):
    clerk = browse_as(commune.clerk)
    answer = clerk.post(f"/meetings/{held.id}/draft_minutes", data={"version": fresh(held).version})
    assert answer.status_code == 422
    assert "Items without an outcome: 1, 2" in answer.text


# ── plans and moves ─────────────────────────────────────────────────────────────────────────────────────────────────
def plan_of(commune, **other):
    return {
        "kind": "coordination", "subject": "", "on": "24/11/2026", "at": "09:00", "venue": "Hội trường",
        "chair_id": str(commune.leader.id), "secretary_id": str(commune.clerk.id), **other,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"on": "20/11/2026"}, "A meeting cannot be planned for a moment that has passed."),
        ({"on": "24/11/2027"}, "This is planned at most a year ahead, up to 23/11/2027."),
        ({"at": "25:00"}, "This is no hour of the day."),
        ({"venue": " "}, "This is needed."),
        ({"kind": "ad_hoc"}, "Please say what the meeting is about."),
        ({"chair_id": "999"}, "Please choose one of the list."),
    ],
)
def test_a_plan_that_cannot_be_is_told_at_its_field_and_nothing_is_entered(commune, browse_as, other, told):
    answer = browse_as(commune.clerk).post("/meetings/new", data=plan_of(commune, **other))
    assert answer.status_code == 422
    assert told in answer.text
    assert db.session.scalars(select(Meeting)).all() == []


@pytest.mark.parametrize("way", ["edit", "reschedule"])
def test_what_an_extraordinary_meeting_is_about_is_never_left_empty(commune, browse_as, way):
    meeting = a_meeting(commune, kind=MeetingKind.AD_HOC, subject="Cháy rừng ở Đăk Mế")
    if way == "reschedule":
        with transaction(commune.clerk):
            meeting.workflow.take("postpone", meeting, commune.clerk, "Bão")
    clerk, fields = browse_as(commune.clerk), plan_of(commune, quorum="3")
    del fields["kind"]
    url = f"/meetings/{meeting.id}/{way}"
    answer = clerk.post(url, data={**fields, "version": fresh(meeting).version})
    assert (answer.status_code, "Please say what the meeting is about." in answer.text) == (422, True)
    assert fresh(meeting).subject == "Cháy rừng ở Đăk Mế"
    named = {**fields, "subject": "Cháy rừng ở Đăk Mế và Iệc", "version": fresh(meeting).version}
    assert clerk.post(url, data=named).status_code == 302
    assert fresh(meeting).agenda[0].title == "Cháy rừng ở Đăk Mế và Iệc"


def test_nobody_chairs_and_writes_the_same_meeting(commune, browse_as):
    plan = plan_of(commune, secretary_id=str(commune.leader.id))
    answer = browse_as(commune.clerk).post("/meetings/new", data=plan)
    assert answer.status_code == 422
    assert "does not write the minutes as well" in answer.text


def test_a_meeting_moved_after_its_invitations_is_told_to_all_who_are_invited_and_asks_them_anew(commune, browse_as):
    meeting = a_convened(commune)
    own = next(guest for guest in meeting.invited if guest.user_id == commune.chief.id)
    chief, clerk = browse_as(commune.chief), browse_as(commune.clerk)
    body = {"comes": "yes", "substitute": "", "version": fresh(own).version}
    assert chief.post(f"/meetings/invitations/{own.id}/answer", data=body).status_code == 302
    move = {"on": "26/11/2026", "at": "14:00", "venue": "Hội trường UBND xã", "version": fresh(meeting).version}
    unsaid = clerk.post(f"/meetings/{meeting.id}/move", data=move)
    assert (unsaid.status_code, "26/11/2026" in unsaid.text) == (422, True)
    far = clerk.post(f"/meetings/{meeting.id}/move", data={**move, "on": "26/11/2126", "reason": "Trùng lịch"})
    assert (far.status_code, "at most a year ahead" in far.text) == (422, True)
    done = clerk.post(f"/meetings/{meeting.id}/move", data={**move, "reason": "Trùng lịch họp Đảng ủy"})
    assert done.status_code == 302
    assert fresh(own).comes is None
    told = db.session.scalars(select(Notification).where(Notification.kind == "MEETING-MOVED")).all()
    assert {one.user_id for one in told} == {guest.user_id for guest in fresh(meeting).invited} - {commune.clerk.id}
    assert "14:00, 26/11/2026" in chief.get("/notices/").text
    assert "Because: Trùng lịch họp Đảng ủy" in chief.get(f"/meetings/{meeting.id}").text


def test_the_plan_of_a_meeting_whose_invitations_are_out_is_not_changed_behind_anybodys_back(commune, browse_as):
    meeting = a_convened(commune)
    plan = {**plan_of(commune), "quorum": "3", "version": fresh(meeting).version}
    answer = browse_as(commune.clerk).post(f"/meetings/{meeting.id}/edit", data=plan)
    assert answer.status_code == 422
    assert "Move the meeting instead" in answer.text


def test_of_two_who_change_a_plan_the_second_is_told_who_was_faster_and_keeps_what_they_typed(commune, browse_as):
    meeting = a_meeting(commune)
    old = fresh(meeting).version
    plan = {**plan_of(commune), "quorum": "3", "version": old}
    assert (
        browse_as(commune.leader).post(f"/meetings/{meeting.id}/edit", data={**plan, "venue": "Phòng A"}).status_code
        == 302
    )
    answer = browse_as(commune.clerk).post(f"/meetings/{meeting.id}/edit", data={**plan, "venue": "Phòng B"})
    assert answer.status_code == 409
    assert "Phòng B" in answer.text
    assert "Phòng A" in answer.text


def test_what_was_proposed_over_invitations_that_went_out_meanwhile_is_told_and_kept(commune, browse_as):
    meeting = a_meeting(commune)
    shown = fresh(meeting).version
    clerk = browse_as(commune.clerk)
    assert clerk.post(f"/meetings/{meeting.id}/convene", data={"version": shown}).status_code == 302
    body = {"title": "Lối mòn suối Đăk Ba", "text": "Xin lực lượng", "version": shown}
    answer = browse_as(commune.border).post(f"/meetings/{meeting.id}/items/new", data=body)
    assert (answer.status_code, commune.clerk.full_name in answer.text) == (409, True)
    assert "Xin lực lượng" in answer.text
    compiled = clerk.post(f"/meetings/{meeting.id}/compile", data={"version": shown})
    assert compiled.status_code == 409


# ── what stays on the agenda ───────────────────────────────────────────────────────────────────────────────────────
def strike(client, item):
    body = {"reason": "Không bàn nữa", "version": fresh(item).version}
    return client.post(f"/meetings/items/{item.id}/strike", data=body)


@pytest.mark.parametrize(
    ("which", "told"),
    [
        ("standing", "Every meeting hears this item: it stays on the agenda."),
        ("concluded", "This item has its outcome. Take that back first."),
        ("ordered", "This item gave tasks. Strike them out first."),
    ],
)
def test_what_a_meeting_has_to_hear_or_has_concluded_is_not_struck_out_by_button_or_address(
    commune, browse_as, held, which, told
):
    leader = browse_as(commune.leader)
    with transaction(commune.leader):
        item = actions.propose_item(held, commune.unit, "Việc thêm", "")
        actions.admit(item, commune.leader.id)
    way = f"/meetings/items/{item.id}/strike"
    assert way in leader.get(f"/meetings/{held.id}").text
    with transaction(commune.leader):
        if which == "concluded":
            actions.conclude(item, Outcome.NOTED, commune.leader.id, text="Đã nghe.")
        elif which == "ordered":
            actions.give(item, actions.Order("Sửa camera", commune.place("CA"), TOMORROW))
        else:
            item = item_of(held, "police")
    assert f"/meetings/items/{item.id}/strike" not in leader.get(f"/meetings/{held.id}").text
    answer = strike(leader, item)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert fresh(item).voided_at is None


# ── late items, errata ──────────────────────────────────────────────────────────────────────────────────────────────
def test_an_item_proposed_after_the_invitations_waits_for_the_chair_alone(commune, browse_as):
    meeting = a_convened(commune)
    border = browse_as(commune.border)
    body = {"title": "Lối mòn suối Đăk Ba", "text": "", "version": fresh(meeting).version}
    assert border.post(f"/meetings/{meeting.id}/items/new", data=body).status_code == 302
    item = db.session.scalars(select(AgendaItem).where(AgendaItem.title == body["title"])).one()
    assert item not in fresh(meeting).agenda
    way, shown = f"/meetings/items/{item.id}/admit", {"version": item.version}
    assert border.post(way, data=shown).status_code == 403
    assert browse_as(commune.clerk).post(way, data=shown).status_code == 403
    assert browse_as(commune.leader).post(way, data=shown).status_code == 302
    assert fresh(item).heard


def test_a_late_item_that_is_admitted_is_heard_before_the_conclusions_and_the_numbers_follow(commune, browse_as):
    meeting = a_convened(commune)
    with transaction(commune.border):
        first, second = (actions.propose_item(meeting, commune.place("BP"), text, "") for text in ("Cầu", "Biển cấm"))
    waiting = len(meeting.agenda)
    assert [first.position, second.position] == [waiting + 1, waiting + 2]
    admitted = browse_as(commune.leader).post(f"/meetings/items/{second.id}/admit", data={"version": second.version})
    assert admitted.status_code == 302
    agenda = fresh(meeting).agenda
    assert [item.source_id or item.title for item in agenda][-2:] == ["Biển cấm", "closing"]
    assert [item.position for item in agenda] == list(range(1, waiting + 2))
    assert fresh(first).position == waiting + 2
    page = browse_as(commune.leader).get(f"/meetings/{meeting.id}").text
    assert page.index(f"{waiting}. Biển cấm") < page.index(f"{waiting + 1}. ")


def test_approved_minutes_stay_as_they_are_and_a_correction_needs_its_reason(commune, browse_as):
    with clock.telling(ON_THE_DAY):
        meeting = an_approved(commune, on=date(2026, 11, 24))
        clerk = browse_as(commune.clerk)
        before = fresh(meeting).minutes.paragraphs
        body = {"text": "Đọc là 28 dân quân", "reason": "", "version": fresh(meeting).version}
        unsaid = clerk.post(f"/meetings/{meeting.id}/errata", data=body)
        assert (unsaid.status_code, "Đọc là 28 dân quân" in unsaid.text) == (422, True)
        assert clerk.post(f"/meetings/{meeting.id}/errata", data={**body, "reason": "Ghi nhầm số"}).status_code == 302
        page = clerk.get(f"/meetings/{meeting.id}").text
        assert "Đọc là 28 dân quân" in page
        assert fresh(meeting).minutes.paragraphs == before
        item = meeting.agenda[0]
        late = clerk.post(f"/meetings/items/{item.id}/record", data=typed(item, heard_text="Sửa lại"))
        assert late.status_code == 422


# ── who is invited after the invitations, and who takes the chair ─────────────────────────────────────────────────────
def told_to(user, kind):
    found = select(Notification).where(Notification.kind == kind, Notification.user_id == user.id)
    return db.session.scalars(found.execution_options(populate_existing=True)).all()


def test_whoever_is_invited_after_the_others_is_told_and_told_again_when_it_is_taken_back(commune, browse_as):
    meeting, clerk = a_convened(commune), browse_as(commune.clerk)
    body = {"user_id": str(commune.officer.id), "name": "", "title": "", "unit_id": ""}
    assert clerk.post(f"/meetings/{meeting.id}/invite", data=body).status_code == 302
    assert len(told_to(commune.officer, "MEETING-INVITED")) == 1
    own = next(guest for guest in fresh(meeting).invited if guest.user_id == commune.officer.id)
    body = {"reason": "Nhầm người", "version": own.version}
    assert clerk.post(f"/meetings/invitations/{own.id}/withdraw", data=body).status_code == 302
    assert len(told_to(commune.officer, "MEETING-UNINVITED")) == 1
    assert "was taken back" in browse_as(commune.officer).get("/notices/").text


def test_a_guest_by_name_is_invited_once_for_a_unit(commune, browse_as):
    meeting, clerk = a_convened(commune), browse_as(commune.clerk)

    def invite(name, unit):
        body = {"user_id": "", "name": name, "title": "Trưởng ban", "unit_id": str(commune.place(unit).id)}
        return clerk.post(f"/meetings/{meeting.id}/invite", data={**body, "version": fresh(meeting).version})

    assert invite("Lê Văn Hạnh", "UB").status_code == 302
    again = invite("lê văn  hạnh", "UB")
    assert (again.status_code, "Lê Văn Hạnh is invited already." in again.text) == (422, True)
    assert "Trưởng ban" in again.text
    assert invite("Lê Văn Hạnh", "QS").status_code == 302
    assert [guest.name for guest in fresh(meeting).invited].count("Lê Văn Hạnh") == 2


def take_chair(client, meeting, user, reason="Chủ tịch đi công tác"):
    body = {"chair_id": str(user.id), "reason": reason, "version": fresh(meeting).version}
    return client.post(f"/meetings/{meeting.id}/chair", data=body)


def test_whoever_took_the_chair_in_place_of_an_absent_one_is_named_with_the_reason_and_approves(commune, browse_as):
    meeting = found_without_chair(commune)
    with clock.telling(ON_THE_DAY):
        conclude_all(commune, meeting)
        with transaction(commune.clerk):
            meeting.workflow.take("draft_minutes", meeting, commune.clerk)
        clerk, chief = browse_as(commune.clerk), browse_as(commune.chief)
        assert take_chair(chief, meeting, commune.chief).status_code == 403
        unsaid = take_chair(clerk, meeting, commune.chief, " ")
        assert (unsaid.status_code, "This is needed." in unsaid.text) == (422, True)
        assert take_chair(clerk, meeting, commune.chief).status_code == 302
        assert len(told_to(commune.chief, "MEETING-CHAIR")) == 1
        body = {"version": fresh(meeting).version}
        assert browse_as(commune.leader).post(f"/meetings/{meeting.id}/approve_minutes", data=body).status_code == 403
        assert chief.post(f"/meetings/{meeting.id}/approve_minutes", data=body).status_code == 302
        assert fresh(meeting).minutes.chair == commune.chief.full_name


def test_whoever_chaired_until_somebody_else_was_named_keeps_what_they_had_typed(commune, browse_as):
    meeting = a_convened(commune, chair=commune.military.acting)
    military, shown = browse_as(commune.military), fresh(meeting).version
    assert take_chair(browse_as(commune.clerk), meeting, commune.border).status_code == 302
    body = {"chair_id": str(commune.chief.id), "reason": "Đi công tác đột xuất", "version": shown}
    answer = military.post(f"/meetings/{meeting.id}/chair", data=body)
    assert (answer.status_code, "Đi công tác đột xuất" in answer.text) == (409, True)


def test_nobody_who_was_not_there_or_who_writes_takes_the_chair(commune, browse_as):
    meeting = a_held(commune, away=("border",))
    with clock.telling(ON_THE_DAY):
        clerk = browse_as(commune.clerk)
        absent = take_chair(clerk, meeting, commune.border)
        assert (absent.status_code, "was not there" in absent.text) == (422, True)
        assert take_chair(clerk, meeting, commune.clerk).status_code == 422
        assert fresh(meeting).chair_id == commune.leader.id


def test_whoever_sent_a_substitute_is_told_and_asked_anew_when_the_meeting_moves(commune, browse_as):
    meeting = a_convened(commune)
    own = next(guest for guest in meeting.invited if guest.user_id == commune.military.id)
    military = browse_as(commune.military)
    sent = {"comes": "no", "substitute": "Y Blé, chính trị viên", **versions.carried(own)}
    assert military.post(f"/meetings/invitations/{own.id}/answer", data=sent).status_code == 302
    assert "Y Blé, chính trị viên comes in your place." in military.get(f"/meetings/{meeting.id}").text
    with transaction(commune.clerk):
        actions.move(meeting, clock.moment(TOMORROW, 14), "Nhà văn hóa", "Trùng lịch", commune.clerk)
    guest = fresh(own)
    assert (guest.comes, guest.called, guest.substitute_for) == (None, commune.military.full_name, "")
    assert f"{meeting.number} was moved" in military.get("/notices/").text


def test_of_two_who_record_who_came_the_second_is_told_and_undoes_nothing(commune, browse_as):
    meeting = a_held(commune)
    with clock.telling(ON_THE_DAY):
        ticked = {f"present_{guest.id}": "y" for guest in meeting.invited}
        sent = {**ticked, "on": "24/11/2026", "began": "08:30", "version": fresh(meeting).version}
        clerk, leader = browse_as(commune.clerk), browse_as(commune.leader)
        assert clerk.post(f"/meetings/{meeting.id}/attendance", data=sent).status_code == 302
        assert f"{fresh(meeting).began_at.astimezone(clock.VIETNAM):%H:%M}" == "08:30"
        late = leader.post(f"/meetings/{meeting.id}/attendance", data={**sent, **dict.fromkeys(ticked, "")})
        assert late.status_code == 409
        assert all(guest.present for guest in fresh(meeting).invited)
        other_day = {**sent, "on": "23/11/2026", "version": fresh(meeting).version}
        assert (
            "The meeting was held on 24/11/2026."
            in clerk.post(f"/meetings/{meeting.id}/attendance", data=other_day).text
        )


def test_of_two_who_record_who_is_there_for_an_item_the_second_is_told_and_undoes_nothing(commune, browse_as, held):
    item = item_of(held, "police")
    came = {f"present_{guest.id}": "y" for guest in held.invited if guest.present}
    body = {**came, "version": fresh(item).version}
    first = next(iter(came))
    clerk, leader = browse_as(commune.clerk), browse_as(commune.leader)
    assert clerk.post(f"/meetings/items/{item.id}/attendance", data={**body, first: ""}).status_code == 302
    assert leader.post(f"/meetings/items/{item.id}/attendance", data=body).status_code == 409
    away = [guest.id for guest in fresh(held).invited if guest.present and not guest.present_at(item)]
    assert away == [int(first.removeprefix("present_"))]


def test_whoever_is_invited_while_attendance_is_written_is_not_put_down_as_absent(commune, browse_as, held):
    ticked = {f"present_{guest.id}": "y" for guest in held.invited}
    body = {**ticked, "on": "24/11/2026", "began": "09:00", "version": fresh(held).version}
    with transaction(commune.leader):
        actions.invite(held, commune.place("CA"), commune.officer)
    answer = browse_as(commune.clerk).post(f"/meetings/{held.id}/attendance", data=body)
    assert answer.status_code == 409
    assert next(guest for guest in fresh(held).invited if guest.user_id == commune.officer.id).present is None


def test_a_task_struck_out_while_its_item_is_written_is_told_to_whoever_writes(commune, browse_as, held):
    task = an_order(commune, item_of(held, "police"), "CA", TOMORROW)
    body = typed(task.item, outcome="instructed")
    with transaction(commune.clerk):
        actions.take_back(task, "Ghi nhầm")
    assert browse_as(commune.leader).post(f"/meetings/items/{task.item_id}/record", data=body).status_code == 409


def test_of_two_who_correct_the_minutes_the_second_is_told_and_keeps_what_they_typed(commune, browse_as):
    with clock.telling(ON_THE_DAY):
        meeting = an_approved(commune)
        body = {"text": "Đọc là 28 dân quân", "reason": "Ghi nhầm số", "version": fresh(meeting).version}
        assert browse_as(commune.clerk).post(f"/meetings/{meeting.id}/errata", data=body).status_code == 302
        answer = browse_as(commune.leader).post(f"/meetings/{meeting.id}/errata", data=body)
        assert (answer.status_code, "Đọc là 28 dân quân" in answer.text) == (409, True)
