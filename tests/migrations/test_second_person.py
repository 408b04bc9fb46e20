"""Shortenings that counted before a second person was asked go on counting."""

import pytest
from sqlalchemy import text

from portal.engine.db import db
from tests.migrations.filling import fill

BEFORE, AFTER = "0006_sent_once", "0007_second_person"


@pytest.mark.both_engines
def test_a_shortening_of_before_is_a_confirmed_one(bare):
    bare.upgrade(BEFORE)
    with db.engine.connect() as rows:
        fill(rows)
        before = rows.execute(text("SELECT id, decided_on, months FROM term_change ORDER BY id")).fetchall()
        rows.rollback()
    bare.upgrade(AFTER)
    with db.engine.connect() as rows:
        after = rows.execute(text("SELECT id, decided_on, months, state FROM term_change ORDER BY id")).fetchall()
    assert [tuple(one) for one in after] == [(*one, "confirmed") for one in before]
    assert before
