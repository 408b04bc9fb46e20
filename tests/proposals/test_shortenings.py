"""Asking the court for a shortening: what the law allows, what is sent, and the court's answer, which counts once."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.cases.actions import record_assessment, record_term_change
from portal.cases.actions.recording import record_violation
from portal.cases.models import CaseType, Rating, ViolationKind
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.proposals import actions as proposals
from portal.proposals.kinds.shortening.grounds import Ground
from portal.proposals.papers.drawn import paper_of
from tests.builders import a_case, a_cut
from tests.documents.signing import sealed
from tests.proposals.ways import step, version_on

TODAY = date(2026, 11, 23)
HALF = {"starts_on": date(2025, 11, 1), "received_on": date(2025, 11, 10)}  # half of two years is served
ASKED = {"ground": "conduct", "round_on": "23/11/2026", "months": "3", "evidence": "", "answer_to_doubts": "",
         "reason": "Chấp hành nghiêm chỉnh"}  # fmt: skip


def asked(commune, case, months=3, ground=Ground.CONDUCT, on=TODAY, by="officer", **more):
    with transaction(getattr(commune, by)):
        return proposals.propose_shortening(case, ground, on, months, "Chấp hành nghiêm chỉnh", **more)


def refusals(proposal):
    """Why it is refused, in words."""
    return [told(one) for one in proposal.refusals()]


def told(reason):
    spelled = {name: f"{one:%d/%m/%Y}" if isinstance(one, date) else one for name, one in reason.numbers.items()}
    return reason.message % spelled


def post(browser, case, **sent):
    page = browser.get(f"/proposals/new/shortening/for-case/{case.id}")
    assert page.status_code == 200, page.text
    return browser.post(f"/proposals/new/shortening/for-case/{case.id}",
                        data={**ASKED, "version": version_on(page), **sent})  # fmt: skip


def duty(rule, subject):
    db.session.rollback()
    wanted = select(Duty).where(Duty.rule == rule, Duty.subject_type == subject.kind_of_record)
    return db.session.scalars(wanted.where(Duty.subject_id == subject.id).order_by(Duty.id.desc())).first()


@pytest.fixture
def case(commune):
    return a_case(commune, **HALF)


def test_a_shortening_is_written_and_submitted_and_answers_the_right(commune, browse_as, case):
    officer = browse_as(commune.officer)
    assert "Propose a shortening" in officer.get(f"/cases/{case.id}").text
    assert post(officer, case).status_code == 302
    (proposal,) = case.proposals
    page = officer.get(f"/proposals/{proposal.id}").text
    assert "Last day then: 01/08/2027, instead of 01/11/2027" in page
    assert "On 23/11/2026 1 to 6 months are possible" in page
    assert duty("RIGHT", case).open
    step(proposal, "submit", commune.officer)
    assert (duty("RIGHT", case).done_on, duty("RIGHT", case).done_by_id) == (TODAY, commune.officer.id)
    step(proposal, "reject", commune.chief, "Chưa đợt này")
    assert duty("RIGHT", case).open


@pytest.mark.parametrize(
    ("facts", "wish", "told"),
    [
        ({"starts_on": date(2026, 7, 14), "received_on": date(2026, 7, 31)}, {}, "possible from 14/07/2027"),
        (HALF, {"months": 7}, "may not end before 01/05/2027"),
        (HALF, {"months": 13}, "cuts at most 12 months"),
        ({**HALF, "starts_on": date(2025, 2, 10), "received_on": date(2025, 2, 12)}, {"months": 4},
         "Fewer than 4 months are left"),
        ({**HALF, "type": CaseType.CONDITIONAL_RELEASE}, {"months": 2}, "cuts at least 3 months"),
        ({**HALF, "type": CaseType.NON_CUSTODIAL_REFORM}, {"months": 10}, "cuts at most 9 months"),
    ],
)  # fmt: skip
def test_what_the_law_forbids_cannot_be_submitted_and_the_clause_is_told(commune, browse_as, facts, wish, told):
    case = a_case(commune, **facts)
    proposal = asked(commune, case, **wish)
    assert any(told in one for one in refusals(proposal)), refusals(proposal)
    officer = browse_as(commune.officer)
    refused = officer.post(f"/proposals/{proposal.id}/submit", data={"version": proposal.version})
    assert refused.status_code == 422
    assert "Điều" in refused.text
    assert proposal.state == "draft"


@pytest.mark.parametrize("typed", ["", " ", "0", "ba"])
def test_without_months_and_without_the_whole_rest_it_is_told_at_the_months_and_stays(commune, browse_as, case, typed):
    refused = post(browse_as(commune.officer), case, months=typed, evidence="Giấy khen số 12")
    assert refused.status_code == 422
    assert 'id="months-error"' in refused.text
    assert "Giấy khen số 12" in refused.text
    assert case.proposals == []


def test_the_whole_rest_needs_no_months(commune, browse_as, case):
    sent = post(browse_as(commune.officer), case, ground="merit", months="", whole_rest="y", evidence="Giấy khen số 12")
    assert sent.status_code == 302
    (proposal,) = case.proposals
    assert (proposal.whole_rest, proposal.months > 0) == (True, True)


def test_a_second_one_in_the_year_is_refused_and_by_one_reading_to_be_weighed(commune):
    case = a_case(commune, starts_on=date(2023, 11, 1), received_on=date(2023, 11, 10), term_months=60)
    a_cut(commune, case, date(2026, 6, 1), 3)
    proposal = asked(commune, case)
    assert any("once a year; the last round was on 01/06/2026" in one for one in refusals(proposal))
    with clock.telling(clock.moment(date(2027, 2, 1))):
        with transaction(commune.officer):
            proposals.change(proposal, round_on=date(2027, 2, 1))
        assert any("to be weighed" in one for one in refusals(proposal))
        with transaction(commune.officer):
            proposals.change(proposal, answer_to_doubts="Năm dương lịch đã qua")
        assert refusals(proposal) == []


def test_a_small_rest_below_the_floor_asks_for_a_reason(commune, browse_as):
    case = a_case(commune, starts_on=date(2025, 6, 10), received_on=date(2025, 6, 15))
    a_cut(commune, case, date(2025, 10, 1), 6)  # the floor of 18 months is reached, and 17 days are left
    proposal = asked(commune, case, months=1)
    assert refusals(proposal) == ["Say why it is proposed all the same: 1 of what is checked is to be weighed."]
    page = browse_as(commune.officer).get(f"/proposals/{proposal.id}").text
    assert "the part that must be served is not reached: give the reason" in page
    with transaction(commune.officer):
        proposals.change(proposal, answer_to_doubts="Chỉ còn 17 ngày, có thành tích cứu người")
    assert refusals(proposal) == []


def test_a_low_grade_and_a_breach_are_weighed_with_a_reason(commune, browse_as, case):
    with transaction(commune.officer):
        record_assessment(case, date(2026, 10, 1), date(2026, 11, 3), Rating.AVERAGE, "Nộp muộn")
        record_violation(case, ViolationKind.DUTY, date(2026, 9, 9), date(2026, 9, 10), "Vắng mặt")
    officer = browse_as(commune.officer)
    assert post(officer, case).status_code == 302
    (proposal,) = case.proposals
    page = officer.get(f"/proposals/{proposal.id}").text
    assert "Rated average in 10/2026." in page
    assert "A violation of 09/09/2026 is recorded." in page
    refused = officer.post(f"/proposals/{proposal.id}/submit", data={"version": proposal.version})
    assert refused.status_code == 422
    assert "Say why it is proposed all the same" in refused.text
    edited = officer.get(f"/proposals/{proposal.id}/edit")
    sent = {**ASKED, "answer_to_doubts": "Đã sửa chữa, ba tháng gần nhất tốt", "version": version_on(edited)}
    assert officer.post(f"/proposals/{proposal.id}/edit", data=sent).status_code == 302
    again = version_on(officer.get(f"/proposals/{proposal.id}"))
    assert officer.post(f"/proposals/{proposal.id}/submit", data={"version": again}).status_code == 302


def test_the_whole_rest_is_asked_for_on_special_grounds_alone_and_with_the_paper(commune, browse_as, case):
    officer = browse_as(commune.officer)
    lost = post(officer, case, whole_rest="y", months="", ground="merit")
    assert lost.status_code == 422
    assert 'id="evidence-error"' in lost.text
    assert "Chấp hành nghiêm chỉnh" in lost.text
    sent = {"whole_rest": "y", "months": "", "ground": "merit", "evidence": "QĐ khen thưởng 12/QĐ-UBND"}
    assert post(officer, case, **sent).status_code == 302
    (proposal,) = case.proposals
    assert (proposal.months, proposal.whole_rest) == (12, True)
    assert refusals(proposal) == []
    with transaction(commune.officer):
        proposals.change(proposal, ground=Ground.CONDUCT)
    assert "The whole rest is waived for merit" in refusals(proposal)[0]


def test_of_residence_supervision_the_rest_alone_is_waived_after_half_of_it(commune, browse_as):
    officer = browse_as(commune.officer)
    for starts_on, ok in ((date(2025, 5, 20), True), (date(2025, 6, 20), False)):
        case = a_case(commune, type=CaseType.RESIDENCE_SUPERVISION, starts_on=starts_on, term_months=36,
                      received_on=date(2025, 7, 1))  # fmt: skip
        page = officer.get(f"/proposals/new/shortening/for-case/{case.id}")
        assert 'name="months"' not in page.text
        assert "Propose a waiver of the rest" in officer.get(f"/cases/{case.id}").text
        sent = {"round_on": "23/11/2026", "evidence": "", "answer_to_doubts": "", "reason": "Tốt",
                "version": version_on(page)}  # fmt: skip
        assert officer.post(f"/proposals/new/shortening/for-case/{case.id}", data=sent).status_code == 302
        proposal = case.proposals[-1]
        assert proposal.whole_rest
        assert (refusals(proposal) == []) is ok


def test_a_round_that_lies_behind_is_told_at_its_field(commune, browse_as, case):
    refused = post(browse_as(commune.officer), case, round_on="02/09/2026")
    assert refused.status_code == 422
    assert 'id="round_on-error"' in refused.text


# ── sent, and answered ──────────────────────────────────────────────────────────────────────────────────────────────
def sent_up(commune, case, **more):
    proposal = asked(commune, case, **more)
    step(proposal, "submit", commune.officer)
    step(proposal, "approve", commune.chief)
    sealed(proposal.document, commune.officer, "7/TTr-CAX")
    assert duty("SHORTENING-SENT", proposal).open
    step(proposal, "communicate", commune.officer)
    assert not duty("SHORTENING-SENT", proposal).open
    return proposal


GRANTED = {"file_built_on": "", "session_on": "", "accepted": "yes", "body": "TAND khu vực 5",
           "paper_number": "15/2026/QĐ-TA", "decided_on": "23/11/2026", "months": "2", "printed_ends_on": "",
           "note": ""}  # fmt: skip


def answered(browser, proposal, **sent):
    page = browser.get(f"/proposals/{proposal.id}/answer")
    assert page.status_code == 200
    return browser.post(f"/proposals/{proposal.id}/answer", data={**GRANTED, "version": version_on(page), **sent})


def take(browser, answer, transition, **sent):
    db.session.rollback()
    return browser.post(f"/proposals/answers/{answer.id}/{transition}", data={"version": answer.version, **sent})


@pytest.mark.both_engines
def test_a_granted_one_becomes_a_shortening_once_and_counts_when_it_is_confirmed(commune, browse_as, case):
    officer, proposal = browse_as(commune.officer), sent_up(commune, case)
    owed = duty("COURT-ANSWER", proposal)
    assert (owed.open, owed.source != "") == (True, True)
    assert f"/proposals/{proposal.id}/answer" in officer.get(f"/proposals/{proposal.id}").text
    old = version_on(officer.get(f"/proposals/{proposal.id}/answer"))
    assert answered(officer, proposal).status_code == 302
    (answer,) = proposal.answers
    assert (answer.months, answer.state, proposal.state) == (2, "recorded", "communicated")
    assert duty("COURT-ANSWER", proposal).done_on == TODAY
    assert duty("CONFIRM-ANSWER", answer).open
    assert "The answer of a court waits for confirmation" in officer.get(f"/cases/{case.id}").text
    again = officer.post(f"/proposals/{proposal.id}/answer", data={**GRANTED, "version": old})
    assert again.status_code == 409
    assert (len(proposal.answers), case.term_changes, case.ends_on) == (1, [], date(2027, 11, 1))
    assert take(officer, answer, "confirm").status_code in (403, 409)
    assert "01/09/2027" in browse_as(commune.chief).get(f"/proposals/answers/{answer.id}").text
    assert take(browse_as(commune.chief), answer, "confirm").status_code == 302
    db.session.rollback()
    (change,) = case.term_changes
    assert (change.months, change.decision_number, change.state) == (2, "15/2026/QĐ-TA", "confirmed")
    assert (change.created_by_id, answer.term_change_id) == (commune.officer.id, change.id)
    assert duty("CONFIRM-TERM", change) is None or not duty("CONFIRM-TERM", change).open
    assert (case.ends_on, proposal.state) == (date(2027, 9, 1), "carried_out")
    assert proposal.intact


def test_an_answer_by_a_number_that_a_shortening_of_the_year_bears_already_is_told_at_it(commune, browse_as, case):
    proposal = sent_up(commune, case)
    with transaction(commune.officer):
        record_term_change(case, date(2026, 11, 20), 1, GRANTED["paper_number"])
    again = answered(browse_as(commune.officer), proposal)
    assert again.status_code == 422
    assert 'id="paper_number-error"' in again.text
    assert proposal.answers == []


def test_a_refused_answer_of_a_colleague_makes_no_shortening_and_is_recorded_anew(commune, browse_as, case):
    officer, proposal = browse_as(commune.officer), sent_up(commune, case)
    assert answered(officer, proposal).status_code == 302
    (answer,) = proposal.answers
    assert take(browse_as(commune.chief), answer, "refuse", reason="Quyết định ghi 03 tháng").status_code == 302
    db.session.rollback()
    assert (case.term_changes, proposal.state) == ([], "communicated")
    assert duty("COURT-ANSWER", proposal).open
    assert answered(officer, proposal, months="3").status_code == 302


def test_where_the_file_is_is_noted_step_by_step_before_anything_is_decided(commune, browse_as, case):
    officer, proposal = browse_as(commune.officer), sent_up(commune, case)
    nothing = dict.fromkeys(GRANTED, "")
    assert answered(officer, proposal, **{**nothing, "file_built_on": "23/11/2026"}).status_code == 302
    assert (proposal.file_built_on, proposal.answers) == (TODAY, [])
    assert "File built by the agency on" in officer.get(f"/proposals/{proposal.id}").text
    assert 'value="23/11/2026"' in officer.get(f"/proposals/{proposal.id}/answer").text


def test_a_printed_last_day_of_the_decision_wins(commune, browse_as, case):
    officer, proposal = browse_as(commune.officer), sent_up(commune, case)
    assert answered(officer, proposal, printed_ends_on="31/08/2027").status_code == 302
    assert take(browse_as(commune.chief), proposal.answers[0], "confirm").status_code == 302
    db.session.rollback()
    assert case.ends_on == date(2027, 8, 31)
    assert "By the paper the last day is 31/08/2027" in officer.get(f"/cases/{case.id}").text


def test_a_refused_one_is_noted_with_its_reason_and_the_right_is_asked_for_again(commune, browse_as, case):
    officer, proposal = browse_as(commune.officer), sent_up(commune, case)
    without = answered(officer, proposal, accepted="no")
    assert without.status_code == 422
    assert 'id="note-error"' in without.text
    told = {"accepted": "no", "note": "Chưa đủ thành tích"}
    assert answered(officer, proposal, **told).status_code == 302
    assert not case.term_changes
    page = officer.get(f"/proposals/{proposal.id}").text
    assert "Chưa đủ thành tích" in page
    assert "15/2026/QĐ-TA of 23/11/2026" in page
    assert duty("RIGHT", case).open


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"accepted": ""}, "accepted"),
        ({"decided_on": ""}, "decided_on"),
        ({"paper_number": ""}, "paper_number"),
        ({"body": ""}, "body"),
        ({"months": ""}, "months"),
        ({"decided_on": "01/11/2026"}, "decided_on"),
        ({"session_on": "23/11/2026", "file_built_on": "24/11/2026"}, "file_built_on"),
        ({"printed_ends_on": "01/01/2026"}, "printed_ends_on"),
        ({"printed_ends_on": "01/11/2027"}, "printed_ends_on"),  # no earlier than without it
    ],
)
def test_an_answer_that_contradicts_itself_is_told_at_its_field(commune, browse_as, case, wrong, field):
    officer, proposal = browse_as(commune.officer), sent_up(commune, case)
    refused = answered(officer, proposal, **wrong)
    assert refused.status_code == 422
    assert f'id="{field}-error"' in refused.text
    assert not case.term_changes
    assert proposal.answers == []


def test_before_the_file_was_sent_there_is_no_answer(commune, browse_as, case):
    proposal = asked(commune, case)
    officer = browse_as(commune.officer)
    refused = officer.post(f"/proposals/{proposal.id}/answer", data={**GRANTED, "version": proposal.version})
    assert refused.status_code == 422
    assert not case.term_changes


# ── the paper ───────────────────────────────────────────────────────────────────────────────────────────────────────
def words(paper):
    return " ".join([paper.abstract, *(one.text for one in paper.bases), *(one.text for one in paper.clauses)])


@pytest.mark.parametrize(
    ("type_", "more", "told"),
    [
        (CaseType.SUSPENDED_SENTENCE, {}, "rút ngắn 03 tháng thời gian thử thách của án treo"),
        (CaseType.CONDITIONAL_RELEASE, {}, "rút ngắn 03 tháng thời gian thử thách của người được tha tù"),
        (CaseType.NON_CUSTODIAL_REFORM, {}, "giảm 03 tháng thời hạn chấp hành án phạt cải tạo không giam giữ"),
        (CaseType.RESIDENCE_SUPERVISION, {"whole_rest": True}, "miễn chấp hành thời hạn quản chế còn lại"),
    ],
)
def test_the_submission_says_what_is_asked_for_and_what_would_follow(commune, type_, more, told):
    paper = paper_of(asked(commune, a_case(commune, type=type_, **HALF), **more))
    assert (paper.name, paper.symbol) == ("TỜ TRÌNH", "TTr-CAX")
    assert told in words(paper)
    assert "Căn cứ" in words(paper)
    assert ("nếu được chấp nhận, ngày chấp hành xong là ngày" in words(paper)) is not bool(more)
