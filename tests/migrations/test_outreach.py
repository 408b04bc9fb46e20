"""What was held before outreach became a book stays held, and gets its number in the year of its day."""

import pytest

from tests.migrations.filling import asked

BEFORE, AFTER = "0034_cameras", "0038_outreach"
OF_BEFORE = (
    "UPDATE outreach_session SET commune_id = 1, topic = 'Phòng cháy', held_on = '2026-11-09' WHERE id = 1",
    "UPDATE outreach_session SET commune_id = 1, topic = '', held_on = '2026-11-02' WHERE id = 2",
)
TOLD = "SELECT number, state, extent, attendance, folded, why_cancelled FROM outreach_session ORDER BY id"


@pytest.mark.both_engines
def test_sessions_of_before_were_held_and_are_numbered_in_their_order(bare):
    bare.filled(BEFORE, *OF_BEFORE).upgrade(AFTER)
    assert asked(TOLD) == [
        ("TT-2026-002", "held", "village", 1, "tt-2026-002 phong chay", ""),
        ("TT-2026-001", "held", "village", 2, "tt-2026-001", ""),
    ]
    assert asked("SELECT DISTINCT issued_by FROM official_document") == [("unit",)]
