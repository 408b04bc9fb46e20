"""A file of a patrol belongs to the force for which its author held a role; one of a case to none."""

import pytest
import sqlalchemy as sa

from portal.engine.db import db
from tests.migrations.filling import fill

pytestmark = pytest.mark.both_engines

BEFORE, AFTER = "0018_meetings", "0019_files_of_forces"
FORCE = 2
SETTING = (
    "UPDATE unit SET kind = 'commune', heir_id = 1 WHERE id = 1",
    "UPDATE unit SET kind = 'border_post', heir_id = 2 WHERE id = 2",
    "UPDATE role_grant SET user_id = 2, unit_id = 2",
    "UPDATE patrol_force SET patrol_id = 3 - id",
    "UPDATE attachment SET patrol_id = 1, case_id = NULL, created_by_id = 2 WHERE id = 1",
    "UPDATE attachment SET patrol_id = NULL, case_id = 1, created_by_id = 2 WHERE id = 2",
)


@pytest.fixture
def filled(bare):
    bare.upgrade(BEFORE)
    with db.engine.connect() as connection:
        fill(connection)
        for statement in SETTING:
            connection.execute(sa.text(statement))
        connection.commit()
    db.engine.dispose()
    return bare


def units():
    with db.engine.connect() as connection:
        return list(connection.scalars(sa.text("SELECT unit_id FROM attachment ORDER BY id")))


def test_a_file_of_a_patrol_is_that_of_its_authors_force(filled):
    filled.upgrade(AFTER)
    assert units() == [FORCE, None]


@pytest.mark.parametrize(("kind", "unit"), [("committee", FORCE), ("village", None)])
def test_whoever_leads_the_commune_attached_for_its_committee(filled, kind, unit):
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE role_grant SET unit_id = 1"))
        connection.execute(sa.text("UPDATE unit SET kind = :kind WHERE id = 2"), {"kind": kind})
    db.engine.dispose()
    filled.upgrade(AFTER)
    assert units() == [unit, None]
