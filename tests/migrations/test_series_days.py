"""Meetings that a series entered know for which day of it, also where the series moved that day."""

import pytest

from tests.migrations.filling import asked

BEFORE, AFTER = "0018_meetings", "0022_series_days"
A_SERIES = (
    "UPDATE meeting_series SET valid_from = '2026-01-01', valid_to = NULL, voided_at = NULL WHERE id = 1",
    "UPDATE meeting_series SET kind = 'coordination', rule = 'working_day_after', every_months = 1 WHERE id = 1",
    "UPDATE meeting_series SET day_of_month = 3, commune_id = 1 WHERE id = 1",
    "UPDATE meeting_series SET kind = 'steering_committee', voided_at = NULL WHERE id = 2",
    "UPDATE meeting SET kind = 'coordination', series_id = 1, state = 'closed', voided_at = NULL, commune_id = 1",
)  # meets on the fourth of November and of December 2026
NOT_MOVED = "DELETE FROM series_exception"


def days_after(bare, *setting):
    """Series and day by the rule of the two meetings, as data of before become."""
    bare.filled(BEFORE, *A_SERIES, *setting)
    bare.upgrade(AFTER)
    told = asked("SELECT series_id, by_rule_on FROM meeting ORDER BY id")
    return [(series_id, str(by_rule_on)) for series_id, by_rule_on in told]


@pytest.mark.both_engines
def test_a_meeting_of_a_series_has_its_day_by_the_rule(bare):
    at_night = "UPDATE meeting SET starts_at = '2026-11-03 18:30:00' WHERE id = 1"  # half past one on the fourth, here
    second = "UPDATE meeting SET starts_at = '2026-12-07 01:00:00' WHERE id = 2"
    by_rule = "UPDATE series_exception SET series_id = 1, voided_at = NULL, by_rule_on = '2026-12-04'"
    moved = "UPDATE series_exception SET moved_to = '2026-12-07'"
    assert days_after(bare, at_night, second, by_rule, moved) == [(1, "2026-11-04"), (1, "2026-12-04")]


@pytest.mark.both_engines
def test_of_two_meetings_of_one_day_the_first_is_that_of_the_series(bare):
    same = "UPDATE meeting SET starts_at = '2026-11-04 01:00:00'"
    assert days_after(bare, same) == [(1, "2026-11-04"), (1, "None")]


@pytest.mark.both_engines
def test_a_meeting_that_was_moved_before_has_the_day_of_the_rule_in_its_month(bare):
    moved = "UPDATE meeting SET starts_at = '2026-11-24 01:00:00' WHERE id = 1"
    later = "UPDATE meeting SET starts_at = '2026-12-04 01:00:00' WHERE id = 2"
    assert days_after(bare, NOT_MOVED, moved, later) == [(1, "2026-11-04"), (1, "2026-12-04")]


@pytest.mark.both_engines
def test_a_meeting_that_was_entered_by_hand_belongs_to_the_series_of_its_kind(bare):
    by_hand = "UPDATE meeting SET starts_at = '2026-12-04 01:00:00', series_id = NULL WHERE id = 1"
    other = "UPDATE meeting SET starts_at = '2026-12-04 06:00:00', series_id = NULL, kind = 'ad_hoc' WHERE id = 2"
    assert days_after(bare, NOT_MOVED, by_hand, other) == [(1, "2026-12-04"), (None, "None")]


@pytest.mark.both_engines
def test_a_day_is_that_of_the_meeting_which_its_series_entered_before_one_entered_by_hand(bare):
    by_hand = "UPDATE meeting SET starts_at = '2026-12-04 01:00:00', series_id = NULL WHERE id = 1"
    moved = "UPDATE meeting SET starts_at = '2026-12-09 01:00:00' WHERE id = 2"
    assert days_after(bare, NOT_MOVED, by_hand, moved) == [(None, "None"), (1, "2026-12-04")]
