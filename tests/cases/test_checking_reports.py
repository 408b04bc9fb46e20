"""A self-report that a colleague took in is checked by whoever has the case: filed, or returned as deficient."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.cases.models import CheckIn
from portal.duties.models import Duty
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests.builders import a_case
from tests.conftest import TODAY

NOVEMBER = {"month": "2026-11-01", "received_on": "04/11/2026", "channel": "in_person"}


def hand_in(browser, case, **typed):
    return browser.post(f"/cases/{case.id}/check-in", data={**NOVEMBER, "version": case.version, **typed})


def newest():
    db.session.expire_all()
    return db.session.scalars(select(CheckIn).order_by(CheckIn.id.desc())).first()


def check_duty(check_in):
    return db.session.scalar(select(Duty).where(Duty.rule == "COM-SELF-REPORT-CHECK", Duty.subject_id == check_in.id))


def of_month(case):
    rule = Duty.rule == "COM-SELF-REPORT", Duty.key == "2026-11"
    return db.session.scalar(select(Duty).where(Duty.case_id == case.id, *rule))


@pytest.mark.parametrize("who", ["officer", "chief"])
def test_what_the_officer_or_the_chief_takes_in_is_checked_with_that(who, commune, browse_as):
    case = a_case(commune)
    assert hand_in(browse_as(getattr(commune, who)), case).status_code == 302
    assert (newest().to_check, check_duty(newest())) == (False, None)


def test_what_a_colleague_takes_in_waits_for_the_officer_and_is_filed_by_them(commune, browse_as):
    case = a_case(commune)
    assert hand_in(browse_as(commune.officer2), case).status_code == 302
    report, officer = newest(), browse_as(commune.officer)
    duty = check_duty(report)
    assert (duty.due_on, duty.owner_id, duty.open) == (date(2026, 11, 4), commune.officer.id, True)
    assert "Điều 8 khoản 1" in duty.source
    page = officer.get(f"/check-ins/{report.id}").text
    assert "To be checked" in page
    assert "05/11/2026" in page  # the last day of the law
    assert officer.post(f"/check-ins/{report.id}/file", data={"version": report.version}).status_code == 302
    report = newest()
    assert (report.checked_on, report.state, check_duty(report).open) == (TODAY, "received", False)
    assert "Checked on 23/11/2026" in officer.get(f"/cases/{case.id}?story=all").text


def test_whoever_took_it_in_for_a_colleague_neither_reads_nor_files_it(commune, browse_as):
    case = a_case(commune)
    colleague = browse_as(commune.officer2)
    hand_in(colleague, case)
    report = newest()
    assert colleague.get(f"/check-ins/{report.id}").status_code == 404
    assert colleague.post(f"/check-ins/{report.id}/file", data={"version": report.version}).status_code == 404


def test_a_returned_report_counts_as_not_handed_in_until_it_is_handed_in_again(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    hand_in(browse_as(commune.officer2), case)
    report = newest()
    sent = {"reason": "Thiếu chữ ký", "version": report.version, "parent_version": case.version}
    assert officer.post(f"/check-ins/{report.id}/return", data=sent).status_code == 302
    report = newest()
    assert (report.state, check_duty(report).open, of_month(case).open) == ("returned", False, True)
    page = officer.get(f"/check-ins/{report.id}").text
    assert "Returned on 23/11/2026: Thiếu chữ ký" in page
    assert f"/cases/{case.id}/check-in?month=2026-11" in page
    assert "Thiếu chữ ký" in officer.get(f"/cases/{case.id}?story=all").text
    assert hand_in(officer, case, received_on="23/11/2026").status_code == 302
    again = newest()
    assert (again.id != report.id, again.late_days, of_month(case).done_on) == (True, 18, TODAY)
    assert report.state == "returned"


def test_a_report_is_filed_once_and_by_what_was_read(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    hand_in(browse_as(commune.officer2), case)
    report = newest()
    stale = {"version": report.version}
    with transaction(commune.chief):
        report.workflow.take("file", report, commune.chief)
    assert officer.post(f"/check-ins/{report.id}/file", data=stale).status_code == 409
