"""Prison after a suspended sentence, and the cancelling of a release: when they may be proposed, and what follows."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.cases.actions.breaches import conclude_review
from portal.cases.models import Came, CaseType, WrittenWarning
from portal.duties.models import Duty
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.law.breaches import Conduct, refuse_cancelling, refuse_prison, refuse_review
from portal.law.rule import ACT_2025
from portal.proposals.actions import propose
from portal.proposals.kinds import KINDS
from portal.proposals.models import CourtAnswer, Proposal
from portal.proposals.papers.drawn import paper_of
from tests.builders import a_case
from tests.cases.test_after_a_breach import a_breach, a_fine, a_review, duty, press, registered
from tests.conftest import TODAY
from tests.proposals.ways import step, version_on

WEEK = timedelta(days=7)


def warned(commune, case, breach, on):
    """A warning that was given on a day; its way is told in another place."""
    with transaction(commune.chief):
        warning = WrittenWarning(
            case=case, commune_id=case.commune_id, violation=breach, written_on=on, text="Nhắc nhở", given_on=on,
            state="given",
        )  # fmt: skip
        db.session.add(warning)
    return warning


def reviewed(commune, case, on):
    meeting = a_review(commune, case)
    with transaction(commune.officer):
        conclude_review(meeting, commune.officer, TODAY, Came.YES, attendees="Chủ trì", conclusion="Phê bình")
    with transaction(None):
        meeting.held_on = on
    return meeting


def a_revocation(commune, case, kind="revocation"):
    with transaction(commune.officer):
        return propose(
            KINDS[kind].model, case, "Cố ý vi phạm nhiều lần", evidence="Biên bản vi phạm\nBiên bản kiểm điểm"
        )


def against(proposal):
    return " ".join(one.message for one in proposal.refusals())


def test_prison_is_proposed_only_after_a_review_a_further_warning_and_a_deliberate_breach(commune):
    case = a_case(commune)
    first = a_breach(commune, case, TODAY - 5 * WEEK)
    proposal = a_revocation(commune, case)
    assert "Propose the review first" in against(proposal)
    warned(commune, case, first, TODAY - 4 * WEEK)
    second = a_breach(commune, case, TODAY - 3 * WEEK)
    assert "none was held" in against(proposal)
    reviewed(commune, case, TODAY - 2 * WEEK)
    assert "Give a written warning first" in against(proposal)
    warned(commune, case, second, TODAY - WEEK)
    assert "no deliberate breach is recorded" in against(proposal)
    a_breach(commune, case, TODAY - timedelta(days=2), deliberate=False)
    assert "no deliberate breach is recorded" in against(proposal)
    assert duty(case, "REVOKE") is None
    with pytest.raises(Refused):
        step(proposal, "submit", commune.officer)
    a_breach(commune, case, TODAY - timedelta(days=1))
    assert against(proposal) == ""
    assert duty(case, "REVOKE").open
    assert duty(case, "REVIEW") is None or not duty(case, "REVIEW").open
    step(proposal, "submit", commune.officer)
    assert duty(case, "REVOKE").done_on == TODAY
    said = " ".join(one.text for one in paper_of(proposal).text)
    days = [f"{TODAY - number * WEEK:%d/%m/%Y}" for number in (4, 1, 2)]
    assert "nhắc nhở bằng văn bản ngày {}, {}; kiểm điểm ngày {}.".format(*days) in said


def revocable(commune):
    """A release with two deliberate breaches."""
    case = a_case(commune, type=CaseType.CONDITIONAL_RELEASE)
    for days in (9, 2):
        a_breach(commune, case, TODAY - timedelta(days=days))
    return case


def test_the_chair_proposes_the_cancelling_within_the_working_days_of_the_law(commune, browse_as):
    case = revocable(commune)
    assert duty(case, "CANCEL").open
    proposal = a_revocation(commune, case, "parole_revocation")
    page = browse_as(commune.officer).get(f"/proposals/{proposal.id}")
    assert "suggest that the release be cancelled" in page.text
    step(proposal, "submit", commune.officer)
    step(proposal, "endorse", commune.chief)
    assert proposal.limit.rule == "PAR-REVOKE"
    assert (proposal.endorser_role, proposal.decider_role) == ("police_chief", "commune_leader")
    step(proposal, "approve", commune.leader)
    assert case.state == "open"  # the court decides


def test_one_breach_and_one_fine_for_another_deed_suggest_nothing_and_forbid_nothing(commune):
    case = a_case(commune, type=CaseType.CONDITIONAL_RELEASE)
    a_breach(commune, case, TODAY - WEEK)
    proposal = a_revocation(commune, case, "parole_revocation")
    assert "the same deed counts once" in against(proposal)
    a_fine(commune, case)
    assert against(proposal) == ""
    assert duty(case, "CANCEL") is None
    assert "mixed" in [one.about for one in proposal.conditions()]


def test_a_breach_and_the_fine_for_it_are_one_deed():
    table = a_table("conditional_release")
    assert refuse_cancelling(TODAY, Conduct(deliberate=1, fines=1, fined_breaches=1), table)
    assert refuse_cancelling(TODAY, Conduct(deliberate=1, fines=1), table) == []
    assert refuse_cancelling(TODAY, Conduct(fines=2), table) == []


def a_table(name):
    from portal.law import REGIMES

    return REGIMES[name].PARAMETERS


@pytest.mark.parametrize("day", [ACT_2025 - timedelta(days=1), ACT_2025])
@pytest.mark.parametrize(
    ("conduct", "told"),
    [
        (Conduct(), "Propose the review first"),
        (Conduct(reviews=1), "Give a written warning first"),
        (Conduct(reviews=1, warned_again=True), "no deliberate breach"),
        (Conduct(reviews=1, warned_again=True, since_review=1, deliberate=1), "the law asks for"),
        (Conduct(reviews=1, warned_again=True, since_review=1, deliberate=2), ""),
    ],
)
def test_what_is_missing_for_prison_is_told_with_its_clause_and_the_way_out(conduct, told, day):
    refused = refuse_prison(day, conduct, a_table("suspended_sentence"))
    assert bool(refused) is bool(told)
    assert all(told in one.message and one.source for one in refused)


@pytest.mark.parametrize("name", ["residence_supervision", "residence_ban", "reintegration", "drug_user_management"])
def test_of_other_measures_neither_a_review_nor_prison_is_proposed(name):
    worst = Conduct(breaches=9, deliberate=9, since_warning=9, since_review=9, fines=9, reviews=1, warned_again=True)
    assert refuse_review(TODAY, worst, a_table(name))[0].message == "The law of this case knows no review."
    assert refuse_prison(TODAY, worst, a_table(name))
    assert refuse_cancelling(TODAY, worst, a_table(name))


def sent(commune, browse_as):
    """A proposal of cancelling whose signed file went up."""
    case = revocable(commune)
    proposal = a_revocation(commune, case, "parole_revocation")
    for name, by in (("submit", commune.officer), ("endorse", commune.chief), ("approve", commune.leader)):
        step(proposal, name, by)
    registered(commune, browse_as, f"/proposals/{proposal.id}/paper", number="03/TTr-UBND")
    db.session.rollback()
    return case, proposal


def asked_for(proposal, rule):
    db.session.rollback()
    found = select(Duty).where(Duty.rule == rule, Duty.dropped_on.is_(None)).order_by(Duty.id.desc())
    return db.session.scalars(found).first()


def test_the_answer_of_the_court_is_asked_for_and_a_confirmed_grant_closes_the_case(commune, browse_as):
    case, proposal = sent(commune, browse_as)
    officer, page = browse_as(commune.officer), f"/proposals/{proposal.id}/answer"
    assert asked_for(proposal, "COURT-ANSWER").open
    assert "Record the answer of the court" in officer.get(f"/proposals/{proposal.id}").text
    typed = {"body": "TAND khu vực 5", "paper_number": "9/QĐ-TA", "decided_on": "23/11/2026", "accepted": "yes"}
    bare = press(officer, page, page, **typed)
    assert bare.status_code == 422
    assert "supervision ends on that day" in bare.text
    assert "9/QĐ-TA" in bare.text
    assert press(officer, page, page, **typed, leaves_on="23/11/2026").status_code == 302
    assert asked_for(proposal, "COURT-ANSWER").done_on == TODAY
    again = press(officer, page, page, **typed, leaves_on="23/11/2026")
    assert again.status_code == 409
    answer = db.session.scalars(select(CourtAnswer)).one()
    told = f"/proposals/answers/{answer.id}"
    assert press(officer, told, f"{told}/confirm").status_code in (403, 409)
    assert case.state == "open"
    assert asked_for(proposal, "CONFIRM-ANSWER").open
    assert press(browse_as(commune.chief), told, f"{told}/confirm").status_code == 302
    db.session.rollback()
    assert (case.state, case.closed_on, case.closing_reason) == ("closed", TODAY, "revoked")
    assert asked_for(proposal, "CONFIRM-ANSWER").done_on == TODAY


def test_if_the_court_refuses_the_case_goes_on_and_another_proposal_is_possible(commune, browse_as):
    case, proposal = sent(commune, browse_as)
    other = a_revocation(commune, case, "parole_revocation")
    assert "waits for the answer of the court" in against(other)
    page = f"/proposals/{proposal.id}/answer"
    typed = {"body": "TAND khu vực 5", "paper_number": "9/QĐ-TA", "decided_on": "23/11/2026", "accepted": "no"}
    assert press(browse_as(commune.officer), page, page, **typed).status_code == 302
    answer = db.session.scalars(select(CourtAnswer)).one()
    told = f"/proposals/answers/{answer.id}"
    assert press(browse_as(commune.chief), told, f"{told}/confirm").status_code == 302
    db.session.rollback()
    assert (case.state, against(other)) == ("open", "")


def test_no_answer_is_recorded_where_no_file_went_up(commune, browse_as):
    case = revocable(commune)
    proposal = a_revocation(commune, case, "parole_revocation")
    page = f"/proposals/{proposal.id}/answer"
    typed = {"body": "TAND", "paper_number": "9", "decided_on": "23/11/2026", "accepted": "no"}
    assert press(browse_as(commune.officer), page, page, **typed).status_code == 422
    assert db.session.scalars(select(Proposal).where(Proposal.kind == "parole_revocation")).one().answers == []


def test_the_submission_goes_to_the_agency_of_the_day_and_names_no_more_than_it_needs(commune, browse_as):
    case = revocable(commune)
    proposal = a_revocation(commune, case, "parole_revocation")
    paper = paper_of(proposal)
    said = " ".join(one.text for one in paper.text)
    assert paper.addressees == ("Cơ quan Thi hành án hình sự Công an tỉnh Quảng Ngãi",)
    assert paper.name == "TỜ TRÌNH"
    assert "hủy quyết định tha tù" in paper.abstract
    assert "Không trình diện" not in said
    assert version_on(browse_as(commune.officer).get(f"/proposals/{proposal.id}"))
    assert date(2026, 11, 14).strftime("%d/%m/%Y") in said


@pytest.mark.parametrize(("state", "offered"), [("submitted", False), ("rejected", False), ("communicated", True)])
def test_a_month_that_is_not_over_is_assessed_once_the_file_went_up_with_what_ends_the_case(
    commune, browse_as, state, offered
):
    case = a_case(commune)
    proposal = a_revocation(commune, case)
    with transaction(None):
        proposal.state = state
    shown = browse_as(commune.officer).get(f"/cases/{case.id}/assessment").text
    assert ('value="2026-11-01"' in shown) is offered
