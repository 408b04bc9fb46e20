"""Managing a drug user under the act of 2025: from the test to the end, by the hour."""

from datetime import date, timedelta

import pytest

from portal.cases.indicators import decided_to_manage
from portal.cases.models import ClosingReason
from portal.drugs.models import FineDecision
from portal.duties import roster
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.proposals.kinds.drug_decision.model import DrugDecisionProposal
from portal.proposals.kinds.drug_end.model import DrugEndProposal
from portal.proposals.kinds.drug_stop.model import DrugStopProposal
from portal.proposals.papers.drawn import paper_of
from tests.drugs import managing as way
from tests.drugs.managing import at, duty, ended_by, latest, mended, paper, proposed, said, took
from tests.drugs.stories import listed, period
from tests.lawbook.approved import another_reading

FRIDAY, SATURDAY = date(2026, 8, 14), date(2026, 8, 15)
ENDS = date(2027, 8, 15)


def a_positive(client, commune, on=FRIDAY, hour="16:30", **more):
    return way.recorded_test(client, commune, on, hour, **more)


@pytest.fixture
def decided(commune, browse_as):
    """T24: received on Friday 14/08/2026 at 16:30, decided on Saturday within the hours."""
    with at(FRIDAY, 17):
        officer = browse_as(commune.officer)
        test = a_positive(officer, commune)
        proposal = proposed(officer, test, officer_id=str(commune.officer.id))
        assert took(officer, proposal, "submit").status_code == 302
    with at(SATURDAY, 16, 29):
        assert took(browse_as(commune.chief), proposal, "approve").status_code == 302
    return proposal


# ── the test and what it leads to ───────────────────────────────────────────────────────────────────────────────────
def test_a_positive_test_leads_by_one_button_to_the_fine_and_to_the_decision(commune, browse_as):
    with at(FRIDAY, 17):
        officer = browse_as(commune.officer)
        test = a_positive(officer, commune)
        page = officer.get(f"/drug-tests/{test.id}").text
        assert f'href="/drug-fines/new?test={test.id}"' in page
        assert f'href="/proposals/new/management/for-test/{test.id}"' in page
        assert "16:30, 15/08/2026" in page
        form = officer.get(f"/drug-fines/new?test={test.id}").text
        assert 'value="1.500.000"' in form
        assert "From 1.000.000 to 2.000.000 đồng" in form
        assert "282/2025" in form
        assert 'value="police_chief" selected' in form or 'selected value="police_chief"' in form


def test_the_test_asks_for_the_sex_by_which_the_decision_calls_the_person(commune, browse_as):
    with at(FRIDAY, 17):
        officer = browse_as(commune.officer)
        assert 'name="sex"' in officer.get("/drug-tests/new").text
        test = a_positive(officer, commune, sex="female")
        assert 'name="sex"' not in officer.get(f"/proposals/new/management/for-test/{test.id}").text
        proposal = proposed(officer, test)
        assert "bà Phạm Công Cẩn" in paper(officer, f"/proposals/{proposal.id}/paper.docx")
        assert "is not written down" not in officer.get(f"/proposals/{proposal.id}").text


def test_of_somebody_on_the_list_whose_sex_nobody_wrote_down_the_test_asks_it_once(commune, browse_as):
    with at(FRIDAY, 17):
        officer, person = browse_as(commune.officer), listed(commune).person
        address = f"/drug-tests/new?person={person.id}"
        form = officer.get(address).text
        assert 'name="sex"' in form
        assert 'name="full_name"' not in form
        a_positive(officer, commune, sex="female", person_id=str(person.id))
        assert person.sex == "female"
        assert 'name="sex"' not in officer.get(address).text
        a_positive(officer, commune, sex="male", person_id=str(person.id), anyway="y")
    assert person.sex == "female"


