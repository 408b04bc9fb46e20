"""A person is summoned, and what follows where they do not come is owed with its clause and its day."""

import io
from datetime import date, time, timedelta

import pytest
from docx import Document
from sqlalchemy import select

from portal.cases.actions import receiving, summoning
from portal.cases.actions.receiving import Session
from portal.cases.models import CaseType, Summons, SummonsOutcome, SummonsPurpose
from portal.cases.papers.reception import SUMMONS_PAPERS
from portal.documents.queries import document_of
from portal.duties.models import Duty
from portal.engine import clock, voiding
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.proposals.papers.drawn import paper_of
from tests.builders import a_case, a_person

YOUNG = {"received_on": date(2026, 11, 6), "starts_on": date(2026, 10, 20), "term_months": 18}
SENT = {
    "purpose": "reception", "summoned_on": "06/11/2026", "appear_on": "10/11/2026", "appear_time": "08:00",
    "where": "Trụ sở Công an xã",
}  # fmt: skip


def a_summons(commune, case, **more):
    told = {"appear_on": date(2026, 11, 10), "appear_time": time(8), "place": "Công an xã", **more}
    with transaction(commune.officer):
        purpose = told.pop("purpose", SummonsPurpose.RECEPTION)
        return summoning.summon(case, purpose, summoned_on=date(2026, 11, 6), **told)


def missed(commune, summons, on=date(2026, 11, 10)):
    with transaction(commune.officer):
        summoning.record_outcome(summons, SummonsOutcome.ABSENT, on, "Không rõ lý do")


def duties(subject_id, *rules):
    db.session.expire_all()
    asked = select(Duty).where(Duty.rule.in_(rules), Duty.subject_id == subject_id)
    return {one.rule: one for one in db.session.scalars(asked)}


def sent_for(browser, case, **typed):
    return browser.post(f"/cases/{case.id}/summon", data={**SENT, "version": case.version, **typed})


def words_of(answer):
    assert answer.status_code == 200
    return "\n".join(paragraph.text for paragraph in _paragraphs(Document(io.BytesIO(answer.data))))


def _paragraphs(document):
    yield from document.paragraphs
    for table in document.tables:
        for cell in table._cells:
            yield from cell.paragraphs


def test_a_young_file_asks_for_a_summons_until_one_is_written(commune, browse_as):
    case, officer = a_case(commune, **YOUNG), browse_as(commune.officer)
    owed = duties(case.id, "SS-SUMMON")["SS-SUMMON"]
    assert (owed.due_on, owed.open, owed.confirmed) == (date(2026, 11, 11), True, False)
    answer = sent_for(officer, case)
    assert answer.status_code == 302
    assert duties(case.id, "SS-SUMMON")["SS-SUMMON"].done_on == date(2026, 11, 6)
    page = officer.get(answer.location).text
    assert "10/11/2026, at 08:00" in page
    assert "Waits for the signature of TRƯỞNG CÔNG AN XÃ" in page
    assert "To appear on 10/11/2026" in officer.get(f"/cases/{case.id}").text


def test_a_case_received_without_a_summons_asks_for_none(commune):
    case = a_case(commune, **YOUNG)
    with transaction(commune.officer):
        receiving.receive(case, Session(date(2026, 11, 9)), commune.officer)
    assert not duties(case.id, "SS-SUMMON")["SS-SUMMON"].open


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ({"appear_on": "05/11/2026"}, "Nobody is called for a day that has passed."),
        ({"appear_on": "10/11/2036"}, "Please check the year."),
        ({"appear_time": "tám giờ"}, "hh:mm"),
        ({"purpose": "other"}, "Please say for what the person is called."),
        ({"summoned_on": "05/11/2026"}, "The case was received only on 06/11/2026."),
        ({"where": ""}, "This is needed."),
    ],
)
def test_what_contradicts_itself_is_told_and_nothing_typed_is_lost(typed, answer, commune, browse_as):
    case = a_case(commune, **YOUNG)
    refused = sent_for(browse_as(commune.officer), case, **typed)
    assert refused.status_code == 422
    assert answer in refused.text
    assert all(value in refused.text for value in typed.values())
    assert db.session.scalars(select(Summons)).all() == []


def test_a_day_before_the_file_came_is_told_at_its_field(commune, browse_as):
    refused = sent_for(browse_as(commune.officer), a_case(commune, **YOUNG), summoned_on="05/11/2026")
    assert 'id="summoned_on-error"' in refused.text


