"""What a case went through moves with it: the same records, the same figures, the same duties of the same people."""

from collections import Counter

from sqlalchemy import select

from portal.cases.models import Case
from portal.duties.models import Duty
from portal.engine.db import db
from portal.organisation.models import User
from tests.exchange.lives import lives
from tests.exchange.test_people_and_cases import figures


def owed():
    """What every case asks for and of whom, by words that are the same in every portal."""
    db.session.rollback()
    cases = {one.id: one.number for one in db.session.scalars(select(Case))}
    users = {one.id: one.username for one in db.session.scalars(select(User))}
    asked = db.session.scalars(select(Duty).where(Duty.case_id.is_not(None), Duty.dropped_on.is_(None)))
    return Counter(
        (cases[one.case_id], one.rule, one.due_on, one.done_on is not None, one.owner_role, users.get(one.owner_id))
        for one in asked
        if one.subject_type != "proposal"
    )


def test_all_that_a_case_went_through_comes_into_another_portal_and_the_same_is_owed(app, commune, moved):
    lives(commune)
    asked, counted = owed(), figures(app)
    first, second = moved()
    ours = {key: rows for key, rows in first.items() if key.startswith("cases")}
    empty = {key for key, rows in ours.items() if not rows}
    assert empty == {
        "cases.check_ins", "cases.roll_calls", "cases.contacts", "cases.measures", "cases.helper_reports",
        "cases.term_changes", "cases.birth_corrections",
    }  # fmt: skip
    for key, rows in ours.items():
        assert second[key] == rows, key
    assert second["documents"] == first["documents"]
    assert figures(app) == counted
    assert owed() == asked
