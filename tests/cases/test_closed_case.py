"""The page of a case that has ended."""

from datetime import date

from tests.builders import a_case


def test_a_case_that_was_closed_years_after_it_began_can_still_be_opened(commune, browse_as):
    closed = a_case(
        commune, state="closed", received_on=date(2022, 3, 1), starts_on=date(2022, 2, 15), closed_on=date(2024, 2, 15)
    )
    page = browse_as(commune.chief).get(f"/cases/{closed.id}")
    assert page.status_code == 200
    assert ">2023</text>" in page.text
