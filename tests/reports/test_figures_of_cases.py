"""The figures of cases on the days that matter."""

from datetime import date

import pytest

from portal.cases.indicators import INDICATORS
from portal.cases.models import COMMUNITY_SENTENCES, CaseType, ClosingReason
from portal.engine import clock
from portal.engine.indicators import Period
from portal.engine.transaction import transaction
from portal.organisation import actions
from portal.organisation.models import UnitKind
from portal.organisation.queries import present_commune
from portal.reports import outline
from portal.reports.queries import taken_in
from tests.builders import a_case, a_person
from tests.reports.events import a_check_in, a_violation

AUGUST = (date(2026, 8, 1), date(2026, 8, 31))
BY_ID = {one.id: one for one in INDICATORS}


def value(id, commune, first=AUGUST[0], last=AUGUST[1]):
    return BY_ID[id].value(Period(first, last, taken_in(commune.unit)))


def one_of_each(commune):
    """A case of each type that counts, with a self-report and a breach: every figure has something to count."""
    types = (*COMMUNITY_SENTENCES, CaseType.REINTEGRATION)
    cases = [
        a_case(commune, f"Người {number}", kind, received_on=date(2026, 8, 3)) for number, kind in enumerate(types)
    ]
    for case in cases[:-1]:
        a_check_in(commune, case, date(2026, 8, 1), date(2026, 8, 4))
        a_violation(commune, case, date(2026, 8, 20))
    of_user = {"received_on": date(2026, 8, 3), "decision_on": date(2026, 8, 3)}
    return [*cases, a_case(commune, "A Yui", CaseType.DRUG_USER_MANAGEMENT, **of_user)]


def close(commune, case, day):
    with transaction(commune.chief):
        case.state, case.closed_on, case.closing_reason = "closed", day, ClosingReason.COMPLETED


@pytest.mark.parametrize("id", BY_ID)
def test_what_is_recorded_today_with_a_later_day_changes_no_figure_of_an_earlier_period(commune, id):
    cases, period = one_of_each(commune), Period(*AUGUST, taken_in(commune.unit))
    before = BY_ID[id].value(period)
    assert before > 0
    for case in cases:
        close(commune, case, date(2026, 9, 1))
        a_check_in(commune, case, date(2026, 8, 1), date(2026, 9, 1))  # a second one of the month, later
        a_violation(commune, case, date(2026, 9, 1))
    assert BY_ID[id].value(period) == before


@pytest.mark.parametrize("id", BY_ID)
@pytest.mark.parametrize("state", ["draft", "submitted", "rejected"])
def test_a_case_that_the_commune_has_not_taken_on_is_in_no_figure(commune, id, state):
    for case in one_of_each(commune):
        with transaction(commune.chief):
            case.state = state
    assert value(id, commune) == 0


@pytest.mark.parametrize("id", BY_ID)
def test_a_voided_case_is_in_no_figure_and_takes_what_belongs_to_it_along(commune, id):
    for case in one_of_each(commune):
        with transaction(commune.chief):
            case.voided_at, case.void_reason = clock.now(), "Nhập nhầm"
    assert value(id, commune) == 0


@pytest.mark.parametrize("id", BY_ID)
def test_a_case_under_a_military_unit_is_in_no_figure(commune, id):
    for case in one_of_each(commune):
        with transaction(commune.chief):
            case.supervising_unit_id = commune.place("QS").id
    assert value(id, commune) == 0


@pytest.mark.parametrize("id", BY_ID)
def test_another_commune_counts_for_itself(commune, neighbour, id):
    one_of_each(commune)
    assert value(id, neighbour) == 0


def test_a_case_counts_at_the_end_of_the_day_before_it_closes_and_not_on_that_day(commune):
    case = a_case(commune, received_on=date(2026, 8, 3))
    close(commune, case, date(2026, 8, 31))
    assert value("cases.community.serving", commune, last=date(2026, 8, 30)) == 1
    assert value("cases.community.serving", commune) == 0


def test_a_case_counts_from_the_day_on_which_it_came(commune):
    a_case(commune, received_on=date(2026, 8, 31))
    assert value("cases.community.serving", commune, last=date(2026, 8, 30)) == 0
    assert value("cases.community.serving", commune) == 1
    assert value("cases.community.received", commune) == 1


