"""Tips without those who gave them, boxes that two people open, disputes whose parties are counted."""

from datetime import date

import pytest
from sqlalchemy import select, text

from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.incidents.models import Dispute, Tip, TipBoxOpening
from tests.drugs.managing import paper
from tests.incidents.written import a_box, a_tip, an_incident
from tests.patrols.going import error_at

TIP = {"received_on": "12/08/2026", "channel": "phone", "text": "Có người lạ", "assessment": "pending"}
WHO = {"giver_name": "Lý Văn Chẩn", "giver_contact": "0109999999"}
NOBODY = dict.fromkeys(WHO, "")
NOT_KEPT = "Who gave it is kept only where they agree. Tick that, or leave it empty."


def test_who_gave_a_tip_is_kept_only_where_they_agree(commune, browse_as):
    officer = browse_as(commune.officer)
    for name, value in WHO.items():
        refused = officer.post("/tips/new?all=1", data={**TIP, name: value})
        assert (refused.status_code, error_at(refused.text, name)) == (422, NOT_KEPT)
    assert db.session.scalars(select(Tip)).all() == []
    assert officer.post("/tips/new?all=1", data={**TIP, **WHO, "giver_agrees": "y"}).status_code == 302
    tip = db.session.scalars(select(Tip)).one()
    assert (tip.giver_name, tip.giver_contact) == tuple(WHO.values())


def test_whoever_agrees_no_more_is_forgotten(commune, browse_as):
    tip = a_tip(commune, giver_agrees=True, **WHO)
    officer = browse_as(commune.officer)
    kept = officer.post(f"/tips/{tip.id}/edit", data={**TIP, **WHO, "version": str(tip.version)})
    assert (kept.status_code, error_at(kept.text, "giver_name")) == (422, NOT_KEPT)
    assert officer.post(f"/tips/{tip.id}/edit", data={**TIP, **NOBODY, "version": str(tip.version)}).status_code == 302
    assert db.session.execute(text("SELECT giver_name, giver_contact FROM tip")).one() == (None, None)


def test_who_gave_it_lies_encrypted_and_is_in_no_trail_list_or_search(commune, browse_as):
    a_tip(commune, giver_agrees=True, **WHO)
    kept = str(db.session.execute(text("SELECT * FROM tip")).one())
    trail = "".join(str(one.changes) for one in db.session.scalars(select(AuditEvent)))
    listed = browse_as(commune.officer).get("/tips/?q=chan").text
    for word in WHO.values():
        assert word not in kept
        assert word not in trail
        assert word not in listed


@pytest.mark.parametrize("who", ["leader", "military", "border", "village_head", "helper", "clerk", "administrator"])
def test_nobody_but_the_police_and_the_inspector_reads_tips(commune, browse_as, who):
    tip, browser = a_tip(commune), browse_as(getattr(commune, who))
    assert browser.get("/tips/").status_code == 403
    assert browser.get(f"/tips/{tip.id}").status_code in (403, 404)


@pytest.mark.parametrize(
    ("wrong", "field", "why"),
    [
        ({"assessment": "valuable"}, "assessed_on", "Please give the day on which it was assessed."),
        ({"assessed_on": "13/08/2026"}, "assessed_on", "A day stands here only once it is assessed."),
        (
            {"assessment": "false", "assessed_on": "11/08/2026"}, "assessed_on",
            "It cannot be assessed before it came.",
        ),
    ],
)  # fmt: skip
def test_an_assessment_and_its_day_belong_together(commune, browse_as, wrong, field, why):
    answer = browse_as(commune.officer).post("/tips/new?all=1", data={**TIP, **wrong})
    assert (answer.status_code, error_at(answer.text, field)) == (422, why)


def test_a_tip_and_the_incident_to_which_it_led_are_found_from_each_other_by_whoever_may(commune, browse_as):
    incident = an_incident(commune)
    tip = a_tip(commune, incident_id=incident.id, assessment="valuable", assessed_on=date(2026, 8, 13))
    officer = browse_as(commune.officer)
    assert f"/incidents/{incident.id}" in officer.get(f"/tips/{tip.id}").text
    assert tip.number in officer.get(f"/incidents/{incident.id}").text
    assert tip.number not in browse_as(commune.leader).get(f"/incidents/{incident.id}").text


def opened(commune, **more: str) -> dict[str, str]:
    return {"opened_on": "13/08/2026", "first_id": str(commune.officer.id), "found": "1", **more}