def test_who_asks_for_the_decision_writes_down_the_sex_that_nobody_knew_yet(commune, browse_as):
    with at(FRIDAY, 17):
        officer = browse_as(commune.officer)
        test = a_positive(officer, commune)
        page = f"/proposals/new/management/for-test/{test.id}"
        typed = {"reason": way.WHY, "version": str(test.version)}
        refused = officer.post(page, data={**typed, "sex": ""})
        assert refused.status_code == 422
        assert 'id="sex-error"' in refused.text
        assert way.WHY in refused.text
        assert officer.post(page, data={**typed, "sex": "female"}).status_code == 302
    assert test.person.sex == "female"
    assert "bà Phạm Công Cẩn" in paper_of(latest(DrugDecisionProposal)).text[0].text


def fine(client, test, **more):
    facts = {"test_id": str(test.id), "decided_on": "14/08/2026", "amount_vnd": "1500000", "signer": "police_chief",
             "offence": "FINE-DRUG-USE", "person_id": str(test.person_id), **more}  # fmt: skip
    return client.post(f"/drug-fines/new?test={test.id}", data=facts)


def test_another_amount_than_the_middle_is_justified_and_the_ceiling_is_that_of_who_signs(commune, browse_as):
    with at(FRIDAY, 17):
        officer = browse_as(commune.officer)
        test = a_positive(officer, commune)
        refused = fine(officer, test, amount_vnd="1000000")
        assert refused.status_code == 422
        assert "Please say why another amount" in refused.text
        assert fine(officer, test, amount_vnd="1000000", deviation="Lần đầu, thành khẩn").status_code == 302
    assert db.session.scalars(db.select(FineDecision)).unique().one().signer == "police_chief"


def test_a_soldier_may_not_sign_what_the_decree_of_the_day_does_not_let_a_soldier_sign(commune, browse_as):
    on = date(2025, 12, 10)
    with at(on, 9):
        officer = browse_as(commune.officer)
        test = a_positive(officer, commune, on, "08:00")
        refused = fine(officer, test, decided_on="10/12/2025", signer="police_soldier")
        assert refused.status_code == 422
        assert "144/2021" in refused.text


def test_minutes_are_printed_and_stand_in_the_register_without_a_name(commune, browse_as):
    with at(FRIDAY, 17):
        officer = browse_as(commune.officer)
        test = a_positive(officer, commune)
        text = paper(officer, f"/drug-tests/{test.id}/minutes.docx")
        assert "BIÊN BẢN" in text
        assert "Phạm Công Cẩn" in text
        assert "Kết quả: dương tính" in text
        assert "16 giờ 30 phút" in text
        sent = officer.post(f"/drug-tests/{test.id}/minutes", data={"version": str(test.version)})
        assert sent.status_code == 302
        page = officer.get(f"/drug-tests/{test.id}").text
        assert "Waits for" in page
        assert "Phạm" not in browse_as(commune.chief).get("/documents/").text


# ── the clock ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_24_hours_run_over_a_weekend_before_whoever_is_on_call(commune, browse_as):
    with at(FRIDAY, 17):
        turn = {FRIDAY: roster.Turn(commune.officer2.id, ""), SATURDAY: roster.Turn(commune.officer2.id, "")}
        police = commune.place("CA")
        people = {commune.officer2.id: commune.officer2}
        with transaction(commune.chief):
            version = roster.version_of(police, FRIDAY.replace(day=1))
            roster.plan(police, FRIDAY.replace(day=1), 7, turn, people, version)
        a_positive(browse_as(commune.officer), commune)
        found = duty("DRU-DECIDE")
        assert clock.moment(SATURDAY, 16, 30) == found.due_at
        assert found.on_call
        home = browse_as(commune.officer2).get("/").text
        assert found.values["number"] in home
        assert "23 hours left" in home


def test_when_the_hours_have_passed_it_climbs_at_once_and_the_decision_is_possible_and_says_that_it_is_late(
    commune, browse_as
):
    with at(FRIDAY, 17):
        officer = browse_as(commune.officer)
        proposal = proposed(officer, a_positive(officer, commune))
        took(officer, proposal, "submit")
        assert duty("DECIDE-HOURS").due_at == clock.moment(SATURDAY, 16, 30)
    with at(SATURDAY, 16, 29):
        assert proposal.number not in browse_as(commune.leader).get("/").text
    with at(SATURDAY, 16, 31):
        assert proposal.number in browse_as(commune.leader).get("/").text
        chief = browse_as(commune.chief)
        page = chief.get(f"/proposals/{proposal.id}").text
        assert "The time that the law gives to decide passed: 16:30, 15/08/2026" in page
        assert took(chief, proposal, "approve").status_code == 302
        assert "Late: the 24 hours passed at 16:30 on 15/08/2026" in chief.get(f"/proposals/{proposal.id}").text
    assert proposal.case.state == "open"
    assert duty("DECIDE-HOURS").done_on == SATURDAY


