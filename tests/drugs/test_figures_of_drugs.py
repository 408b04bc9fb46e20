"""The figures of the review for drugs: days, people told apart by their record, what was struck out or annulled."""

from datetime import date, timedelta

import pytest

from portal.books import actions
from portal.cases.indicators import MANAGEMENT_DECISIONS
from portal.cases.models import CaseType
from portal.drugs.indicators import FINED, FINES_VND, LISTED, NEGATIVE, POSITIVE, TESTED
from portal.drugs.models import TestContext, TestResult
from portal.engine import voiding
from portal.engine.transaction import transaction
from portal.incidents.models import IncidentKind
from tests.builders import a_case
from tests.drugs.stories import AUGUST, a_test, fined, listed, period

FIRST, LAST = AUGUST
ONE_DAY = timedelta(days=1)
EDGES = [(FIRST - ONE_DAY, 0), (FIRST, 1), (LAST, 1), (LAST + ONE_DAY, 0)]


def struck_out(commune, record):
    with transaction(commune.chief):
        voiding.void(record, "Ghi hai lần")


@pytest.mark.parametrize(("on", "counted"), EDGES)
def test_both_ends_of_the_period_belong_to_it(commune, on, counted):
    listed(commune, on=on)
    fined(commune, a_test(commune, "A Chôi", on), on)
    found = [one.value(period(commune)) for one in (LISTED, TESTED, POSITIVE, FINED)]
    assert found == [counted] * 4
    assert FINES_VND.value(period(commune)) == 1_500_000 * counted


def test_two_of_one_name_are_two_and_one_who_is_listed_twice_is_one(commune):
    one = listed(commune, "Phạm Công Cẩn")
    listed(commune, "Phạm Công Cẩn", on=date(2024, 8, 6))
    listed(commune, "cẩn ghi khác", on=date(2024, 8, 7), person_id=one.person_id)
    assert LISTED.value(period(commune)) == 2


def test_two_records_with_one_national_number_are_one_person(commune):
    listed(commune, "A Klot", national_id="001090000123")
    listed(commune, "A KLÓT", national_id="001090000123", on=date(2024, 8, 6))
    assert LISTED.value(period(commune)) == 1


def test_whoever_is_taken_off_the_list_stays_in_the_figure_and_whoever_was_listed_in_error_does_not(commune):
    listed(commune, on=FIRST, removed_on=FIRST, removal_reason="Xét nghiệm âm tính")
    struck_out(commune, listed(commune, "Y Lum"))
    assert LISTED.value(period(commune)) == 1


def test_tested_twice_counts_once_and_as_positive_if_one_of_them_is(commune):
    person = a_test(commune, "A Gơl", FIRST, TestResult.NEGATIVE).person
    a_test(commune, person, LAST, TestResult.POSITIVE)
    a_test(commune, "Y Dui", result=TestResult.NEGATIVE)
    assert [one.value(period(commune)) for one in (TESTED, POSITIVE, NEGATIVE)] == [2, 1, 1]
    before_last = period(commune, FIRST, LAST - ONE_DAY)
    assert [one.value(before_last) for one in (TESTED, POSITIVE, NEGATIVE)] == [2, 0, 2]


@pytest.mark.parametrize("result", [TestResult.INVALID, TestResult.PENDING])
def test_a_test_without_an_answer_does_not_count(commune, result):
    a_test(commune, "A Pleo", result=result)
    assert [one.value(period(commune)) for one in (TESTED, POSITIVE, NEGATIVE)] == [0, 0, 0]


@pytest.mark.parametrize("context", [TestContext.INCIDENT, TestContext.FOLLOW_UP])
def test_tests_that_are_none_of_the_review_count_in_no_figure_of_it(commune, context):
    fined(commune, a_test(commune, "Hồ Minh Trạc", context=context))
    found = [one.value(period(commune)) for one in (LISTED, TESTED, POSITIVE, NEGATIVE, FINED, FINES_VND)]
    assert found == [0] * 6


def test_a_test_stands_without_its_entry_of_the_list_and_takes_its_fine_along_when_it_falls(commune):
    entry = listed(commune)
    test = a_test(commune, entry.person)
    assert test.entry == entry
    fined(commune, test)
    struck_out(commune, entry)
    assert [one.value(period(commune)) for one in (LISTED, TESTED, FINED)] == [0, 1, 1]
    struck_out(commune, test)
    assert [one.value(period(commune)) for one in (TESTED, FINED, FINES_VND)] == [0, 0, 0]


@pytest.mark.parametrize(("annulled_on", "counted"), [(LAST, 0), (LAST + ONE_DAY, 1)])
def test_a_fine_that_is_annulled_on_the_last_day_is_none(commune, annulled_on, counted):
    fine = fined(commune, a_test(commune, "A Uêr"))
    with transaction(commune.chief):
        actions.mend(fine, {"annulled_on": annulled_on, "annulment_reason": "Sai người"}, commune.chief)
    assert FINED.value(period(commune)) == counted


def test_a_warning_is_a_person_and_no_money_and_two_fines_of_one_are_one_person_and_both_amounts(commune):
    fined(commune, a_test(commune, "Y Tưl"), vnd=0)
    person = a_test(commune, "A Xrơn", FIRST).person
    for day in (FIRST, LAST):
        fined(commune, a_test(commune, person, day), day, 1_000_000)
    assert (FINED.value(period(commune)), FINES_VND.value(period(commune))) == (2, 2_000_000)


def test_a_fine_for_an_incident_is_in_no_figure_of_the_review(commune):
    from portal.drugs.models import FineDecision
    from portal.incidents.models import Incident

    facts = {"kind": IncidentKind.SECURITY, "village_id": commune.place("BPH").id, "text": "Sử dụng ma túy",
             "detected_on": FIRST}  # fmt: skip
    with transaction(commune.officer):
        incident = actions.write_down(Incident, commune.id, facts, commune.officer)
        fine = {"full_name": "Bùi Đức Khâm", "incident_id": incident.id, "decided_on": LAST, "amount_vnd": 1_500_000}
        actions.write_down(FineDecision, commune.id, fine, commune.officer)
    assert (FINED.value(period(commune)), FINES_VND.value(period(commune))) == (0, 0)


@pytest.mark.parametrize(("on", "counted"), EDGES)
def test_decisions_on_management_count_by_the_day_of_the_decision(commune, on, counted):
    a_case(commune, "A Yui", type=CaseType.DRUG_USER_MANAGEMENT, decision_on=on, received_on=date(2024, 10, 1))
    a_case(commune, "Y Hlim", type=CaseType.DRUG_USER_MANAGEMENT, decision_on=on, state="draft")
    assert MANAGEMENT_DECISIONS.value(period(commune)) == counted


def test_two_decisions_about_one_person_are_two(commune):
    case = a_case(commune, "A Yui", type=CaseType.DRUG_USER_MANAGEMENT, decision_on=FIRST)
    a_case(commune, type=CaseType.DRUG_USER_MANAGEMENT, decision_on=LAST, person=case.person)
    assert MANAGEMENT_DECISIONS.value(period(commune)) == 2


def test_another_commune_counts_its_own(commune, neighbour):
    listed(commune)
    fined(commune, a_test(commune, "A Uêr"))
    assert [one.value(period(neighbour)) for one in (LISTED, TESTED, FINED, FINES_VND)] == [0, 0, 0, 0]


def test_parts_of_a_figure_add_up_to_it(commune):
    listed(commune)
    listed(commune, "Y Lum", village_id=commune.place("NHA").id)
    for by in LISTED.breakdowns:
        assert sum(LISTED.parted(period(commune), by).values.values()) == 2
