"""Mails that waited when reminders came are sent as ever, and everybody has the usual quiet hours."""

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade

from portal.engine.db import db
from tests.migrations.filling import asked

pytestmark = pytest.mark.both_engines

BEFORE, AFTER = "0046_found_by_name", "0050_reminders"


@pytest.fixture
def filled(bare):
    return bare.filled(BEFORE, "UPDATE outbox SET message_id = '<1@xa>', tries = 3")


def test_a_mail_that_waits_goes_as_one_whose_hours_run(filled):
    filled.upgrade(AFTER)
    found = asked("SELECT about, message_id, tries FROM outbox")
    assert found
    assert set(found) == {("hours", "<1@xa>", 3)}


def test_everybody_has_the_usual_quiet_hours(filled):
    filled.upgrade(AFTER)
    found = asked('SELECT quiet_from, quiet_until FROM "user"')
    assert found
    assert set(found) == {(21, 6)}


def test_it_goes_back_without_losing_an_account_or_a_mail(filled):
    def kept():
        return asked('SELECT id, username FROM "user" ORDER BY id'), asked("SELECT id, message_id FROM outbox")

    before = kept()
    filled.upgrade(AFTER)
    downgrade(directory=str(filled.migrations), revision=BEFORE)
    assert kept() == before
    tables = set(sa.inspect(db.engine).get_table_names())
    assert not {"digest", "calendar_feed"} & tables
