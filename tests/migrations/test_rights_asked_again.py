"""What was said of a right before it could be asked for again: when it was said, and until when it rests."""

from datetime import date

import pytest
from sqlalchemy import text

from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from tests.migrations.filling import fill

AFTER = "0013_rights_asked_again"
LEFT, DONE = 1, 2


def before(bare):
    return bare.revisions[bare.revisions.index(AFTER) - 1]


@pytest.mark.both_engines
def test_a_right_that_was_left_before_rests_for_three_months_from_when_that_was_said(bare):
    bare.upgrade(before(bare))
    with db.engine.connect() as rows:
        fill(rows)
    with db.engine.begin() as rows:
        rows.execute(text("UPDATE duty SET done_on = NULL, note = 'Vì sao'"))
        rows.execute(text("UPDATE duty SET done_on = '2026-11-20', dropped_on = NULL WHERE id = 2"))
        rows.execute(text("UPDATE duty SET changed_at = '2026-11-20 20:00:00'"))
    db.engine.dispose()
    bare.upgrade(AFTER)
    left, done = db.session.execute(db.select(Duty.said_at, Duty.rests_until, Duty.note).order_by(Duty.id)).all()
    assert (clock.day_of(left.said_at), left.rests_until, left.note) == (
        date(2026, 11, 21),
        date(2027, 2, 21),
        "Vì sao",
    )
    assert (done.rests_until, done.said_at is not None) == (None, True)


@pytest.mark.both_engines
def test_what_nobody_said_by_hand_has_no_moment(bare):
    bare.upgrade(before(bare))
    with db.engine.connect() as rows:
        fill(rows)
    with db.engine.begin() as rows:
        rows.execute(text("UPDATE duty SET note = ''"))
    db.engine.dispose()
    bare.upgrade(AFTER)
    assert db.session.execute(db.select(Duty.said_at, Duty.rests_until)).all() == [(None, None)] * 2
