"""Who decides on the end of a case decides on one: the case is being closed meanwhile, and runs or rests after it."""

from datetime import timedelta

import pytest

from portal.cases import owed
from portal.cases.actions.custody import record_custody
from portal.engine import clock
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.engine.workflow import steps_of
from tests.builders import a_case
from tests.conftest import TODAY
from tests.proposals.ready import CASES
from tests.proposals.ways import a_proposal, step


def managed(commune):
    return a_case(commune, **CASES["drug_stop"])


def test_two_ends_of_one_case_are_not_before_somebody_at_once(commune):
    case = managed(commune)
    stop, end = (a_proposal(kind, case, commune.officer) for kind in ("drug_stop", "drug_end"))
    step(stop, "submit", commune.officer)
    assert case.state == "closing"
    with pytest.raises(Refused, match="would end the case as well"):
        step(end, "submit", commune.officer)
    step(stop, "withdraw", commune.officer)
    assert case.state == "open"
    assert [one.name for one in steps_of(case)] == ["begin_closing", "run_again"]


def test_where_two_were_before_somebody_already_the_case_is_closed_until_neither_is(commune):
    case = managed(commune)
    stop, end = (a_proposal(kind, case, commune.officer) for kind in ("drug_stop", "drug_end"))
    step(stop, "submit", commune.officer)
    with transaction(None):
        end.state, end.decider_role = "submitted", "police_chief"
    step(end, "return", commune.chief, "Chưa đủ căn cứ")
    assert case.state == "closing"
    step(stop, "return", commune.chief, "Chưa đủ căn cứ")
    assert case.state == "open"


@pytest.mark.parametrize("kind", ["completion", "drug_stop"])
def test_a_case_whose_end_comes_to_nothing_rests_if_custody_began_meanwhile(commune, kind):
    case = managed(commune) if kind == "drug_stop" else a_case(commune)
    proposal = a_proposal(kind, case, commune.officer)
    step(proposal, "submit", commune.officer)
    assert case.state == "closing"
    with transaction(commune.officer):
        record_custody(case, commune.officer, TODAY)
    assert case.state == "closing"
    step(proposal, "return", commune.chief, "Chưa đủ căn cứ")
    assert case.state == "suspended"
    paused = owed.paused(steps_of(case))
    assert paused(clock.today())
    assert not paused(TODAY - timedelta(days=1))
