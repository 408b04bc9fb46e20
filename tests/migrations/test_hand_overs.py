"""What an observation knew of its last hand-over becomes a row, with who handed it over as the trail tells."""

import pytest
from sqlalchemy import text

from portal.engine.db import db
from portal.incidents.models import HandOver, Observation
from tests.migrations.filling import fill

AFTER = "0020_owed_by_forces"
HANDED_OVER = """
INSERT INTO audit_event (sequence, at, written_at, user_id, role, address, action, record_type, record_id, root_type,
    changes, previous_hash, hash)
SELECT 3, at, written_at, 2, role, address, 'hand_over_observation', 'observation', 1, 'observation', changes, hash, 'x'
FROM audit_event WHERE sequence = 1
"""


@pytest.mark.both_engines
def test_a_hand_over_of_before_stays_with_its_force_its_moment_and_its_receipt(bare):
    bare.upgrade(bare.revisions[bare.revisions.index(AFTER) - 1])
    with db.engine.connect() as rows:
        fill(rows)
    with db.engine.begin() as rows:
        rows.execute(text(HANDED_OVER))
        rows.execute(text("UPDATE observation SET receipt_at = NULL, receipt_by_id = NULL WHERE id = 1"))
        at = list(rows.scalars(text("SELECT handed_at FROM observation ORDER BY id")))
    db.engine.dispose()
    bare.upgrade(AFTER)
    columns = HandOver.observation_id, HandOver.unit_id, HandOver.created_by_id, HandOver.receipt_by_id
    assert db.session.execute(db.select(*columns).order_by(HandOver.id)).all() == [(1, 1, 2, None), (2, 2, None, 2)]
    with db.engine.connect() as rows:
        assert list(rows.scalars(text("SELECT at FROM hand_over ORDER BY id"))) == at
    assert list(db.session.scalars(db.select(Observation.handed_to_id).order_by(Observation.id))) == [1, 2]
