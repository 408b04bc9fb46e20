"""The round of shortenings: all who can be proposed on a day, and for each who cannot the reason."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from portal.cases.actions import record_assessment
from portal.cases.actions.recording import record_violation
from portal.cases.models import CaseType, Rating, ViolationKind
from portal.duties.models import Duty
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.proposals import actions as proposals
from portal.proposals.kinds.shortening.grounds import Ground
from tests.architecture.test_queries import counted
from tests.builders import a_case, a_cut
from tests.proposals.ways import step, version_on

HALF = {"starts_on": date(2025, 11, 1), "received_on": date(2025, 11, 10)}
PAGE = "/proposals/shortenings"
WHY = "Chưa thi hành xong phần bồi thường"


def part(page, head):
    """The section of the page under a head."""
    found = re.search(rf">{head}</h2>(.*?)</section>", page.text, re.S)
    return found.group(1) if found else ""


CAN, SAID, CANNOT = (
    "Can be proposed, and not answered yet",
    "Proposed, or said why not",
    "Cannot be proposed on that day",
)


def test_each_stands_under_what_is_so_on_the_day_with_every_reason_against(commune, browse_as):
    a_case(commune, "An", **HALF)
    a_case(commune, "Bính", starts_on=date(2026, 7, 14), received_on=date(2026, 7, 31))
    cut = a_case(commune, "Cường", **HALF)
    a_cut(commune, cut, date(2026, 11, 2), 2)
    rated, broke = a_case(commune, "Dung", **HALF), a_case(commune, "Em", **HALF)
    with transaction(commune.officer):
        record_assessment(rated, date(2026, 10, 1), date(2026, 11, 3), Rating.POOR, "Vi phạm")
        record_violation(broke, ViolationKind.LAW, date(2026, 8, 8), date(2026, 8, 9), "Đánh bạc")
    page = browse_as(commune.officer).get(PAGE)
    can, cannot = part(page, CAN), part(page, CANNOT)
    assert ">An<" in can
    assert "1 to 6 months" in can
    for name, why in (
        ("Bính", "possible from 14/07/2027"), ("Cường", "the last round was on 02/11/2026"),
        ("Dung", "Rated poor in 10/2026."), ("Em", "A violation of 08/08/2026 is recorded."),
    ):  # fmt: skip
        assert f">{name}<" not in can
        assert f">{name}<" in cannot
        assert why in cannot


def test_on_a_later_day_others_can_be_proposed(commune, browse_as):
    a_case(commune, "Bính", starts_on=date(2026, 7, 14), received_on=date(2026, 7, 31))
    officer = browse_as(commune.officer)
    assert ">Bính<" in part(officer.get(f"{PAGE}?day=2027-07-13"), CANNOT)
    assert ">Bính<" in part(officer.get(f"{PAGE}?day=14/7/2027"), CAN)
    assert ">Bính<" in part(officer.get(f"{PAGE}?day=2028-07-14"), CANNOT)
    assert "30/04/2027" in officer.get(PAGE).text


@pytest.mark.parametrize(
    "typed", ["31/02/2027", "mai", "2027-13-01", "1/2", "1/1/99999999999", "1/1/1899", "9999-12-31"]
)
def test_what_is_no_day_is_said_and_stays_in_its_field(commune, browse_as, typed):
    page = browse_as(commune.officer).get(PAGE, query_string={"day": typed})
    assert page.status_code == 200
    assert f"“{typed}” is no day" in page.text
    assert f'value="{typed}"' in page.text


def test_an_officer_sees_their_own_the_chief_all_and_nobody_else_any(commune, neighbour, browse_as):
    a_case(commune, "An", **HALF)
    a_case(commune, "Bính", officer="officer2", **HALF)
    assert ">Bính<" not in browse_as(commune.officer).get(PAGE).text
    assert {">An<", ">Bính<"} <= set(re.findall(r">An<|>Bính<", browse_as(commune.chief).get(PAGE).text))
    assert ">An<" not in browse_as(neighbour.chief).get(PAGE).text
    for who in ("leader", "helper", "clerk", "administrator"):
        assert browse_as(getattr(commune, who)).get(PAGE).status_code in (403, 404)


def test_a_proposal_begun_from_the_round_brings_its_day_and_answers_once_it_is_submitted(commune, browse_as):
    case, officer = a_case(commune, "An", **HALF), browse_as(commune.officer)
    day = "2027-04-30"
    link = f"/proposals/new/shortening/for-case/{case.id}?day={day}"
    assert link in officer.get(f"{PAGE}?day={day}").text
    assert 'value="30/04/2027"' in officer.get(link).text
    with transaction(commune.officer):
        proposal = proposals.propose_shortening(case, Ground.CONDUCT, date(2027, 4, 30), 3, "Tốt")
    assert f"Go on with the draft {proposal.number}" in part(officer.get(f"{PAGE}?day={day}"), CAN)
    step(proposal, "submit", commune.officer)
    assert proposal.number in part(officer.get(f"{PAGE}?day={day}"), SAID)


@pytest.mark.both_engines
def test_why_somebody_is_not_proposed_is_recorded_for_the_chief_to_see(commune, browse_as):
    case, officer = a_case(commune, "An", **HALF), browse_as(commune.officer)
    address = f"{PAGE}/{case.id}/not-proposed?day=2026-11-23"
    assert address.replace("&", "&amp;") in officer.get(f"{PAGE}?day=2026-11-23").text
    page = officer.get(address)
    missing = officer.post(address, data={"version": version_on(page), "reason": ""})
    assert missing.status_code == 422
    assert officer.post(address, data={"version": version_on(page), "reason": WHY}).status_code == 302
    db.session.rollback()
    right = db.session.scalars(select(Duty).where(Duty.rule == "RIGHT", Duty.case_id == case.id)).one()
    assert (right.left, right.note) == (True, WHY)
    chief = browse_as(commune.chief)
    assert f"Not proposed: {WHY}" in part(chief.get(PAGE), SAID)
    assert WHY in chief.get("/").text
    again = officer.post(address, data={"version": version_on(page), "reason": "Lần nữa"})
    assert again.status_code == 422
    assert "No right to a shortening stands open" in again.text
    assert "Lần nữa" in again.text


def test_waivers_and_terms_of_the_army_stand_there_as_their_law_has_it(commune, browse_as):
    a_case(commune, "An", type=CaseType.RESIDENCE_SUPERVISION, starts_on=date(2025, 1, 5), term_months=36,
           received_on=date(2025, 1, 9))  # fmt: skip
    a_case(commune, "Bính", unit="QS", officer=None, **HALF)
    a_case(commune, "Cường", type=CaseType.REINTEGRATION, **HALF)
    page = browse_as(commune.chief).get(PAGE)
    assert ">An<" in part(page, CAN)
    assert "waiver of the rest" in part(page, CAN)
    assert ">Bính<" not in page.text
    assert ">Cường<" not in page.text


def test_the_round_asks_as_much_of_many_as_of_few(commune, browse_as, app):
    chief, asked = browse_as(commune.chief), []
    for count in (3, 12):
        for _number in range(count):
            a_case(commune, **HALF)
        chief.get(PAGE)
        with counted(app) as said:
            assert chief.get(PAGE).status_code == 200
        asked.append(len(said))
    assert asked[0] == asked[1]


def test_the_inspector_reads_who_can_be_proposed_and_who_cannot_and_proposes_nobody(commune, browse_as):
    case = a_case(commune, received_on=date(2024, 7, 31), starts_on=date(2024, 7, 14), judgment_on=date(2024, 7, 14))
    inspector = browse_as(commune.inspector)
    page = inspector.get(PAGE)
    assert page.status_code == 200
    assert case.person.full_name in page.text
    assert "/proposals/new/" not in page.text
    assert "not-proposed" not in page.text
    assert inspector.get(f"{PAGE}/{case.id}/not-proposed").status_code == 403


def test_the_inspector_reads_the_list_of_the_monthly_round_and_records_nothing_in_it(commune, browse_as):
    case = a_case(commune)
    inspector = browse_as(commune.inspector)
    assert case.person.full_name in inspector.get("/cases/round/list").text
    assert "/cases/round/list" in inspector.get("/cases/regularity").text
    assert inspector.get("/cases/round").status_code == 403


@pytest.mark.parametrize("typed", ["1/1/99999999999", "9999-12-31", "0001-01-01"])
def test_no_page_that_reads_a_day_from_its_address_falls_over_one_that_cannot_be(commune, browse_as, typed):
    case, officer = a_case(commune, "An", **HALF), browse_as(commune.officer)
    for address in (f"{PAGE}/{case.id}/not-proposed", f"/proposals/new/shortening/for-case/{case.id}", "/calendar"):
        assert officer.get(address, query_string={"day": typed}).status_code == 200, address
    for address in (f"/cases/{case.id}/check-in", f"/cases/{case.id}/roll-call"):
        assert officer.get(address, query_string={"month": typed}).status_code == 200, address
