"""What holds in every regime: helpers, reviews, ratings, minors, what holds back a certificate (T09, T21, T31)."""

from datetime import date

import pytest

from portal.law import common, deadlines, minors
from portal.law.common import Rating, ReviewWithout
from portal.law.rule import Unit

D = date


def test_T09_the_chair_decides_on_a_helper_within_three_working_days_of_receiving_the_proposal():
    due = common.helper_decision(proposed_on=D(2026, 7, 13), received_on=D(2026, 7, 14))
    assert (due.due_on, due.owner) == (D(2026, 7, 17), "commune_leader")
    from_proposal = common.PARAMETERS.choosing("helper_decide_from", "proposal")
    assert common.helper_decision(D(2026, 7, 13), D(2026, 7, 14), from_proposal).due_on == D(2026, 7, 16)


def test_the_end_of_a_helpers_task_is_proposed_within_three_working_days():
    assert deadlines.after(common.PARAMETERS, "COM-HELPER-END", D(2026, 7, 14)).due_on == D(2026, 7, 17)


def test_T21_a_review_without_the_person_was_held_until_june_2026_and_is_not_held_since():
    assert common.absent_from_review(D(2026, 6, 30), good_reason=False) is ReviewWithout.HELD_WITHOUT
    assert common.absent_from_review(D(2026, 7, 1), good_reason=False) is ReviewWithout.NOT_HELD


def test_with_good_reason_a_review_is_postponed_once():
    assert common.absent_from_review(D(2026, 10, 9), good_reason=True) is ReviewWithout.POSTPONED
    again = common.absent_from_review(D(2026, 10, 16), good_reason=True, postponed_before=True)
    assert again is ReviewWithout.NOT_HELD
    never = common.PARAMETERS.choosing("review_good_reason", "not_held")
    assert common.absent_from_review(D(2026, 10, 9), good_reason=True, parameters=never) is ReviewWithout.NOT_HELD


@pytest.mark.parametrize(
    ("recorded", "rating"),
    [
        ({"breaches_recorded": 1, "active": True, "commended": True}, Rating.POOR),
        ({"fined": True, "active": True}, Rating.POOR),
        ({"criminal_case": True, "active": True}, Rating.POOR),
        ({"refuses_supervision": True, "active": True}, Rating.POOR),
        ({"reminders": 1, "active": True}, Rating.AVERAGE),
        ({}, Rating.AVERAGE),
        ({"active": True}, Rating.FAIR),
        ({"active": True, "commended": True}, Rating.GOOD),
    ],
)
def test_T31_the_rating_suggested_follows_what_was_recorded(recorded, rating):
    assert common.suggest_rating(**recorded) is rating


def test_each_open_matter_holds_back_the_certificate():
    clear = {"prosecuted": False, "revocation_open": False, "absent_without_permit": False}
    assert common.hold_certificate(D(2027, 3, 10), **clear) == []
    for matter in clear:
        (refusal,) = common.hold_certificate(D(2027, 3, 10), **{**clear, matter: True})
        assert (refusal.rule, refusal.confirmed) == ("COM-CERT-HOLD", False)
    (refusal,) = common.hold_certificate(D(2026, 3, 10), **{**clear, "prosecuted": True})
    assert refusal.confirmed


def test_a_person_is_a_minor_until_the_eve_of_the_18th_birthday():
    assert minors.is_minor(D(2008, 5, 15), D(2026, 5, 14))
    assert not minors.is_minor(D(2008, 5, 15), D(2026, 5, 15))
    assert not minors.is_minor(None, D(2026, 5, 15))
    assert minors.of_age(D(2008, 5, 15), None, D(2026, 5, 15))
    assert not minors.of_age(None, 2008, D(2026, 5, 15))
    assert minors.of_age(None, 2007, D(2026, 5, 15))
    assert not minors.of_age(None, None, D(2026, 5, 15))


def test_from_14_to_under_16_a_representative_confirms_the_commitment():
    born_on = D(2010, 5, 15)
    assert [minors.needs_representative(born_on, day) for day in (D(2024, 5, 14), D(2024, 5, 15))] == [False, True]
    assert [minors.needs_representative(born_on, day) for day in (D(2026, 5, 14), D(2026, 5, 15))] == [True, False]


def test_since_2026_every_case_of_a_minor_is_reviewed_by_hand():
    born_on = D(2010, 5, 15)
    assert minors.review_by_hand(born_on, D(2025, 12, 31)) == []
    assert [each.rule for each in minors.review_by_hand(born_on, D(2026, 1, 1))] == ["MIN-2026"]
    assert minors.review_by_hand(D(1990, 1, 1), D(2026, 1, 1)) == []


def test_rules_without_a_number_say_so():
    assert common.PARAMETERS.on(D(2026, 7, 1))["COM-NO-EXIT"].unit is Unit.NOTHING
