"""What an opening tells of the term: an unlawful length, an end that lies behind, another printed day."""

from datetime import date

import pytest

from portal.cases.actions.opening import draft_case
from portal.cases.models import CaseType
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.proposals import actions
from tests.builders import a_case, a_person
from tests.cases.leaving import latest, sent
from tests.drugs.managing import said
from tests.proposals.ways import step

PENAL_CODE = "Bộ luật Hình sự 2015"
WHY = "Bản án số 21/2026/HS-ST ghi đúng như vậy; đã hỏi lại Tòa án"
OUT_OF_LAW = [
    (CaseType.SUSPENDED_SENTENCE, 72, "terms of 12 to 60 months; this one has 72"),
    (CaseType.SUSPENDED_SENTENCE, 6, "terms of 12 to 60 months; this one has 6"),
    (CaseType.NON_CUSTODIAL_REFORM, 48, "terms of 6 to 36 months; this one has 48"),
    (CaseType.RESIDENCE_BAN, 72, "terms of 12 to 60 months; this one has 72"),
    (CaseType.RESIDENCE_SUPERVISION, 6, "terms of 12 to 60 months; this one has 6"),
]


def a_file(commune, **facts):
    return a_case(commune, state="draft", **facts)


def asks(client, case, **typed):
    facts = {"officer_id": "", "reason": "Bản án có hiệu lực", **typed}
    return sent(client, f"/proposals/new/opening/for-case/{case.id}", case, **facts)


@pytest.mark.parametrize(("type_", "months", "told"), OUT_OF_LAW)
def test_a_length_that_the_law_does_not_know_is_answered_in_writing_or_not_opened(
    commune, browse_as, type_, months, told
):
    case, officer = a_file(commune, type=type_, term_months=months, prison_months=None), browse_as(commune.officer)
    refused = asks(officer, case)
    assert refused.status_code == 422
    assert told in said(refused)
    assert PENAL_CODE in refused.text
    assert 'id="answer_to_doubts-error"' in refused.text
    assert "Bản án có hiệu lực" in refused.text
    assert asks(officer, case, answer_to_doubts=WHY).status_code == 302
    step(latest(), "submit", commune.officer)
    page = said(browse_as(commune.chief).get(f"/proposals/{latest().id}"))
    assert told in page
    assert "Condition not met" in page
    assert WHY in page
    step(latest(), "approve", commune.chief)
    assert case.state == "open"


def test_a_usual_term_asks_for_no_answer(commune, browse_as):
    case, officer = a_file(commune), browse_as(commune.officer)
    assert "answer_to_doubts" not in officer.get(f"/proposals/new/opening/for-case/{case.id}").text
    assert asks(officer, case).status_code == 302


def test_a_file_that_became_unusual_after_it_was_proposed_is_not_submitted(commune):
    case = a_file(commune)
    with transaction(commune.officer):
        proposal = actions.propose_opening(case, None, "Bản án có hiệu lực")
    with transaction(commune.officer):
        case.term_months = 72
    with pytest.raises(Refused, match="this one has"):
        step(proposal, "submit", commune.officer)


def test_a_term_that_was_over_before_the_file_came_is_told_to_whoever_types_and_whoever_decides(commune, browse_as):
    officer = browse_as(commune.officer)
    over = {"starts_on": date(2019, 3, 4), "judgment_on": date(2019, 3, 4), "received_on": date(2026, 7, 31)}
    typed = {"type": "suspended_sentence", "starts_on": "04/03/2019", "term_months": "24",
             "received_on": "31/07/2026", "only": "dates"}  # fmt: skip
    told = "The term ended on 04/03/2021, before the file was received on 31/07/2026"
    assert told in said(officer.post("/cases/new", data=typed))
    case = a_file(commune, **over)
    refused = asks(officer, case)
    assert refused.status_code == 422
    assert told in said(refused)
    assert "send the file back" in said(refused)
    assert asks(officer, case, answer_to_doubts=WHY).status_code == 302
    step(latest(), "submit", commune.officer)
    page = said(browse_as(commune.chief).get(f"/proposals/{latest().id}"))
    assert told in page
    assert WHY in page


def test_the_chief_sees_that_the_court_prints_another_last_day_and_that_it_wins(commune, browse_as):
    case = a_file(commune, printed_ends_on=date(2028, 7, 1))
    with transaction(commune.officer):
        proposal = actions.propose_opening(case, None, "Bản án có hiệu lực")
    step(proposal, "submit", commune.officer)
    told = "paper prints 01/07/2028 as the last day; by the law it would be 14/07/2028. The printed day wins"
    chief = browse_as(commune.chief)
    assert told in said(chief.get(f"/proposals/{proposal.id}"))
    step(proposal, "approve", commune.chief)
    assert told in said(chief.get(f"/proposals/{proposal.id}"))  # kept as it was decided on


LATE = "it cannot begin after the receipt of the file on"


def test_no_probation_that_begins_after_its_file_came_is_written_down_by_whichever_way(commune):
    with transaction(commune.officer), pytest.raises(Refused) as refused:
        draft_case(
            commune.officer, commune.id, a_person(commune), type=CaseType.SUSPENDED_SENTENCE, term_months=24,
            received_on=date(2026, 7, 31), starts_on=date(2026, 8, 1),
        )  # fmt: skip
    db.session.rollback()
    assert LATE in refused.value.reasons[0].message
    assert refused.value.reasons[0].field == "starts_on"
    assert "Nghị quyết 02/2018/NQ-HĐTP, Điều 5" in refused.value.reasons[0].source


def test_nor_is_one_opened_that_was_written_down_before(commune):
    case = a_file(commune, starts_on=date(2026, 8, 3))
    with transaction(commune.officer):
        proposal = actions.propose_opening(case, None, "Bản án có hiệu lực")
    with pytest.raises(Refused, match="cannot begin after the receipt"):
        step(proposal, "submit", commune.officer)
