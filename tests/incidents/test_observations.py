"""First notes: who writes and reads them, how they are handed over and closed; they are counted nowhere."""

import re

import pytest
from lxml import html
from sqlalchemy import select

from portal.engine import clock
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.incidents import actions as noting
from portal.incidents.models import Observation
from tests.conftest import TODAY
from tests.patrols.going import a_patrol, as_shown, at, error_at, logged

TYPED = {
    "source": "village", "happened_on": "22/11/2026", "happened_at": "21:30", "where": "Lối mòn suối Đăk Ba",
    "text": "Có dấu xe máy mới hướng ra biên giới",
}  # fmt: skip


def the_note() -> Observation:
    return db.session.scalars(select(Observation).execution_options(populate_existing=True)).one()


def test_a_village_head_notes_something_down_and_reads_their_own_only(commune, browse_as):
    head = browse_as(commune.village_head)
    assert head.post("/observations/new", data=TYPED).status_code == 302
    note = the_note()
    assert (note.number, note.state, note.where) == ("QS-2026-001", "received", "Lối mòn suối Đăk Ba")
    assert TYPED["text"] in head.get(f"/observations/{note.id}").text
    assert browse_as(commune.village_head2).get(f"/observations/{note.id}").status_code == 404
    assert browse_as(commune.military).get(f"/observations/{note.id}").status_code == 404
    assert browse_as(commune.officer2).get(f"/observations/{note.id}").status_code == 200


def test_what_somebody_saw_is_a_look_in_the_trail_and_its_words_are_not(commune, browse_as):
    browse_as(commune.officer).post("/observations/new", data=TYPED)
    browse_as(commune.chief).get(f"/observations/{the_note().id}")
    looks = db.session.scalars(select(AuditEvent).where(AuditEvent.record_type == "observation")).all()
    assert "look" in [event.action for event in looks]
    assert all(TYPED["text"] not in str(event.changes) for event in looks)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"happened_on": "24/11/2026"}, "The day lies in the future."),
        ({"happened_at": "25:10"}, "This is no hour of the day."),
        ({"happened_on": "23/11/2026", "happened_at": "08:01"}, "This hour is still to come."),
        ({"text": "  "}, "This is needed."),
        ({"village_id": "99999"}, "Please choose one of the list."),
        ({"source": "patrol"}, "Please choose one of the list."),
        ({"source": ""}, "This is needed."),
    ],
)
def test_what_is_mistyped_is_told_at_its_field_and_the_rest_is_kept(commune, browse_as, wrong, why):
    answer = browse_as(commune.officer).post("/observations/new", data={**TYPED, **wrong})
    assert (answer.status_code, why in answer.text) == (422, True)
    assert "Lối mòn suối Đăk Ba" in answer.text


def test_the_form_takes_no_way_for_granted_by_which_it_became_known(commune, browse_as):
    page = html.document_fromstring(browse_as(commune.officer).get("/observations/new").text)
    assert page.xpath("//select[@name='source']/option[1]/@value") == [""]
    assert not page.xpath("//select[@name='source']/option[@selected][@value!='']")


def test_an_observation_of_a_patrol_is_written_by_a_force_that_was_there(commune, browse_as):
    patrol = logged(commune, a_patrol(commune, start=at(20, days=-1), forces=(("CA", 3, ""), ("BP", 2, ""))))
    border = browse_as(commune.border)
    assert border.post(f"/observations/new?patrol={patrol.id}", data=TYPED).status_code == 302
    assert (the_note().source, the_note().patrol_id) == ("patrol", patrol.id)
    assert browse_as(commune.military).get(f"/observations/new?patrol={patrol.id}").status_code == 404
    assert border.get("/observations/new?patrol=x").status_code == 404
    assert "QS-2026-001" in browse_as(commune.chief).get(f"/patrols/{patrol.id}").text


def test_an_observation_of_a_patrol_lies_on_a_day_on_which_it_was_out(commune, browse_as):
    patrol, officer = logged(commune, a_patrol(commune, start=at(20, days=-2), hours=6)), browse_as(commune.officer)
    address = f"/observations/new?patrol={patrol.id}"
    assert as_shown(officer, address)["happened_on"] == "22/11/2026"  # its last day, not today
    for day in ("20/11/2026", "23/11/2026"):
        refused = officer.post(address, data={**TYPED, "happened_on": day, "happened_at": ""})
        assert (refused.status_code, error_at(refused.text, "happened_on")) == (
            422, "TT-2026-001 was not out on that day.",
        )  # fmt: skip
    assert officer.post(address, data={**TYPED, "happened_on": "21/11/2026"}).status_code == 302


