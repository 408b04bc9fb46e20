"""A fine as a proposal: the band of the decree, who decides, and the decision that every figure counts once."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.cases.actions.recording import record_violation
from portal.cases.models import CaseType, ViolationKind
from portal.documents.number_words import in_words
from portal.drugs.models import DrugTest, FineDecision, TestContext, TestResult
from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.engine.voiding import void
from portal.law.fines import Offence
from portal.proposals.actions import propose
from portal.proposals.kinds import KINDS
from portal.proposals.kinds.fine.model import FineProposal
from portal.proposals.models import Proposal
from portal.proposals.papers.drawn import paper_of
from tests.builders import a_case
from tests.cases.test_after_a_breach import a_breach, duty, press, registered
from tests.cases.test_summons import a_summons, missed
from tests.conftest import TODAY
from tests.proposals.ways import step

USUAL = {
    "offence": Offence.REPORT, "committed_on": TODAY, "milder": False, "milder_reason": "", "amount_vnd": 2_500_000,
    "deviation": "", "test_id": None, "incident_id": None, "violation_id": None, "minutes_number": "31/BB-VPHC",
    "minutes_on": TODAY,
}  # fmt: skip


def proposed(commune, case, **more):
    with transaction(commune.officer):
        return propose(KINDS["fine"].model, case, "Không báo cáo", **{**USUAL, **more})


def told_of(refused):
    return " ".join(str(one.message) for one in refused.value.reasons)


def chosen(page, field):
    """What a list of the page has chosen, by value; empty while nothing is."""
    options = re.search(rf'<select[^>]*name="{field}".*?</select>', page.text, re.DOTALL)[0]
    found = re.search(r'<option selected value="([^"]*)"', options)
    return found[1] if found else ""


def new_fine(commune, case, browse_as):
    return browse_as(commune.officer).get(f"/proposals/new/fine/for-case/{case.id}")


def test_the_form_suggests_the_last_breach_and_no_offence_where_only_words_tell_what_it_was(commune, browse_as):
    case = a_case(commune)
    breach = a_breach(commune, case)
    page = new_fine(commune, case, browse_as)
    assert (chosen(page, "violation_id"), chosen(page, "offence")) == (str(breach.id), "")
    assert "Không trình diện" in page.text
    assert 'value="2500000"' not in page.text


def test_who_did_not_obey_a_summons_is_suggested_for_that_with_the_middle_of_its_band(commune, browse_as):
    case = a_case(commune)
    missed(commune, a_summons(commune, case))
    page = new_fine(commune, case, browse_as)
    assert chosen(page, "offence") == Offence.REPORT
    assert 'value="2500000"' in page.text.replace(",", "").replace(".", "")


def test_who_was_away_without_permission_is_suggested_for_that(commune, browse_as):
    case = a_case(commune, type=CaseType.RESIDENCE_SUPERVISION)
    a_breach(commune, case, away_from=TODAY - timedelta(days=3), away_until=TODAY - timedelta(days=1))
    assert chosen(new_fine(commune, case, browse_as), "offence") == Offence.LEAVE


def test_what_breaks_the_law_and_no_duty_suggests_no_offence(commune, browse_as):
    case = a_case(commune, type=CaseType.REINTEGRATION)
    with transaction(commune.officer):
        record_violation(case, ViolationKind.LAW, TODAY, TODAY, "Đánh bạc")
    assert chosen(new_fine(commune, case, browse_as), "offence") == ""
    a_breach(commune, case)
    assert chosen(new_fine(commune, case, browse_as), "offence") == Offence.RELEASED


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"amount_vnd": 4_000_000}, "The decree fines from"),
        ({"amount_vnd": 0}, "it knows no warning for this"),
        ({"amount_vnd": 2_800_000}, "Please say why another amount"),
        ({"milder": True, "milder_reason": "Nhẹ hơn"}, "is not milder for this deed"),
        ({"offence": Offence.DRUG_USE, "amount_vnd": 1_500_000}, "please choose one of the two"),
        ({"committed_on": TODAY + timedelta(days=1)}, "%(day)s lies in the future."),
        ({"offence": Offence.DRUG_PLACE, "committed_on": date(2025, 12, 1)}, "has no band for this offence"),
    ],
)
def test_what_the_decree_does_not_allow_is_not_even_written_down(typed, told, commune):
    with pytest.raises(Refused) as refused:
        proposed(commune, a_case(commune), **typed)
    assert told in told_of(refused)


def test_a_wrong_amount_is_told_at_its_field_and_nothing_typed_is_lost(commune, browse_as):
    case, browser = a_case(commune), browse_as(commune.officer)
    new = f"/proposals/new/fine/for-case/{case.id}"
    typed = {
        "offence": "COM-FINE-REPORT",
        "committed_on": "23/11/2026",
        "amount_vnd": "9000000",
        "minutes_number": "31/BB-VPHC",
        "minutes_on": "23/11/2026",
        "reason": "Không báo cáo",
    }
    sent = press(browser, new, new, **typed)
    assert sent.status_code == 422
    assert "Nghị định 282/2025/NĐ-CP, Điều 17" in sent.text
    assert "Không báo cáo" in sent.text
    made = press(browser, new, new, **typed | {"amount_vnd": "2.800.000", "deviation": "Tái phạm"})
    assert made.status_code == 302, made.text
    fine = db.session.scalars(select(Proposal).where(Proposal.kind == "fine")).one()
    page = browser.get(f"/proposals/{fine.id}").text
    assert "Signed by: Chief of the commune police, who may fine up to 20.000.000 đồng" in page


def test_the_chief_decides_within_the_ceiling_and_the_chair_above_it(commune):
    with clock.telling(clock.moment(date(2025, 11, 20))):  # the decree of 2021: 2 and 4 million for public order
        case = a_case(commune, received_on=date(2025, 9, 1), starts_on=date(2025, 8, 20))
        low = proposed(commune, a_case(commune, type=CaseType.REINTEGRATION, received_on=date(2025, 9, 1),
                                       starts_on=date(2025, 8, 20)),
                       offence=Offence.RELEASED, committed_on=date(2025, 11, 3), amount_vnd=750_000,
                       minutes_on=date(2025, 11, 3))  # fmt: skip
        high = proposed(commune, case, committed_on=date(2025, 11, 3), minutes_on=date(2025, 11, 3))
        assert (low.chain_row, high.chain_row) == ("fine", "fine_above_ceiling")
        step(low, "submit", commune.officer)
        step(high, "submit", commune.officer)
        assert (low.decider_role, high.decider_role) == ("police_chief", "commune_leader")
        step(low, "approve", commune.chief)
        step(high, "approve", commune.leader)
        assert high.signer == "commune_leader"
    assert high.chain_row == "fine_above_ceiling"  # by the ceilings of that day, not by those of today


def test_the_chair_signs_a_fine_alone_also_when_it_is_read_under_a_later_decree_which_is_named_once(commune):
    with clock.telling(clock.moment(date(2025, 11, 20))):
        case = a_case(commune, received_on=date(2025, 9, 1), starts_on=date(2025, 8, 20))
        fine = proposed(commune, case, committed_on=date(2025, 11, 3), minutes_on=date(2025, 11, 3))
        step(fine, "submit", commune.officer)
        step(fine, "approve", commune.leader)
    paper = paper_of(fine)
    assert paper.authority == "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BỜ Y"
    assert paper.signature.lines == ("CHỦ TỊCH",)
    decrees = [one.text for one in paper.bases if "144/2021/NĐ-CP" in one.text]
    assert decrees == ["Căn cứ Điều 14 Nghị định số 144/2021/NĐ-CP"]


def test_what_is_above_the_ceiling_of_the_chair_is_sent_up(commune):
    test = a_test(commune, case := a_case(commune))
    fine = proposed(commune, case, offence=Offence.DRUG_PLACE, amount_vnd=62_500_000, test_id=test.id, test=test)
    assert any("The file goes to the competent body above" in one.message for one in fine.refusals())
    with pytest.raises(Refused):
        step(fine, "submit", commune.officer)


def a_test(commune, case, result=TestResult.POSITIVE):
    from portal.books.actions import write_down

    with transaction(commune.officer):
        return write_down(
            DrugTest, commune.id,
            {"person_id": case.person_id, "village_id": case.person.village_id, "context": TestContext.REVIEW,
             "taken_on": TODAY, "result": result},
            commune.officer,
        )  # fmt: skip


def decided(commune, browse_as, fine, number="07/QĐ-XPHC"):
    step(fine, "submit", commune.officer)
    step(fine, "approve", commune.chief)
    registered(commune, browse_as, f"/proposals/{fine.id}/paper", number=number)
    db.session.rollback()
    return db.session.scalars(select(FineDecision).where(FineDecision.proposal_id == fine.id)).all()


def test_once_signed_it_is_a_decision_of_the_case_that_counts_once_and_in_no_figure_of_drugs(commune, browse_as):
    case = a_case(commune)
    breach = a_breach(commune, case)
    fine = proposed(commune, case, violation_id=breach.id, violation=breach)
    assert duty(case, "REVIEW") is None
    (decision,) = decided(commune, browse_as, fine)
    assert (decision.case_id, decision.test_id, decision.incident_id, decision.violation_id) == (
        case.id, None, None, breach.id,
    )  # fmt: skip
    assert (decision.paper_number, decision.amount_vnd, decision.signer) == ("07/QĐ-XPHC", 2_500_000, "police_chief")
    assert figures(commune) == (0, 0)
    assert duty(case, "REVIEW").open  # a fine is a ground at once
    assert "Fined: 2.500.000 đồng" in browse_as(commune.officer).get(f"/cases/{case.id}?story=all").text
    with pytest.raises(Refused, match="is fined already"):
        step(proposed(commune, case, violation_id=breach.id, violation=breach), "submit", commune.officer)


def figures(commune):
    from portal.drugs.indicators import FINED, FINES_VND
    from portal.engine.indicators import Period

    period = Period(date(2026, 1, 1), date(2026, 12, 31), (commune.id,))
    return FINED.value(period), FINES_VND.value(period)


def test_a_fine_on_a_test_of_the_review_is_counted_once_by_the_figures(commune, browse_as):
    case = a_case(commune)
    test = a_test(commune, case)
    fine = proposed(commune, case, offence=Offence.DRUG_USE, amount_vnd=1_500_000, test_id=test.id, test=test)
    (decision,) = decided(commune, browse_as, fine)
    assert (decision.test_id, decision.case_id) == (test.id, case.id)
    assert figures(commune) == (1, 1_500_000)


def test_a_fine_that_was_rejected_or_waits_is_none(commune, browse_as):
    case = a_case(commune)
    fine = proposed(commune, case)
    step(fine, "submit", commune.officer)
    step(fine, "approve", commune.chief)
    db.session.rollback()
    assert case.fines == []  # its page is not signed yet


def test_a_colleague_does_not_read_a_fine_that_counts_in_somebody_elses_case(commune, browse_as):
    case = a_case(commune)
    (decision,) = decided(commune, browse_as, proposed(commune, case))
    page = f"/drug-fines/{decision.id}"
    assert browse_as(commune.officer).get(page).status_code == 200
    assert browse_as(commune.officer2).get(page).status_code == 404


def test_the_decision_says_amount_clause_and_signer_and_nothing_of_the_result_of_a_test(commune):
    case = a_case(commune)
    test = a_test(commune, case)
    fine = proposed(commune, case, offence=Offence.DRUG_USE, amount_vnd=1_500_000, test_id=test.id, test=test)
    paper = paper_of(fine)
    said = " ".join(one.text for one in paper.text)
    assert "1.500.000 đồng (bằng chữ: một triệu năm trăm nghìn đồng)" in said
    assert "Điều 30 Nghị định số 282/2025/NĐ-CP" in said
    assert "dương tính" not in said
    assert paper.symbol == "QĐ-XPHC"
    assert isinstance(fine, FineProposal)


def test_the_decision_rests_on_the_minutes_of_the_offence_and_on_the_clause_of_competence(commune):
    case = a_case(commune)
    breach = a_breach(commune, case)
    grounds = [one.text for one in paper_of(proposed(commune, case, violation_id=breach.id, violation=breach)).bases]
    assert "Căn cứ Điều 17, khoản 4 Điều 55 Nghị định số 282/2025/NĐ-CP" in grounds
    assert "Căn cứ Biên bản vi phạm hành chính số 31/BB-VPHC lập ngày 23/11/2026" in grounds
    assert not [one for one in grounds if "biên bản vi phạm ngày" in one]  # that of the broken duty is another one


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"minutes_number": "", "minutes_on": ""}, "minutes_number"),
        ({"minutes_on": ""}, "minutes_on"),
        ({"minutes_on": "22/11/2026"}, "minutes_on"),
        ({"minutes_on": "24/11/2026"}, "minutes_on"),
    ],
)
def test_without_the_minutes_of_the_offence_nobody_is_fined_and_it_is_told_at_the_field(
    typed, field, commune, browse_as
):
    case, browser = a_case(commune), browse_as(commune.officer)
    new = f"/proposals/new/fine/for-case/{case.id}"
    sent = {
        "offence": "COM-FINE-REPORT", "committed_on": "23/11/2026", "amount_vnd": "2500000",
        "minutes_number": "31/BB-VPHC", "minutes_on": "23/11/2026", "reason": "Không báo cáo",
    }  # fmt: skip
    refused = press(browser, new, new, **sent | typed)
    assert refused.status_code == 422
    assert f'id="{field}-error"' in refused.text
    assert "Không báo cáo" in refused.text


def test_a_warning_may_be_given_without_minutes(commune):
    case = a_case(commune, type=CaseType.REINTEGRATION)
    warning = proposed(
        commune, case, offence=Offence.RELEASED, amount_vnd=0, deviation="Lần đầu", minutes_number="", minutes_on=None
    )
    assert not [one for one in paper_of(warning).bases if "Biên bản" in one.text]


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "không"), (500_000, "năm trăm nghìn"), (750_000, "bảy trăm năm mươi nghìn"),
        (2_500_000, "hai triệu năm trăm nghìn"), (1_005_000, "một triệu không trăm lẻ năm nghìn"),
        (37_500_000, "ba mươi bảy triệu năm trăm nghìn"), (21_000_000, "hai mươi mốt triệu"),
        (15_000_000, "mười lăm triệu"), (75_000_000, "bảy mươi lăm triệu"), (3_000_000_001, "ba tỷ không trăm lẻ một"),
    ],
)  # fmt: skip
def test_an_amount_is_written_in_words(amount, words):
    assert in_words(amount) == words
    with pytest.raises(ValueError, match="-1"):
        in_words(-1)


# ── once for a deed ─────────────────────────────────────────────────────────────────────────────────────────────────
ON_TEST = {"offence": Offence.DRUG_USE, "amount_vnd": 1_500_000}


def in_the_book(commune, **facts):
    from portal.books.actions import write_down

    with transaction(commune.officer):
        return write_down(
            FineDecision, commune.id, {"decided_on": TODAY, "amount_vnd": 1_500_000, **facts}, commune.officer
        )


def test_what_the_book_has_fined_already_is_told_at_the_test_and_not_written_down(commune, browse_as):
    case = a_case(commune)
    test = a_test(commune, case)
    fine = in_the_book(commune, test_id=test.id)
    new = f"/proposals/new/fine/for-case/{case.id}"
    refused = press(
        browse_as(commune.officer), new, new, offence=Offence.DRUG_USE.value, committed_on="23/11/2026",
        amount_vnd="1500000", test_id=str(test.id), reason="Sử dụng trái phép",
    )  # fmt: skip
    assert refused.status_code == 422
    assert 'id="test_id-error"' in refused.text
    assert fine.number in refused.text
    assert "Sử dụng trái phép" in refused.text
    with pytest.raises(Refused, match="is fined already"):
        proposed(commune, case, test_id=test.id, test=test, **ON_TEST)


def test_a_fine_of_the_book_that_comes_in_between_holds_the_decision(commune):
    case = a_case(commune)
    test = a_test(commune, case)
    fine = proposed(commune, case, test_id=test.id, test=test, **ON_TEST)
    step(fine, "submit", commune.officer)
    in_the_book(commune, test_id=test.id)
    with pytest.raises(Refused, match="is fined already"):
        step(fine, "approve", commune.chief)


def test_what_is_asked_for_in_another_case_of_the_person_is_not_asked_for_twice(commune):
    case = a_case(commune)
    test = a_test(commune, case)
    first = proposed(commune, case, test_id=test.id, test=test, **ON_TEST)
    other = a_case(commune, type=CaseType.REINTEGRATION, person=case.person)
    with pytest.raises(Refused, match="is fined already"):
        proposed(commune, other, test_id=test.id, test=test, **ON_TEST)
    db.session.rollback()
    step(first, "withdraw", commune.officer)
    assert proposed(commune, other, test_id=test.id, test=test, **ON_TEST).state == "draft"


def test_nobody_is_fined_on_a_test_that_was_struck_out(commune):
    case = a_case(commune)
    test = a_test(commune, case)
    with transaction(commune.officer):
        void(test, "Nhầm người")
    with pytest.raises(Refused, match="Only a positive test of this person"):
        proposed(commune, case, test_id=test.id, test=test, **ON_TEST)
