"""The decision that stops a management tells the one ground that it has, and closes the case as that."""

import pytest

from portal.cases.models import ClosingReason
from portal.engine.transaction import transaction
from portal.law.drug_use import StopGround
from portal.proposals.papers.drawn import paper_of
from tests.builders import a_case
from tests.proposals.ready import CASES
from tests.proposals.ways import a_proposal, step

OTHER, DECEASED = ClosingReason.OTHER, ClosingReason.DECEASED


def a_stop(commune, ground):
    return a_proposal("drug_stop", a_case(commune, **CASES["drug_stop"]), commune.officer, ground=ground)


def why(proposal):
    return next(one.text for one in paper_of(proposal).text if one.text.startswith("Lý do"))


@pytest.mark.parametrize(
    ("ground", "told", "closed_as"),
    [
        (StopGround.DEAD, "Lý do: chết.", DECEASED),
        (StopGround.DECLARED_DEAD, "Lý do: bị Tòa án tuyên bố là đã chết.", DECEASED),
        (StopGround.MISSING, "Lý do: bị Tòa án tuyên bố mất tích.", OTHER),
        (StopGround.COMPULSORY_EDUCATION, "Lý do: bị đưa vào cơ sở giáo dục bắt buộc.", OTHER),
        (StopGround.REFORM_SCHOOL, "Lý do: bị đưa vào trường giáo dưỡng.", OTHER),
    ],
)
def test_one_ground_is_told_and_nobody_missing_is_closed_as_dead(commune, ground, told, closed_as):
    stop = a_stop(commune, ground)
    step(stop, "submit", commune.officer)
    assert why(stop) == told
    step(stop, "approve", commune.chief)
    assert stop.case.closing_reason == closed_as


def test_what_was_proposed_before_it_was_asked_which_says_so_and_is_chosen_anew(commune, browse_as):
    stop = a_stop(commune, StopGround.PRISON)
    with transaction(None):
        stop.ground = StopGround.DEAD_OR_MISSING
    officer = browse_as(commune.officer)
    page = officer.get(f"/proposals/{stop.id}").text
    assert "dead or declared missing" in page
    assert "please choose the one that the paper tells" in page
    assert why(stop) == "Lý do: chết hoặc bị Tòa án tuyên bố là đã chết, mất tích."  # as it was decided on
    refused = officer.post(f"/proposals/{stop.id}/submit", data={"version": stop.version})
    assert refused.status_code == 422
    assert 'value="dead_or_missing"' not in officer.get(f"/proposals/{stop.id}/edit").text