def test_a_patrol_names_the_place_of_its_observations_or_their_first_words_and_the_trail_tells_who_read_them(
    commune, browse_as
):
    patrol, officer = logged(commune, a_patrol(commune, start=at(20, days=-1))), browse_as(commune.officer)
    for where in ("Suối Đăk Ba", ""):
        officer.post(f"/observations/new?patrol={patrol.id}", data={**TYPED, "where": where})
    page = browse_as(commune.border).get(f"/patrols/{patrol.id}").text
    assert "Suối Đăk Ba" in page
    assert page.count(TYPED["text"]) == 1
    told = db.session.scalars(select(AuditEvent).where(AuditEvent.user_id == commune.border.id)).all()
    assert {"type": "observation", "rows": 2} in [event.changes for event in told if event.action == "list"]


def test_what_is_handed_over_waits_for_the_receipt_of_that_force(commune, browse_as):
    browse_as(commune.officer).post("/observations/new", data=TYPED)
    note, officer, border = the_note(), browse_as(commune.officer), browse_as(commune.border)
    officer.post(
        f"/observations/{note.id}/hand-over",
        data={"unit_id": str(commune.place("BP").id), "version": str(note.version)},
    )
    twice = {"unit_id": str(commune.place("BP").id), "version": str(the_note().version)}
    assert "has yet to confirm it" in officer.post(f"/observations/{note.id}/hand-over", data=twice).text
    page = officer.get(f"/observations/{note.id}").text
    assert "Waits for the receipt of: Đồn Biên phòng xã Bờ Y." in page
    assert page.index("handed it over to Đồn Biên phòng") < page.index(
        "noted it down"
    )  # of one moment, the later first
    assert f"{the_note().place}: confirm the receipt" in border.get("/").text
    assert browse_as(commune.military).post(f"/observations/{note.id}/receipt").status_code == 404
    assert border.post(f"/observations/{note.id}/receipt", data={"version": str(the_note().version)}).status_code == 302
    assert the_note().handed.receipt_by_id == commune.border.id
    again = officer.post(
        f"/observations/{note.id}/hand-over",
        data={"unit_id": str(commune.place("QS").id), "version": str(the_note().version)},
    )
    assert (again.status_code, "has it and has confirmed it" in again.text) == (422, True)


def hand_over(browser, commune, to: str):
    data = {"unit_id": str(commune.place(to).id), "version": str(the_note().version)}
    return browser.post(f"/observations/{the_note().id}/hand-over", data=data)


def test_every_hand_over_stays_in_the_course_of_events_with_who_when_to_whom_and_the_receipt(commune, browse_as):
    browse_as(commune.officer).post("/observations/new", data=TYPED)
    for hour, to in ((8, "QS"), (9, "BP")):
        with clock.telling(clock.moment(TODAY, hour, 30)):
            hand_over(browse_as(commune.officer), commune, to)
        assert the_note().handed_to == commune.place(to)
    with clock.telling(clock.moment(TODAY, 10, 15)):
        came = {"version": str(the_note().version)}
        browse_as(commune.border).post(f"/observations/{the_note().id}/receipt", data=came)
        told = browse_as(commune.officer).get(f"/observations/{the_note().id}").text
    who = f"{commune.officer.full_name} (Công an xã Bờ Y)"
    events = (
        f"{commune.border.full_name} (Đồn Biên phòng xã Bờ Y) confirmed the receipt",
        f"{who} handed it over to Đồn Biên phòng xã Bờ Y", f"{who} handed it over to Ban CHQS xã Bờ Y",
    )  # fmt: skip
    places = [told.index(one) for one in events]
    assert places == sorted(places)
    assert [hour in told for hour in ("10:15", "09:30", "08:30")] == [True] * 3
    assert browse_as(commune.military).get(f"/observations/{the_note().id}").status_code == 404  # asked no more


def test_nothing_is_handed_over_to_ones_own_force(commune, browse_as):
    officer = browse_as(commune.officer)
    officer.post("/observations/new", data=TYPED)
    own = commune.place("CA")
    assert own.title not in officer.get(f"/observations/{the_note().id}/hand-over").text.split("<main")[1]
    assert hand_over(officer, commune, "CA").status_code == 422
    with pytest.raises(Refused, match="your own force"), transaction(commune.officer):
        noting.hand_over(the_note(), own, commune.officer)
    assert the_note().hand_overs == []


