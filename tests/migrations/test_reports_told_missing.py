"""Breaches of before keep what they say, and tell of no month whose self-report was missing; the way back as well."""

import pytest
from flask_migrate import downgrade

from tests.migrations.filling import asked

pytestmark = pytest.mark.both_engines

BEFORE, AFTER = "0113_minutes_of_fines", "0118_reports_told_missing"
TOLD = "SELECT id, case_id, kind, occurred_on, recorded_on, text, duty FROM violation ORDER BY id"


def test_breaches_of_before_keep_what_they_say_and_name_no_month(bare):
    bare.filled(BEFORE)
    before = asked(TOLD)
    assert before
    bare.upgrade(AFTER)
    assert asked(TOLD) == before
    assert asked("SELECT DISTINCT missing_report FROM violation") == [(None,)]
    downgrade(directory=str(bare.migrations), revision=BEFORE)
    assert asked(TOLD) == before
