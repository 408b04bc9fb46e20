"""Mails and duties that were there before a mail had versions and a duty could be owed on call stay as they were."""

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade

from portal.engine.db import db
from tests.migrations.filling import asked

pytestmark = pytest.mark.both_engines

BEFORE, AFTER = "0023_signatures", "0024_outbox"
SETTING = (
    "UPDATE outbox SET message_id = '<1@xa>', tries = 3",
    "UPDATE duty SET rule = 'CONFIRM-RECEIPT', due_on = '2026-11-24'",
    "UPDATE duty_roster SET hours = 24, from_hour = 7, phone = '0901234567'",
)
KEPT = (
    "SELECT message_id, tries FROM outbox ORDER BY id",
    "SELECT rule, due_on FROM duty ORDER BY id",
    "SELECT from_hour, phone FROM duty_roster ORDER BY id",
)


@pytest.fixture
def filled(bare):
    return bare.filled(BEFORE, *SETTING)


def kept():
    return [asked(question) for question in KEPT]


def indexes():
    found = {table: sa.inspect(db.engine).get_indexes(table) for table in ("outbox", "duty", "duty_roster")}
    return {(table, one["name"]) for table, some in found.items() for one in some}


def test_a_mail_that_waits_is_the_first_of_its_versions_and_nobody_is_sending_it(filled):
    filled.upgrade(AFTER)
    found = asked("SELECT version, taken_at FROM outbox")
    assert found
    assert set(found) == {(1, None)}


def test_what_is_owed_is_owed_by_nobody_on_call_until_its_rule_says_so(filled):
    filled.upgrade(AFTER)
    found = asked("SELECT on_call, due_at FROM duty")
    assert found
    assert {(bool(on_call), due_at) for on_call, due_at in found} == {(False, None)}


def test_mails_duties_and_turns_come_through_and_back_with_their_indexes(filled):
    before, found = kept(), indexes()
    assert all(before)
    filled.upgrade(AFTER)
    assert (kept(), indexes()) == (before, found)
    downgrade(directory=str(filled.migrations), revision=BEFORE)
    assert (kept(), indexes()) == (before, found)
    assert set(asked("SELECT hours FROM duty_roster")) == {(24,)}
