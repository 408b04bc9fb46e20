"""What courts answered to shortenings becomes a record of its own, as the answer to a revocation was; and back."""

import pytest
from flask_migrate import downgrade
from sqlalchemy import text

from portal.engine.db import db
from tests.migrations.filling import asked

pytestmark = pytest.mark.both_engines

BEFORE, AFTER = "0074_rounds_of_retention", "0075_one_answer_of_a_court"
SETTING = (
    """UPDATE shortening_proposal SET answer = 'granted', answered_on = '2026-09-01', decision_number = '15/QĐ-TA',
       answer_reason = '', term_change_id = 1 WHERE id = 1""",
    """UPDATE shortening_proposal SET answer = 'refused', answered_on = '2026-09-02', decision_number = '16/QĐ-TA',
       answer_reason = 'Chưa đủ', term_change_id = NULL WHERE id = 2""",
    "UPDATE term_change SET state = 'confirmed', months = 3, voided_at = NULL WHERE id = 1",
    "UPDATE step SET record_type = 'term_change', record_id = 1, name = 'confirm' WHERE id = 1",
    "UPDATE duty SET rule = 'SHORTENING-ANSWER', subject_type = 'proposal', subject_id = 1 WHERE id = 1",
    "UPDATE court_answer SET voided_at = NULL, leaves_on = '2026-09-03'",
)
BEFORE_TOLD = """
    SELECT id, answer, answered_on, decision_number, answer_reason, term_change_id FROM shortening_proposal ORDER BY id
"""
TOLD = """
    SELECT answer.proposal_id, answer.accepted, answer.paper_number, answer.note, answer.state, told.months,
           told.term_change_id
    FROM court_answer AS answer JOIN shortening_answer AS told ON told.id = answer.id ORDER BY answer.proposal_id
"""
REVOCATIONS = """
    SELECT answer.kind, CAST(told.leaves_on AS VARCHAR) FROM court_answer AS answer
    JOIN revocation_answer AS told ON told.id = answer.id
"""


def before_it(bare):
    """As it lay before, with the numbers of rows going on after those that were filled in."""
    bare.filled(BEFORE, *SETTING)
    if db.engine.name == "postgresql":
        for table in ("court_answer", "step", "term_change"):
            asked(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 10)")


def test_answers_to_shortenings_are_records_beside_those_to_revocations(bare):
    before_it(bare)
    bare.upgrade(AFTER)
    assert [(one[0], bool(one[1]), *one[2:]) for one in asked(TOLD)] == [
        (1, True, "15/QĐ-TA", "", "confirmed", 3, 1),
        (2, False, "16/QĐ-TA", "Chưa đủ", "recorded", None, None),
    ]
    assert asked(REVOCATIONS) == [("revocation", "2026-09-03")] * 2
    assert asked("SELECT rule FROM duty WHERE id = 1") == [("COURT-ANSWER",)]
    steps = asked("SELECT record_id, name FROM step WHERE record_type = 'court_answer' AND name = 'confirm'")
    assert steps == asked("SELECT id, 'confirm' FROM court_answer WHERE paper_number = '15/QĐ-TA'")


def test_the_way_back_writes_them_into_their_proposals_again(bare):
    before_it(bare)
    before = asked(BEFORE_TOLD)
    answers = asked("SELECT id, body, leaves_on FROM court_answer ORDER BY id")
    bare.upgrade(AFTER)
    downgrade(directory=str(bare.migrations), revision=BEFORE)
    assert asked(BEFORE_TOLD) == before
    assert asked("SELECT id, body, leaves_on FROM court_answer ORDER BY id") == answers
    assert asked("SELECT rule FROM duty WHERE id = 1") == [("SHORTENING-ANSWER",)]
    assert asked("SELECT count(*) FROM step WHERE record_type = 'court_answer'") == [(0,)]


def test_a_granted_answer_that_waits_goes_back_as_a_shortening_that_does(bare):
    before_it(bare)
    bare.upgrade(AFTER)
    with db.engine.begin() as database:
        database.execute(text("UPDATE court_answer SET state = 'recorded' WHERE paper_number = '15/QĐ-TA'"))
        database.execute(text("UPDATE shortening_answer SET term_change_id = NULL"))
    downgrade(directory=str(bare.migrations), revision=BEFORE)
    (made,) = asked("SELECT id, months, state FROM term_change WHERE decision_number = '15/QĐ-TA'")
    assert made[1:] == (3, "recorded")
    assert asked("SELECT term_change_id FROM shortening_proposal WHERE id = 1") == [(made[0],)]
