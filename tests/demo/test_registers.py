"""The example's registers, rosters and bells are of its last days, whatever day it is loaded for."""

from sqlalchemy import func, select

from portal.cases.models import Case
from portal.documents import register
from portal.documents.models import OfficialDocument
from portal.documents.queries import is_issued, waits_for_signature
from portal.duties.models import Notification
from portal.duties.roster import on_call
from portal.engine import clock
from portal.engine.db import db
from portal.incidents.models import Observation
from portal.meetings.models import Meeting
from portal.organisation.models import User, line_of
from portal.organisation.queries import unit_coded
from portal.patrols.models import Patrol
from portal.proposals.models import Proposal
from portal.reports.models import Report


def test_papers_of_long_ago_are_issued_and_those_of_these_weeks_wait(example):
    day = clock.today()
    ours = OfficialDocument.commune_id.in_(line_of(unit_coded("BY").id))  # the neighbour has no clerk
    waiting = db.session.scalars(select(OfficialDocument.drafted_on).where(waits_for_signature(), ours)).all()
    assert waiting
    assert all((day - one).days <= 21 for one in waiting)
    assert db.session.scalar(select(func.count()).where(is_issued())) > 50


def test_the_directives_of_the_real_report_stand_in_the_register_with_their_days(example):
    numbered = select(OfficialDocument).where(OfficialDocument.number != "")
    found = {one.number: f"{one.dated_on:%d/%m/%Y}" for one in db.session.scalars(numbered)}
    assert found["46/KH-UBND"] == "09/04/2024"
    assert found["101/QĐ-UBND"] == "02/07/2024"
    assert ("KH-UBND", "01–45") in register.gaps(unit_coded("PY-UB"), 2024)


def test_each_force_has_somebody_on_call_now_under_a_number_that_is_no_real_one(example):
    for code in ("BY-CA", "BY-QS", "BY-BP"):
        turn = on_call(unit_coded(code), clock.now())
        assert turn is not None
        assert turn.phone.startswith("010")


def test_bells_ring_for_what_waits_and_not_for_what_was_years_ago(example):
    told = db.session.scalars(select(Notification)).all()
    assert told
    assert all((clock.now() - one.created_at).days <= 10 for one in told)
    chair = db.session.scalar(select(User.id).where(User.username == "commune_leader"))
    assert chair in {one.user_id for one in told}


def test_no_number_stands_on_two_records_of_the_commune_and_those_that_it_follows(example):
    line = line_of(unit_coded("BY").id)
    books = {book.record for area in example.extensions["areas"] for book in area.books}
    for record in (*books, Case, Proposal, Patrol, Meeting, Observation, Report):
        twice = select(record.number).where(record.commune_id.in_(line), record.number != "")
        found = db.session.scalars(twice.group_by(record.number).having(func.count() > 1)).all()
        assert (record.__name__, found) == (record.__name__, [])
