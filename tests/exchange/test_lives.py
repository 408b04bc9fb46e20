"""What a case went through moves with it: the same records, the same figures, the same duties of the same people."""

from collections import Counter

from sqlalchemy import inspect, select

from portal.cases.models import RUNNING, Case
from portal.duties.models import Duty
from portal.engine.db import Base, Record, db
from portal.exchange.catalogue import all_sheets
from portal.organisation.models import User
from portal.proposals.models import Proposal
from tests.exchange.lives import lives
from tests.exchange.test_people_and_cases import figures

OF_LAW = ("rule_changes", "days_off", "wordings")
STAYS = {
    "Attachment": "a file is no row: files travel in backups",
    "CoordinationParty": "told in the row of its plan", "ProtectionForce": "told in the row of its protection",
    "ItemAttendance": "told in the row of its item", "Erratum": "told in the row of its minutes",
    "EarlierOutcome": "drawn anew from the minutes when an agenda is compiled",
    "Phone": "a phone signs in anew", "HeldSend": "waits for the chief here",
    "SignInCard": "a secret: a card is made anew",
    "PledgeSheet": "a photo of paper", "PrintedList": "a list that was printed here bears numbers of this portal",
    "Remark": "was written to what waited, and tells nothing once it was decided",
    "RetentionRound": "whoever lost a name leaves without it already",
    "WorkHandover": "tells who held what in this portal", "HandoverLine": "tells who held what in this portal",
}  # fmt: skip


def test_every_record_has_its_sheet_or_a_reason_to_stay(app):
    with app.test_request_context():
        there = {inspect(one.record).base_mapper.class_.__name__ for one in all_sheets()}
    mappers = [one for one in Base.registry.mappers if issubclass(one.class_, Record) and one.inherits is None]
    assert {one.class_.__name__ for one in mappers} - there == STAYS.keys()


def owed():
    """What every case asks for and of whom, and what was done of those that run, by words of every portal."""
    db.session.rollback()
    cases = {one.id: one.number for one in db.session.scalars(select(Case))}
    running = set(db.session.scalars(select(Case.id).where(Case.state.in_(RUNNING))))
    users = {one.id: one.username for one in db.session.scalars(select(User))}
    asked = db.session.scalars(select(Duty).where(Duty.case_id.is_not(None), Duty.dropped_on.is_(None)))
    return Counter(
        (cases[one.case_id], one.rule, one.due_on, *_whose(one, users))
        for one in asked
        if one.subject_type != "proposal" and (one.done_on is None or one.case_id in running)
    )


def _whose(duty, users):
    """Of what is done it matters no more whose it was."""
    return ("done",) if duty.done_on else (duty.owner_role, users.get(duty.owner_id))


def test_all_that_a_case_went_through_comes_into_another_portal_and_the_same_is_owed(app, commune, moved):
    lives(commune)
    asked, counted = owed(), figures(app)
    first, second = moved()
    ours = {key: rows for key, rows in first.items() if key.startswith(("cases", "people")) or key in OF_LAW}
    empty = {key for key, rows in ours.items() if not rows}
    assert empty == {
        "cases.check_ins", "cases.roll_calls", "cases.contacts", "cases.measures", "cases.helper_reports",
        "cases.term_changes", "cases.birth_corrections", "cases.deductions", "cases.work_days", "cases.job_losses",
    }  # fmt: skip
    for key, rows in ours.items():
        assert second[key] == rows, key
    assert second["documents"] == first["documents"]
    for one in db.session.scalars(select(Proposal)):
        assert one.intact, one.number
    assert figures(app) == counted
    now = owed()
    assert (now - asked, asked - now) == (Counter(), Counter())
