"""No day of the law, and no minor's protection, hangs on one person: another date of birth takes two."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.cases.models import BirthCorrection, CaseType
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation.models import Role
from tests.builders import a_case
from tests.cases.test_people import a_draft, typed
from tests.proposals.ways import a_deputy, version_on

WHY = "Giấy khai sinh số 12/2010"
MINOR = "14/07/2010"


@pytest.fixture
def case(commune):
    return a_case(commune, type=CaseType.NON_CUSTODIAL_REFORM, term_months=24)


def ask(browser, case, **more):
    address = f"/cases/{case.id}/person"
    told = {"birth_date": MINOR, "birth_year": "", "reason": WHY, **more}
    return browser.post(address, data=typed(case, browser.get(address), **told))


def asked(case):
    db.session.rollback()
    return db.session.scalars(select(BirthCorrection).where(BirthCorrection.case_id == case.id)).one()


def take(browser, correction, step, **more):
    address = f"/birth-corrections/{correction.id}"
    return browser.post(f"{address}/{step}", data={"version": version_on(browser.get(address)), **more})


def kept(case):
    """The birth as it is kept, and the days of the law and of the duties that follow from it."""
    db.session.rollback()
    db.session.expire_all()
    duties = select(Duty).where(Duty.case_id == case.id, Duty.rule != "CONFIRM-BIRTH", Duty.dropped_on.is_(None))
    days = sorted((one.rule, one.key, one.due_on) for one in db.session.scalars(duties))
    return case.person.birth_date, case.person.birth_year, case.regime.calendar(case.term), days


def question(correction):
    db.session.rollback()
    return db.session.scalars(select(Duty).where(Duty.subject_id == correction.id, Duty.rule == "CONFIRM-BIRTH")).one()


@pytest.mark.both_engines
def test_another_date_of_birth_moves_no_day_until_the_chief_has_confirmed_it(commune, browse_as, case):
    officer, chief, before = browse_as(commune.officer), browse_as(commune.chief), kept(case)
    answer = ask(officer, case, phone="0922222222")
    assert answer.status_code == 302
    assert kept(case) == before
    assert case.person.phone == "0922222222"
    page = chief.get(f"/birth-corrections/{asked(case).id}").text
    earlier = "A minor&#39;s term may be reduced from this day, case"
    for told in ("14/07/2010", WHY, earlier, "falls away.", "The person then counts as a minor"):
        assert told in page
    assert take(chief, asked(case), "confirm").status_code == 302
    after = kept(case)
    assert after[:2] == (date(2010, 7, 14), None)
    assert after[2] != before[2]
    assert after[3] != before[3]


@pytest.mark.both_engines
def test_a_minor_stays_withheld_until_a_second_person_has_confirmed_that_they_are_none(commune, browse_as):
    case = a_case(commune)
    with transaction(None):
        case.person.birth_date, case.person.birth_year = date(2010, 7, 14), None
    inspector = browse_as(commune.inspector)
    ask(browse_as(commune.officer), case, birth_date="14/07/1990")
    assert case.person.full_name not in inspector.get(f"/cases/{case.id}").text
    take(browse_as(commune.chief), asked(case), "confirm")
    assert case.person.full_name in inspector.get(f"/cases/{case.id}").text


def test_a_refused_date_of_birth_never_stands_and_another_can_be_asked_for(commune, browse_as, case):
    officer, chief, before = browse_as(commune.officer), browse_as(commune.chief), kept(case)
    ask(officer, case)
    correction = asked(case)
    assert take(chief, correction, "refuse").status_code == 422
    assert take(chief, correction, "refuse", reason="Giấy ghi năm khác").status_code == 302
    assert kept(case) == before
    assert "Giấy ghi năm khác" in officer.get(f"/cases/{case.id}?story=all").text
    assert ask(officer, case).status_code == 302


def test_without_its_reason_and_while_another_waits_a_date_of_birth_is_refused_at_its_field(commune, browse_as, case):
    officer = browse_as(commune.officer)
    silent = ask(officer, case, reason=" ", phone="0922222222")
    assert silent.status_code == 422
    assert 'href="#reason"' in silent.text
    assert f'value="{MINOR}"' in silent.text
    assert 'value="0922222222"' in silent.text
    assert ask(officer, case).status_code == 302
    second = ask(officer, case, birth_date="15/07/2010")
    assert second.status_code == 422
    assert "Another date of birth waits for confirmation already." in second.text
    assert 'href="#birth_date"' in second.text


@pytest.mark.parametrize("who", ["officer", "officer2", "leader", "inspector", "helper", "administrator", "military"])
def test_nobody_confirms_a_date_of_birth_but_the_chief(commune, browse_as, case, who):
    ask(browse_as(commune.officer), case)
    correction = asked(case)
    answer = browse_as(getattr(commune, who)).post(f"/birth-corrections/{correction.id}/confirm", data={"version": 1})
    assert answer.status_code in (403, 404)
    assert kept(case)[0] is None


@pytest.mark.both_engines
def test_what_the_chief_asks_for_a_deputy_confirms_or_else_the_chair(commune, browse_as, case):
    chief = browse_as(commune.chief)
    ask(chief, case)
    correction = asked(case)
    address, sent = f"/birth-corrections/{correction.id}/confirm", {"version": correction.version}
    assert chief.post(address, data=sent).status_code == 403
    assert question(correction).owner_role == "commune_leader"
    assert browse_as(commune.leader).get(f"/birth-corrections/{correction.id}").status_code == 200
    deputy = a_deputy(commune, "deputy", Role.POLICE_CHIEF, "CA", commune.chief)
    assert question(correction).owner_id == deputy.id
    assert browse_as(commune.leader).get(f"/birth-corrections/{correction.id}").status_code == 404
    assert take(browse_as(deputy), correction, "confirm").status_code == 302
    assert kept(case)[0] == date(2010, 7, 14)


def test_a_date_of_birth_that_waits_is_a_duty_of_the_chief_that_the_answer_finishes(commune, browse_as, case):
    ask(browse_as(commune.officer), case)
    correction, chief = asked(case), browse_as(commune.chief)
    duty = question(correction)
    assert (duty.owner_role, duty.open, duty.due_on) == ("police_chief", True, clock.today() + timedelta(days=3))
    for address in ("/", f"/cases/{case.id}"):
        assert f'href="/birth-corrections/{correction.id}"' in chief.get(address).text
    take(chief, correction, "confirm")
    assert question(correction).done_by_id == commune.chief.id


def test_a_date_of_birth_is_not_confirmed_while_a_file_of_the_person_waits_for_its_decision(commune, browse_as, case):
    ask(browse_as(commune.officer), case)
    a_case(commune, person=case.person, state="submitted")
    refused = take(browse_as(commune.chief), asked(case), "confirm")
    assert refused.status_code == 422
    assert kept(case)[0] is None


def test_the_inspector_reads_that_a_date_of_birth_is_asked_for_and_not_which(commune, browse_as, case):
    ask(browse_as(commune.officer), case)
    page = browse_as(commune.inspector).get(f"/birth-corrections/{asked(case).id}")
    assert page.status_code == 200
    assert MINOR not in page.text
    assert WHY not in page.text


def test_the_date_of_birth_of_somebody_without_a_case_is_changed_like_the_rest(commune, browse_as):
    draft, officer = a_draft(commune), browse_as(commune.officer)
    address = f"/cases/{draft.id}/person"
    page = officer.get(address)
    assert page.status_code == 200
    assert 'name="reason"' not in page.text
    assert ask(officer, draft).status_code == 302
    assert kept(draft)[0] == date(2010, 7, 14)


def test_the_trail_tells_who_asked_and_who_confirmed_and_keeps_the_date_closed(commune, browse_as, case):
    ask(browse_as(commune.officer), case)
    take(browse_as(commune.chief), asked(case), "confirm")
    told = select(AuditEvent).where(AuditEvent.record_type == "birth_correction", AuditEvent.action != "look")
    events = db.session.scalars(told.order_by(AuditEvent.sequence)).all()
    assert [(one.action, one.user_id) for one in events] == [
        ("create", commune.officer.id), ("confirm", commune.chief.id),
    ]  # fmt: skip
    assert "2010" not in str([one.changes for one in events])