def test_a_decision_within_the_hours_says_so_for_ever(decided, commune, browse_as):
    with at(date(2026, 11, 23)):
        page = browse_as(commune.chief).get(f"/proposals/{decided.id}").text
    assert "To be decided by 16:30 on 15/08/2026: 24 hours, days off included" in page


# ── the decision ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_case_opens_with_the_decision_for_a_year(decided):
    case = decided.case
    assert (case.state, case.decision_on, case.ends_on) == ("open", SATURDAY, ENDS)
    assert decided.test.answered_on == SATURDAY
    assert duty("DRU-DECIDE").done_on == SATURDAY


def test_the_paper_is_the_chiefs_with_the_duties_of_the_act_of_2025(decided, commune, browse_as):
    with at(SATURDAY, 17):
        text = paper(browse_as(commune.chief), f"/proposals/{decided.id}/paper.docx")
    for words in ("QUYẾT ĐỊNH", "TRƯỞNG CÔNG AN XÃ", "120/2025/QH15", "đến hết ngày 15/08/2027",
                  "trong thời hạn 24 giờ", "01 năm", "khai báo trung thực"):  # fmt: skip
        assert words in text
    assert "TM. ỦY BAN" not in text
    assert "73/2021" not in text


def test_nobody_decides_on_their_own_proposal(commune, browse_as):
    with at(FRIDAY, 17):
        chief = browse_as(commune.chief)
        proposal = proposed(chief, a_positive(chief, commune))
        took(chief, proposal, "submit")
        assert took(chief, proposal, "approve").status_code == 403
        leader = browse_as(commune.leader)
        assert (
            leader.post(f"/proposals/{proposal.id}/approve", data={"version": str(proposal.version)}).status_code == 404
        )
    assert proposal.state == "submitted"


def test_without_the_moment_of_the_result_nothing_is_submitted(commune, browse_as):
    with at(FRIDAY, 17):
        officer = browse_as(commune.officer)
        proposal = proposed(officer, a_positive(officer, commune, hour=""))
        refused = took(officer, proposal, "submit")
    assert refused.status_code == 422
    assert "when its result was received" in refused.text
    assert proposal.state == "draft"


@pytest.mark.parametrize(
    ("typed", "told"),
    [({"homeless": "y"}, "Điều 24 khoản 6"), ({}, "is under way")],
)
def test_who_has_no_home_is_determined_first_and_nobody_is_proposed_twice(commune, browse_as, typed, told):
    with at(FRIDAY, 17):
        officer = browse_as(commune.officer)
        test = a_positive(officer, commune)
        proposal = proposed(officer, test, **typed)
        if typed:
            assert told in said(took(officer, proposal, "submit"))
        else:
            again = officer.post(f"/proposals/new/management/for-test/{test.id}",
                                 data={"reason": "x", "version": str(test.version)})  # fmt: skip
            assert again.status_code == 422
            assert told in again.text
    assert proposal.state == "draft"


def test_no_second_decision_is_made_while_one_runs(decided, commune, browse_as):
    on = date(2026, 10, 5)
    with at(on, 9):
        officer = browse_as(commune.officer)
        person = str(decided.test.person_id)
        for context, told in (("review", "No second decision"), ("follow_up", "Điều 31 khoản 1 điểm c")):
            test = a_positive(officer, commune, on, "08:30", person_id=person, context=context, anyway="y")
            proposal = proposed(officer, test)
            refused = took(officer, proposal, "submit")
            assert refused.status_code == 422
            assert told in said(refused)
            assert took(officer, proposal, "withdraw").status_code == 302
            assert proposal.case.state == "rejected"


