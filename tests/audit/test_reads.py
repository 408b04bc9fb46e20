"""Every look, search and refusal is exactly one event, written before the page is sent; no event, no page."""

import pytest
from sqlalchemy import select, text

from portal.engine.audit import AuditEvent
from portal.engine.db import db
from tests.builders import a_case

pytestmark = pytest.mark.both_engines
NAME = "Nguyễn Công Trứng"


def events_of(deed):
    """The events that a deed leaves behind."""
    before = db.session.scalar(select(AuditEvent.sequence).order_by(AuditEvent.sequence.desc()).limit(1))
    deed()
    db.session.rollback()
    return db.session.scalars(
        select(AuditEvent).where(AuditEvent.sequence > before).order_by(AuditEvent.sequence)
    ).all()


def test_opening_a_case_is_one_event_that_says_who_and_as_whom(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    (event,) = events_of(lambda: officer.get(f"/cases/{case.id}"))
    assert (event.action, event.record_type, event.record_id) == ("look", "case", case.id)
    assert (event.user_id, event.role, event.commune_id) == (commune.officer.id, "police_officer", commune.id)


def test_a_search_is_one_event_that_keeps_its_words_closed(commune, browse_as):
    a_case(commune, NAME)
    chief = browse_as(commune.chief)
    (event,) = events_of(lambda: chief.get("/cases/?q=Trứng"))
    assert (event.action, event.changes["rows"]) == ("search", 1)
    assert event.changes["words"].startswith("#")
    assert "trung" not in str(event.changes).lower()


def test_a_refusal_is_one_event_that_the_inspector_can_find(commune, browse_as):
    case, other = a_case(commune), browse_as(commune.officer2)
    (event,) = events_of(lambda: other.get(f"/cases/{case.id}"))
    assert (event.action, event.user_id, event.changes["id"]) == ("refused", commune.officer2.id, case.id)
    assert event.commune_id == commune.id


def test_opening_a_figure_is_an_event(commune, browse_as):
    a_case(commune)
    chief = browse_as(commune.chief)
    (event,) = events_of(lambda: chief.get("/reports/figures/cases.community.received"))
    assert (event.action, event.changes["type"], event.changes["rows"]) == ("list", "case", 1)


@pytest.mark.parametrize(
    "address", ["/cases/{id}", "/cases/", "/cases/?q=trung", "/reports/figures/cases.community.received", "/audit/"]
)
def test_where_the_event_cannot_be_written_nothing_is_shown(commune, browse_as, address):
    case = a_case(commune, NAME)
    chief = browse_as(commune.inspector if "audit" in address else commune.chief)
    make_unwritable()
    answer = chief.get(address.format(id=case.id))
    assert answer.status_code >= 500
    assert NAME not in answer.text
    assert case.number not in answer.text


def test_a_refusal_that_cannot_be_written_shows_nothing_either(commune, browse_as):
    case, other = a_case(commune, NAME), browse_as(commune.officer2)
    make_unwritable()
    assert other.get(f"/cases/{case.id}").status_code >= 500


def make_unwritable():
    """Let the database refuse every new event."""
    db.session.rollback()
    with db.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("CREATE TRIGGER full BEFORE INSERT ON audit_event "
                                    "BEGIN SELECT RAISE(ABORT, 'no room'); END"))  # fmt: skip
        else:
            connection.execute(text("CREATE TRIGGER full_ BEFORE INSERT ON audit_event "
                                    "FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()"))  # fmt: skip
