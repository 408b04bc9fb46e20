"""What stood as days of the term becomes the days in custody that they came from."""

import pytest
from sqlalchemy import text

from portal.engine.db import db
from tests.migrations.filling import fill

BEFORE, AFTER = "0008_note_of_duty", "0009_custody"


@pytest.mark.both_engines
def test_days_that_were_credited_stand_as_the_days_in_custody_that_the_law_credits_threefold(bare):
    bare.upgrade(BEFORE)
    with db.engine.begin() as rows:
        fill(rows)
    with db.engine.begin() as rows:
        rows.execute(text('UPDATE "case" SET credit_days = CASE id WHEN 1 THEN 60 ELSE 0 END'))
    bare.upgrade(AFTER)
    with db.engine.connect() as rows:
        assert rows.execute(text('SELECT detained_days FROM "case" ORDER BY id')).scalars().all() == [20, None]