def test_a_box_is_opened_by_two_by_account_or_by_name(commune, browse_as):
    box, officer = a_box(commune), browse_as(commune.officer)
    head = str(commune.village_head.id)
    for second in ({"second_id": head}, {"second_name": "Y Ngao", "opened_on": "14/08/2026"}):
        data = {**opened(commune, **second), "version": str(db.session.get(type(box), box.id).version)}
        assert officer.post(f"/tip-boxes/{box.id}/openings/new", data=data).status_code == 302
        db.session.expire_all()
    page = officer.get(f"/tip-boxes/{box.id}").text
    assert f"{commune.officer.full_name}, {commune.village_head.full_name}" in page
    assert f"{commune.officer.full_name}, Y Ngao" in page


def test_the_two_who_opened_a_box_sign_minutes_and_a_blank_form_is_there_for_the_next_opening(commune, browse_as):
    box, officer = a_box(commune), browse_as(commune.officer)
    data = {**opened(commune, second_name="Y Ngao", opened_at="08:30", found="3"), "version": str(box.version)}
    assert officer.post(f"/tip-boxes/{box.id}/openings/new", data=data).status_code == 302
    (opening,) = db.session.scalars(select(TipBoxOpening)).all()
    address = f"/tip-boxes/{box.id}/minutes.docx"
    page = officer.get(f"/tip-boxes/{box.id}").text
    assert f'href="{address}?opening={opening.id}"' in page
    assert f'href="{address}"' in page
    told = paper(officer, f"{address}?opening={opening.id}")
    assert f"{commune.officer.full_name} và Y Ngao" in told
    assert "08 giờ 30 phút, ngày 13 tháng 8 năm 2026" in told
    assert "Số thư có trong hòm: 03 thư" in told
    assert "Y Ngao" not in paper(officer, address)
    assert officer.get(f"{address}?opening=0").status_code == 404


def test_nobody_opens_a_box_alone(commune, browse_as):
    box, officer = a_box(commune), browse_as(commune.officer)
    own, name = str(commune.officer.id), commune.officer.full_name
    for second, field, why in (
        ({"second_id": own}, "second_id", "Two different people open a box together."),
        ({"second_name": name.upper()}, "second_id", "Two different people open a box together."),
        ({}, "second_id", "Choose who it was, or write the name."),
        (
            {"second_id": str(commune.chief.id), "second_name": "Y Ngao"}, "second_name",
            "Either choose somebody or write a name, not both.",
        ),
        (
            {"second_name": "Y Ngao", "opened_on": "11/08/2026"}, "opened_on",
            "The box was not there yet on that day.",
        ),
    ):  # fmt: skip
        data = opened(commune, **{"version": str(box.version), **second})
        answer = officer.post(f"/tip-boxes/{box.id}/openings/new", data=data)
        assert (answer.status_code, error_at(answer.text, field)) == (422, why), second
    assert db.session.scalars(select(TipBoxOpening)).all() == []


def test_a_village_head_writes_disputes_of_the_own_village_down(commune, browse_as):
    head = browse_as(commune.village_head)
    told = {"taken_up_on": "12/08/2026", "kind": "land", "parties": "2", "result": "pending"}
    assert "thôn Ngọc Hải" not in head.get("/disputes/new?all=1").text
    own, other = (str(commune.place(code).id) for code in ("BPH", "NHA"))
    assert head.post("/disputes/new?all=1", data={**told, "village_id": other}).status_code == 422
    assert head.post("/disputes/new?all=1", data={**told, "village_id": own}).status_code == 302
    dispute = db.session.scalars(select(Dispute)).one()
    assert browse_as(commune.village_head2).get(f"/disputes/{dispute.id}").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"result": "settled"}, "Please give the day on which the mediation ended."),
        ({"result_on": "13/08/2026"}, "A day stands here only once the mediation ended."),
        ({"result": "settled", "result_on": "11/08/2026"}, "The mediation cannot end before it began."),
    ],
)  # fmt: skip
def test_a_result_and_its_day_belong_together(commune, browse_as, wrong, why):
    told = {
        "taken_up_on": "12/08/2026", "kind": "land", "parties": "2", "result": "pending",
        "village_id": str(commune.place("BPH").id), **wrong,
    }  # fmt: skip
    answer = browse_as(commune.clerk).post("/disputes/new?all=1", data=told)
    assert (answer.status_code, error_at(answer.text, "result_on")) == (422, why)


def test_a_second_tip_of_one_day_and_way_is_asked_about_though_neither_names_a_village(commune, browse_as):
    officer = browse_as(commune.officer)
    tip = {"received_on": "20/11/2026", "channel": "phone", "text": "Có người lạ"}
    assert officer.post("/tips/new", data=tip).status_code == 302
    assert "Perhaps this is written down already." in officer.post("/tips/new", data=tip).text
    assert officer.post("/tips/new", data={**tip, "anyway": "y"}).status_code == 302
