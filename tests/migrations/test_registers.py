"""Numbers and scans of papers that proposals bore move into the register of the body that signed them."""

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade

from portal.engine.db import db
from tests.migrations.filling import asked

pytestmark = pytest.mark.both_engines

BEFORE, AFTER = "0015_findings", "0016_registers"
SETTING = (
    "UPDATE unit SET kind = 'commune', commune_id = 1, heir_id = 1, valid_from = '2020-01-01', valid_to = NULL",
    "UPDATE unit SET kind = 'committee' WHERE id = 2",
    "UPDATE proposal SET kind = 'absence', decided_on = '2026-03-01', commune_id = 1",
    "UPDATE proposal SET decision_number = '05/QĐ-UBND', decision_on = '2026-03-02' WHERE id = 1",
    "UPDATE proposal SET decision_number = '07/QĐ-CAX', decision_on = '2026-04-01' WHERE id = 2",
    "UPDATE attachment SET proposal_id = 1, kind = 'signed_page' WHERE id = 1",
    "UPDATE attachment SET proposal_id = 1, kind = 'file' WHERE id = 2",
)


@pytest.fixture
def filled(bare):
    """Two decided papers, one of the committee and one of a police that the portal does not know."""
    return bare.filled(BEFORE, *SETTING)


def in_words(question):
    """Days come as texts from one engine, as days from the other."""
    return [tuple(map(str, row)) for row in asked(question)]


def test_papers_keep_their_numbers_days_and_scans_in_the_register_of_their_body(filled):
    filled.upgrade(AFTER)
    entries = "SELECT subject_id, number, dated_on, unit_id, symbol FROM official_document ORDER BY id"
    assert in_words(entries) == [
        ("1", "05/QĐ-UBND", "2026-03-02", "2", "QĐ-UBND"),
        ("2", "07/QĐ-CAX", "2026-04-01", "1", "QĐ-CAX"),
    ]
    assert in_words("SELECT id, document_id FROM attachment ORDER BY id") == [("1", "1"), ("2", "None")]


def test_a_paper_that_was_never_numbered_is_no_entry(filled):
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE proposal SET decision_number = '', decision_on = NULL WHERE id = 2"))
    db.engine.dispose()
    filled.upgrade(AFTER)
    assert in_words("SELECT subject_id FROM official_document") == [("1",)]


def test_the_way_back_gives_proposals_their_numbers_again(filled):
    filled.upgrade(AFTER)
    db.engine.dispose()
    downgrade(revision=BEFORE)
    numbers = in_words("SELECT decision_number, decision_on FROM proposal ORDER BY id")
    assert numbers == [("05/QĐ-UBND", "2026-03-02"), ("07/QĐ-CAX", "2026-04-01")]
