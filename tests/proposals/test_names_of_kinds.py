"""A proposal is called as the law of its case calls it."""

from datetime import date, time, timedelta

import pytest

from portal.cases.models import CaseType
from portal.engine import clock
from portal.engine.text import in_english
from portal.engine.transaction import transaction
from portal.proposals.actions import propose
from portal.proposals.kinds import KINDS
from tests.builders import a_case
from tests.cases.test_after_a_breach import a_breach
from tests.conftest import TODAY


@pytest.mark.parametrize(
    ("type_", "kind", "told"),
    [
        (CaseType.PRISON_DEFERRAL, "completion", "Close the file"),
        (CaseType.REINTEGRATION, "completion", "Close the file"),
        (CaseType.SUSPENDED_SENTENCE, "completion", "Certify completion and close"),
        (CaseType.SUSPENDED_SENTENCE, "shortening", "Ask for a shortening"),
        (CaseType.NON_CUSTODIAL_REFORM, "shortening", "Ask for a reduction of the sentence"),
        (CaseType.RESIDENCE_SUPERVISION, "shortening", "Ask for a waiver of the rest"),
        (CaseType.RESIDENCE_BAN, "shortening", "Ask for a waiver of the rest"),
    ],
)
def test_the_page_of_a_proposal_is_headed_as_the_law_of_the_case_calls_it(commune, browse_as, type_, kind, told):
    case = a_case(commune, type=type_)
    page = browse_as(commune.officer).get(f"/proposals/new/{kind}/for-case/{case.id}")
    assert page.status_code == 200
    assert f"<title>{told}" in page.text


def test_the_file_of_somebody_who_served_no_sentence_here_is_closed_and_not_completed(commune):
    case = a_case(commune, type=CaseType.REINTEGRATION)
    proposal = KINDS["completion"].model(case=case, completed_on=TODAY, closing_reason="record_cleared")
    with in_english():
        assert proposal.titled("A Núi") == "Closing of the file of A Núi"


def a_review(commune, case, **more):
    facts = {"planned_on": TODAY, "planned_at": None, "location": "Trụ sở", "invited": "Mặt trận", **more}
    with transaction(commune.officer):
        return propose(KINDS["review"].model, case, "Vi phạm", **facts)


def test_a_review_is_not_planned_for_an_hour_that_is_past_nor_approved_once_it_is(commune):
    case = a_case(commune)
    a_breach(commune, case, TODAY - timedelta(days=3))
    with clock.telling(clock.moment(TODAY, 9)):
        proposal = a_review(commune, case, planned_at=time(10))
        assert not proposal.misfits()
    with clock.telling(clock.moment(TODAY, 23)):
        assert "That hour is past" in " ".join(one.message for one in proposal.misfits())
        assert "which is past by now" in " ".join(one.message for one in proposal.refusals_of_decision())


def test_a_plan_does_not_begin_before_the_first_day_that_its_file_knows(commune):
    case = a_case(commune, starts_on=date(2026, 7, 15))
    model = KINDS["supervision_plan"].model
    early = model(case=case, starts_on=date(2020, 1, 1), ends_on=date(2027, 1, 1))
    assert [one.field for one in early.misfits()] == ["starts_on"]
    assert not model(case=case, starts_on=date(2026, 7, 15), ends_on=date(2027, 1, 1)).misfits()
