"""What cannot be is refused at its field: ages, years and amounts that come of a slip of the pen."""

from datetime import date

import pytest

from portal.books.actions import add_line, write_down
from portal.drugs.models import DrugReviewEntry, DrugTest, FineDecision, TestContext, TestResult
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.forces.models import Task, TeamMember
from portal.incidents.models import Incident, IncidentKind, IncidentPerson, IncidentRole, Seizure, Substance
from portal.outreach.models import OutreachSession, SessionForm
from portal.profile.models import Country, ForeignVillage
from tests.drugs.stories import a_test, listed
from tests.forces.test_teams import a_team
from tests.incidents.written import an_incident

AUGUST = date(2026, 8, 12)


def refused(commune, record, facts, entry=None):
    """At which fields a record is refused."""

    def written():
        with transaction(commune.officer):
            if entry is None:
                return write_down(record, commune.id, facts, None)
            return add_line(record, db.session.get_one(type(entry), entry.id), facts, None)

    with pytest.raises(Refused) as told:
        written()
    db.session.rollback()
    return {one.field for one in told.value.reasons}


def test_nobody_is_a_subject_a_user_of_drugs_or_a_member_of_a_team_before_they_can_be(commune):
    incident, team = an_incident(commune), a_team(commune)
    infant = {"role": IncidentRole.SUBJECT, "full_name": "A Bé", "birth_year": 2026}
    assert refused(commune, IncidentPerson, infant, incident) == {"birth_year"}
    with transaction(commune.officer):
        victim = {**infant, "role": IncidentRole.VICTIM}
        add_line(IncidentPerson, db.session.get_one(Incident, incident.id), victim, commune.officer)
    who = {"full_name": "A Bé", "birth_year": 2024, "village_id": commune.place("BPH").id}
    assert refused(commune, DrugReviewEntry, {**who, "listed_on": AUGUST}) == {"birth_year"}
    tested = {**who, "taken_on": AUGUST, "context": TestContext.INCIDENT, "result": TestResult.POSITIVE}
    assert refused(commune, DrugTest, tested) == {"birth_year"}
    fine = {**who, "incident_id": incident.id, "decided_on": AUGUST, "amount_vnd": 1_500_000}
    assert "birth_year" in refused(commune, FineDecision, fine)
    member = {"name": "A Bé", "birth_year": 2020, "task": Task.MEMBER, "joined_on": AUGUST}
    assert refused(commune, TeamMember, member, team) == {"birth_year"}


def test_years_that_nobody_meant_are_refused(commune):
    village = commune.place("BPH").id
    told = {"kind": IncidentKind.SECURITY, "village_id": village, "text": "Xô xát", "detected_on": AUGUST}
    assert refused(commune, Incident, {**told, "occurred_on": date(1950, 1, 1)}) == {"occurred_on"}
    entry = {"full_name": "A Mlôn", "village_id": village, "listed_on": AUGUST, "review_until": date(2126, 1, 1)}
    assert refused(commune, DrugReviewEntry, entry) == {"review_until"}
    ceremony = {"form": SessionForm.FLAG_CEREMONY, "village_id": village, "held_on": date(2036, 11, 27)}
    assert refused(commune, OutreachSession, ceremony) == {"held_on"}


def test_a_test_of_the_review_does_not_come_before_the_list(commune):
    entry = listed(commune, on=date(2024, 8, 12))
    before = {"person_id": entry.person_id, "taken_on": date(2024, 8, 11), "result": TestResult.POSITIVE}
    assert refused(commune, DrugTest, {**before, "context": TestContext.REVIEW}) == {"taken_on"}
    assert a_test(commune, entry.person, on=date(2024, 8, 12)).entry is not None
    assert a_test(commune, entry.person, on=date(2024, 8, 11), context=TestContext.INCIDENT).id


def test_amounts_that_cannot_be_are_refused(commune):
    nothing = {"substance": Substance.HEROIN, "grams": 0}
    assert refused(commune, Seizure, nothing, an_incident(commune)) == {"grams"}
    abroad = {"country": Country.LAOS, "name": "Bản Kẹo", "households": 10, "persons": 5, "as_of": AUGUST}
    assert refused(commune, ForeignVillage, abroad) == {"persons"}
