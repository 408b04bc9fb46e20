"""The first page of a village head: three big ways in, the own village alone, numbers to call."""

import re

import pytest
from sqlalchemy import select

from portal.engine import voiding
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.forces import actions as forces
from portal.forces.actions import Number
from portal.forces.models import Hotline
from portal.households.models import CampaignGoal, PledgeCampaign
from portal.incidents.models import Observation, Source
from portal.outreach.models import OutreachSession, SessionForm
from tests.builders import a_case
from tests.conftest import TODAY
from tests.households.doors import a_campaign, goal, some_households, ticked


def ways(page):
    """The big links, with their words and where they lead."""
    found = re.findall(r'<ul class="big-ways[^"]*">(.*?)</ul>', page.text, re.DOTALL)
    links = re.findall(r'<a[^>]*href="([^"]*)">(.*?)</a>', "".join(found), re.DOTALL)
    return {re.search(r"<b>(.*?)</b>", words)[1]: url for url, words in links}


def words_of(page):
    return " ".join(re.sub(r"<[^>]*>", " ", page.text).split())


@pytest.fixture
def head(commune, browse_as):
    return browse_as(commune.village_head)


def test_a_village_head_finds_three_big_ways_in_and_no_table(commune, head):
    campaign = a_campaign(commune, title="Không ma túy")
    found = ways(page := head.get("/"))
    assert found["Confirm pledges"] == f"/campaigns/villages/{goal(commune, campaign, 'BPH').id}"
    assert found["Report something to the commune police"] == "/observations/report"
    assert found["My tasks"] == "#tasks"
    assert "<table" not in page.text
    assert "Thôn Bắc Phong" in page.text


def test_the_first_says_how_many_are_left_and_how_many_wait_for_the_heads_own_word(commune, head):
    households = some_households(commune, 5, "BPH")
    campaign = a_campaign(commune, title="Không ma túy")
    ticked(commune, campaign, households[:2], by="officer", village="BPH")
    assert "Không ma túy: 3 have not signed, 2 to be confirmed" in words_of(head.get("/"))
    ticked(commune, campaign, households, by="village_head", village="BPH")
    assert "Không ma túy: everybody has signed" in words_of(head.get("/"))


def test_each_of_several_open_campaigns_has_a_line_and_none_says_so(commune, head):
    assert "No campaign is open now." in head.get("/").text
    some_households(commune, 2, "BPH")
    for title in ("Không ma túy", "Phòng cháy"):
        a_campaign(commune, title=title)
    a_campaign(commune, title="Chưa mở", state="draft")
    page = words_of(head.get("/"))
    assert "Confirm pledges: Không ma túy 2 have not signed" in page
    assert "Confirm pledges: Phòng cháy 2 have not signed" in page
    assert "Chưa mở" not in page


def test_nothing_of_another_village_or_commune_stands_on_the_page(commune, neighbour, head):
    for where, village in ((commune, "NHA"), (neighbour, "BPH")):
        some_households(where, 2, village)
    campaign = a_campaign(commune)
    a_campaign(neighbour, title="Của xã bên")
    page = head.get("/")
    others = db.session.scalars(
        select(CampaignGoal.id).where(CampaignGoal.id != goal(commune, campaign, "BPH").id)
    ).all()
    assert not [one for one in others if f"/campaigns/villages/{one}" in page.text]
    assert "Của xã bên" not in page.text
    assert db.session.scalar(select(PledgeCampaign.id).where(PledgeCampaign.title == "Của xã bên"))


def test_the_page_leads_to_work_without_signal(head):
    assert 'href="/offline/"' in head.get("/").text


def test_other_roles_keep_the_page_that_they_had(commune, browse_as):
    assert 'class="big-ways' not in browse_as(commune.officer).get("/").text
    assert 'class="big-ways' not in browse_as(commune.helper).get("/").text


def test_whom_the_head_helps_stands_on_the_page_with_a_number_to_call(commune, browse_as):
    a_case(commune, helper="village_head")
    page = browse_as(commune.village_head).get("/")
    assert 'href="tel:0901234567"' in page.text
    assert 'href="tel:0901234567"' not in browse_as(commune.village_head2).get("/").text


# ── a report to the police ──────────────────────────────────────────────────────────────────────────────────────────
def test_one_field_reports_what_happened_today_in_the_own_village(commune, head):
    sent = head.post("/observations/report", data={"text": "Người lạ hỏi đường", "happened_on": "23/11/2026"})
    assert sent.headers["Location"] == "/"
    made = db.session.scalars(select(Observation)).one()
    assert (made.happened_on, made.village_id, made.source) == (TODAY, commune.place("BPH").id, Source.VILLAGE)
    assert f"The commune police has it: number {made.number}." in head.get("/").text
    assert head.get(f"/observations/{made.id}").status_code == 200


def test_the_chief_is_asked_to_look_at_it_and_a_neighbouring_head_does_not_see_it(commune, head, browse_as):
    head.post("/observations/report", data={"text": "Người lạ hỏi đường", "happened_on": "23/11/2026"})
    made = db.session.scalars(select(Observation)).one()
    assert f"{made.number}: take it on or close it" in browse_as(commune.chief).get("/").text
    assert browse_as(commune.village_head2).get(f"/observations/{made.id}").status_code == 404


