"""The end of somebody's help: proposed within working days of its ground, and with the closing of the case."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.cases.models import CaseType, ClosingReason
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.proposals import actions as proposals
from portal.proposals.kinds.helper_end.grounds import EndOfHelp
from portal.proposals.papers.drawn import paper_of
from tests.builders import a_case
from tests.cases.ends import all_left, end_checked
from tests.proposals.ways import step, version_on

TODAY = date(2026, 11, 23)


def helper_of(commune, case):
    return next(one for one in case.assignments if one.kind == "helper")


def helped(commune, **facts):
    """A case in which somebody helps since September."""
    case = a_case(commune, helper="helper", **facts)
    with transaction(None):
        helper_of(commune, case).since = date(2026, 9, 1)
    return case


def ended(commune, case, ground=EndOfHelp.UNABLE, on=TODAY, successor=None):
    with transaction(commune.officer):
        return proposals.propose_end_of_help(case, ground, on, "Xin nghỉ vì sức khỏe", successor)


def decided(commune, proposal):
    step(proposal, "submit", commune.officer)
    step(proposal, "endorse", commune.chief)
    step(proposal, "approve", commune.leader)


def duty(case, rule="COM-HELPER-END"):
    db.session.rollback()
    return db.session.scalars(select(Duty).where(Duty.rule == rule, Duty.case_id == case.id)).first()


@pytest.mark.both_engines
def test_the_chair_ends_the_help_and_the_assignment_ends_on_the_day(commune, browse_as):
    case, officer = helped(commune), browse_as(commune.officer)
    assert "Propose the end of the help" in officer.get(f"/cases/{case.id}").text
    page = officer.get(f"/proposals/new/helper_end/for-case/{case.id}")
    sent = {"ground": "unable", "ground_on": "20/11/2026", "successor_id": "", "reason": "Ốm nặng",
            "version": version_on(page)}  # fmt: skip
    assert officer.post(f"/proposals/new/helper_end/for-case/{case.id}", data=sent).status_code == 302
    (proposal,) = case.proposals
    shown = officer.get(f"/proposals/{proposal.id}").text
    assert "Proposed in time: by 26/11/2026" in shown  # 24/11 is a day off
    decided(commune, proposal)
    one = helper_of(commune, case)
    assert (one.state, one.until, case.helper) == ("ended", date(2026, 11, 20), None)


def test_another_takes_it_over_and_is_asked_at_once(commune):
    case = helped(commune)
    decided(commune, ended(commune, case, successor=commune.village_head))
    asked = case.proposed("helper")
    assert (asked.assignee_id, case.helper) == (commune.village_head.id, None)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"on": date(2026, 8, 31)}, "ground_on"),
        ({"on": date(2026, 12, 1)}, "ground_on"),
        ({"successor": "helper"}, "successor_id"),
        ({"successor": "clerk"}, "successor_id"),
        ({"ground": EndOfHelp.TERM_ENDED, "successor": "village_head"}, "successor_id"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(commune, more, field):
    case = helped(commune)
    who = {"successor": getattr(commune, more["successor"])} if "successor" in more else {}
    with pytest.raises(Refused) as refused:
        ended(commune, case, **{**more, **who})
    assert field in [one.field for one in refused.value.reasons]


def test_where_nobody_helps_nothing_is_ended(commune, browse_as):
    case = a_case(commune)
    with pytest.raises(Refused, match="Nobody helps"):
        ended(commune, case)
    assert "Propose the end of the help" not in browse_as(commune.officer).get(f"/cases/{case.id}").text


def test_once_the_term_is_over_the_end_of_the_help_is_owed_within_three_working_days(commune):
    with clock.telling(clock.moment(date(2026, 11, 10))):
        case = helped(commune, starts_on=date(2024, 11, 13), received_on=date(2024, 11, 20))
        assert duty(case) is None
    with clock.telling(clock.moment(date(2026, 11, 14))):
        with transaction(commune.officer):
            case.offence = "Khác"  # any change renews the duties of the case
        owed = duty(case)
        assert (owed.due_on, owed.open, owed.confirmed) == (date(2026, 11, 18), True, True)
        assert [one.role for one in owed.escalations] == ["police_chief", "commune_leader", "inspector"]
        proposal = ended(commune, case, EndOfHelp.TERM_ENDED, date(2026, 11, 13))
        step(proposal, "submit", commune.officer)
        assert duty(case).done_on == date(2026, 11, 14)


def test_late_it_is_still_possible_and_says_by_when_it_was_due(commune, browse_as):
    case = helped(commune)
    proposal = ended(commune, case, on=date(2026, 11, 2))
    assert "It was to be proposed by 05/11/2026" in browse_as(commune.officer).get(f"/proposals/{proposal.id}").text
    assert proposal.refusals() == []


def test_nobodys_task_is_ended_before_the_day(commune, browse_as):
    case = helped(commune)
    last = TODAY + timedelta(days=9)
    proposal = ended(commune, case, EndOfHelp.TERM_ENDED, last)
    step(proposal, "submit", commune.officer)
    step(proposal, "endorse", commune.chief)
    with pytest.raises(Refused, match="at the earliest"):
        step(proposal, "approve", commune.leader)


# ── with the closing ────────────────────────────────────────────────────────────────────────────────────────────────
def closing(commune, case, reason=ClosingReason.COMPLETED):
    with transaction(commune.officer):
        return proposals.propose_completion(case, TODAY, reason, "Chấp hành xong")


@pytest.mark.both_engines
def test_the_end_of_the_help_is_proposed_together_with_the_completion(commune):
    case = helped(commune, starts_on=date(2024, 11, 23), received_on=date(2024, 12, 1))
    end_checked(commune, case)
    all_left(commune, case)
    completion = closing(commune, case)
    step(completion, "submit", commune.officer)
    (end,) = [one for one in case.proposals if one.kind == "helper_end"]
    assert (end.state, end.ground, end.ground_on) == ("submitted", EndOfHelp.TERM_ENDED, TODAY)
    step(completion, "approve", commune.chief)
    assert (case.state, helper_of(commune, case).until) == ("closed", TODAY)
    step(end, "endorse", commune.chief)
    step(end, "approve", commune.leader)
    assert end.state == "approved"


def test_it_is_taken_back_where_the_closing_comes_to_nothing(commune):
    case = helped(commune, starts_on=date(2024, 11, 23), received_on=date(2024, 12, 1))
    end_checked(commune, case)
    completion = closing(commune, case)
    all_left(commune, case)
    step(completion, "submit", commune.officer)
    (end,) = [one for one in case.proposals if one.kind == "helper_end"]
    assert (end.state, end.ground) == ("submitted", EndOfHelp.TERM_ENDED)
    step(completion, "return", commune.chief, "Còn thiếu bản nhận xét")
    assert end.state == "withdrawn"
    assert helper_of(commune, case).runs


def test_another_way_of_closing_asks_for_what_is_still_to_be_done_too(commune):
    case = a_case(commune, type=CaseType.SUSPENDED_SENTENCE, starts_on=date(2026, 1, 5), received_on=date(2026, 1, 9))
    with clock.telling(clock.moment(date(2026, 11, 23))):
        completion = closing(commune, case, ClosingReason.OTHER)
        assert any("Still to be done" in one.message for one in completion.refusals())
        all_left(commune, case)
        assert completion.refusals() == []


OTHERWISE = {
    "revoked": "Prison is decided by the court", "transferred": "A transfer has a proposal of its own",
    "deceased": "A death is recorded on the page of the case", "record_cleared": "this file is of another kind",
}  # fmt: skip


@pytest.mark.parametrize("closing_reason", OTHERWISE)
def test_what_ends_in_a_way_of_its_own_is_not_closed_by_a_completion(closing_reason, commune, browse_as):
    case, officer = a_case(commune, type=CaseType.SUSPENDED_SENTENCE), browse_as(commune.officer)
    page = f"/proposals/new/completion/for-case/{case.id}"
    assert f'value="{closing_reason}"' not in officer.get(page).text
    sent = {"completed_on": "23/11/2026", "closing_reason": closing_reason, "reason": "Lý do", "version": case.version}
    assert officer.post(page, data=sent).status_code == 422
    with pytest.raises(Refused, match=OTHERWISE[closing_reason]):
        closing(commune, case, ClosingReason(closing_reason))
    db.session.rollback()
    assert case.proposals == []


@pytest.mark.parametrize(
    "type_", [CaseType.NON_CUSTODIAL_REFORM, CaseType.RESIDENCE_SUPERVISION, CaseType.RESIDENCE_BAN]
)
def test_a_sentence_that_no_court_turns_into_prison_is_not_closed_so(type_, commune, browse_as):
    case, officer = a_case(commune, type=type_), browse_as(commune.officer)
    page = f"/proposals/new/completion/for-case/{case.id}"
    assert 'value="revoked"' not in officer.get(page).text
    sent = {"completed_on": "23/11/2026", "closing_reason": "revoked", "reason": "Vi phạm", "version": case.version}
    refused = officer.post(page, data=sent)
    assert refused.status_code == 422
    assert "Vi phạm" in refused.text
    with pytest.raises(Refused, match="not turned into prison"):
        closing(commune, case, ClosingReason.REVOKED)


def test_no_case_is_closed_before_it_was_received_and_it_is_told_at_the_day(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    page = f"/proposals/new/completion/for-case/{case.id}"
    sent = {"completed_on": "01/01/1950", "closing_reason": "other", "reason": "Lý do khác", "version": case.version}
    refused = officer.post(page, data=sent)
    assert refused.status_code == 422
    assert 'id="completed_on-error"' in refused.text
    assert "Lý do khác" in refused.text
    assert case.proposals == []


def test_another_end_of_the_help_with_the_same_words_is_not_taken_back_with_a_closing(commune):
    case = helped(commune, starts_on=date(2024, 11, 23), received_on=date(2024, 12, 1))
    end_checked(commune, case)
    completion = closing(commune, case)
    with transaction(commune.officer):
        own = proposals.propose_end_of_help(
            case, EndOfHelp.UNABLE, TODAY, f"Đề xuất cùng với việc kết thúc hồ sơ ({completion.number})."
        )
    all_left(commune, case)
    step(completion, "submit", commune.officer)
    step(completion, "return", commune.chief, "Còn thiếu bản nhận xét")
    assert own.state == "draft"


# ── the paper ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_decision_ends_the_task_and_names_who_takes_it_over(commune):
    case = helped(commune)
    with transaction(None):
        commune.village_head.title = "Trưởng thôn Bắc Phong"
    paper = paper_of(ended(commune, case, successor=commune.village_head))
    said = " ".join(one.text for one in paper.clauses)
    assert (paper.name, paper.symbol) == ("QUYẾT ĐỊNH", "QĐ-UBND")
    assert "Căn cứ khoản 5 Điều 12 Nghị định số 231/2026/NĐ-CP" in " ".join(one.text for one in paper.bases)
    assert "Về việc thay thế người giúp đỡ" in paper.abstract
    assert "người được phân công không còn điều kiện thực hiện nhiệm vụ" in said
    assert "Phân công ông (bà) Village_head xã Bờ Y, Trưởng thôn Bắc Phong tiếp tục giúp đỡ" in said
