"""The audit trail is whole, or says where it is not."""

import pytest
from sqlalchemy import text

from portal.engine import audit
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests.builders import a_case

pytestmark = pytest.mark.both_engines


def test_looking_at_a_case_is_an_event_that_is_written_before_the_page_is_sent(commune, browse_as):
    case = a_case(commune)
    browse_as(commune.officer).get(f"/cases/{case.id}")
    last = db.session.scalars(db.select(audit.AuditEvent).order_by(audit.AuditEvent.sequence.desc())).first()
    assert (last.action, last.record_type, last.record_id, last.user_id) == (
        "look",
        "case",
        case.id,
        commune.officer.id,
    )


def test_the_database_itself_refuses_to_change_the_trail(commune):
    with pytest.raises(Exception, match="append-only"), db.engine.connect() as connection:
        connection.execute(text("UPDATE audit_event SET action = 'x' WHERE sequence = 1"))
    with pytest.raises(Exception, match="append-only"), db.engine.connect() as connection:
        connection.execute(text("DELETE FROM audit_event"))


def test_a_change_tells_the_old_value_also_of_a_record_that_nobody_had_read_before(commune):
    case = a_case(commune, term_months=24)
    with transaction(commune.officer):
        db.session.expire(case)
        case.term_months = 30
    last = db.session.scalars(db.select(audit.AuditEvent).order_by(audit.AuditEvent.sequence.desc())).first()
    assert last.changes == {"term_months": [24, 30]}