def test_a_backdated_or_future_moment_is_refused_at_its_field(commune, browse_as):
    with at(FRIDAY, 17):
        officer = browse_as(commune.officer)
        facts = {"full_name": "A Mlôn", "context": "review", "taken_on": "14/08/2026", "result": "positive",
                 "village_id": str(commune.place("BPH").id)}  # fmt: skip
        for moment, told in (({"received_on": "13/08/2026", "received_time": "10:00"}, "before the test"),
                             ({"received_on": "14/08/2026", "received_time": "17:30"}, "still to come"),
                             ({"received_on": "14/08/2026", "received_time": "25:99"}, "no hour of the day"),
                             ({"received_time": "10:00"}, "Please give the day")):  # fmt: skip
            refused = officer.post("/drug-tests/new", data=facts | moment)
            assert refused.status_code == 422, refused.text
            assert told in refused.text
            assert "A Mlôn" in refused.text


# ── while it runs ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_monthly_check_is_done_by_a_contact_and_flagged_as_unconfirmed(decided, commune, browse_as):
    with at(date(2026, 9, 3), 9):
        chief = browse_as(commune.chief)
        case = decided.case
        chief.get("/")
        found = duty("DRU-CONTACT", key="2026-09")
        assert found.done_on is None
        assert not found.confirmed
        chief.post(f"/cases/{case.id}/contact", data={"kind": "call", "happened_on": "03/09/2026", "note": "Ở nhà"})
        db.session.expire_all()
        assert found.done_on == date(2026, 9, 3)


def test_new_use_asks_for_the_determination_and_addiction_stops_the_management(decided, commune, browse_as):
    on = date(2026, 10, 5)
    with at(on, 9):
        officer = browse_as(commune.officer)
        test = a_positive(officer, commune, on, "08:30", person_id=str(decided.test.person_id), context="follow_up",
                      anyway="y")  # fmt: skip
        assert duty("DRU-REUSE", subject_id=test.id).done_on is None
        answer = ended_by(officer, decided.case, "drug_stop", stopped_on="05/10/2026", ground="addicted",
                          evidence="Phiếu kết quả số 12")  # fmt: skip
        stop = latest(DrugStopProposal)
        assert answer.status_code == 302
        assert "No determination is recorded" in took(officer, stop, "submit").text
        assert mended(officer, test, determined_on="05/10/2026", determination="addicted").status_code == 302
        assert duty("DRU-REUSE", subject_id=test.id).done_on == on
        assert took(officer, stop, "submit").status_code == 302
        assert took(browse_as(commune.chief), stop, "approve").status_code == 302
        assert (decided.case.state, decided.case.closed_on) == ("closed", on)
        text = paper(browse_as(commune.chief), f"/proposals/{stop.id}/paper.docx")
    assert "được xác định tình trạng nghiện ma túy" in text


@pytest.mark.parametrize("context", ["incident", "review"])
def test_use_on_whatever_occasion_within_the_year_asks_for_the_determination_and_holds_the_end(
    decided, commune, browse_as, context
):
    on = date(2026, 10, 5)
    with at(on, 9):
        officer = browse_as(commune.officer)
        test = a_positive(
            officer, commune, on, "08:30", person_id=str(decided.test.person_id), context=context, anyway="y"
        )
        assert duty("DRU-REUSE", subject_id=test.id).done_on is None
        assert duty("DRU-DECIDE", subject_id=test.id) is None
        assert "08:30, 06/10/2026" not in officer.get(f"/drug-tests/{test.id}").text
    with at(ENDS, 9):
        officer = browse_as(commune.officer)
        ended_by(officer, decided.case, "drug_end", ended_on="15/08/2027", closing_reason="completed")
        end = latest(DrugEndProposal)
        assert "Điều 31 khoản 1 điểm c" in said(took(officer, end, "submit"))
        assert end.state == "draft"
        assert mended(officer, test, determined_on="06/10/2026", determination="not_addicted").status_code == 302
        assert took(officer, end, "submit").status_code == 302


