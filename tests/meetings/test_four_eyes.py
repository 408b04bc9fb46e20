"""Whoever puts minutes before the chair does not approve them: by no button, no address, no second role, no deputy."""

import pytest

from portal.engine import clock
from portal.engine.transaction import transaction
from portal.meetings import actions
from portal.organisation.models import Role
from tests.meetings.meeting import ON_THE_DAY, TOMORROW, a_convened, a_held, begun, conclude_all, fresh
from tests.proposals.ways import a_deputy, a_user, act_as, also


def take(client, meeting, step):
    return client.post(f"/meetings/{meeting.id}/{step}", data={"reason": "Vì sao", "version": fresh(meeting).version})


def drafted(commune, client, **plan):
    """Minutes that somebody put before the chair by their own browser."""
    meeting = a_held(commune, **plan)
    with clock.telling(ON_THE_DAY):
        conclude_all(commune, meeting)
        assert take(client, meeting, "draft_minutes").status_code == 302
    return meeting


def a_leader_who_is_clerk_as_well(commune):
    also(commune, commune.leader, Role.OFFICE_CLERK, "UB")
    return commune.leader, "office_clerk:", commune.leader, "commune_leader:"


def a_leader_and_their_deputy(commune):
    deputy = a_deputy(commune, "deputy", Role.COMMUNE_LEADER, "UB", commune.leader)
    return commune.leader, "", deputy, ""


def a_deputy_for_the_leader(commune):
    deputy = a_deputy(commune, "deputy", Role.COMMUNE_LEADER, "UB", commune.leader)
    return deputy, "", commune.leader, ""


@pytest.mark.parametrize("people", [a_leader_who_is_clerk_as_well, a_leader_and_their_deputy, a_deputy_for_the_leader])
def test_whoever_drafted_the_minutes_does_not_approve_them_also_by_another_role_or_through_a_deputy(
    commune, browse_as, people
):
    author, as_author, chair, as_chair = people(commune)
    with clock.telling(ON_THE_DAY):
        writing = browse_as(author)
        act_as(author, as_author)
        meeting = drafted(commune, writing, chair=chair.acting)
        client = browse_as(chair)
        act_as(chair, as_chair)
        page = client.get(f"/meetings/{meeting.id}").text
        assert "Nobody decides on what is their own." in page
        assert f'action="/meetings/{meeting.id}/approve_minutes"' not in page
        assert take(client, meeting, "approve_minutes").status_code == 403
        assert fresh(meeting).state == "minutes_drafted"


def test_a_chair_who_returned_the_minutes_approves_what_the_secretary_puts_before_them_anew(commune, browse_as):
    with clock.telling(ON_THE_DAY):
        clerk, leader = browse_as(commune.clerk), browse_as(commune.leader)
        meeting = drafted(commune, leader)
        assert take(leader, meeting, "approve_minutes").status_code == 403
        assert take(leader, meeting, "return_minutes").status_code == 302
        assert take(clerk, meeting, "draft_minutes").status_code == 302
        page = leader.get(f"/meetings/{meeting.id}").text
        assert "Nobody decides on what is their own." not in page
        assert f'action="/meetings/{meeting.id}/approve_minutes"' in page
        assert take(leader, meeting, "approve_minutes").status_code == 302


def with_a_second_leader(commune):
    """A meeting at which a second leader of the committee was, and that leader."""
    second = a_user(commune, "second", (Role.COMMUNE_LEADER, commune.place("UB")))
    with clock.telling(clock.moment(TOMORROW, 7)):
        meeting = a_convened(commune)
        with transaction(commune.clerk):
            actions.invite(meeting, commune.place("UB"), second, needed=False)
    return begun(commune, meeting, TOMORROW), second


def test_whoever_takes_the_chair_of_minutes_that_lie_there_approves_them(commune, browse_as):
    meeting, second = with_a_second_leader(commune)
    with clock.telling(ON_THE_DAY):
        conclude_all(commune, meeting)
        assert take(browse_as(commune.clerk), meeting, "draft_minutes").status_code == 302
        client = browse_as(second)
        named = {"chair_id": str(second.id), "reason": "Chủ tịch đi vắng", "version": fresh(meeting).version}
        assert client.post(f"/meetings/{meeting.id}/chair", data=named).status_code == 302
        assert "Nobody decides on what is their own." not in client.get(f"/meetings/{meeting.id}").text
        assert take(client, meeting, "approve_minutes").status_code == 302


def test_whoever_put_the_minutes_there_does_not_approve_them_by_taking_the_chair(commune, browse_as):
    meeting, second = with_a_second_leader(commune)
    with clock.telling(ON_THE_DAY):
        conclude_all(commune, meeting)
        client = browse_as(second)
        assert take(client, meeting, "draft_minutes").status_code == 302
        named = {"chair_id": str(second.id), "reason": "Chủ tịch đi vắng", "version": fresh(meeting).version}
        assert client.post(f"/meetings/{meeting.id}/chair", data=named).status_code == 302
        assert take(client, meeting, "approve_minutes").status_code == 403
