"""Sessions: planned for a day to come, then held or cancelled; where they were, and before how many."""

from datetime import date

import pytest
from lxml import html
from sqlalchemy import select

from portal.books import actions as books
from portal.engine import clock
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.refusal import Conflict, Refused
from portal.engine.transaction import transaction
from portal.outreach import actions
from portal.outreach.indicators import INDICATORS
from portal.outreach.models import FACE_TO_FACE, Extent, OutreachSession, SessionForm
from tests.patrols.going import error_at

TYPED = {
    "form": "launch", "held_on": "10/12/2026", "village_id": "", "extent": "commune", "topic": "Ra mắt mô hình",
    "audience": "Nhân dân", "attendance": "", "unit_id": "", "note": "",
}  # fmt: skip


def a_session(commune, held_on=date(2026, 12, 10), by="officer", village="BPH", form=SessionForm.LAUNCH, **more):
    facts = {"form": form, "held_on": held_on, "village_id": commune.place(village).id, **more}
    with transaction(getattr(commune, by)):
        return books.write_down(OutreachSession, commune.id, facts, getattr(commune, by))


def the_session():
    db.session.expire_all()
    return db.session.scalars(select(OutreachSession)).one()


@pytest.mark.parametrize(("held_on", "state"), [("24/11/2026", "planned"), ("23/11/2026", "held")])
def test_what_lies_in_the_future_is_planned_and_all_else_was_held(commune, browse_as, held_on, state):
    sent = browse_as(commune.officer).post("/outreach/new?all=1", data={**TYPED, "held_on": held_on})
    assert sent.status_code == 302
    assert (the_session().state, the_session().extent) == (state, Extent.COMMUNE)


def test_a_planned_session_is_held_on_its_page_with_day_and_attendance(commune, browse_as):
    session, officer = a_session(commune), browse_as(commune.officer)
    assert "Record that it was held" in officer.get(f"/outreach/{session.id}").text
    typed = {"held_on": "22/11/2026", "attendance": "310", "version": str(session.version)}
    assert officer.post(f"/outreach/{session.id}/hold", data={**typed, "held_on": "24/11/2026"}).status_code == 422
    assert officer.post(f"/outreach/{session.id}/hold", data={**typed, "attendance": ""}).status_code == 422
    assert officer.post(f"/outreach/{session.id}/hold", data=typed).status_code == 302
    held = the_session()
    assert (held.state, held.held_on, held.attendance) == ("held", date(2026, 11, 22), 310)
    page = officer.get(f"/outreach/{session.id}").text
    assert "recorded that it was held" in page
    assert "/hold" not in page


def test_a_planned_session_is_cancelled_with_a_reason_that_its_page_tells(commune, browse_as):
    session, officer = a_session(commune), browse_as(commune.officer)
    address, version = f"/outreach/{session.id}/cancel", str(session.version)
    silent = officer.post(address, data={"reason": " ", "version": version})
    assert silent.status_code == 422
    assert "Please give the reason." in silent.text
    odd = officer.post(address, data={"reason": "Mưa\x00bão", "version": version})
    assert (odd.status_code, error_at(odd.text, "reason-cancel") != "") == (422, True)
    assert officer.post(address, data={"reason": "Mưa bão", "version": version}).status_code == 302
    assert (the_session().state, the_session().why_cancelled) == ("cancelled", "Mưa bão")
    assert "It was cancelled: Mưa bão" in officer.get(f"/outreach/{session.id}").text
    assert officer.post(address, data={"reason": "Lần nữa", "version": version}).status_code == 409


def test_what_was_held_or_cancelled_is_neither_held_nor_cancelled_again(commune):
    session = a_session(commune, held_on=date(2026, 11, 20))
    with pytest.raises(Conflict), transaction(commune.officer):
        actions.hold(session, date(2026, 11, 20), 10, commune.officer)
    with pytest.raises(Conflict), transaction(commune.officer):
        actions.cancel(session, "Mưa", commune.officer)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"extent": "village"}, "village_id"),
        ({"attendance": "30"}, "attendance"),
        ({"village_id": "0"}, "village_id"),
        ({"form": "parade"}, "form"),
        ({"held_on": "hôm qua"}, "held_on"),
    ],
)
def test_what_does_not_fit_together_is_told_at_its_field(commune, browse_as, more, field):
    page = browse_as(commune.officer).post("/outreach/new?all=1", data={**TYPED, **more})
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    assert "Ra mắt mô hình" in page.text


def test_a_held_session_does_not_move_into_the_future(commune):
    session = a_session(commune, held_on=date(2026, 11, 20))
    with pytest.raises(Refused), transaction(commune.officer):
        books.mend(session, {"held_on": date(2026, 12, 1)}, commune.officer)


def test_how_many_came_is_owed_within_a_day_of_what_was_held_before_people_and_of_nothing_else(commune, browse_as):
    held = a_session(commune, held_on=date(2026, 11, 20))
    others = [
        a_session(commune, held_on=on, form=form, village="NHA")
        for form, on in ((SessionForm.LOUDSPEAKER, date(2026, 11, 20)), (SessionForm.LAUNCH, date(2026, 12, 10)))
    ]
    home = browse_as(commune.officer).get("/").text
    assert held.number in home
    assert not [one.number for one in others if one.number in home]


def test_a_village_head_writes_of_the_own_village_and_of_no_other(commune, browse_as):
    head = browse_as(commune.village_head)
    for village, status in (("BPH", 302), ("NHA", 422)):
        typed = {**TYPED, "extent": "village", "village_id": str(commune.place(village).id)}
        assert head.post("/outreach/new?all=1", data=typed).status_code == status
    assert head.post("/outreach/new?all=1", data=TYPED).status_code == 422  # of the whole commune
    assert the_session().village_id == commune.place("BPH").id


def test_a_village_head_is_offered_what_is_held_face_to_face_and_told_what_does_not_count(commune, browse_as):
    head = browse_as(commune.village_head)
    page = html.fromstring(head.get("/outreach/held").text)
    offered = page.xpath("//input[@name='form']/@value")
    not_counted = [one for one in offered if SessionForm(one) not in FACE_TO_FACE]
    assert (len(offered), not_counted) == (5, ["other"])
    told = page.xpath("//label[.//input[@value='other']]")[0].text_content()
    assert "counts as no outreach session" in told
    for form in offered:
        typed = {"form": form, "attendance": "12", "held_on": "23/11/2026"}
        assert head.post("/outreach/held", data=typed).status_code == 302, form
    day = Period(date(2026, 11, 23), date(2026, 11, 23), (commune.id,))
    assert {one.id: one.value(day) for one in INDICATORS}["outreach.sessions"] == 4


def test_a_session_of_the_same_form_that_was_cancelled_does_not_stand_against_one_that_was_held(commune, browse_as):
    with clock.telling(clock.moment(date(2026, 11, 20), 9)):
        session = a_session(commune, held_on=date(2026, 11, 23), form=SessionForm.FLAG_CEREMONY)
        with transaction(commune.officer):
            actions.cancel(session, "Mưa", commune.officer)
    typed = {"form": "flag_ceremony", "attendance": "120", "held_on": "23/11/2026"}
    assert browse_as(commune.village_head).post("/outreach/held", data=typed).status_code == 302


def test_the_one_village_of_whoever_writes_for_it_is_chosen_for_them(commune, browse_as):
    village = commune.place("BPH").id
    chosen = f'<option selected value="{village}">'
    assert chosen in browse_as(commune.village_head).get("/outreach/new").text
    assert chosen not in browse_as(commune.officer).get("/outreach/new").text
