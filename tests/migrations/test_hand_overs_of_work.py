"""Requests of before say no reason and stay as they were; hand-overs have their tables, and the way back takes them."""

import pytest
from flask_migrate import downgrade

from tests.migrations.filling import asked

pytestmark = pytest.mark.both_engines

BEFORE, AFTER = "0046_found_by_name", "0052_hand_overs"
TOLD = "SELECT id, case_id, assignee_id, state, proposed_on FROM assignment ORDER BY id"


def test_a_request_of_before_keeps_all_that_it_says_and_has_no_reason(bare):
    bare.filled(BEFORE)
    before = asked(TOLD)
    bare.upgrade(AFTER)
    assert len(before) == 2
    assert asked(TOLD) == before
    assert asked("SELECT DISTINCT reason FROM assignment") == [("",)]


def test_the_way_back_takes_the_tables_of_hand_overs_and_nothing_else(bare):
    bare.filled(AFTER)
    before = asked(TOLD)
    assert asked("SELECT count(*) FROM work_handover") == asked("SELECT count(*) FROM handover_line") == [(2,)]
    downgrade(directory=str(bare.migrations), revision=BEFORE)
    assert asked(TOLD) == before
