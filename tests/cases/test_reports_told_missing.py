"""A self-report is not entered as of a day before the record which says that it had not come."""

from datetime import date

import pytest

from portal.cases.models import CheckIn, Violation
from portal.duties.models import Duty
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.engine.voiding import void
from tests.builders import a_case

BREACH = {"kind": "duty", "occurred_on": "06/11/2026", "recorded_on": "12/11/2026", "text": "Không nộp bản tự nhận xét",
          "missing_report": "2026-11-01"}  # fmt: skip
REPORT = {"month": "2026-11-01", "channel": "in_person", "note": "Nộp cho trực ban"}
BEFORE = "A violation recorded on 12/11/2026 says that the self-report of 11/2026 had not come by then."


def kept(record):
    db.session.rollback()
    return db.session.scalars(db.select(record).order_by(record.id)).all()


def broken(browser, case, **typed):
    return browser.post(f"/cases/{case.id}/violation", data={**BREACH, **typed})


def handed_in(browser, case, on):
    return browser.post(f"/cases/{case.id}/check-in", data={**REPORT, "received_on": on})


def owed(case):
    asked = db.select(Duty).where(Duty.case_id == case.id, Duty.rule == "COM-SELF-REPORT", Duty.key == "2026-11")
    db.session.rollback()
    return db.session.scalars(asked).one()


def test_a_report_of_before_the_breach_is_refused_with_its_clause_and_the_duty_stays(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    assert broken(officer, case).status_code == 302
    answer = handed_in(officer, case, "03/11/2026")
    assert answer.status_code == 422
    assert BEFORE in answer.text
    assert "Điều 87" in answer.text
    assert REPORT["note"] in answer.text
    assert kept(CheckIn) == []
    assert owed(case).done_on is None


def test_a_report_that_came_late_is_taken_from_the_day_of_the_record_on(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    broken(officer, case)
    assert handed_in(officer, case, "12/11/2026").status_code == 302
    assert owed(case).done_on == date(2026, 11, 12)


def test_once_the_breach_is_marked_as_made_in_error_the_day_is_taken(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    broken(officer, case)
    with transaction(commune.officer):
        void(db.session.scalars(db.select(Violation)).one(), "Đã nộp đúng hạn")
    assert handed_in(officer, case, "03/11/2026").status_code == 302


def test_another_breach_stands_in_the_way_of_no_report(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    assert broken(officer, case, missing_report="other", text="Đi khỏi xã").status_code == 302
    assert handed_in(officer, case, "03/11/2026").status_code == 302


def test_a_breach_of_duty_says_whether_a_report_had_not_come_while_one_is_overdue(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    answer = broken(officer, case, missing_report="")
    assert answer.status_code == 422
    assert "whether the breach is that a self-report did not come" in answer.text
    assert BREACH["text"] in answer.text
    assert kept(Violation) == []


@pytest.mark.parametrize(
    ("came", "recorded", "told"),
    [
        ("", "05/11/2026", "The self-report of 11/2026 was due by 05/11/2026; it is missing only after that."),
        ("03/11/2026", "12/11/2026", "11/2026"),
    ],
)
def test_a_report_that_had_come_or_was_not_due_yet_is_not_recorded_as_missing(commune, browse_as, came, recorded, told):
    case, officer = a_case(commune), browse_as(commune.officer)
    if came:
        handed_in(officer, case, came)
    answer = broken(officer, case, occurred_on="05/11/2026", recorded_on=recorded)
    assert answer.status_code == 422
    assert told in answer.text
    assert kept(Violation) == []


def test_the_round_refuses_it_as_well_and_names_whom_it_is_about(commune, browse_as):
    case, officer = a_case(commune, "Nguyễn Văn An"), browse_as(commune.officer)
    broken(officer, case)
    answer = officer.post("/cases/round?month=2026-11", data={"held_on": "03/11/2026", f"in_{case.id}": "yes"})
    assert answer.status_code == 422
    assert f'<a href="#p{case.id}">Nguyễn Văn An: {BEFORE}' in answer.text
    assert kept(CheckIn) == []


def test_a_reason_that_was_typed_in_the_round_stays_with_the_report_whatever_the_day(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    said = {"held_on": "04/11/2026", f"in_{case.id}": "yes", f"late_{case.id}": "Lũ cuốn cầu"}
    assert officer.post("/cases/round?month=2026-11", data=said).status_code == 302
    assert [one.note for one in kept(CheckIn)] == ["Lũ cuốn cầu"]
