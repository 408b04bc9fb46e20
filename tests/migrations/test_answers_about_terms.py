"""Openings of before keep what they say and carry no answer about the term; the way back takes the column alone."""

import pytest
from flask_migrate import downgrade

from tests.migrations.filling import asked

pytestmark = pytest.mark.both_engines

BEFORE, AFTER = "0113_minutes_of_fines", "0114_answers_about_terms"
TOLD = "SELECT id, officer_id FROM open_case_proposal ORDER BY id"


def test_openings_of_before_keep_what_they_say_and_carry_no_answer(bare):
    bare.filled(BEFORE)
    before = asked(TOLD)
    assert len(before) > 0
    bare.upgrade(AFTER)
    assert asked(TOLD) == before
    assert asked("SELECT DISTINCT answer_to_doubts FROM open_case_proposal") == [("",)]
    downgrade(directory=str(bare.migrations), revision=BEFORE)
    assert asked(TOLD) == before
