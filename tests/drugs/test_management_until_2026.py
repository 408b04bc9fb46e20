"""Managing a drug user under the act of 2021: the chair decides, by working days, and new use begins a new year."""

from datetime import date, timedelta

import pytest

from portal.cases.models import CaseType, ClosingReason
from portal.engine.db import db
from portal.proposals.kinds.drug_end.model import DrugEndProposal
from portal.proposals.kinds.drug_stop.model import DrugStopProposal
from tests.builders import a_case
from tests.drugs import managing as way
from tests.drugs.managing import at, duty, ended_by, latest, mended, paper, proposed, said, took

TESTED, LAID, DECIDED = date(2026, 3, 3), date(2026, 3, 5), date(2026, 3, 10)


def a_positive(client, commune, on=TESTED, **more):
    return way.recorded_test(client, commune, on, "09:00", **more)


@pytest.fixture
def laid(commune, browse_as):
    """T23: the residence was verified, and the file reached the chair on Thursday 05/03/2026."""
    with at(TESTED, 10):
        officer = browse_as(commune.officer)
        test = a_positive(officer, commune)
        assert duty("DRU-DECIDE") is None
        assert duty("DRU-VERIFY").due_on == date(2026, 3, 6)
        proposal = proposed(officer, test)
        assert "verified first" in said(took(officer, proposal, "submit"))
    with at(date(2026, 3, 4), 10):
        officer = browse_as(commune.officer)
        assert mended(officer, test, residence_checked_on="04/03/2026").status_code == 302
        assert duty("DRU-VERIFY").done_on == date(2026, 3, 4)
        assert took(officer, proposal, "submit").status_code == 302
        assert duty("DRU-VERIFY.notice").done_on == date(2026, 3, 4)
    with at(LAID, 10):
        assert took(browse_as(commune.chief), proposal, "endorse").status_code == 302
    return proposal


@pytest.fixture
def decided(laid, commune, browse_as):
    with at(DECIDED, 16):
        assert took(browse_as(commune.leader), laid, "approve").status_code == 302
    return laid


def test_the_chair_has_three_working_days_from_the_file_and_the_year_runs_from_the_signing(decided):
    found = duty("DECIDE-BY-LAW")
    assert (found.due_on, found.owner_role, found.done_on) == (DECIDED, "commune_leader", DECIDED)
    assert (decided.case.decision_on, decided.case.ends_on) == (DECIDED, date(2027, 3, 10))


def test_past_its_working_days_the_decision_is_possible_and_says_that_it_is_late(laid, commune, browse_as):
    with at(DECIDED + timedelta(days=1), 9):
        leader = browse_as(commune.leader)
        assert "The time that the law gives to decide passed: 10/03/2026" in said(leader.get(f"/proposals/{laid.id}"))
        assert took(leader, laid, "approve").status_code == 302
        assert "Late: the time to decide passed on 10/03/2026" in said(leader.get(f"/proposals/{laid.id}"))


def test_the_paper_is_the_chairs_own_with_the_team_and_the_duties_of_the_act_of_2021(decided, commune, browse_as):
    with at(DECIDED, 17):
        text = paper(browse_as(commune.chief), f"/proposals/{decided.id}/paper.docx")
    for words in ("CHỦ TỊCH", "73/2021/QH14", "105/2021/NĐ-CP", "Tổ quản lý", "đến hết ngày 10/03/2027",
                  "Theo đề nghị của Trưởng Công an xã Bờ Y"):  # fmt: skip
        assert words in text
    assert "TM. ỦY BAN NHÂN DÂN" not in text
    assert "120/2025" not in text
    assert "24 giờ" not in text


def test_a_file_that_reached_the_chair_before_the_turn_of_the_law_is_decided_by_the_chief_after_it(commune, browse_as):
    on = date(2026, 6, 29)
    with at(on, 10):
        officer = browse_as(commune.officer)
        test = a_positive(officer, commune, on)
        mended(officer, test, residence_checked_on="29/06/2026")
        proposal = proposed(officer, test)
        took(officer, proposal, "submit")
        took(browse_as(commune.chief), proposal, "endorse")
    with at(date(2026, 7, 1), 9):
        leader = browse_as(commune.leader)
        refused = took(leader, proposal, "approve")
        assert refused.status_code == 422
        assert "Another office decides this since 01/07/2026" in said(refused)
        assert took(leader, proposal, "return", "Từ 01/07/2026 Trưởng Công an xã quyết định").status_code == 302
        assert took(browse_as(commune.officer), proposal, "submit").status_code == 302
        assert (proposal.decider_role, proposal.endorser_role) == ("police_chief", None)
        assert took(browse_as(commune.chief), proposal, "approve").status_code == 302
    assert proposal.case.ends_on == date(2027, 7, 1)


def test_the_residence_is_checked_by_a_visit_each_month_and_a_call_does_not_do(decided, commune, browse_as):
    case, on = decided.case, date(2026, 4, 7)
    with at(on, 9):
        officer = browse_as(commune.officer)
        officer.get("/")
        found = duty("DRU-CONTACT", key="2026-04")
        assert (found.done_on, found.confirmed, found.due_on) == (None, True, date(2026, 4, 30))
        for kind, done_on in (("call", None), ("visit", on)):
            sent = {"kind": kind, "happened_on": "07/04/2026", "note": "Ở nhà"}
            assert officer.post(f"/cases/{case.id}/contact", data=sent).status_code == 302
            db.session.expire_all()
            assert found.done_on == done_on


