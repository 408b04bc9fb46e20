"""Leave of somebody under residence supervision: who permits it depends on how far the journey goes (RS-LEAVE)."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from portal.cases.models import CaseType
from portal.duties.actions import finish
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.law.residence_supervision import Reach
from portal.law.rule import NEW_ACT
from portal.proposals.papers.drawn import paper_of
from tests.builders import a_case
from tests.documents.signing import sealed
from tests.proposals.ways import a_proposal, step, version_on

SUPERVISED = CaseType.RESIDENCE_SUPERVISION
PROVINCE = "Enforcement agency of the provincial police"


@pytest.fixture
def case(commune):
    return a_case(commune, type=SUPERVISED)


def typed(**more):
    days = {"leaves_on": "01/12/2026", "returns_on": "05/12/2026"}
    return {**days, "destination": "Đà Nẵng", "reason": "Thăm mẹ ốm", **more}


def leave(commune, case, reach, **more):
    days = {"leaves_on": date(2026, 12, 1), "returns_on": date(2026, 12, 5)}
    return a_proposal("absence", case, commune.officer, reach=reach, **days | more)


def sent(commune, proposal, number="7/TTr-CAX"):
    step(proposal, "submit", commune.officer)
    step(proposal, "approve", commune.chief)
    sealed(proposal.document, commune.officer, number)
    step(proposal, "communicate", commune.officer)


def test_it_is_asked_how_far_the_journey_goes_and_of_nobody_else(commune, case, browse_as):
    officer = browse_as(commune.officer)
    address = f"/proposals/new/absence/for-case/{case.id}"
    refused = officer.post(address, data=typed(reach="", version=case.version))
    assert refused.status_code == 422
    assert 'id="reach-error"' in refused.text
    assert 'value="Đà Nẵng"' in refused.text
    assert case.proposals == []
    assert 'name="reach"' not in officer.get(f"/proposals/new/absence/for-case/{a_case(commune).id}").text


def test_the_chair_permits_what_stays_in_the_district_and_all_else_goes_up(commune, case):
    ways = {}
    for number, reach in enumerate(Reach):
        days = {"leaves_on": date(2026, 12, 1 + 6 * number), "returns_on": date(2026, 12, 3 + 6 * number)}
        proposal = a_proposal("absence", case, commune.officer, **days, reach=reach)
        step(proposal, "submit", commune.officer)
        ways[reach] = (proposal.endorser_role, proposal.decider_role)
    assert ways == {
        Reach.DISTRICT: ("police_chief", "commune_leader"), Reach.PROVINCE: (None, "police_chief"),
        Reach.BEYOND: (None, "police_chief"),
    }  # fmt: skip


def test_what_goes_up_is_a_file_for_the_agency_and_no_decision_of_the_committee(commune, case, browse_as):
    proposal = leave(commune, case, Reach.BEYOND)
    page = browse_as(commune.officer).get(f"/proposals/{proposal.id}").text
    assert f"Permitted by: {PROVINCE}" in page
    assert NEW_ACT in page
    paper = paper_of(proposal)
    assert paper.name == "TỜ TRÌNH"
    assert "Cơ quan Thi hành án hình sự" in paper.addressees[0]
    assert any("ngoài phạm vi tỉnh" in clause.text for clause in paper.text)
    here = paper_of(leave(commune, case, Reach.DISTRICT, leaves_on=date(2026, 12, 4)))
    assert here.name == "QUYẾT ĐỊNH"


def test_it_is_no_permit_before_the_agency_has_answered_and_none_if_it_refuses(commune, case, browse_as):
    proposal, officer = leave(commune, case, Reach.PROVINCE), browse_as(commune.officer)
    sent(commune, proposal)
    assert case.permits == []
    address = f"/proposals/{proposal.id}/agency-answer"
    assert address in officer.get(f"/proposals/{proposal.id}").text
    answer = {"granted": "yes", "agency_number": "12/QĐ-PC11", "agency_on": "22/11/2026"}
    early = officer.post(address, data={**answer, "version": version_on(officer.get(address))})
    assert early.status_code == 422
    assert 'id="agency_on-error"' in early.text
    answer["agency_on"] = f"{clock.today():%d/%m/%Y}"
    assert officer.post(address, data={**answer, "version": version_on(officer.get(address))}).status_code == 302
    assert case.permits == [proposal]
    assert proposal.state == "carried_out"
    assert proposal.intact
    assert "12/QĐ-PC11" in officer.get(f"/proposals/{proposal.id}").text
    assert officer.post(address, data={**answer, "version": version_on(officer.get(address))}).status_code == 422
    other = leave(commune, case, Reach.PROVINCE, leaves_on=date(2026, 12, 10), returns_on=date(2026, 12, 12))
    sent(commune, other, "8/TTr-CAX")
    address = f"/proposals/{other.id}/agency-answer"
    officer.post(address, data={**answer, "granted": "no", "version": version_on(officer.get(address))})
    assert case.permits == [proposal]


def test_a_journey_abroad_goes_further_than_the_province(commune, case, browse_as):
    sent_ = typed(reach="province", abroad="y", version=case.version)
    refused = browse_as(commune.officer).post(f"/proposals/new/absence/for-case/{case.id}", data=sent_)
    assert refused.status_code == 422
    assert "further than the province" in refused.text


def test_the_chair_permits_it_in_their_own_name_and_the_committee_that_of_others(commune, case):
    here = leave(commune, case, Reach.DISTRICT)
    paper = paper_of(here)
    assert (paper.authority, paper.signature.lines) == ("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BỜ Y", ("CHỦ TỊCH",))
    other = a_proposal("absence", a_case(commune), commune.officer)
    assert paper_of(other).authority == "ỦY BAN NHÂN DÂN XÃ BỜ Y"


def owed(rule, proposal):
    db.session.rollback()
    asked = select(Duty).where(Duty.rule == rule, Duty.subject_type == "proposal", Duty.subject_id == proposal.id)
    return db.session.scalars(asked.order_by(Duty.id.desc())).first()


def test_somebody_owes_sending_it_recording_the_answer_and_telling_the_person(commune, case, browse_as):
    proposal, officer = leave(commune, case, Reach.PROVINCE), browse_as(commune.officer)
    step(proposal, "submit", commune.officer)
    step(proposal, "approve", commune.chief)
    assert owed("LEAVE-SENT", proposal) is None  # its page is not signed yet
    sealed(proposal.document, commune.officer, "7/TTr-CAX")
    assert owed("LEAVE-SENT", proposal).open
    step(proposal, "communicate", commune.officer)
    assert not owed("LEAVE-SENT", proposal).open
    assert owed("LEAVE-ANSWER", proposal).due_on == date(2026, 11, 30)  # the day before the departure
    assert owed("LEAVE-TOLD", proposal) is None
    address = f"/proposals/{proposal.id}/agency-answer"
    answer = {"granted": "no", "agency_number": "12/CV-PC11", "agency_on": f"{clock.today():%d/%m/%Y}"}
    assert officer.post(address, data={**answer, "version": version_on(officer.get(address))}).status_code == 302
    assert not owed("LEAVE-ANSWER", proposal).open
    telling = owed("LEAVE-TOLD", proposal)
    assert telling.open
    assert telling.owner_id == commune.officer.id
    with transaction(commune.officer):
        finish(telling, clock.today(), "Đã báo trực tiếp", commune.officer.id)
    assert not owed("LEAVE-TOLD", proposal).open


def test_two_permits_do_not_have_the_same_days_whoever_gave_them(commune, case, browse_as):
    proposal, officer = leave(commune, case, Reach.PROVINCE), browse_as(commune.officer)
    sent(commune, proposal)
    here = leave(commune, case, Reach.DISTRICT, leaves_on=date(2026, 12, 4), returns_on=date(2026, 12, 7))
    with transaction(None):
        here.state = "approved"
    address = f"/proposals/{proposal.id}/agency-answer"
    answer = {"granted": "yes", "agency_number": "12/QĐ-PC11", "agency_on": f"{clock.today():%d/%m/%Y}"}
    refused = officer.post(address, data={**answer, "version": version_on(officer.get(address))})
    assert refused.status_code == 422
    assert 'id="granted-error"' in refused.text
    assert "04/12/2026 to 07/12/2026 is permitted already" in refused.text
    assert 'value="12/QĐ-PC11"' in refused.text
    assert case.permits == [here]
    no = {**answer, "granted": "no", "version": version_on(officer.get(address))}
    assert officer.post(address, data=no).status_code == 302


def test_leave_that_goes_up_is_told_as_sent_and_as_answered_and_never_as_approved_here(commune, case, browse_as):
    proposal, officer = leave(commune, case, Reach.PROVINCE), browse_as(commune.officer)
    page = f"/proposals/{proposal.id}"

    def stands_as(label):
        rows = officer.get("/proposals/?show=decided").text
        row = re.search(rf"<tr>(?:(?!</tr>).)*{proposal.number}.*?</tr>", rows, re.DOTALL)[0]
        return label in row and label in officer.get(page).text and "Approved" not in row

    step(proposal, "submit", commune.officer)
    step(proposal, "approve", commune.chief)
    assert stands_as("Signed, to be sent up")
    sealed(proposal.document, commune.officer, "7/TTr-CAX")
    step(proposal, "communicate", commune.officer)
    assert stands_as("Sent up, waits for the answer")
    address = f"{page}/agency-answer"
    answer = {"granted": "no", "agency_number": "12/QĐ-PC11", "agency_on": f"{clock.today():%d/%m/%Y}"}
    officer.post(address, data={**answer, "version": version_on(officer.get(address))})
    assert stands_as("Refused above")