def test_an_observation_is_closed_with_what_came_of_it_and_not_a_second_time(commune, browse_as):
    browse_as(commune.officer).post("/observations/new", data=TYPED)
    note, officer = the_note(), browse_as(commune.officer)
    officer.post(f"/observations/{note.id}/accept", data={"version": str(note.version)})
    assert the_note().state == "accepted"
    version = str(the_note().version)
    assert officer.post(f"/observations/{note.id}/close", data={"version": version, "reason": " "}).status_code == 422
    officer.post(f"/observations/{note.id}/close", data={"version": version, "reason": "Xe của dân đi rẫy"})
    assert the_note().state == "closed"
    assert "“Xe của dân đi rẫy”" in officer.get(f"/observations/{note.id}").text
    late = officer.post(f"/observations/{note.id}/close", data={"version": version, "reason": "Khác"})
    assert late.status_code == 409


def test_the_page_of_a_patrol_names_only_observations_that_its_reader_may_open(commune, browse_as):
    patrol = logged(commune, a_patrol(commune, start=at(20, days=-1), forces=(("CA", 3, ""), ("BP", 2, ""))))
    browse_as(commune.officer).post(f"/observations/new?patrol={patrol.id}", data=TYPED)
    for who, reads in (("officer", True), ("border", True), ("military", False)):
        page = browse_as(getattr(commune, who)).get(f"/patrols/{patrol.id}")
        assert (page.status_code, "QS-2026-001" in page.text) == (200, reads), who


def test_nobody_is_led_from_a_patrol_to_a_note_that_they_may_not_write(commune, browse_as):
    patrol = logged(commune, a_patrol(commune, forces=(("CA", 3, ""), ("UB", 1, ""))))
    for who, writes in (("officer", True), ("leader", False)):
        page = browse_as(getattr(commune, who)).get(f"/patrols/{patrol.id}").text
        assert ("Note something down" in page) is writes, who


def test_an_observation_is_called_by_its_place_and_day_and_says_whose_receipt_it_waits_for(commune, browse_as):
    officer, border = browse_as(commune.officer), browse_as(commune.border)
    officer.post("/observations/new", data=TYPED)
    note = the_note()
    assert "<h1>Lối mòn suối Đăk\N{NO-BREAK SPACE}Ba, 22/11/2026</h1>" in officer.get(f"/observations/{note.id}").text
    typed = {"unit_id": str(commune.place("BP").id), "version": str(note.version)}
    assert officer.post(f"/observations/{note.id}/hand-over", data=typed).status_code == 302
    waits = "Waits for the receipt of Đồn Biên phòng xã Bờ Y"
    assert waits in officer.get(f"/observations/{note.id}").text
    assert re.search(r"</svg>\s*Waiting for a receipt", officer.get("/observations/").text)
    bar = border.get(f"/observations/{note.id}").text.partition('class="action-bar"')[2]
    assert "Confirm the receipt" in bar


def test_what_a_force_has_confirmed_is_that_forces_to_look_at_and_nobody_elses(commune, browse_as):
    month = {"from_hour": "7", "version": "1", "who_23": str(commune.border.id), "phone_23": "0901234567"}
    browse_as(commune.border).post("/roster/plan?month=2026-11", data=month)
    browse_as(commune.officer).post("/observations/new", data=TYPED)
    hand_over(browse_as(commune.officer), commune, "BP")
    to_look_at = f"{the_note().place}: take it on or close it"
    assert to_look_at in browse_as(commune.chief).get("/").text
    came = {"version": str(the_note().version)}
    browse_as(commune.border).post(f"/observations/{the_note().id}/receipt", data=came)
    assert to_look_at in browse_as(commune.border).get("/").text
    assert to_look_at not in browse_as(commune.chief).get("/").text
    page = browse_as(commune.chief).get(f"/observations/{the_note().id}").text
    assert 'href="tel:0901234567"' in page
    assert "Receipt confirmed</span>" in page
    assert "to take it on, since" in page
    assert ">Take it on<" not in page  # the step is theirs who have it
    assert "Received</span>" not in page
    accepted = {"version": str(the_note().version)}
    browse_as(commune.border).post(f"/observations/{the_note().id}/accept", data=accepted)
    assert to_look_at not in browse_as(commune.border).get("/").text
    assert "Taken on</span>" in browse_as(commune.chief).get(f"/observations/{the_note().id}").text
