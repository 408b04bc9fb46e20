"""Meetings that a series entered know for which day of it, also where the series moved that day."""

import pytest
from sqlalchemy import text

from portal.engine.db import db
from tests.migrations.filling import fill

BEFORE, AFTER = "0018_meetings", "0022_series_days"
SETTING = (
    "UPDATE meeting SET series_id = 1, state = 'closed', voided_at = NULL",
    "UPDATE meeting SET starts_at = '2026-11-03 18:30:00' WHERE id = 1",  # half past one on the fourth, here
    "UPDATE meeting SET starts_at = '2026-12-07 01:00:00' WHERE id = 2",
    "UPDATE series_exception SET series_id = 1, voided_at = NULL, by_rule_on = '2026-12-04', moved_to = '2026-12-07'",
)


@pytest.mark.both_engines
def test_a_meeting_of_a_series_has_its_day_by_the_rule(bare):
    bare.upgrade(BEFORE)
    with db.engine.connect() as rows:
        fill(rows)
        for statement in SETTING:
            rows.execute(text(statement))
        rows.commit()
    db.engine.dispose()
    bare.upgrade(AFTER)
    with db.engine.connect() as rows:
        told = rows.execute(text("SELECT id, by_rule_on FROM meeting ORDER BY id")).fetchall()
    assert [(one.id, str(one.by_rule_on)) for one in told] == [(1, "2026-11-04"), (2, "2026-12-04")]


@pytest.mark.both_engines
def test_of_two_meetings_of_one_day_the_first_is_that_of_the_series(bare):
    bare.upgrade(BEFORE)
    with db.engine.connect() as rows:
        fill(rows)
        rows.execute(text(SETTING[0]))
        rows.execute(text("UPDATE meeting SET starts_at = '2026-11-04 01:00:00'"))
        rows.commit()
    db.engine.dispose()
    bare.upgrade(AFTER)
    with db.engine.connect() as rows:
        told = rows.execute(text("SELECT by_rule_on FROM meeting ORDER BY id")).scalars().all()
    assert [str(one) for one in told] == ["2026-11-04", "None"]
