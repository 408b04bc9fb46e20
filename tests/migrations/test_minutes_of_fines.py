"""Fines that were proposed before keep what they say, and know of no minutes; the way back takes the columns alone."""

import pytest
from flask_migrate import downgrade

from tests.migrations.filling import asked

pytestmark = pytest.mark.both_engines

BEFORE, AFTER = "0100_consents_and_medical_papers", "0113_minutes_of_fines"
TOLD = "SELECT id, offence, committed_on, amount_vnd, deviation, violation_id FROM fine_proposal ORDER BY id"


def test_fines_of_before_keep_what_they_say_and_know_of_no_minutes(bare):
    bare.filled(BEFORE)
    before = asked(TOLD)
    assert len(before) == 2
    bare.upgrade(AFTER)
    assert asked(TOLD) == before
    assert asked("SELECT DISTINCT minutes_number, minutes_on FROM fine_proposal") == [("", None)]
    downgrade(directory=str(bare.migrations), revision=BEFORE)
    assert asked(TOLD) == before
