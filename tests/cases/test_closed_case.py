"""The page of a case that has ended."""

from datetime import date

import pytest

from portal.cases.actions.measures import record_measure, record_measure_result
from portal.cases.models import ClosingReason, MeasureKind
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from tests.builders import a_case
from tests.conftest import TODAY


def test_a_case_that_was_closed_years_after_it_began_can_still_be_opened(commune, browse_as):
    closed = a_case(
        commune, state="closed", received_on=date(2022, 3, 1), starts_on=date(2022, 2, 15), closed_on=date(2024, 2, 15)
    )
    page = browse_as(commune.chief).get(f"/cases/{closed.id}")
    assert page.status_code == 200
    assert ">2023</text>" in page.text


def test_a_result_of_help_is_written_once_on_a_case_that_runs_and_after_the_help(commune):
    case = a_case(commune, received_on=date(2026, 3, 1), starts_on=date(2026, 2, 15))
    with transaction(commune.officer):
        help_given = record_measure(case, MeasureKind.WORK, date(2026, 6, 1), "Hợp tác xã")
    with pytest.raises(Refused, match="given only on"), transaction(commune.officer):
        record_measure_result(help_given, 3, "Đang làm việc", date(2026, 5, 1))
    with transaction(commune.officer):
        record_measure_result(help_given, 3, "Đang làm việc", date(2026, 9, 1))
    with pytest.raises(Refused, match="recorded already"), transaction(commune.officer):
        record_measure_result(help_given, 3, "Nghỉ việc", date(2026, 9, 2))
    with transaction(commune.officer):
        case.state = "closed"
    with pytest.raises(Refused), transaction(commune.officer):
        record_measure_result(help_given, 6, "Đang làm việc", date(2026, 11, 2))


def test_a_term_from_before_the_law_that_the_portal_knows_is_typed_without_a_computed_day(commune, browse_as):
    typed = {"only": "dates", "type": "suspended_sentence", "starts_on": "01/06/2017", "received_on": "01/08/2026"}
    answer = browse_as(commune.officer).post("/cases/new", data={**typed, "term_months": "60"})
    assert answer.status_code in (200, 422)
    assert "01/06/2017" in answer.text


def test_entries_of_a_closed_case_are_locked(commune, browse_as):
    case = a_case(commune, received_on=date(2026, 3, 1), starts_on=date(2026, 2, 15))
    with transaction(commune.officer):
        help_given = record_measure(case, MeasureKind.WORK, date(2026, 6, 1), "Hợp tác xã")
    address, typed = f"/measures/{help_given.id}/void", {"version": help_given.version, "reason": "Nhầm"}
    assert browse_as(commune.officer).get(address).status_code == 200
    with transaction(commune.officer):
        case.state = "closed"
    for user in (commune.officer, commune.chief):
        assert browse_as(user).post(address, data=typed).status_code == 403
    assert help_given.voided_at is None


@pytest.mark.parametrize(("on", "until"), [(date(2026, 11, 2), TODAY), (date(2026, 11, 25), date(2026, 11, 25))])
def test_no_assignment_of_a_closed_case_ends_before_it_began(commune, on, until):
    case = a_case(commune, helper="helper")
    with transaction(commune.chief):
        case.close(on, ClosingReason.COMPLETED)
    assert {(one.since, one.until, one.state) for one in case.assignments} == {(TODAY, until, "ended")}
