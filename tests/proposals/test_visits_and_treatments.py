"""Visits to a place where somebody may not live (RB-VISIT), and absences for treatment (SS-ABSENCE-EACH)."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.cases.models import CaseType
from portal.cases.presenters.limits import absence
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.engine.presentation import unparted
from portal.engine.refusal import Refused
from portal.engine.text import in_english
from portal.proposals.papers.drawn import paper_of
from tests.builders import a_case
from tests.documents.signing import sealed
from tests.proposals.ways import a_proposal, buttons, step, version_on

BANNED = CaseType.RESIDENCE_BAN
DAYS = {"leaves_on": "01/12/2026", "returns_on": "05/12/2026", "destination": "xã Bờ Y", "reason": "Giỗ cha"}
CONSENT = {"consent_number": "15/UBND-NC", "consent_on": "20/11/2026"}


@pytest.fixture
def banned(commune):
    return a_case(commune, type=BANNED)


def written(browser, case, **more):
    address = f"/proposals/new/absence/for-case/{case.id}"
    return browser.post(address, data={**DAYS, "version": case.version, **more})


def looked_at(browser, case, **more):
    address = f"/proposals/new/absence/for-case/{case.id}"
    return browser.post(address, data={**DAYS, "only": "check", **more}, headers={"X-Part": "checked"}).text


# ── visits ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_visit_names_the_banned_place_and_asks_neither_for_treatment_nor_for_how_far(commune, banned, browse_as):
    officer = browse_as(commune.officer)
    page = officer.get(f"/proposals/new/absence/for-case/{banned.id}").text
    assert "Banned place to be visited: commune and province" in page
    assert 'name="consent_number"' in page
    for name in ("reach", "medical", "proof_number", "abroad"):
        assert f'name="{name}"' not in page
    assert "Propose a visit to a banned place" in officer.get(f"/cases/{banned.id}").text
    assert 'name="consent_number"' not in officer.get(f"/proposals/new/absence/for-case/{a_case(commune).id}").text


def test_a_visit_of_five_days_needs_the_consent_of_the_commune_there(commune, banned, browse_as):
    officer = browse_as(commune.officer)
    address = written(officer, banned).headers["Location"]
    page = officer.get(address)
    assert "the consent of the People&#39;s Committee there" in page.text
    assert unparted("Điều 109 khoản 1 điểm a") in page.text
    assert "submit" not in buttons(page)
    assert officer.post(f"{address}/submit", data={"version": version_on(page)}).status_code == 422
    edited = officer.post(f"{address}/edit", data={**DAYS, **CONSENT, "version": version_on(page)})
    assert edited.status_code == 302
    page = officer.get(address)
    assert "The commune to be visited agreed: 15/UBND-NC of 20/11/2026" in page.text
    assert officer.post(f"{address}/submit", data={"version": version_on(page)}).status_code == 302


def test_a_visit_of_six_days_is_refused_with_consent_too(commune, banned, browse_as):
    told = looked_at(browse_as(commune.officer), banned, returns_on="06/12/2026", **CONSENT)
    assert "6 days, at most 5 at a time" in told
    assert "1 day too many." in told


def test_the_permit_of_a_visit_names_the_place_and_the_consent(commune, banned):
    more = {"destination": "xã Bờ Y", "returns_on": date(2026, 12, 5), "consent_number": "15/UBND-NC"}
    paper = paper_of(a_proposal("absence", banned, commune.officer, **more, consent_on=date(2026, 11, 20)))
    assert "đến nơi bị cấm cư trú" in paper.abstract
    assert "xã Bờ Y là nơi bị cấm cư trú" in paper.text[0].text
    assert "15/UBND-NC" in paper.text[0].text


def test_the_sheet_of_a_ban_speaks_of_the_banned_place_and_of_nothing_to_ask_before_leaving(commune, banned, browse_as):
    officer = browse_as(commune.officer)
    sheet = officer.get(f"/cases/{banned.id}/sheet").text
    assert "Where you may not live" in sheet
    assert "there has to agree first. At most 5 days each time." in " ".join(sheet.split())
    assert "leave the commune" not in sheet
    assert "If you want to leave the commune" in officer.get(f"/cases/{a_case(commune).id}/sheet").text


# ── out of the country ──────────────────────────────────────────────────────────────────────────────────────────────
def test_leaving_viet_nam_is_refused_where_the_law_of_that_type_says_so_and_nowhere_else(commune, browse_as):
    officer, forbidden = browse_as(commune.officer), "The journey leads out of Viet Nam: the law of this type"
    for type_ in (CaseType.SUSPENDED_SENTENCE, CaseType.NON_CUSTODIAL_REFORM, CaseType.CONDITIONAL_RELEASE):
        told = looked_at(officer, a_case(commune, type=type_), abroad="y")
        assert unparted("Điều 92 khoản 4") in told
        assert forbidden not in told
    supervised = looked_at(officer, a_case(commune, type=CaseType.RESIDENCE_SUPERVISION), abroad="y", reach="beyond")
    assert forbidden in supervised
    assert unparted("Điều 92 khoản 4") not in supervised
    assert "Not out of Viet Nam" not in supervised
    assert "Not out of Viet Nam" in looked_at(officer, a_case(commune))


# ── treatment ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_treatment_without_its_paper_says_so_and_the_paper_is_recorded_when_it_comes(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    assert "still to come" in looked_at(officer, case, medical="y")
    proposal = a_proposal("absence", case, commune.officer, medical=True)
    address = f"/proposals/{proposal.id}/medical-paper"
    for name, by in (("submit", commune.officer), ("endorse", commune.chief)):
        step(proposal, name, by)
    assert address not in officer.get(f"/proposals/{proposal.id}").text
    step(proposal, "approve", commune.leader)
    sealed(proposal.document, commune.officer, "9/QĐ-UBND")
    assert address in officer.get(f"/proposals/{proposal.id}").text
    paper = {"proof_number": "123/BV, Bệnh viện Ngọc Hồi", "proof_on": "31/12/2026"}
    assert officer.post(address, data={**paper, "version": version_on(officer.get(address))}).status_code == 422
    paper["proof_on"] = f"{clock.today():%d/%m/%Y}"
    assert officer.post(address, data={**paper, "version": version_on(officer.get(address))}).status_code == 302
    page = officer.get(f"/proposals/{proposal.id}").text
    assert "123/BV, Bệnh viện Ngọc Hồi" in page
    assert address not in page
    assert proposal.intact


def test_a_treatment_beyond_the_limit_is_permitted_only_once_its_paper_is_here(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    days = {"medical": "y", "returns_on": "30/01/2027"}
    told = looked_at(officer, case, **days)
    assert "is permitted once its paper is here" in told
    assert unparted("Điều 92") in told
    proposal = a_proposal("absence", case, commune.officer, medical=True, returns_on=date(2027, 1, 30))
    page = officer.get(f"/proposals/{proposal.id}").text
    assert "is permitted once its paper is here" in page
    with pytest.raises(Refused):
        step(proposal, "submit", commune.officer)
    paper = {"proof_number": "123/BV", "proof_on": f"{clock.today():%d/%m/%Y}"}
    assert "is permitted once its paper is here" not in looked_at(officer, case, **days, **paper)


def test_without_its_paper_a_treatment_is_asked_for_and_then_counts_until_it_comes(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    proposal = a_proposal("absence", case, commune.officer, medical=True)
    for name, by in (("submit", commune.officer), ("endorse", commune.chief), ("approve", commune.leader)):
        step(proposal, name, by)
    sealed(proposal.document, commune.officer, "9/QĐ-UBND")
    due = duty(proposal)
    assert (due.due_on, due.open) == (date(2026, 12, 27), True)  # seven days after the return
    with clock.telling(clock.moment(date(2026, 12, 27))):
        assert case.days_away() == 0
    with clock.telling(clock.moment(date(2026, 12, 28))):
        assert case.days_away() == 20
        with in_english():
            assert absence(case).used == 20
        assert case.days_away() == 20
        address = f"/proposals/{proposal.id}/medical-paper"
        officer = browse_as(commune.officer)
        paper = {"proof_number": "123/BV, Bệnh viện Ngọc Hồi", "proof_on": "20/12/2026"}
        sent = officer.post(address, data={**paper, "version": version_on(officer.get(address))})
        assert sent.status_code == 302
        db.session.expire_all()
        assert case.days_away() == 0
        assert duty(proposal).done_on == date(2026, 12, 28)


def duty(proposal):
    db.session.rollback()
    asked = select(Duty).where(Duty.rule == "TREATMENT-PAPER", Duty.subject_id == proposal.id)
    return db.session.scalars(asked).one()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"medical": "y", "proof_number": "123/BV"}, "proof_on"),
        ({"medical": "y", "proof_on": "20/11/2026"}, "proof_number"),
        ({"proof_number": "123/BV", "proof_on": "20/11/2026"}, "medical"),
    ],
)
def test_half_a_paper_and_a_paper_without_treatment_are_told_at_their_field(sent, field, commune, browse_as):
    refused = written(browse_as(commune.officer), a_case(commune), **sent)
    assert refused.status_code == 422
    assert f'id="{field}-error"' in refused.text
