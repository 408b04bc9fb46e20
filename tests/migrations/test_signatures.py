"""Who signs a paper becomes a list, a line each; what was entered before keeps all that it said."""

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade

from portal.engine.db import db
from tests.migrations.filling import asked

pytestmark = pytest.mark.both_engines

BEFORE, AFTER = "0022_series_days", "0023_signatures"
SETTING = (
    "UPDATE official_document SET direction = 'outgoing', code = 'BB', number = ''",
    "UPDATE official_document SET subject_type = 'patrol', subject_id = 1 WHERE id = 1",
    "UPDATE official_document SET subject_type = 'meeting', subject_id = 2 WHERE id = 2",
    "UPDATE official_document SET signer = 'Đại úy Võ Hữu Thanh, Bùi Xuân Tạo' WHERE id = 1",
    "UPDATE official_document SET signer = 'Lê Trọng Khôi, Chủ tịch UBND xã' WHERE id = 2",
    "UPDATE minutes SET secretary = 'Đặng Thu Trà', meeting_id = id",
)


@pytest.fixture
def filled(bare):
    """The minutes of a patrol and of a meeting, both waiting to be signed."""
    return bare.filled(BEFORE, *SETTING)


def test_minutes_wait_for_each_force_and_for_the_secretary_before_the_chair(filled):
    filled.upgrade(AFTER)
    assert asked("SELECT signers, signed, afterwards FROM official_document ORDER BY id") == [
        ("Đại úy Võ Hữu Thanh\nBùi Xuân Tạo", "", ""),
        ("Đặng Thu Trà\nLê Trọng Khôi, Chủ tịch UBND xã", "", ""),
    ]


def test_minutes_that_are_numbered_already_keep_who_signed_them(filled):
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE official_document SET number = '3/BB-UBND' WHERE id = 2"))
    db.engine.dispose()
    filled.upgrade(AFTER)
    assert asked("SELECT signers FROM official_document WHERE id = 2") == [("Lê Trọng Khôi, Chủ tịch UBND xã",)]


def test_the_paper_of_a_decision_that_was_told_knows_the_day(filled):
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE official_document SET subject_type = 'proposal', subject_id = id"))
        connection.execute(sa.text("UPDATE step SET record_type = 'proposal', record_id = 1, name = 'communicate'"))
        connection.execute(sa.text("UPDATE step SET at = '2026-11-05 20:00:00+00:00'"))
    db.engine.dispose()
    filled.upgrade(AFTER)
    assert [str(day) for (day,) in asked("SELECT told_on FROM official_document ORDER BY id")] == ["2026-11-06", "None"]


def test_the_way_back_puts_them_on_one_line_again(filled):
    filled.upgrade(AFTER)
    downgrade(directory=str(filled.migrations), revision=BEFORE)
    assert asked("SELECT signer FROM official_document WHERE id = 1") == [("Đại úy Võ Hữu Thanh, Bùi Xuân Tạo",)]
