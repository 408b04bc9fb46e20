"""What follows from breaches and fines: reviews, prison, and what each regime does instead."""

from datetime import date

import pytest

from portal.law import (
    REGIMES,
    common,
    conditional_release,
    non_custodial_reform,
    residence_supervision,
    suspended_sentence,
)
from portal.law.breaches import GOOD_REASONS, Conduct, GoodReason
from portal.law.common import Rating, ReviewWithout

D = date
BEFORE, SINCE = D(2026, 6, 30), D(2026, 7, 1)


@pytest.mark.parametrize(
    ("conduct", "called"),
    [
        (Conduct(), False),
        (Conduct(breaches=1), False),
        (Conduct(breaches=2, since_warning=1), True),
        (Conduct(fines=1), True),
    ],
)
@pytest.mark.parametrize("day", [BEFORE, SINCE])
def test_under_a_suspended_sentence_a_fine_or_a_breach_after_a_warning_calls_for_a_review(conduct, called, day):
    ground = suspended_sentence.review_ground(day, conduct)
    assert bool(ground) is called
    assert ground is None or (ground.rule, ground.confirmed) == ("SS-REVIEW-TRIGGER", day == BEFORE)


@pytest.mark.parametrize(
    ("conduct", "called"), [(Conduct(), False), (Conduct(breaches=1), True), (Conduct(fines=1), True)]
)
def test_under_conditional_release_the_first_breach_or_fine_calls_for_a_review(conduct, called):
    grounds = [conditional_release.review_ground(day, conduct) for day in (BEFORE, SINCE)]
    assert [bool(ground) for ground in grounds] == [called, called]
    if called:
        assert [ground.source for ground in grounds] == [
            "Luật THAHS 41/2019/QH14, Điều 66",
            "Nghị định 231/2026/NĐ-CP, Điều 9 khoản 1",
        ]


@pytest.mark.parametrize(("breaches", "called"), [(2, False), (3, True)])
def test_in_a_non_custodial_reform_a_breach_after_two_recorded_ones_calls_for_a_review(breaches, called):
    ground = non_custodial_reform.review_ground(BEFORE, Conduct(breaches=breaches))
    assert bool(ground) is called
    assert ground is None or ground.numbers == {"breaches": 3, "limit": 2}


@pytest.mark.parametrize(
    ("conduct", "proposed"),
    [
        (Conduct(deliberate=2), False),
        (Conduct(deliberate=1, since_review=1), False),
        (Conduct(deliberate=2, since_review=1), True),
    ],
)
def test_prison_is_proposed_after_a_review_a_warning_and_a_deliberate_breach_which_is_the_second(conduct, proposed):
    ground = suspended_sentence.revocation_ground(D(2026, 10, 2), conduct)
    assert bool(ground) is proposed
    assert ground is None or ground.rule == "SS-REVOKE-PROPOSE"


def test_a_release_is_cancelled_for_two_deliberate_breaches_or_two_fines_and_for_one_of_each_by_policy():
    found = [
        bool(conditional_release.revocation_ground(D(2026, 10, 2), Conduct(deliberate=breaches, fines=fines)))
        for breaches, fines in ((2, 0), (0, 2), (1, 1), (1, 0))
    ]
    assert found == [True, True, False, False]
    mixed = conditional_release.PARAMETERS.choosing("par_revoke_mix", "propose")
    assert conditional_release.revocation_ground(D(2026, 10, 2), Conduct(deliberate=1, fines=1), mixed)


def test_after_the_release_was_cancelled_the_person_is_told_in_three_working_days_and_appears_in_seven_days():
    told, appear = conditional_release.return_to_prison(D(2026, 10, 2))
    assert (told.due_on, appear.due_on, bool(appear.note)) == (D(2026, 10, 7), D(2026, 10, 14), True)
    _told, appear = conditional_release.return_to_prison(D(2026, 10, 2), told_on=D(2026, 10, 5))
    assert (appear.due_on, appear.note) == (D(2026, 10, 12), "")


def test_the_prison_term_begins_three_working_days_after_the_revocation_took_effect():
    assert suspended_sentence.imprisonment(D(2026, 10, 2)).due_on == D(2026, 10, 7)
    assert suspended_sentence.new_crime(D(2026, 10, 2)).rule == "SS-NEWCRIME"


def test_a_breach_after_the_review_of_a_reform_is_never_turned_into_prison():
    assert non_custodial_reform.after_review(D(2026, 10, 2), Conduct(since_review=1)).rule == "NCR-AFTER-REVIEW"
    assert non_custodial_reform.after_review(D(2026, 10, 2), Conduct(breaches=3)) is None
    worst = Conduct(breaches=9, deliberate=9, since_warning=9, since_review=9, fines=9)
    for name in set(REGIMES) - {"suspended_sentence", "conditional_release"}:
        assert REGIMES[name].revocation_ground(D(2026, 10, 2), worst) is None
        assert REGIMES[name].revocation(D(2026, 10, 2)) == []


def test_a_breach_of_residence_supervision_is_recorded_and_fined_or_prosecuted():
    assert residence_supervision.after_breach(D(2026, 10, 2), Conduct(breaches=1)).rule == "RS-VIOLATION"
    assert residence_supervision.after_breach(D(2026, 10, 2), Conduct()) is None
    assert residence_supervision.review_ground(D(2026, 10, 2), Conduct(breaches=3)) is None


def test_a_review_with_good_reason_has_five_working_days_again_from_the_day_on_which_it_was_to_be():
    review_on = suspended_sentence.review(D(2026, 10, 2)).due_on
    assert suspended_sentence.review(review_on).due_on == D(2026, 10, 16)
    assert set(GOOD_REASONS) == set(GoodReason)


@pytest.mark.parametrize(("day", "becomes"), [(BEFORE, ReviewWithout.HELD_WITHOUT), (SINCE, ReviewWithout.NOT_HELD)])
def test_what_becomes_of_a_review_without_the_person_is_told_with_the_clause_of_its_day(day, becomes):
    assert common.absent_from_review(day, good_reason=False) is becomes
    told = common.told_without(day, becomes)
    assert (told.rule, told.message) == ("COM-REVIEW-ABSENT", common.WITHOUT[becomes])
    assert told.holds_from == (D(2020, 1, 1) if day == BEFORE else SINCE)


def test_a_grade_is_suggested_with_its_clause_from_july_2026_on():
    assert common.suggested(D(2026, 6, 1), Rating.FAIR) is None
    told = common.suggested(D(2026, 7, 1), Rating.FAIR)
    assert (told.rule, told.numbers, told.message) == ("COM-RATING", {"month": "07/2026"}, common.RATED[Rating.FAIR])
