"""What bars a shortening, and what is weighed: a review that was held, prison that is asked for, the age."""

from datetime import date, timedelta

import pytest

from portal.cases.models import CaseType
from portal.engine.transaction import transaction
from portal.proposals.court import record_answer
from tests.builders import a_case, a_person
from tests.cases.test_after_a_breach import a_breach, a_review
from tests.conftest import TODAY
from tests.documents.signing import sealed
from tests.proposals.ready import BEFORE
from tests.proposals.test_revocations import a_revocation, reviewed
from tests.proposals.test_shortenings import HALF, asked, post, refusals
from tests.proposals.ways import step

WEEK = timedelta(days=7)
BARRED = "A duty was broken after the review"
ROUND = "/proposals/shortenings"


def reforming(commune, **more):
    """A non-custodial reform of which more than a third is served."""
    return a_case(commune, type=CaseType.NON_CUSTODIAL_REFORM, **HALF, **more)


def broken_often(commune, case):
    """As often as the law asks for before it calls for a review."""
    for weeks in (5, 4, 3):
        a_breach(commune, case, TODAY - weeks * WEEK)


def against(commune, case):
    return " ".join(refusals(asked(commune, case)))


def test_a_review_that_is_only_planned_bars_no_reduction_and_one_that_was_held_does_from_its_day_on(commune):
    case = reforming(commune)
    broken_often(commune, case)
    meeting = a_review(commune, case)
    a_breach(commune, case, TODAY)
    assert BARRED not in against(commune, case)
    with transaction(None):
        meeting.state, meeting.held_on = "held", TODAY
    (proposal,) = (one for one in case.proposals if one.kind == "shortening")
    assert BARRED not in " ".join(refusals(proposal))  # nothing was broken after it
    with transaction(None):
        meeting.held_on = TODAY - WEEK
    assert BARRED in " ".join(refusals(proposal))


def test_a_review_that_was_held_in_the_commune_of_before_bars_a_reduction_here(commune, neighbour, browse_as):
    before = reforming(neighbour)
    broken_often(neighbour, before)
    reviewed(neighbour, before, TODAY - 2 * WEEK)
    with transaction(None):
        before.state = "closed"
    case = reforming(commune, origin_id=before.id)
    assert BARRED not in against(commune, case)
    a_breach(commune, case, TODAY - WEEK)
    page = browse_as(commune.officer).get(ROUND).text
    assert page.count(BARRED) == 1


def test_a_proposal_of_prison_that_lies_with_the_court_speaks_against_a_shortening(commune, browse_as):
    case = a_case(commune, **HALF)
    BEFORE["revocation"](commune, case)
    revocation = a_revocation(commune, case)
    told = f"A proposal about a breach is under way ({revocation.number})."
    officer = browse_as(commune.officer)
    assert told not in officer.get(ROUND).text  # only written
    for name, who in (("submit", commune.officer), ("approve", commune.chief)):
        step(revocation, name, who)
        assert told in officer.get(ROUND).text, name
    sealed(revocation.document, commune.officer, "9/TTr-CAX")
    step(revocation, "communicate", commune.officer)
    assert told in officer.get(ROUND).text
    with transaction(commune.officer):
        answer = record_answer(
            revocation, body="TAND khu vực 5", paper_number="1/QĐ-TA", decided_on=TODAY, accepted=False, note="Chưa đủ"
        )
    step(answer, "confirm", commune.chief)
    assert told not in officer.get(ROUND).text


@pytest.mark.parametrize(("born_on", "may"), [(date(2009, 1, 1), True), (date(2008, 1, 1), False)])
def test_after_a_conditional_release_who_is_under_18_may_ask_for_the_whole_rest(commune, browse_as, born_on, may):
    person = a_person(commune, birth_date=born_on, birth_year=born_on.year)
    case = a_case(commune, type=CaseType.CONDITIONAL_RELEASE, person=person, **HALF)
    sent = {"whole_rest": "y", "months": "", "ground": "conduct"}
    assert post(browse_as(commune.officer), case, **sent).status_code == 302
    (proposal,) = case.proposals
    assert proposal.whole_rest
    if may:
        assert refusals(proposal) == []
    else:
        assert "The whole rest is waived for merit" in refusals(proposal)[0]


def test_good_conduct_alone_waives_nothing_of_a_minors_suspended_sentence(commune, browse_as):
    person = a_person(commune, birth_date=date(2009, 1, 1), birth_year=2009)
    case = a_case(commune, person=person, **HALF)
    post(browse_as(commune.officer), case, whole_rest="y", months="", ground="conduct")
    assert "The whole rest is waived for merit" in refusals(case.proposals[0])[0]
