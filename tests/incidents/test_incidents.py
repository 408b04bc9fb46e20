"""Incidents: three answers at first, what does not fit together, who reads whom, what grew out of an observation."""

import re
from datetime import date
from io import BytesIO

import pytest
from lxml import html
from sqlalchemy import select

from portal.documents.models import Attachment
from portal.engine import clock
from portal.engine.agenda import Hearing
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.sheets import MEDIA_TYPE
from portal.engine.transaction import transaction
from portal.households.models import Pledge
from portal.incidents import actions as noting
from portal.incidents.agenda import of_period
from portal.incidents.models import Agency, Incident, IncidentKind, IncidentPerson, Observation, Outcome, Source
from portal.organisation.actions import grant_role
from portal.organisation.models import Role
from tests.builders import FOUNDED, a_case
from tests.conftest import TODAY
from tests.documents.files import photograph
from tests.households.doors import a_campaign, some_households, ticked
from tests.incidents.test_observations import TYPED, hand_over, the_note
from tests.incidents.written import a_line, a_subject, a_tip, an_incident, counted, void
from tests.patrols.going import a_patrol, error_at

FULL = {
    "kind": "security", "category": "theft", "location": "Chợ", "text": "Mất xe máy", "occurred_on": "12/08/2026",
    "detected_on": "13/08/2026", "detected_by": "commune_police", "outcome": "pending",
}  # fmt: skip


def typed(commune, **more: str) -> dict[str, str]:
    return {**FULL, "village_id": str(commune.place("BPH").id), **more}


def the_incident() -> Incident:
    return db.session.scalars(select(Incident).execution_options(populate_existing=True)).one()


def test_three_answers_are_enough_and_who_detected_it_is_not_said_by_them(commune, browse_as):
    officer, village = browse_as(commune.officer), str(commune.place("BPH").id)
    sent = officer.post("/incidents/new", data={"kind": "security", "village_id": village, "text": "Mất xe máy"})
    assert sent.status_code == 302
    made = the_incident()
    assert (made.number, made.day, made.occurred_on) == ("VV-2026-001", clock.today(), None)
    assert (made.detected_by, made.outcome, made.deaths) == (None, Outcome.PENDING, 0)
    assert "Still missing: Kind of violation, Place, Happened on, Detected by." in officer.get(sent.location).text


def test_completing_an_incident_asks_who_detected_it_and_offers_the_day_on_which_it_happened(commune, browse_as):
    incident, officer = an_incident(commune, detected_by=None, occurred_on=None), browse_as(commune.officer)
    page = f"/incidents/{incident.id}/edit"
    form = html.fromstring(officer.get(page).text)
    assert not form.xpath("//select[@name='detected_by']/option[@selected]")
    assert form.xpath("//input[@name='occurred_on']/@value") == [""]
    day = form.xpath("//input[@name='occurred_on']/@aria-describedby")[0]
    assert "only where the day is not known yet" in form.get_element_by_id(day).text_content()
    completed = typed(commune, version=str(incident.version))
    silent = officer.post(page, data={**completed, "detected_by": ""})
    assert (silent.status_code, error_at(silent.text, "detected_by")) == (422, "This is needed.")
    assert officer.post(page, data={**completed, "detected_by": "border_guard"}).status_code == 302
    assert (the_incident().detected_by, the_incident().occurred_on) == (Agency.BORDER_GUARD, date(2026, 8, 12))
    assert "Still missing" not in officer.get(f"/incidents/{incident.id}").text


def test_whoever_writes_all_of_it_at_once_says_who_detected_it(commune, browse_as):
    officer = browse_as(commune.officer)
    form = html.fromstring(officer.get("/incidents/new?all=1").text)
    assert not form.xpath("//select[@name='detected_by']/option[@selected]")
    assert form.xpath("//select[@name='detected_by']/option/@value")[0] == ""
    answer = officer.post("/incidents/new?all=1", data=typed(commune, detected_by=""))
    assert (answer.status_code, error_at(answer.text, "detected_by")) == (422, "This is needed.")


