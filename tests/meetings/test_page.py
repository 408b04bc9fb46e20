"""What the page of a meeting puts first: where it stands, and what leads on."""

import re

from portal.engine import clock
from portal.engine.transaction import transaction
from tests.meetings.meeting import TOMORROW, a_convened, a_held, conclude_all


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


def test_a_phone_keeps_the_papers_beside_its_bar_of_steps(commune, browse_as):
    meeting = a_convened(commune)
    page = browse_as(commune.leader).get(f"/meetings/{meeting.id}").text
    kept = re.search(r'<div class="btns phone[^>]*>(.*?)</div>', page, re.S)
    assert kept is not None
    assert "Invitation" in kept[1]
    assert "Into my calendar" in kept[1]
    assert 'class="action-bar"' in page
