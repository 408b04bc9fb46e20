"""Whoever lost their name is named nowhere else: not in the incident of a test, and not in what it tells."""

from datetime import date

from sqlalchemy import select

from portal.documents.models import OfficialDocument
from portal.drugs.models import DrugTest, TestContext, TestResult
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.incidents.models import Outcome
from portal.people.models import Person
from portal.privacy import actions, forgetting, mentions
from tests.builders import a_person
from tests.incidents.written import a_subject, an_incident, counted
from tests.privacy.closed import carried_out

NAME = "Hồ Minh Trạc"
DAY = date(2024, 5, 11)
OVER = {"outcome": Outcome.ADMINISTRATIVE, "outcome_on": date(2024, 5, 16)}


def at_an_incident(commune, **more):
    """Somebody tested at an incident, in which their name alone is written down."""
    told = {"occurred_on": DAY, "detected_on": DAY, "text": f"Phát hiện {NAME} sử dụng ma túy", **OVER, **more}
    incident = an_incident(commune, **told)
    line = a_subject(commune, incident, NAME, residence="Thôn Măng Tôn", note="Con ông Ba", birth_year=1990)
    with transaction(commune.officer):
        person = a_person(commune, NAME, birth_year=1990)
        test = DrugTest(
            commune_id=commune.id, number="XN-2024-001", person=person, taken_on=DAY, result=TestResult.POSITIVE,
            context=TestContext.INCIDENT, incident_id=incident.id, village_id=commune.place("BPH").id,
        )  # fmt: skip
        db.session.add(test)
    return incident, line, test


def test_the_line_of_the_incident_and_what_it_tells_lose_the_name_with_the_person(commune):
    incident, line, test = at_an_incident(commune)
    before = counted(commune, date(2024, 5, 1), date(2024, 5, 31))
    carried_out(commune)
    assert line.full_name == test.person.full_name == "Ẩn danh AD-2026-001/1"
    assert (line.residence, line.note, line.birth_year) == (forgetting.GONE, forgetting.GONE, 1990)
    assert incident.text == "Phát hiện Ẩn danh AD-2026-001/1 sử dụng ma túy"
    assert counted(commune, date(2024, 5, 1), date(2024, 5, 31)) == before


def test_an_incident_that_is_not_over_keeps_the_name_of_whoever_was_tested_at_it(commune):
    at_an_incident(commune, outcome=Outcome.PENDING, outcome_on=None)
    run = mentions.dry_run(commune.unit)
    assert run.due == []
    assert run.waiting[mentions.RUNS] == 1


def test_a_namesake_in_the_incident_keeps_the_name_and_the_dry_run_says_so_with_the_incident(commune, browse_as):
    incident, _line, _test = at_an_incident(commune)
    other = a_subject(commune, incident, NAME, birth_year=1961)
    nobody = a_subject(commune, incident, "Bùi Đức Khâm")
    carried_out(commune)
    assert (other.full_name, nobody.full_name) == (NAME, "Bùi Đức Khâm")
    page = browse_as(commune.chief).get("/retention/").text
    assert "1 incident names somebody of whom nothing else is kept." in page
    assert f'/incidents/{incident.id}">{incident.number}' in page


def test_while_another_of_the_same_name_at_the_incident_keeps_theirs_the_line_is_taken_for_neither(commune):
    incident, line, test = at_an_incident(commune)
    with transaction(commune.officer):
        other = a_person(commune, NAME, birth_year=None)
        db.session.add(DrugTest(
            commune_id=commune.id, number="XN-2024-002", person=other, taken_on=DAY, result=TestResult.NEGATIVE,
            context=TestContext.INCIDENT, incident_id=incident.id,
        ))  # fmt: skip
    with transaction(commune.chief):
        actions.hold(other, {"asked_by": "VKSND", "paper": "", "reason": "Điều tra", "until": None})
    carried_out(commune)
    assert (test.person.full_name, line.full_name) == ("Ẩn danh AD-2026-001/1", NAME)


def test_the_minutes_of_a_test_say_nothing_of_the_person_any_more(commune):
    _incident, _line, test = at_an_incident(commune)
    with transaction(commune.officer):
        db.session.add(OfficialDocument(
            commune_id=commune.id, unit_id=commune.place("CA").id, direction="outgoing", code="BB", category="minutes",
            abstract=f"Xét nghiệm {NAME}", subject_type="drug_test", subject_id=test.id,
        ))  # fmt: skip
    carried_out(commune)
    assert NAME not in db.session.scalars(select(OfficialDocument.abstract)).one()
    assert NAME not in db.session.scalars(select(Person.full_name)).one()
