"""People and files of before keep their names: nobody is forgotten, and nothing is questioned, by an upgrade."""

import pytest
from sqlalchemy import text

from portal.engine.db import db
from tests.migrations.filling import fill

BEFORE, AFTER = "0053_drug_management", "0074_rounds_of_retention"


@pytest.mark.both_engines
def test_whoever_was_there_keeps_the_name_and_is_questioned_in_nothing(bare):
    bare.upgrade(BEFORE)
    with db.engine.connect() as rows:
        fill(rows)
        before = rows.execute(text("SELECT id, full_name FROM person ORDER BY id")).fetchall()
        rows.rollback()
    bare.upgrade(AFTER)
    with db.engine.connect() as rows:
        after = rows.execute(text("SELECT id, full_name, questioned, forgotten_on FROM person ORDER BY id")).fetchall()
        files = rows.execute(text("SELECT count(*) FROM attachment WHERE forgotten_on IS NOT NULL")).scalar()
    assert [(one[0], one[1], bool(one[2]), one[3]) for one in after] == [(*one, False, None) for one in before]
    assert (bool(before), files) == (True, 0)