def test_a_test_after_the_year_does_not_hold_the_end_and_asks_for_a_decision(decided, commune, browse_as):
    on = ENDS + timedelta(days=1)
    with at(on, 9):
        officer = browse_as(commune.officer)
        test = a_positive(
            officer, commune, on, "08:30", person_id=str(decided.test.person_id), context="incident", anyway="y"
        )
        assert duty("DRU-DECIDE", subject_id=test.id).done_on is None
        assert duty("DRU-REUSE", subject_id=test.id) is None
        ended_by(officer, decided.case, "drug_end", ended_on="15/08/2027", closing_reason="completed")
        assert took(officer, latest(DrugEndProposal), "submit").status_code == 302


def test_education_in_the_commune_is_no_ground_any_more(decided, commune, browse_as):
    with at(date(2026, 10, 5), 9):
        officer = browse_as(commune.officer)
        refused = ended_by(officer, decided.case, "drug_stop", stopped_on="05/10/2026", ground="commune_education",
                           evidence="QĐ 12")  # fmt: skip
    assert refused.status_code == 422
    assert latest(DrugStopProposal) is None


def custody(client, case, detained_on, released_on=""):
    sent = {"kind": "detained", "detained_on": detained_on, "released_on": released_on, "paper": "QĐ 9",
            "version": str(case.version)}  # fmt: skip
    answer = client.post(f"/cases/{case.id}/custody", data=sent)
    db.session.expire_all()
    return answer


def test_custody_suspends_and_the_management_goes_on_to_its_original_end(decided, commune, browse_as):
    case = decided.case
    with at(date(2026, 12, 1), 9):
        assert custody(browse_as(commune.chief), case, "01/12/2026").status_code == 302
        assert (case.state, case.ends_on) == ("suspended", ENDS)
    with at(date(2027, 2, 1), 9):
        assert custody(browse_as(commune.chief), case, "01/12/2026", "01/02/2027").status_code == 302
        assert (case.state, case.ends_on) == ("open", ENDS)
        refused = ended_by(browse_as(commune.chief), case, "drug_stop", stopped_on="01/02/2027", ground="custody",
                           evidence="QĐ 9")  # fmt: skip
        assert refused.status_code == 302
        stop = latest(DrugStopProposal)
        told = took(browse_as(commune.chief), stop, "submit").text
    assert "goes on to its original end, 15/08/2027" in told


def test_where_a_commune_reads_it_so_custody_to_the_last_day_stops_the_management(decided, commune, browse_as):
    another_reading(commune, "custody_to_last_day", "stops")
    case = decided.case
    with at(date(2027, 7, 1), 9):
        custody(browse_as(commune.chief), case, "01/07/2027")
    with at(ENDS, 9):
        officer = browse_as(commune.officer)
        assert custody(browse_as(commune.chief), case, "01/07/2027", "15/08/2027").status_code == 302
        officer.get("/")
        assert duty("DRU-STOP").due_on == ENDS
        ended_by(officer, case, "drug_end", ended_on="15/08/2027", closing_reason="completed")
        assert "outlasts the management" in took(officer, latest(DrugEndProposal), "submit").text
        ended_by(officer, case, "drug_stop", stopped_on="15/08/2027", ground="custody", evidence="QĐ 9")
        assert took(officer, latest(DrugStopProposal), "submit").status_code == 302


def test_custody_past_the_end_stops_the_management(decided, commune, browse_as):
    case = decided.case
    with at(date(2027, 7, 1), 9):
        custody(browse_as(commune.chief), case, "01/07/2027")
    with at(ENDS + timedelta(days=1), 9):
        officer = browse_as(commune.officer)
        officer.get("/")
        assert duty("DRU-STOP").due_on == ENDS
        ended_by(officer, case, "drug_end", ended_on="15/08/2027", closing_reason="completed")
        assert "outlasts the management" in took(officer, latest(DrugEndProposal), "submit").text
        ended_by(officer, case, "drug_stop", stopped_on="15/08/2027", ground="custody", evidence="QĐ 9")
        stop = latest(DrugStopProposal)
        assert took(officer, stop, "submit").status_code == 302
        assert took(browse_as(commune.chief), stop, "approve").status_code == 302
    assert (case.state, case.closing_reason) == ("closed", ClosingReason.OTHER)