def test_new_use_within_the_year_begins_a_new_year_and_closes_the_one_before(decided, commune, browse_as):
    before, on = decided.case, date(2026, 5, 11)
    with at(on, 10):
        officer = browse_as(commune.officer)
        test = a_positive(officer, commune, on, person_id=str(decided.test.person_id), context="follow_up",
                          anyway="y")  # fmt: skip
        mended(officer, test, residence_checked_on="11/05/2026")
        again = proposed(officer, test)
        assert "a new year begins" in said(officer.get(f"/proposals/{again.id}"))
        assert took(officer, again, "submit").status_code == 302
        took(browse_as(commune.chief), again, "endorse")
        assert took(browse_as(commune.leader), again, "approve").status_code == 302
    assert (before.state, before.closed_on, before.closing_reason) == ("closed", on, ClosingReason.OTHER)
    assert (again.case.state, again.case.ends_on) == ("open", date(2027, 5, 11))


def test_custody_does_not_suspend_a_management_before_july_2026(decided, commune, browse_as):
    case = decided.case
    with at(date(2026, 5, 11), 10):
        sent = {"kind": "detained", "detained_on": "11/05/2026", "version": str(case.version)}
        refused = browse_as(commune.officer).post(f"/cases/{case.id}/custody", data=sent)
    assert refused.status_code == 422
    assert "custody does not suspend a management" in said(refused)
    assert "11/05/2026" in refused.text


def test_a_move_is_told_within_five_working_days_and_the_file_follows_within_five(decided, commune, browse_as):
    case, known = decided.case, date(2026, 3, 20)
    moves = {"moves_to": "xã Sa Loong", "known_on": "20/03/2026", "known_time": "10:00"}
    with at(known, 11):
        officer = browse_as(commune.officer)
        officer.post(f"/cases/{case.id}/move", data={**moves, "version": str(case.version)})
        db.session.expire_all()
        assert (duty("DRU-MOVE").due_on, duty("DRU-MOVE").due_at) == (date(2026, 3, 27), None)
    with at(date(2026, 3, 30), 11):
        more = {"told_on": "24/03/2026", "told_time": "09:00", "arrived_on": "30/03/2026", "arrived_time": "09:00"}
        officer = browse_as(commune.officer)
        officer.post(f"/cases/{case.id}/move", data={**moves, **more, "version": str(case.version)})
        db.session.expire_all()
        assert duty("DRU-MOVE").done_on == date(2026, 3, 24)
        assert duty("DRU-MOVE.file").due_on == date(2026, 4, 6)


def test_education_in_the_commune_was_a_ground_and_the_chair_stopped(decided, commune, browse_as):
    case = decided.case
    with at(date(2026, 5, 11), 10):
        officer = browse_as(commune.officer)
        ended_by(
            officer, case, "drug_stop", stopped_on="11/05/2026", ground="commune_education", evidence="QĐ 12/QĐ-UBND"
        )
        stop = latest(DrugStopProposal)
        assert took(officer, stop, "submit").status_code == 302
        assert case.state == "closing"
        took(browse_as(commune.chief), stop, "endorse")
        assert took(browse_as(commune.leader), stop, "approve").status_code == 302
        text = paper(browse_as(commune.chief), f"/proposals/{stop.id}/paper.docx")
    assert case.state == "closed"
    assert "giáo dục tại xã, phường, thị trấn" in text


def test_a_decision_of_the_chair_runs_to_its_end_which_the_chief_decides_flagged_for_review(
    decided, commune, browse_as
):
    case, ends_on = decided.case, date(2027, 3, 10)
    with at(ends_on, 9):
        officer = browse_as(commune.officer)
        ended_by(officer, case, "drug_end", ended_on="10/03/2027", closing_reason="completed")
        end = latest(DrugEndProposal)
        assert "to be reviewed" in said(officer.get(f"/proposals/{end.id}"))
        assert took(officer, end, "submit").status_code == 302
        assert end.decider_role == "police_chief"
        assert took(browse_as(commune.chief), end, "approve").status_code == 302
    assert (case.state, case.closed_on) == ("closed", ends_on)


def test_the_paper_on_the_end_was_sent_within_three_working_days(commune, browse_as):
    case = a_case(commune, type=CaseType.DRUG_USER_MANAGEMENT, starts_on=date(2025, 3, 10), term_months=12,
                  received_on=date(2025, 3, 10), decision_on=date(2025, 3, 10), prison_months=None)  # fmt: skip
    with at(date(2026, 3, 10), 9):
        officer = browse_as(commune.officer)
        ended_by(officer, case, "drug_end", ended_on="10/03/2026", closing_reason="completed")
        end = latest(DrugEndProposal)
        took(officer, end, "submit")
        took(browse_as(commune.chief), end, "endorse")
        assert took(browse_as(commune.leader), end, "approve").status_code == 302
        assert duty("SIGNED-PAGE").done_on is None
        sent = {"version": str(end.version)}
        assert browse_as(commune.officer).post(f"/proposals/{end.id}/communicate", data=sent).status_code == 422
    assert case.state == "closed"
    assert end.telling_by(date(2026, 3, 10)).due_on == date(2026, 3, 13)


def test_drugs_used_during_the_year_are_no_end_without_use(decided, commune, browse_as):
    case = decided.case
    with at(date(2026, 8, 3), 9):
        officer = browse_as(commune.officer)
        way.recorded_test(officer, commune, date(2026, 8, 3), "08:00", person_id=str(decided.test.person_id),
                          context="follow_up", anyway="y")  # fmt: skip
    with at(date(2027, 3, 10), 9):
        officer = browse_as(commune.officer)
        ended_by(officer, case, "drug_end", ended_on="10/03/2027", closing_reason="completed")
        refused = took(officer, latest(DrugEndProposal), "submit")
    assert refused.status_code == 422
    assert "Used again within the year" in said(refused)
