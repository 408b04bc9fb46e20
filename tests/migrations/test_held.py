"""What meetings knew before keeps its meaning: how often a task waited, who struck an item out, each word of it."""

import pytest
from flask_migrate import downgrade

from tests.migrations.filling import asked

pytestmark = pytest.mark.both_engines

BEFORE, AFTER = "0020_owed_by_forces", "0021_held"
SETTING = (
    "UPDATE meeting SET kind = 'coordination', state = 'closed', voided_at = NULL, commune_id = 1, began_at = held_on",
    "UPDATE unit SET heir_id = 1",
    "UPDATE meeting SET held_on = '2026-09-04', began_at = '2026-09-04 01:00:00' WHERE id = 1",
    "UPDATE meeting SET held_on = '2026-10-05', began_at = '2026-10-05 01:00:00' WHERE id = 2",
    "UPDATE action_item SET meeting_id = 1, carried = 1, state = 'open', ended_on = NULL WHERE id = 1",
    "UPDATE action_item SET meeting_id = 1, carried = 0, state = 'done', ended_on = '2026-09-20' WHERE id = 2",
    "UPDATE agenda_item SET void_reason = 'no longer reported by the records' WHERE id = 1",
    "UPDATE agenda_item SET outcome = 'noted', outcome_text = 'Đã nghe' WHERE id = 2",
)


@pytest.fixture
def upgraded(bare):
    """Two briefings, the second of which found one of two tasks open."""
    bare.filled(BEFORE, *SETTING)
    bare.upgrade(AFTER)
    return bare


def test_a_task_that_waited_knows_which_meeting_found_it_open(upgraded):
    assert asked("SELECT task_id, meeting_id FROM carrying") == [(1, 2)]


def test_an_item_is_told_no_longer_by_the_records_where_its_reason_said_so(upgraded):
    told = asked("SELECT reported FROM agenda_item ORDER BY id")
    assert [bool(reported) for (reported,) in told] == [False, True]


def test_an_outcome_of_before_was_concluded_with_the_quorum_and_nothing_of_it_is_a_draft(upgraded):
    told = asked("SELECT outcome, outcome_text, why_without_quorum FROM agenda_item WHERE id = 2")
    assert told == [("noted", "Đã nghe", "")]
    assert asked("SELECT count(*) FROM item_draft") == asked("SELECT count(*) FROM earlier_outcome") == [(0,)]


def test_the_way_back_counts_again_how_often_a_task_waited(upgraded):
    downgrade(directory=str(upgraded.migrations), revision=BEFORE)
    assert asked("SELECT id, carried FROM action_item ORDER BY id") == [(1, 1), (2, 0)]