def test_a_minor_is_summoned_together_with_the_representative(commune, browse_as):
    case = a_case(commune, person=a_person(commune, birth_date=date(2010, 3, 1), birth_year=None), **YOUNG)
    officer = browse_as(commune.officer)
    refused = sent_for(officer, case)
    assert "the representative is summoned together with them" in refused.text
    assert "Điều 85" in refused.text
    answer = sent_for(officer, case, representative="Lò Thị Mai")
    assert answer.status_code == 302
    paper = words_of(officer.get(f"{answer.location}/paper.docx"))
    assert "Người đại diện cùng được triệu tập: ông (bà) Lò Thị Mai." in paper


def test_nobody_of_age_is_summoned_with_a_representative(commune, browse_as):
    case = a_case(commune, person=a_person(commune, birth_date=date(2008, 11, 24), birth_year=None), **YOUNG)
    officer = browse_as(commune.officer)
    refused = sent_for(officer, case, appear_on="24/11/2026", representative="Lò Thị Mai")
    assert "24/11/2026: no representative takes part" in refused.text
    assert 'name="representative"' not in officer.get(f"/cases/{a_case(commune, **YOUNG).id}/summon").text


def test_the_paper_says_who_where_when_and_what_for_in_the_words_of_an_official(commune, browse_as):
    case = a_case(commune, **YOUNG)
    summons = a_summons(commune, case)
    paper = words_of(browse_as(commune.officer).get(f"/summonses/{summons.id}/paper.docx"))
    assert "GIẤY TRIỆU TẬP" in paper
    assert "Đúng 08 giờ 00 phút, ngày 10 tháng 11 năm 2026, có mặt tại Công an xã để làm thủ tục tiếp nhận" in paper
    assert "TRƯỞNG CÔNG AN XÃ" in paper
    entry = document_of(summons)
    assert (entry.code, entry.unit.kind) == ("GTT", "police")
    assert case.person.full_name not in entry.abstract


def test_who_came_is_recorded_with_the_reception_itself(commune):
    case = a_case(commune, **YOUNG)
    summons = a_summons(commune, case)
    with transaction(commune.officer):
        receiving.receive(case, Session(date(2026, 11, 10)), commune.officer)
    assert (summons.outcome, summons.outcome_on) == (SummonsOutcome.CAME, date(2026, 11, 10))
    assert duties(summons.id, "SUMMONED")["SUMMONED"].done_on == date(2026, 11, 10)


def test_a_good_reason_is_no_breach_and_calls_for_another_summons(commune, browse_as):
    case, officer = a_case(commune, **YOUNG), browse_as(commune.officer)
    summons = a_summons(commune, case)
    sent = {"outcome": "excused", "recorded_on": "10/11/2026", "note": "Nằm viện", "version": summons.version}
    assert officer.post(f"/summonses/{summons.id}/outcome", data=sent).status_code == 302
    assert case.violations == []
    assert duties(summons.id, "SUMMON-ANEW")["SUMMON-ANEW"].open
    a_summons(commune, case, appear_on=date(2026, 11, 16), purpose=SummonsPurpose.REVIEW)
    assert duties(summons.id, "SUMMON-ANEW")["SUMMON-ANEW"].open
    a_summons(commune, case, appear_on=date(2026, 11, 17))
    assert not duties(summons.id, "SUMMON-ANEW")["SUMMON-ANEW"].open


def test_without_a_good_reason_the_seven_days_begin_and_a_second_absence_calls_for_a_proposal(commune, browse_as):
    """T22 of the tables, by the law of November 2026: unconfirmed, and said so."""
    case, officer = a_case(commune, **YOUNG), browse_as(commune.officer)
    summons = a_summons(commune, case)
    sent = {"outcome": "absent", "recorded_on": "10/11/2026", "note": "Không rõ lý do", "version": summons.version}
    assert officer.post(f"/summonses/{summons.id}/outcome", data=sent).status_code == 302
    owed = duties(summons.id, "SS-NOSHOW-7D", "SS-NOSHOW-7D.propose")
    assert {rule: one.due_on for rule, one in owed.items()} == {"SS-NOSHOW-7D": date(2026, 11, 17)}
    assert "Điều 93 khoản 1" in owed["SS-NOSHOW-7D"].source
    assert [one.occurred_on for one in case.violations] == [date(2026, 11, 10)]
    early = {"recorded_on": "17/11/2026", "note": "Vẫn vắng", "version": summons.version}
    refused = officer.post(f"/summonses/{summons.id}/still-absent", data=early)
    assert refused.status_code == 422
    assert "The person may still appear until 17/11/2026." in refused.text
    again = {**early, "recorded_on": "18/11/2026"}
    assert officer.post(f"/summonses/{summons.id}/still-absent", data=again).status_code == 302
    assert duties(summons.id, "SS-NOSHOW-7D")["SS-NOSHOW-7D"].done_on == date(2026, 11, 18)
    assert duties(case.id, "SS-NOSHOW-7D.propose")["SS-NOSHOW-7D.propose"].due_on == date(2026, 11, 20)
    assert [one.occurred_on for one in case.violations] == [date(2026, 11, 10), date(2026, 11, 17)]
    assert "20/11/2026" in officer.get(f"/summonses/{summons.id}").text