@pytest.mark.parametrize(
    "typed", [{"text": ""}, {"happened_on": "24/11/2026"}, {"happened_on": "hôm qua"}, {"text": "x" * 2001}]
)
def test_a_report_that_is_none_is_told_at_its_field_and_what_was_typed_stays(commune, head, typed):
    page = head.post("/observations/report", data={"text": "Đốt rẫy lan", "happened_on": "23/11/2026", **typed})
    assert page.status_code == 422
    assert "text" in typed or "Đốt rẫy lan" in page.text
    assert db.session.scalars(select(Observation)).all() == []


# ── a ceremony or meeting held ──────────────────────────────────────────────────────────────────────────────────────
def held(client, **more):
    return client.post(
        "/outreach/held", data={"form": "flag_ceremony", "attendance": "120", "held_on": "23/11/2026", **more}
    )


def sessions():
    return db.session.scalars(select(OutreachSession).where(OutreachSession.voided_at.is_(None))).all()


def test_two_fields_record_what_was_held_in_the_own_village_today(commune, head, browse_as):
    assert held(head).status_code == 302
    made = sessions()[0]
    assert (made.form, made.attendance, made.held_on) == (SessionForm.FLAG_CEREMONY, 120, TODAY)
    assert made.village_id == commune.place("BPH").id
    assert made.number in browse_as(commune.chief).get("/outreach/").text
    assert made.number not in browse_as(commune.village_head2).get("/outreach/").text


def test_the_same_ceremony_twice_a_day_is_told_and_something_else_is_not(head):
    held(head)
    assert held(head, attendance="130").status_code == 409
    assert [held(head, form="other").status_code for _ in range(2)] == [302, 302]
    assert len(sessions()) == 3


@pytest.mark.parametrize(
    "typed",
    [{"form": ""}, {"form": "parade"}, {"attendance": ""}, {"attendance": "0"}, {"attendance": "-3"},
     {"attendance": "20001"}, {"attendance": "1e3"}, {"held_on": "24/11/2026"}, {"held_on": ""}],
)  # fmt: skip
def test_what_was_not_held_is_told_at_its_field(head, typed):
    assert held(head, **typed).status_code == 422
    assert sessions() == []


def test_a_session_entered_in_error_counts_no_more_and_another_head_does_not_reach_it(commune, head, browse_as):
    held(head)
    made = sessions()[0]
    assert browse_as(commune.village_head2).get(f"/outreach/{made.id}/void").status_code == 404
    answer = head.post(f"/outreach/{made.id}/void", data={"reason": "Nhầm ngày", "version": made.version})
    assert answer.status_code == 302
    assert sessions() == []


# ── numbers to call ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_office_publishes_numbers_and_a_village_head_calls_them_by_one_tap(commune, head, browse_as):
    clerk = browse_as(commune.clerk)
    typed = {"name": "Trực ban Công an xã", "phone": "+84 260 3500 113", "purpose": "Ngày và đêm", "position": "1"}
    assert clerk.post("/hotlines/new", data=typed).status_code == 302
    assert 'href="tel:02603500113"' in head.get("/").text


def test_numbers_stand_in_their_order_until_they_are_taken_off_and_those_of_another_commune_never(
    commune, neighbour, head
):
    with transaction(commune.clerk):
        first = forces.publish(commune.id, Number("Cấp cứu", "115", "", 2))
        forces.publish(commune.id, Number("Cảnh sát", "113", "", 1))
    with transaction(neighbour.clerk):
        forces.publish(neighbour.id, Number("Xã bên", "0987654321", "", 1))
    assert re.findall(r'href="tel:([0-9]+)"', head.get("/").text) == ["113", "115"]
    with transaction(commune.clerk):
        voiding.void(first, "Số đã đổi")
    assert re.findall(r'href="tel:([0-9]+)"', head.get("/").text) == ["113"]


@pytest.mark.parametrize("phone", ["", "12", "1" * 12, "javascript:alert(1)", "113;ext=9", "một một ba"])
def test_what_is_no_number_is_not_published(commune, browse_as, phone):
    answer = browse_as(commune.clerk).post("/hotlines/new", data={"name": "Thử", "phone": phone, "position": "1"})
    assert answer.status_code == 422
    assert db.session.scalars(select(Hotline)).all() == []


def test_two_who_change_a_number_at_once_are_not_both_taken(commune, browse_as):
    with transaction(commune.clerk):
        number = forces.publish(commune.id, Number("Cấp cứu", "115", "", 1))
    shown = number.version
    clerk, chief = browse_as(commune.clerk), browse_as(commune.chief)
    typed = {"name": "Cấp cứu", "phone": "115", "purpose": "Ốm", "position": "1", "version": shown}
    assert clerk.post(f"/hotlines/{number.id}/edit", data=typed).status_code == 302
    late = chief.post(f"/hotlines/{number.id}/edit", data={**typed, "purpose": "Bị thương"})
    assert (late.status_code, "Bị thương" in late.text) == (409, True)
