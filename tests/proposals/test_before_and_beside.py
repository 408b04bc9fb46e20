"""A proposal rests on what was read of its case or test, whichever commune of the line that was in."""

from datetime import date, time

import pytest

from portal.books.actions import write_down
from portal.drugs.models import DrugTest, TestContext, TestResult
from portal.engine import clock
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.organisation.actions.units import take_over
from portal.proposals.actions import propose_management
from tests.builders import a_case
from tests.proposals.ways import version_on


def test_whoever_read_the_case_as_it_was_before_is_told_and_keeps_what_they_typed(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    new = f"/proposals/new/absence/for-case/{case.id}"
    typed = {
        "leaves_on": "01/12/2026", "returns_on": "05/12/2026", "destination": "Đà Nẵng", "reason": "Thăm mẹ ốm",
        "version": version_on(officer.get(new)),
    }  # fmt: skip
    with transaction(commune.chief):
        case.received_on = date(2026, 8, 1)
    refused = officer.post(new, data=typed)
    assert refused.status_code == 409
    assert 'value="Đà Nẵng"' in refused.text
    assert case.proposals == []
    assert officer.post(new, data={**typed, "version": version_on(refused)}).status_code == 302
    assert len(case.proposals) == 1


def test_a_test_of_a_commune_that_was_taken_over_is_proposed_once(commune, neighbour):
    facts = {
        "full_name": "Phạm Công Cẩn", "village_id": neighbour.place("BPH").id, "context": TestContext.REVIEW,
        "taken_on": clock.today(), "result": TestResult.POSITIVE, "received_on": clock.today(),
        "received_time": time(7), "residence_checked_on": clock.today(),
    }  # fmt: skip
    with transaction(neighbour.officer):
        test = write_down(DrugTest, neighbour.id, facts, None)
    with transaction(None):
        take_over(commune.unit, neighbour.unit)
    with transaction(commune.officer):
        first = propose_management(test, commune.officer, "Có lý do")
    assert first.commune_id == commune.id
    with pytest.raises(Refused, match="under way already"), transaction(commune.officer):
        propose_management(test, commune.officer, "Có lý do")
