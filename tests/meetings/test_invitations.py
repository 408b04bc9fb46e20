"""An invitation that is open is a duty of whoever is invited."""

import re
from datetime import date

from portal.engine import clock
from portal.engine.db import db
from tests.meetings.meeting import a_convened, a_meeting, begun

IN_TWO_WEEKS = date(2026, 12, 8)
ASKED = "say whether you come"


def answer(browser, meeting, user, **said):
    db.session.expire_all()
    own = next(one for one in meeting.invited if one.user_id == user.id)
    body = {"comes": "yes", "substitute": "", "version": own.version, "parent_version": meeting.version, **said}
    return browser.post(f"/meetings/invitations/{own.id}/answer", data=body)


def test_nobody_is_asked_for_an_answer_before_the_invitations_are_sent(commune, browse_as):
    a_meeting(commune, IN_TWO_WEEKS)
    assert ASKED not in browse_as(commune.border).get("/").text


def test_an_invitation_stands_on_home_from_the_day_it_was_sent_until_it_is_answered(commune, browse_as):
    meeting = a_convened(commune, IN_TWO_WEEKS)
    border = browse_as(commune.border)
    assert f"Coordination briefing, 12/2026: {ASKED}" in border.get("/").text
    assert answer(border, meeting, commune.border).status_code == 302
    assert ASKED not in border.get("/").text
    assert ASKED in browse_as(commune.military).get("/").text


def test_no_answer_is_chosen_before_somebody_chooses_it(commune, browse_as):
    meeting, border = a_convened(commune, IN_TWO_WEEKS), browse_as(commune.border)
    own = next(one for one in meeting.invited if one.user_id == commune.border.id)
    page = border.get(f"/meetings/invitations/{own.id}/answer").text
    assert re.findall(r'<option[^>]* selected[^>]*value="(\w*)"|<option[^>]*value="(\w*)"[^>]* selected', page) in (
        [],
        [("", "")],
    )
    assert answer(border, meeting, commune.border, comes="").status_code == 422
    assert answer(border, meeting, commune.border).status_code == 302


def test_a_meeting_that_has_begun_asks_nobody_whether_they_come(commune, browse_as):
    meeting = a_convened(commune, IN_TWO_WEEKS)
    begun(commune, meeting, IN_TWO_WEEKS)
    with clock.telling(clock.moment(IN_TWO_WEEKS, 10)):
        assert ASKED not in browse_as(commune.border).get("/").text


def test_a_village_head_who_is_invited_is_asked_too(commune, browse_as):
    a_convened(commune, IN_TWO_WEEKS)
    assert ASKED in browse_as(commune.village_head).get("/").text
