"""A file of a patrol belongs to the force for which its author held a role then, else to the one that led."""

import pytest
import sqlalchemy as sa

from portal.engine.db import db
from tests.migrations.filling import asked

pytestmark = pytest.mark.both_engines

BEFORE, AFTER = "0018_meetings", "0019_files_of_forces"
LED, FORCE = 1, 2
SETTING = (
    "UPDATE unit SET kind = 'commune', heir_id = 1 WHERE id = 1",
    "UPDATE unit SET kind = 'border_post', heir_id = 2 WHERE id = 2",
    "UPDATE role_grant SET user_id = 2, unit_id = 2, valid_from = '2020-01-01', valid_to = NULL",
    "UPDATE role_grant SET voided_at = NULL, ended_at = NULL",
    "UPDATE patrol SET leading_unit_id = 1",
    "UPDATE patrol_force SET patrol_id = 3 - id, voided_at = NULL",
    "UPDATE attachment SET patrol_id = 1, case_id = NULL, created_by_id = 2 WHERE id = 1",
    "UPDATE attachment SET patrol_id = NULL, case_id = 1, created_by_id = 2 WHERE id = 2",
)


@pytest.fixture
def filled(bare):
    return bare.filled(BEFORE, *SETTING)


def units():
    return [unit_id for (unit_id,) in asked("SELECT unit_id FROM attachment ORDER BY id")]


def test_a_file_of_a_patrol_is_that_of_its_authors_force(filled):
    filled.upgrade(AFTER)
    assert units() == [FORCE, None]


@pytest.mark.parametrize(("kind", "unit"), [("committee", FORCE), ("village", LED)])
def test_whoever_leads_the_commune_attached_for_its_committee(filled, kind, unit):
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE role_grant SET unit_id = 1"))
        connection.execute(sa.text("UPDATE unit SET kind = :kind WHERE id = 2"), {"kind": kind})
    db.engine.dispose()
    filled.upgrade(AFTER)
    assert units() == [unit, None]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE role_grant SET voided_at = created_at",
        "UPDATE role_grant SET valid_to = '2026-10-31'",
        "UPDATE role_grant SET valid_from = '2026-11-02'",
        "UPDATE role_grant SET ended_at = '2026-10-31 08:00:00'",
        "UPDATE patrol_force SET voided_at = created_at",
        "UPDATE patrol_force SET patrol_id = 1; UPDATE role_grant SET unit_id = id",
    ],
)
def test_where_no_role_held_then_or_several_fit_it_is_that_of_the_force_that_led(filled, change):
    with db.engine.begin() as connection:
        for statement in change.split("; "):
            connection.execute(sa.text(statement))
    db.engine.dispose()
    filled.upgrade(AFTER)
    assert units() == [LED, None]
