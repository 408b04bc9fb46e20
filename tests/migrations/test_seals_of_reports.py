"""Reports that were approved before are sealed anew, and what was changed since its approval is still told."""

import hashlib
import json

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade

from portal.engine.db import db
from portal.engine.keys import keys
from tests.migrations.filling import fill

pytestmark = pytest.mark.both_engines

BEFORE, AFTER = "0042_frames_of_reports", "0043_records_of_figures"
FIGURES = [["cases.community.serving", 2, 1, [3, 7], [3]], ["patrols.order.count", 0, 0, [], []]]
WHOLE, CHANGED = 1, 2


def sealed(id, figures):
    frozen = [id, 1, "2026-01-01", "2026-10-31", ["Có"], "f1", figures]
    content = json.dumps(frozen, ensure_ascii=False, separators=(",", ":"))
    return keys().digest("report", hashlib.sha256(content.encode()).hexdigest())


@pytest.fixture
def filled(bare):
    """Two approved reports with two figures each, one of which was given other records afterwards."""
    bare.upgrade(BEFORE)
    with db.engine.connect() as connection:
        fill(connection)
        schema = sa.MetaData()
        report = sa.Table("report", schema, autoload_with=connection)
        figure = sa.Table("report_figure", schema, autoload_with=connection)
        connection.execute(sa.delete(figure))
        for one in (WHOLE, CHANGED):
            facts = {"kind_id": 1, "first": sa.text("'2026-01-01'"), "last": sa.text("'2026-10-31'")}
            more = {"state": "approved", "file_digest": "f1", "text": ["Có"], "sealed": sealed(one, FIGURES)}
            connection.execute(sa.update(report).where(report.c.id == one).values(**facts, **more))
            for position, (name, value, before, ids, previous_ids) in enumerate(FIGURES, start=1):
                row = {"report_id": one, "position": position, "figure_id": name, "value": value}
                words = dict.fromkeys(("label", "definition", "unit", "kind", "record_type"), "")
                kept = {"ids": [9] if one == CHANGED else ids, "previous_ids": previous_ids, "parts": {}}
                connection.execute(sa.insert(figure).values(**row, previous_value=before, **kept, **words))
        connection.commit()
    db.engine.dispose()
    return bare


def seals():
    with db.engine.connect() as connection:
        return {row.id: row.sealed for row in connection.execute(sa.text("SELECT id, sealed FROM report"))}


def digest(ids, previous_ids):
    return hashlib.sha256(json.dumps([ids, previous_ids], separators=(",", ":")).encode()).hexdigest()


def test_a_report_that_stands_as_it_was_approved_is_sealed_by_the_digests_of_its_records(filled):
    filled.upgrade(AFTER)
    figures = [[name, value, before, digest(*ids)] for name, value, before, *ids in FIGURES]
    assert seals()[WHOLE] == sealed(WHOLE, figures)
    downgrade(directory=str(filled.migrations), revision=BEFORE)
    assert seals()[WHOLE] == sealed(WHOLE, FIGURES)


def test_one_that_was_changed_after_its_approval_keeps_the_seal_that_tells_so(filled):
    filled.upgrade(AFTER)
    assert seals()[CHANGED] == sealed(CHANGED, FIGURES)