def test_a_row_of_an_old_register_says_who_detected_it(commune, browse_as):
    officer = browse_as(commune.officer)
    row = {f"row1-{name}": value for name, value in typed(commune).items()}
    silent = officer.post("/incidents/grid", data={**row, "row1-detected_by": ""})
    assert (silent.status_code, "Detected by: This is needed." in silent.text) == (422, True)
    assert officer.post("/incidents/grid", data=row).status_code == 302
    assert the_incident().detected_by == Agency.COMMUNE_POLICE


def test_an_incident_of_which_nobody_said_who_detected_it_is_shown_everywhere(commune, browse_as):
    incident, chief = an_incident(commune, detected_by=None), browse_as(commune.chief)
    for page in ("/incidents/", f"/incidents/{incident.id}", f"/incidents/{incident.id}/edit", "/"):
        assert chief.get(page).status_code == 200, page
    days = "from=2026-08-01&to=2026-08-31"
    figure = chief.get(f"/reports/figures/incidents.security.cases?{days}")
    assert figure.status_code == 200
    assert incident.number in figure.text
    assert ">Not recorded<" in figure.text.split('id="by-agency"')[1].split("</section>")[0]
    taken = chief.post("/incidents/export", data={"purpose": "meeting", "details": "Giao ban"})
    assert (taken.status_code, taken.mimetype) == (200, MEDIA_TYPE)


def test_an_offence_is_missing_of_no_accident(commune, browse_as):
    officer, village = browse_as(commune.officer), str(commune.place("BPH").id)
    sent = officer.post("/incidents/new", data={"kind": "traffic", "village_id": village, "text": "Tự ngã"})
    assert "Still missing: Place, Happened on, Detected by." in officer.get(sent.location).text


def test_an_incident_is_numbered_in_the_year_of_its_day(commune, browse_as):
    sent = browse_as(commune.officer).post(
        "/incidents/new?all=1", data=typed(commune, occurred_on="31/12/2025", detected_on="02/01/2026")
    )
    assert (sent.status_code, the_incident().number) == (302, "VV-2025-001")


