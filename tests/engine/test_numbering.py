"""Numbers go on, whatever comes."""

from portal.cases.actions.opening import next_case_number
from portal.engine.transaction import transaction
from tests.builders import a_case


def test_the_thousand_and_first_file_of_a_year_gets_the_next_number(commune):
    case = a_case(commune)
    for number, following in (("2026-009", "2026-010"), ("2026-999", "2026-1000"), ("2026-1000", "2026-1001")):
        with transaction(commune.officer):
            case.number = number
        assert next_case_number(commune.id, 2026) == following


def test_each_year_and_each_commune_counts_for_itself(commune, neighbour):
    with transaction(commune.officer):
        a_case(commune).number = "2026-041"
    assert next_case_number(commune.id, 2027) == "2027-001"
    assert next_case_number(neighbour.id, 2026) == "2026-001"
