"""Whom a deed at a meeting concerns is told of it, and nobody else; what waits for somebody is over once it is done."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.duties.models import Notification
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.meetings import actions
from tests.meetings.meeting import ON_THE_DAY, TOMORROW, a_convened, a_held, a_meeting, a_plan, conclude_all
from tests.meetings.test_papers import words


def told(kind):
    """Who was told of something, and whether they have it before them still."""
    found = db.session.scalars(
        select(Notification).where(Notification.kind == kind).execution_options(populate_existing=True)
    )
    return {(one.user_id, one.read_at is None) for one in found}


def guests(meeting, but):
    return {(one.user_id, True) for one in meeting.invited} - {(but.id, True)}


def step(commune, meeting, name):
    with transaction(commune.clerk):
        meeting.workflow.take(name, meeting, commune.clerk, "Bão số 9")


@pytest.mark.parametrize("name", ["postpone", "cancel"])
def test_that_a_meeting_does_not_take_place_is_told_to_those_who_were_invited_and_to_nobody_before(commune, name):
    step(commune, a_meeting(commune), name)
    assert told("MEETING-OFF") == set()
    meeting = a_convened(commune)
    step(commune, meeting, name)
    assert told("MEETING-OFF") == guests(meeting, commune.clerk)


def test_whoever_was_called_off_once_is_not_called_off_again_from_a_day_that_they_never_heard_of(commune):
    meeting = a_convened(commune)
    step(commune, meeting, "postpone")
    before = len(told("MEETING-OFF"))
    with transaction(commune.clerk):
        actions.reschedule(meeting, a_plan(commune, TOMORROW), commune.clerk)
    step(commune, meeting, "cancel")
    assert len(db.session.scalars(select(Notification).where(Notification.kind == "MEETING-OFF")).all()) == before


def test_a_meeting_that_is_cancelled_after_it_was_postponed_calls_nobody_off_again(commune):
    meeting = a_convened(commune)
    step(commune, meeting, "postpone")
    step(commune, meeting, "cancel")
    found = db.session.scalars(select(Notification.user_id).where(Notification.kind == "MEETING-OFF")).all()
    assert sorted(found) == sorted(user_id for user_id, _unread in guests(meeting, commune.clerk))


def test_whoever_is_invited_is_told_once_other_items_stand_on_the_agenda_and_not_of_the_same_ones(commune, browse_as):
    meeting = a_meeting(commune, TOMORROW + timedelta(days=30))

    def compiled():
        db.session.expire_all()
        clerk = browse_as(commune.clerk)
        page = clerk.post(f"/meetings/{meeting.id}/compile", data={"version": meeting.version}, follow_redirects=True)
        return len(told("MEETING-AGENDA")), "Whoever is invited is told" in page.text

    assert compiled() == (0, False)
    step(commune, meeting, "convene")
    assert compiled() == (0, False)
    with clock.telling(ON_THE_DAY):
        conclude_all(commune, a_held(commune))
        assert compiled() == (len(guests(meeting, commune.clerk)), True)
        named = browse_as(commune.chief).get(f"/meetings/{meeting.id}/invitation.docx")
        assert "HN-2026-002" in words(named)
        assert told("MEETING-AGENDA") == {one for one in guests(meeting, commune.clerk) if one[0]}


@pytest.mark.parametrize("way", ["admit", "strike"])
def test_a_late_item_waits_for_the_chair_until_it_is_admitted_or_struck_out(commune, browse_as, way):
    meeting, leader = a_convened(commune), browse_as(commune.leader)
    with transaction(commune.border):
        item = actions.propose_item(meeting, commune.place("BP"), "Lối mòn suối Đăk Ba", "")
    assert told("MEETING-LATE-ITEM") == {(commune.leader.id, True)}
    own = db.session.scalars(select(Notification).where(Notification.kind == "MEETING-LATE-ITEM")).one()
    assert (own.subject_type, own.subject_id) == ("agenda_item", item.id)
    assert leader.get(f"/meetings/items/{item.id}").location == f"/meetings/{meeting.id}#agenda"
    leader.post(f"/meetings/items/{item.id}/{way}", data={"version": item.version, "reason": "Để kỳ sau"})
    assert told("MEETING-LATE-ITEM") == {(commune.leader.id, False)}


def test_whoever_is_put_on_the_list_before_the_invitations_is_told_with_all_others_and_once(commune):
    meeting = a_meeting(commune)
    with transaction(commune.clerk):
        actions.invite(meeting, commune.place("CA"), commune.officer)
    assert told("MEETING-INVITED") == set()
    step(commune, meeting, "convene")
    assert told("MEETING-INVITED") == guests(meeting, commune.clerk)
    assert clock.day_of(meeting.starts_at) == TOMORROW


def test_an_invitation_that_is_taken_back_before_it_was_sent_is_told_to_nobody(commune):
    meeting = a_meeting(commune)
    with transaction(commune.clerk):
        actions.uninvite(next(one for one in meeting.invited if one.user_id == commune.border.id), "Nhầm")
    assert told("MEETING-UNINVITED") == set()