def absent_twice(commune, case):
    summons = a_summons(commune, case)
    missed(commune, summons)
    with transaction(commune.officer):
        summoning.record_still_absent(summons, date(2026, 11, 18), "Vẫn vắng")
    return summons


def test_who_stays_away_twice_is_proposed_for_prison_without_a_review_and_the_paper_names_both_minutes(
    commune, browse_as
):
    case, officer = a_case(commune, **YOUNG), browse_as(commune.officer)
    absent_twice(commune, case)
    owed = duties(case.id, "SS-NOSHOW-7D.propose", "REVIEW", "REVOKE")
    assert list(owed) == ["SS-NOSHOW-7D.propose"]
    page = f"/proposals/new/revocation/for-case/{case.id}"
    assert page in officer.get(f"/cases/{case.id}").text
    sent = {"evidence": "Hai biên bản", "reason": "Cố ý vắng mặt", "version": case.version}
    made = officer.post(page, data=sent)
    assert made.status_code == 302
    assert "prison is proposed without a review" in officer.get(made.location).text
    (proposal,) = case.proposals
    assert officer.post(f"/proposals/{proposal.id}/submit", data={"version": proposal.version}).status_code == 302
    assert duties(case.id, "SS-NOSHOW-7D.propose")["SS-NOSHOW-7D.propose"].done_on == clock.today()
    paper = paper_of(proposal)
    said = " ".join(one.text for one in (*paper.bases, *paper.text))
    assert "biên bản ngày 10/11/2026" in said
    assert "biên bản lần thứ hai ngày 18/11/2026" in said
    assert "Luật Thi hành án hình sự số 127/2025/QH15" in said  # whose article nobody has confirmed


def test_who_comes_after_the_second_minutes_is_proposed_for_prison_no_more(commune, browse_as):
    case, officer = a_case(commune, **YOUNG), browse_as(commune.officer)
    absent_twice(commune, case)
    with transaction(commune.officer):
        receiving.receive(case, Session(date(2026, 11, 20)), commune.officer)
    found = duties(case.id, "SS-NOSHOW-7D.propose")
    assert not found or not found["SS-NOSHOW-7D.propose"].open
    sent = {"evidence": "Hai biên bản", "reason": "Cố ý vắng mặt", "version": case.version}
    made = officer.post(f"/proposals/new/revocation/for-case/{case.id}", data=sent)
    assert made.status_code == 302
    (proposal,) = case.proposals
    refused = officer.post(f"/proposals/{proposal.id}/submit", data={"version": proposal.version})
    assert refused.status_code == 422
    assert "Prison is proposed only after a review" in refused.text


def test_the_released_owe_their_presence_within_five_days_and_are_summoned_if_they_do_not_come(commune, browse_as):
    case = a_case(commune, **{**YOUNG, "type": CaseType.CONDITIONAL_RELEASE, "starts_on": date(2026, 11, 4)})
    owed = duties(case.id, "PAR-PRESENT-5D")["PAR-PRESENT-5D"]
    assert (owed.due_on, owed.open) == (date(2026, 11, 9), True)
    assert "Điều 59 khoản 2" in owed.source
    assert f"/cases/{case.id}/summon" in browse_as(commune.officer).get(f"/cases/{case.id}").text
    summons = a_summons(commune, case)
    assert not duties(case.id, "PAR-PRESENT-5D")["PAR-PRESENT-5D"].open
    missed(commune, summons)
    assert len(case.violations) == 1
    assert duties(summons.id, "SS-NOSHOW-7D") == {}


def test_a_released_person_who_comes_by_themselves_is_not_summoned(commune):
    case = a_case(commune, **{**YOUNG, "type": CaseType.CONDITIONAL_RELEASE, "starts_on": date(2026, 11, 4)})
    with transaction(commune.officer):
        receiving.receive(case, Session(date(2026, 11, 6)), commune.officer)
    assert duties(case.id, "PAR-PRESENT-5D")["PAR-PRESENT-5D"].done_on == date(2026, 11, 6)


def test_whoever_comes_within_the_seven_days_ends_them(commune):
    case = a_case(commune, **YOUNG)
    summons = a_summons(commune, case)
    missed(commune, summons)
    with transaction(commune.officer):
        receiving.receive(case, Session(date(2026, 11, 16)), commune.officer)
    assert duties(summons.id, "SS-NOSHOW-7D")["SS-NOSHOW-7D"].done_on == date(2026, 11, 16)
    with pytest.raises(Refused), transaction(commune.officer):
        summoning.record_still_absent(summons, date(2026, 11, 20), "Vắng")