def test_a_move_is_told_within_24_hours_and_the_person_presents_within_24_hours(decided, commune, browse_as):
    case, known = decided.case, date(2026, 10, 9)
    moves = {"moves_to": "xã Sa Loong, tỉnh Quảng Ngãi", "known_on": "09/10/2026", "known_time": "17:00"}
    with at(known, 18):
        chief = browse_as(commune.chief)
        assert "message-info" not in chief.get(f"/cases/{case.id}/move").text
        assert chief.post(f"/cases/{case.id}/move", data={**moves, "version": str(case.version)}).status_code == 302
        db.session.expire_all()
        assert duty("DRU-MOVE").due_at == clock.moment(date(2026, 10, 10), 17)
    done = {"told_on": "10/10/2026", "told_time": "09:00", "arrived_on": "12/10/2026", "arrived_time": "07:30"}
    with at(date(2026, 10, 12), 9):
        chief = browse_as(commune.chief)
        sent = {**moves, **done, "received_on": "11/10/2026", "version": str(case.version)}
        early = chief.post(f"/cases/{case.id}/move", data=sent)
        assert early.status_code == 422
        assert "follows the arrival" in early.text
        later = chief.post(f"/cases/{case.id}/move", data={**moves, **done, "version": str(case.version)})
        assert later.status_code == 302, later.text
        db.session.expire_all()
        assert duty("DRU-MOVE").done_on == date(2026, 10, 10)
        assert duty("DRU-MOVE.present").due_at == clock.moment(date(2026, 10, 13), 7, 30)
        officer = browse_as(commune.officer)
        ended_by(officer, case, "drug_end", ended_on="12/10/2026", closing_reason="transferred")
        end = latest(DrugEndProposal)
        assert "that it has the person" in took(officer, end, "submit").text
        chief.post(
            f"/cases/{case.id}/move", data={**moves, **done, "received_on": "12/10/2026", "version": str(case.version)}
        )
        db.session.expire_all()
        assert took(officer, end, "submit").status_code == 302
        assert took(chief, end, "approve").status_code == 302
        text = paper(chief, f"/proposals/{end.id}/paper.docx")
    assert case.closing_reason == ClosingReason.TRANSFERRED
    assert "xã Sa Loong" in text


def test_the_year_ends_on_its_last_day_and_the_person_leaves_the_list(commune, browse_as, decided):
    case = decided.case
    entry = listed(commune, on=date(2026, 8, 10), person_id=decided.test.person_id)
    with at(date(2027, 8, 1), 9):
        officer = browse_as(commune.officer)
        officer.get("/")
        assert duty("DRU-END").due_on == ENDS
        ended_by(officer, case, "drug_end", ended_on="14/08/2027", closing_reason="completed")
        end = latest(DrugEndProposal)
        assert "ends on 15/08/2027" in took(officer, end, "submit").text
        took(officer, end, "withdraw")
        ended_by(officer, case, "drug_end", ended_on="15/08/2027", closing_reason="completed")
        end = latest(DrugEndProposal)
        assert took(officer, end, "submit").status_code == 302
        early = took(browse_as(commune.chief), end, "approve")
        assert early.status_code == 422
        assert "15/08/2027 at the earliest" in early.text
    with at(ENDS, 9):
        assert took(browse_as(commune.chief), end, "approve").status_code == 302
    assert (case.state, case.closed_on, case.closing_reason) == ("closed", ENDS, ClosingReason.COMPLETED)
    db.session.refresh(entry)
    assert (entry.removed_on, entry.removal_reason) == (ENDS, f"Kết thúc quản lý ({end.number})")


def test_the_figure_counts_the_decision_on_its_day_and_nothing_that_waits_for_one(decided, commune, browse_as):
    def counted():
        return db.session.scalars(decided_to_manage(period(commune, FRIDAY, SATURDAY))).unique().all()

    assert counted() == [decided.case]
    with at(SATURDAY, 18):
        officer = browse_as(commune.officer)
        proposed(officer, a_positive(officer, commune, SATURDAY, "17:00", full_name="A Klêng"))
    assert counted() == [decided.case]
