"""A role may end in the course of a day; of those that are kept none has."""

import pytest
from sqlalchemy import text

from portal.engine.db import db
from tests.migrations.filling import fill


@pytest.mark.both_engines
def test_roles_that_are_kept_go_on_as_they_were(bare):
    bare.upgrade("0011_place_names")
    with db.engine.begin() as rows:
        fill(rows)
    with db.engine.connect() as rows:
        before = rows.execute(text("SELECT id, valid_from, valid_to FROM role_grant ORDER BY id")).all()
    bare.upgrade("0014_role_ended")
    with db.engine.connect() as rows:
        after = rows.execute(text("SELECT id, valid_from, valid_to, ended_at FROM role_grant ORDER BY id")).all()
    assert before
    assert [tuple(row) for row in after] == [(*row, None) for row in before]