def test_a_breach_that_was_struck_out_opens_no_seven_days_and_holds_the_summons_until_then(commune, browse_as):
    case, officer = a_case(commune, **YOUNG), browse_as(commune.officer)
    summons = a_summons(commune, case)
    missed(commune, summons)
    blocked = officer.get(f"/summonses/{summons.id}/void")
    assert "The absence is recorded as a breach of duty. Strike that entry out first." in blocked.text
    with transaction(commune.officer):
        voiding.void(summons.violation, "Ghi nhầm người")
    assert not duties(summons.id, "SS-NOSHOW-7D")["SS-NOSHOW-7D"].open
    sent = {"reason": "Ghi nhầm", "version": summons.version, "parent_version": case.version}
    assert officer.post(f"/summonses/{summons.id}/void", data=sent).status_code == 302
    assert document_of(summons) is None or not summons.counts


def test_where_the_law_sets_no_days_after_a_no_show_it_is_a_breach_and_no_more(commune):
    case = a_case(commune, type=CaseType.RESIDENCE_SUPERVISION, **YOUNG)
    summons = a_summons(commune, case)
    missed(commune, summons)
    assert duties(summons.id, "SS-NOSHOW-7D") == {}
    assert len(case.violations) == 1


def test_of_two_who_record_what_became_of_it_one_is_told_of_the_other(commune, browse_as):
    case = a_case(commune, **YOUNG)
    summons = a_summons(commune, case)
    sent = {"outcome": "came", "recorded_on": "10/11/2026", "version": summons.version}
    assert browse_as(commune.chief).post(f"/summonses/{summons.id}/outcome", data=sent).status_code == 302
    late = browse_as(commune.officer).post(
        f"/summonses/{summons.id}/outcome", data={**sent, "outcome": "absent", "note": "Không đến"}
    )
    assert late.status_code == 409
    assert "Không đến" in late.text
    assert summons.outcome == SummonsOutcome.CAME


# ── the law of before July 2026 ─────────────────────────────────────────────────────────────────────────────────────
OLDER = {"received_on": date(2026, 6, 5), "starts_on": date(2026, 5, 20)}
IN_JUNE = {"appear_on": "10/06/2026", "summoned_on": "08/06/2026"}


@pytest.mark.parametrize("type_", [CaseType.SUSPENDED_SENTENCE, CaseType.NON_CUSTODIAL_REFORM])
def test_until_june_2026_the_summons_to_the_reception_is_the_agencys_and_the_commune_records_its_hand_over(
    type_, commune, browse_as
):
    with clock.telling(clock.moment(date(2026, 6, 9))):
        case, officer = a_case(commune, type=type_, **OLDER), browse_as(commune.officer)
        page = officer.get(f"/cases/{case.id}/summon").text
        assert "Until 30/06/2026 the summons to the reception is written by the agency" in page
        assert not duties(case.id, "SS-SUMMON", "NCR-SUMMON")
        answer = sent_for(officer, case, **IN_JUNE)
        assert answer.status_code == 302
        told = officer.get(answer.location).text
        (summons,) = db.session.scalars(select(Summons))
        (done,) = duties(case.id, "SS-SUMMON", "NCR-SUMMON").values()
        assert done.done_on == date(2026, 6, 8)
        assert officer.get(f"{answer.location}/paper.docx").status_code == 404
    assert "It is recorded that the summons of the agency was handed over." in told
    assert "The agency; handed over by the commune police" in told
    assert "paper.docx" not in told
    assert document_of(summons) is None
    assert list(SUMMONS_PAPERS.missing()) == []
    assert SUMMONS_PAPERS.enter(summons) == 0


def test_for_another_reason_and_since_july_2026_the_police_summon_by_themselves(commune, browse_as):
    with clock.telling(clock.moment(date(2026, 6, 9))):
        case = a_case(commune, **OLDER)
        other = a_summons_of(commune, case, date(2026, 6, 8), SummonsPurpose.OTHER, about="làm rõ chỗ ở")
    assert document_of(other) is not None
    with clock.telling(clock.moment(date(2026, 7, 2))):
        assert document_of(a_summons_of(commune, case, date(2026, 7, 1), SummonsPurpose.RECEPTION)) is not None


def a_summons_of(commune, case, on, purpose, about=""):
    with transaction(commune.officer):
        return summoning.summon(case, purpose, on + timedelta(days=3), time(8), "Công an xã", on, about)
