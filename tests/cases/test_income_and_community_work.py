"""A non-custodial reform: what may be taken of the income, how much work a week holds, and who lost their work."""

from datetime import date

import pytest

from portal.cases.models import CaseType
from tests.builders import a_case
from tests.cases.leaving import duty, sent
from tests.drugs.managing import said


def reform(commune, **more):
    return a_case(commune, type=CaseType.NON_CUSTODIAL_REFORM, **more)


def deducted(client, case, **typed):
    facts = {"deducted_on": "10/11/2026", "income_vnd": "8000000", "amount_vnd": "400000", **typed}
    return sent(client, f"/cases/{case.id}/deduction", case, **facts)


def worked(client, case, on, hours):
    return sent(client, f"/cases/{case.id}/work-day", case, worked_on=on, hours=str(hours))


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"amount_vnd": "399999"}, "The deduction is from 400.000 to 1.600.000 đồng"),
        ({"amount_vnd": "1600001"}, "The deduction is from 400.000 to 1.600.000 đồng"),
        ({"amount_vnd": "1", "waived": "y"}, "The deduction is from 0 to 0 đồng"),
    ],
)
def test_a_deduction_outside_of_what_the_law_allows_is_refused_with_its_clause(commune, browse_as, typed, why):
    case = reform(commune)
    answer = deducted(browse_as(commune.officer), case, **typed)
    assert answer.status_code == 422
    assert why in said(answer)
    assert "Điều 36 khoản 3" in said(answer)
    assert case.deductions == []


def test_how_much_may_be_taken_stands_at_the_amount_before_it_is_typed(commune, browse_as):
    page = said(browse_as(commune.officer).get(f"/cases/{reform(commune).id}/deduction"))
    assert "From 5% to 20% of the income (Bộ luật Hình sự 2015, Điều 36 khoản 3)." in page


@pytest.mark.parametrize("typed", [{}, {"amount_vnd": "1600000"}, {"amount_vnd": "0", "waived": "y"}])
def test_a_deduction_within_it_is_recorded_once_a_month(commune, browse_as, typed):
    case, officer = reform(commune), browse_as(commune.officer)
    assert deducted(officer, case, **typed).status_code == 302
    assert "Deducted of the income" in said(officer.get(f"/cases/{case.id}"))
    again = deducted(officer, case, deducted_on="20/11/2026")
    assert again.status_code == 422
    assert "The deduction of that month, of 10/11/2026, is recorded already." in said(again)
    assert len(case.deductions) == 1


def test_a_day_of_more_than_four_hours_and_a_week_of_more_than_five_days_are_refused_with_their_clause(
    commune, browse_as
):
    case, officer = reform(commune), browse_as(commune.officer)
    answer = worked(officer, case, "09/11/2026", 5)
    assert answer.status_code == 422
    assert "On 09/11/2026 5 hours are planned; a day has 4 at most." in said(answer)
    assert "Điều 36 khoản 4" in said(answer)
    for day in range(9, 14):  # Monday to Friday
        assert worked(officer, case, f"{day:02}/11/2026", 4).status_code == 302
    answer = worked(officer, case, "14/11/2026", 1)
    assert answer.status_code == 422
    assert "In the week from 09/11/2026 work is planned on 6 days; a week has 5 at most." in said(answer)
    assert worked(officer, case, "13/11/2026", 1).status_code == 422
    assert worked(officer, case, "16/11/2026", 4).status_code == 302
    assert len(case.work_days) == 6


def test_the_loss_of_work_is_reported_within_three_working_days_and_tells_the_days_of_the_others(commune, browse_as):
    case, officer = reform(commune), browse_as(commune.officer)
    assert sent(officer, f"/cases/{case.id}/job-loss", case, known_on="17/11/2026").status_code == 302
    owed = duty(case, "NCR-JOBLESS-CHAIN")
    assert owed.due_on == date(2026, 11, 20)
    assert "Điều 101 khoản 5" in owed.source
    assert "The agency orders community work by" in said(officer.get(f"/cases/{case.id}"))


def test_of_no_other_case_anything_of_it_is_offered_or_recorded(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    page = officer.get(f"/cases/{case.id}").text
    assert "/deduction" not in page
    assert "/work-day" not in page
    answer = deducted(officer, case)
    assert answer.status_code == 422
    assert "Only a non-custodial reform takes of the income" in said(answer)