def test_a_person_with_two_sentences_counts_once_but_in_each_type(commune):
    case = a_case(commune, received_on=date(2026, 8, 3))
    a_case(commune, type=CaseType.RESIDENCE_BAN, person=case.person, received_on=date(2026, 8, 3))
    assert value("cases.community.serving", commune) == 1
    assert value("cases.community.serving_suspended_sentence", commune) == 1
    assert value("cases.community.serving_residence_ban", commune) == 1
    assert value("cases.community.received", commune) == 2


def test_two_records_with_one_national_number_are_one_person_and_namesakes_are_two(commune):
    same = [a_person(commune, name, national_id="051079000123") for name in ("Nguyễn Công Trứng", "Nguyen Cong Trung")]
    for person in (*same, a_person(commune, "Nguyễn Công Trứng")):
        a_case(commune, person=person, received_on=date(2026, 8, 3))
    assert value("cases.community.serving", commune) == 2


def test_of_one_case_and_month_at_most_one_self_report_of_a_period_counts(commune):
    case, month = a_case(commune, received_on=date(2026, 7, 3)), date(2026, 8, 1)
    a_check_in(commune, case, month, date(2026, 8, 2), state="returned")
    a_check_in(commune, case, month, date(2026, 8, 5))
    a_check_in(commune, case, month, date(2026, 8, 9))
    assert value("cases.community.self_reports", commune) == 1
    assert value("cases.community.self_reports", commune, date(2026, 8, 6), date(2026, 8, 31)) == 1
    assert value("cases.community.self_reports", commune, date(2026, 8, 2), date(2026, 8, 2)) == 0


def test_a_late_self_report_counts_on_the_day_it_came(commune):
    case = a_case(commune, received_on=date(2026, 7, 3))
    a_check_in(commune, case, date(2026, 8, 1), date(2026, 9, 11))
    assert value("cases.community.self_reports", commune) == 0
    assert value("cases.community.self_reports", commune, date(2026, 9, 1), date(2026, 9, 30)) == 1


def test_a_breach_of_a_duty_is_no_violation_of_law(commune):
    case = a_case(commune, received_on=date(2026, 7, 3))
    a_violation(commune, case, date(2026, 8, 6), "duty")
    assert value("cases.community.law_violations", commune) == 0


def test_a_released_person_is_managed_in_the_period_if_the_case_ended_after_its_first_day(commune):
    for ended_on in (date(2026, 8, 1), date(2026, 8, 2)):
        case = a_case(commune, type=CaseType.REINTEGRATION, received_on=date(2026, 1, 5))
        close(commune, case, ended_on)
    assert value("reintegration.managed", commune) == 1


def test_a_commune_takes_in_the_records_of_those_that_it_took_over_and_not_the_other_way_round(commune):
    with transaction(None):
        old = actions.create_unit("PY", "xã Pờ Y", UnitKind.COMMUNE, date(2020, 1, 1), valid_to=date(2025, 6, 30))
        actions.take_over(commune.unit, old)
    case = a_case(commune, received_on=date(2026, 8, 3))
    with transaction(commune.chief):
        case.commune_id = old.id
    a_case(commune, "Y Blưm", received_on=date(2026, 8, 3))
    received = BY_ID["cases.community.received"]
    assert received.value(Period(*AUGUST, taken_in(commune.unit))) == 2
    assert received.value(Period(*AUGUST, taken_in(old))) == 1
    assert present_commune() is commune.unit


@pytest.mark.parametrize(
    ("days", "before"),
    [
        (((2024, 1, 1), (2024, 8, 31)), ((2023, 1, 1), (2023, 8, 31))),
        (((2024, 2, 29), (2024, 2, 29)), ((2023, 2, 28), (2023, 2, 28))),
        (((2025, 2, 1), (2025, 2, 28)), ((2024, 2, 1), (2024, 2, 29))),
        (((2025, 2, 1), (2025, 2, 27)), ((2024, 2, 1), (2024, 2, 27))),
        (((2024, 2, 1), (2024, 2, 28)), ((2023, 2, 1), (2023, 2, 28))),
    ],
)
def test_the_same_period_of_the_year_before_keeps_ends_of_months(days, before):
    first, last = (date(*day) for day in days)
    earlier = Period(first, last, ()).year_before()
    assert (earlier.first, earlier.last) == tuple(date(*day) for day in before)


def test_every_figure_of_the_house_has_its_place_in_the_report(app):
    declared = [one.id for area in app.extensions["areas"] for one in area.indicators]
    assert sorted(declared) == sorted(one.id for one in outline.ordered())