def test_a_second_one_of_that_day_village_and_kind_is_asked_about(commune, browse_as):
    an_incident(commune, occurred_on=None, detected_on=date(2026, 8, 12))
    officer = browse_as(commune.officer)
    asked = officer.post("/incidents/new?all=1", data=typed(commune))
    assert (asked.status_code, "Perhaps this is written down already." in asked.text) == (422, True)
    assert officer.post("/incidents/new?all=1", data=typed(commune, anyway="y")).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "field", "why"),
    [
        ({"kind": "traffic"}, "category", "Only a security incident has an offence. Leave it empty here."),
        ({"occurred_on": "24/11/2026"}, "occurred_on", "The day lies in the future."),
        ({"detected_on": "11/08/2026"}, "detected_on", "It cannot be detected before it happened."),
        ({"outcome": "criminal"}, "outcome_on", "Please give the day of the outcome."),
        ({"outcome_on": "14/08/2026"}, "outcome_on", "A day stands here only once there is an outcome."),
        (
            {"outcome": "criminal", "outcome_on": "11/08/2026"}, "outcome_on",
            "The outcome cannot come before the incident.",
        ),
        (
            {"occurred_on": "23/11/2026", "detected_on": "23/11/2026", "happened_at": "23:59"}, "happened_at",
            "This hour is still to come.",
        ),
        ({"deaths": "-1"}, "deaths", "A number from 0 to 1.000 is possible here."),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_told_at_its_field(commune, browse_as, wrong, field, why):
    answer = browse_as(commune.officer).post("/incidents/new?all=1", data=typed(commune, **wrong))
    assert (answer.status_code, error_at(answer.text, field)) == (422, why)
    assert "Mất xe máy" in answer.text


def test_whoever_patrols_reads_the_incident_and_not_who_was_in_it(commune, browse_as):
    incident = an_incident(commune)
    a_subject(commune, incident, "Hoàng Minh Sách")
    for who, knows in (
        ("officer2", True),
        ("leader", True),
        ("inspector", True),
        ("military", False),
        ("border", False),
    ):
        page = browse_as(getattr(commune, who)).get(f"/incidents/{incident.id}")
        assert (page.status_code, "Hoàng Minh Sách" in page.text) == (200, knows), who
    for who in ("village_head", "clerk", "helper"):
        assert browse_as(getattr(commune, who)).get(f"/incidents/{incident.id}").status_code in (403, 404), who


def test_names_enter_no_trail(commune):
    a_subject(commune, an_incident(commune), "Hoàng Minh Sách", birth_year=1991)
    changes = [re.sub("#[0-9a-f]+", "", str(one.changes)) for one in db.session.scalars(select(AuditEvent))]
    assert not any("Sách" in one or "1991" in one for one in changes)


def test_the_file_of_a_subject_is_named_to_whoever_may_read_it_alone(commune, browse_as):
    case, incident = a_case(commune, "Trần Văn Thuấn"), an_incident(commune)
    line = a_subject(commune, incident, person_id=case.person_id)
    assert "Trần Văn Thuấn" in browse_as(commune.officer).get(f"/incidents/persons/{line.id}/edit").text
    page = browse_as(commune.officer2).get(f"/incidents/persons/{line.id}/edit").text
    assert ("Trần Văn Thuấn" in page, "Somebody with a file" in page) == (False, True)


def become(browser, note, **more: str):
    form = browser.get(f"/observations/{note.id}/incident").text
    village = re.search(r'<option selected value="(\d+)"', form.split('name="village_id"')[1])
    data = {
        "kind": "security", "category": "border", "village_id": village[1] if village else "", "text": note.text,
        "location": note.place, "occurred_on": f"{note.happened_on:%d/%m/%Y}", "happened_at": "21:30",
        "detected_on": f"{note.happened_on:%d/%m/%Y}", "detected_by": "commune_police", "outcome": "pending",
        "version": str(note.version), **more,
    }  # fmt: skip
    return browser.post(f"/observations/{note.id}/incident", data=data)


def a_note(commune, browse_as) -> Observation:
    told = {**TYPED, "village_id": str(commune.place("BPH").id)}
    assert browse_as(commune.officer).post("/observations/new", data=told).status_code == 302
    return db.session.scalars(select(Observation).order_by(Observation.id.desc())).first()


def test_an_observation_grows_into_an_incident_and_both_name_each_other(commune, browse_as):
    officer, note = browse_as(commune.officer), a_note(commune, browse_as)
    form = officer.get(f"/observations/{note.id}/incident").text
    assert all(one in form for one in (TYPED["text"], TYPED["where"], "22/11/2026", "21:30"))
    sent = become(officer, note)
    made, note = the_incident(), the_note()
    assert (sent.status_code, sent.location) == (302, f"/incidents/{made.id}")
    assert (made.text, made.location, made.village_id) == (note.text, note.place, note.village_id)
    assert (note.state, note.incident_id) == ("incident", made.id)
    assert f"/incidents/{made.id}" in officer.get(f"/observations/{note.id}").text
    assert note.number in officer.get(sent.location).text
    assert counted(commune, date(2026, 11, 1), date(2026, 11, 30))["security.cases"] == 1


def chosen_finder(browser, note) -> list[str]:
    form = html.fromstring(browser.get(f"/observations/{note.id}/incident").text)
    return form.xpath("//select[@name='detected_by']/option[@selected]/@value")


@pytest.mark.parametrize(
    ("who", "source", "chosen"),
    [
        ("village_head", Source.VILLAGE, ["village_team"]), ("officer", Source.VILLAGE, ["village_team"]),
        ("officer", Source.TELEPHONE, ["commune_police"]), ("border", Source.TELEPHONE, ["border_guard"]),
        ("military", Source.PHONE_APP, ["military"]), ("clerk", Source.TELEPHONE, []),
    ],
)  # fmt: skip
def test_what_is_known_of_who_detected_it_stands_in_the_form(commune, browse_as, who, source, chosen):
    seen = noting.Seen(source, TODAY, None, commune.place("BPH"), "Suối Đăk Ba", "Có người lạ")
    with transaction(getattr(commune, who)):
        note = noting.note_down(commune.id, seen)
    assert chosen_finder(browse_as(commune.officer), note) == chosen


def test_what_a_patrol_saw_was_detected_by_the_force_that_led_it(commune, browse_as):
    patrol = a_patrol(commune, by="border")
    seen = noting.Seen(Source.PATROL, TODAY, None, commune.place("BPH"), "Mốc 790", "Có người lạ")
    with transaction(commune.officer):
        note = noting.note_down(commune.id, seen, patrol)
    assert chosen_finder(browse_as(commune.officer), note) == ["border_guard"]


def test_nothing_is_chosen_where_whoever_noted_it_acted_for_two_forces(commune, browse_as):
    with transaction(commune.chief):
        grant_role(commune.officer, Role.MILITARY_COMMAND, commune.place("QS"), FOUNDED).confirmed_at = clock.now()
    seen = noting.Seen(Source.TELEPHONE, TODAY, None, commune.place("BPH"), "Suối Đăk Ba", "Có người lạ")
    with transaction(commune.officer):
        note = noting.note_down(commune.id, seen)
    assert chosen_finder(browse_as(commune.officer), note) == []


def test_what_was_seen_twice_asks_whether_it_is_the_same_incident(commune, browse_as):
    officer = browse_as(commune.officer)
    become(officer, a_note(commune, browse_as))
    second = a_note(commune, browse_as)
    asked = become(officer, second)
    assert (asked.status_code, "Perhaps this is written down already." in asked.text) == (422, True)
    assert the_incident().number in asked.text
    assert become(officer, second, anyway="y").status_code == 302
    assert len(db.session.scalars(select(Incident)).all()) == 2


def test_an_observation_becomes_an_incident_in_a_hurry_and_the_rest_is_asked_for_later(commune, browse_as):
    officer, note = browse_as(commune.officer), a_note(commune, browse_as)
    page = officer.get(f"/observations/{note.id}/incident").text
    assert ('name="property_vnd"' in page, 'name="kind"' in page) == (False, True)
    assert 'name="property_vnd"' in officer.get(f"/observations/{note.id}/incident?all=1").text
    sent = become(officer, note)
    assert "Still missing: Kind of violation." in officer.get(sent.location).text


def test_an_observation_becomes_an_incident_once(commune, browse_as):
    officer, note = browse_as(commune.officer), a_note(commune, browse_as)
    become(officer, note)
    assert become(officer, the_note()).status_code in (403, 409, 422)
    assert len(db.session.scalars(select(Incident)).all()) == 1
    assert "Make it an incident" not in officer.get(f"/observations/{note.id}").text


def test_several_observations_join_one_incident_which_counts_once(commune, browse_as):
    officer, incident = (
        browse_as(commune.officer),
        an_incident(commune, occurred_on=date(2026, 11, 22), detected_on=date(2026, 11, 22)),
    )
    for _time in range(2):
        note = a_note(commune, browse_as)
        page = officer.get(f"/observations/{note.id}/join").text
        assert incident.number in page
        data = {"incident_id": str(incident.id), "version": str(note.version)}
        assert officer.post(f"/observations/{note.id}/join", data=data).status_code == 302
    shown = officer.get(f"/incidents/{incident.id}").text
    assert all(number in shown for number in ("QS-2026-001", "QS-2026-002"))
    assert counted(commune, date(2026, 11, 1), date(2026, 11, 30))["security.cases"] == 1


def test_an_incident_that_was_struck_out_lets_its_observations_go(commune, browse_as):
    officer, note = browse_as(commune.officer), a_note(commune, browse_as)
    become(officer, note)
    void(commune, the_incident())
    assert become(officer, the_note()).status_code == 302
    standing = db.session.scalars(select(Incident).where(Incident.voided_at.is_(None))).one()
    assert the_note().incident_id == standing.id


def test_who_handed_it_over_waits_for_no_receipt_once_it_is_an_incident(commune, browse_as):
    officer = browse_as(commune.officer)
    a_note(commune, browse_as)
    hand_over(officer, commune, "BP")
    become(officer, the_note())
    assert not the_note().waits_for_receipt
    assert "confirm the receipt" not in browse_as(commune.border).get("/").text


def test_a_meeting_is_told_what_happened_and_no_name(app, commune):
    a_subject(commune, an_incident(commune), "Hoàng Minh Sách")
    an_incident(commune, IncidentKind.FIRE, property_vnd=85_000_000)
    with app.test_request_context():
        told = list(of_period(Hearing(date(2026, 8, 1), date(2026, 8, 31), (commune.id,), heard_by=None)))
    figures = {one.opens: one.value for one in told[0].figures}
    assert (figures["incidents.security.cases"], figures["incidents.fire.property_loss_vnd"]) == (1, 85_000_000)
    assert figures["incidents.index?show=pending"] == 2
    assert "(12/08)" in told[0].text
    assert "Sách" not in str(told)


def attach(browser, incident: Incident):
    file = (BytesIO(photograph()), "hien-truong.jpg")
    sent = {"title": "Hiện trường", "dated_on": "12/08/2026", "not_classified": "y", "file": file}
    return browser.post(f"/incidents/{incident.id}/photos", data=sent, content_type="multipart/form-data")


def test_a_photo_of_an_incident_is_read_by_whoever_knows_its_people(commune, browse_as):
    incident, officer = an_incident(commune), browse_as(commune.officer)
    answer = attach(officer, incident)
    assert answer.location == f"/incidents/{incident.id}"
    photo = db.session.scalars(select(Attachment)).one()
    assert photo.belongs_to == incident
    for who, status in (
        ("officer2", 200), ("chief", 200), ("leader", 200), ("inspector", 200), ("military", 404), ("border", 404),
        ("clerk", 404), ("village_head", 404),
    ):  # fmt: skip
        assert browse_as(getattr(commune, who)).get(f"/attachments/{photo.id}").status_code == status, who
    void(commune, incident)
    assert "The incident is struck out." in attach(officer, incident).text


def test_a_breach_is_proposed_of_a_pledge_that_somebody_chose_with_the_incident_named(commune, browse_as):
    households = some_households(commune, 2)
    ticked(commune, a_campaign(commune), households)
    incident, officer = an_incident(commune), browse_as(commune.officer)
    assert "/pledges/breached" not in officer.get(f"/incidents/{incident.id}").text  # nobody is a subject of it
    a_subject(commune, incident)
    page = officer.get(f"/incidents/{incident.id}").text
    link = re.search(r'href="(/pledges/breached[^"]+)"', page)
    assert link is not None
    found = officer.get(link[1].replace("&amp;", "&")).text
    pledge = db.session.scalars(select(Pledge)).first()
    way = re.search(rf'href="(/pledges/{pledge.id}/breach[^"]+)"', found)
    assert way is not None
    form = officer.get(way[1].replace("&amp;", "&")).text
    assert f"Incident {incident.number}:" in form
    assert "12/08/2026" in form
    assert "/pledges/breached" not in browse_as(commune.leader).get(f"/incidents/{incident.id}").text


def test_somebody_who_is_written_down_there_already_is_asked_about_and_counts_twice_only_where_it_is_another(
    commune, browse_as
):
    incident, officer = an_incident(commune), browse_as(commune.officer)
    page = f"/incidents/{incident.id}/persons/new"

    def sent(**more):
        version = str(the_incident().version)
        return officer.post(page, data={"role": "subject", "full_name": "A Blăng", "version": version, **more})

    assert sent().status_code == 302
    for again in ({}, {"full_name": "a  blang"}, {"role": "victim"}):
        asked = sent(**again)
        assert (asked.status_code, "Perhaps this is written down already." in asked.text) == (422, True)
        assert 'name="anyway"' in asked.text
    assert [one.full_name for one in the_incident().persons] == ["A Blăng"]
    assert sent(role="victim", anyway="y").status_code == 302
    assert len(the_incident().persons) == 2


def test_an_incident_is_found_by_whoever_stands_in_it_for_those_who_may_read_that(commune, browse_as):
    a_subject(commune, an_incident(commune), "Đinh Văn Tảo")
    number = the_incident().number
    for words in ("dinh van tao", "Tảo", number):
        assert number in browse_as(commune.officer).get(f"/incidents/?q={words}").text
    assert number not in browse_as(commune.officer).get("/incidents/?q=Bế").text
    assert number not in browse_as(commune.border).get("/incidents/?q=tao").text


def test_a_number_that_is_typed_into_the_search_of_every_page_opens_its_record(commune, browse_as):
    incident, officer = an_incident(commune), browse_as(commune.officer)
    assert 'action="/find"' in officer.get("/").text
    opened = officer.get("/find?q= vv-2026-001 ")
    assert (opened.status_code, opened.location) == (302, f"/incidents/{incident.id}")
    for words in ("VV-2026-999", "Đinh"):
        searched = officer.get(f"/find?q={words}")
        assert searched.status_code == 302
        assert searched.location.startswith("/cases/?q=")


def test_a_tip_says_that_the_incident_it_led_to_was_struck_out(commune, browse_as):
    incident = an_incident(commune)
    tip = a_tip(commune, incident_id=incident.id)
    officer = browse_as(commune.officer)
    assert "(struck out)" not in officer.get(f"/tips/{tip.id}").text
    void(commune, incident)
    assert "(struck out)" in officer.get(f"/tips/{tip.id}").text


def test_nobody_is_linked_to_the_file_of_somebody_of_another_name(commune, browse_as):
    person = a_case(commune, "A Blăng").person
    incident, officer = an_incident(commune), browse_as(commune.officer)
    page = f"/incidents/{incident.id}/persons/new"
    sent = {"role": "subject", "full_name": "A Khác", "person_id": str(person.id), "version": str(incident.version)}
    refused = officer.post(page, data=sent)
    assert (refused.status_code, "The file is that of A Blăng." in error_at(refused.text, "person_id")) == (422, True)
    assert officer.post(page, data={**sent, "full_name": "a blang"}).status_code == 302


def test_district_police_are_named_only_as_long_as_there_were_any(commune, browse_as):
    officer = browse_as(commune.officer)
    day, district = date(2025, 2, 28), Agency.DISTRICT_POLICE
    incident = an_incident(commune, occurred_on=day, detected_on=day, detected_by=district)
    with pytest.raises(Refused) as refused:
        an_incident(commune, detected_by=district)
    assert [one.field for one in refused.value.reasons] == ["detected_by"]
    assert "District police (until 28/02/2025)" in officer.get(f"/incidents/{incident.id}/edit").text


def test_somebody_who_is_linked_to_a_file_is_seen_to_be_on_the_incident(commune, browse_as):
    case, incident = a_case(commune), an_incident(commune)
    a_subject(commune, incident, "A Không")
    assert "linked to it" not in browse_as(commune.officer).get(f"/incidents/{incident.id}").text
    a_line(commune, IncidentPerson, incident, role="subject", full_name=case.person.full_name, person_id=case.person_id)
    assert browse_as(commune.officer).get(f"/incidents/{incident.id}").text.count("linked to it") == 1
