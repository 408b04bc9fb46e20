"""What is recorded in a case, from the outside: each form does what it says, and refuses what cannot be."""

import pytest

from portal.cases.models import Assessment, CheckIn, Contact, Measure, RollCall, Violation
from portal.engine.db import db
from tests.builders import a_case

GOOD = {
    "check-in": (CheckIn, {"month": "2026-11-01", "received_on": "23/11/2026", "channel": "in_person"}),
    "roll-call": (RollCall, {"month": "2026-11-01", "held_on": "05/11/2026", "present": "yes"}),
    "contact": (Contact, {"kind": "visit", "happened_on": "20/11/2026", "note": "Gặp tại nhà"}),
    "assessment": (Assessment, {"month": "2026-10-01", "written_on": "04/11/2026", "rating": "fair", "text": "Tốt"}),
    "violation": (
        Violation,
        {"kind": "duty", "occurred_on": "10/11/2026", "recorded_on": "12/11/2026", "text": "Vắng mặt không phép"},
    ),
    "measure": (Measure, {"kind": "loan", "given_on": "12/11/2026", "given_by": "Ngân hàng", "amount_vnd": "30000000"}),
}
DAYS = {
    "check-in": "received_on", "roll-call": "held_on", "contact": "happened_on", "assessment": "written_on",
    "violation": "recorded_on", "measure": "given_on",
}  # fmt: skip


def kept(record):
    db.session.rollback()
    return db.session.scalars(db.select(record)).all()


@pytest.mark.parametrize("page", GOOD)
def test_each_page_keeps_what_was_written_and_the_timeline_tells_it(commune, browse_as, page):
    case, (record, typed) = a_case(commune), GOOD[page]
    officer = browse_as(commune.officer)
    answer = officer.post(f"/cases/{case.id}/{page}", data=typed)
    lands = "/violations/1" if page == "violation" else f"/cases/{case.id}"  # where its warning is drafted
    assert (answer.status_code, answer.headers["Location"]) == (302, lands)
    (written,) = kept(record)
    assert (written.case_id, written.created_by_id) == (case.id, commune.officer.id)
    told = officer.get(f"/cases/{case.id}").text
    for text in ("note", "text", "given_by"):
        assert typed.get(text, "") in told


@pytest.mark.parametrize("page", GOOD)
@pytest.mark.parametrize("day", ["24/11/2026", "01/07/2026", "31/02/2026", "", "hôm qua", "01/01/0001", "31/12/9999"])
def test_no_page_takes_a_day_that_cannot_be_and_what_was_typed_stays(commune, browse_as, page, day):
    case, (record, typed) = a_case(commune), GOOD[page]
    answer = browse_as(commune.officer).post(f"/cases/{case.id}/{page}", data={**typed, DAYS[page]: day})
    assert answer.status_code == 422
    assert kept(record) == []
    for name in ("note", "text", "given_by"):
        assert typed.get(name, "") in answer.text


@pytest.mark.parametrize("page", ["check-in", "roll-call", "assessment"])
def test_what_is_recorded_once_a_month_is_not_recorded_twice(commune, browse_as, page):
    case, (record, typed) = a_case(commune), GOOD[page]
    officer = browse_as(commune.officer)
    officer.post(f"/cases/{case.id}/{page}", data=typed)
    assert officer.post(f"/cases/{case.id}/{page}", data=typed).status_code == 409
    assert len(kept(record)) == 1


def test_a_month_before_july_2026_has_no_rating_and_one_after_needs_it(commune, browse_as):
    case, (record, typed) = a_case(commune), GOOD["assessment"]
    assert (
        browse_as(commune.officer).post(f"/cases/{case.id}/assessment", data={**typed, "rating": ""}).status_code == 422
    )
    assert kept(record) == []


def test_a_violation_is_not_recorded_before_it_happened(commune, browse_as):
    case, (record, typed) = a_case(commune), GOOD["violation"]
    answer = browse_as(commune.officer).post(f"/cases/{case.id}/violation", data={**typed, "occurred_on": "13/11/2026"})
    assert (answer.status_code, kept(record)) == (422, [])


def test_a_returned_self_report_counts_for_nothing_and_can_be_handed_in_again(commune, browse_as):
    case, (record, typed) = a_case(commune), GOOD["check-in"]
    officer = browse_as(commune.officer)
    officer.post(f"/cases/{case.id}/check-in", data=typed)
    (report,) = kept(record)
    assert officer.post(f"/check-ins/{report.id}/return", data={"reason": "", "version": 1}).status_code == 422
    assert (
        officer.post(f"/check-ins/{report.id}/return", data={"reason": "Thiếu chữ ký", "version": 1}).status_code == 302
    )
    assert officer.post(f"/cases/{case.id}/check-in", data=typed).status_code == 302
    assert [one.state for one in kept(record)] == ["returned", "received"]


@pytest.mark.parametrize("state", ["draft", "rejected", "closed"])
@pytest.mark.parametrize("page", GOOD)
def test_nothing_is_recorded_in_a_case_that_does_not_run(commune, browse_as, page, state):
    case, (record, typed) = a_case(commune, state=state), GOOD[page]
    assert browse_as(commune.officer).post(f"/cases/{case.id}/{page}", data=typed).status_code in (403, 404)
    assert kept(record) == []


@pytest.mark.parametrize("page", ["assessment", "violation", "measure"])
def test_a_colleague_on_duty_records_reports_roll_calls_and_contacts_and_nothing_else(commune, browse_as, page):
    case, (record, typed) = a_case(commune), GOOD[page]
    assert browse_as(commune.officer2).post(f"/cases/{case.id}/{page}", data=typed).status_code == 404
    assert kept(record) == []
