"""The quarterly report of a helper: three answers, by whoever helps, while it lasts; read by who has the case."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.cases.models import HelperReport
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests.builders import a_case

DAY = date(2027, 1, 3)  # the window for the fourth quarter of 2026 is from the first to the fifth
ANSWERS = {
    "quarter": "2026-Q4",
    "getting_on": "fair",
    "help_given": "Đưa đi làm căn cước",
    "to_know": "Hay sang nhà bạn uống rượu",
}


@pytest.fixture
def case(commune):
    return a_case(commune, helper="helper")


@pytest.fixture
def on_the_day():
    with clock.telling(clock.moment(DAY)):
        yield


def report(client, case, **more):
    return client.post(f"/cases/{case.id}/helper-report", data={**ANSWERS, "version": case.version, **more})


def duty_of(case):
    asked = select(Duty).where(Duty.case_id == case.id, Duty.rule == "COM-HELPER-REPORT", Duty.key == "2026-Q4")
    return db.session.scalars(asked).one()


def kept():
    return db.session.scalars(select(HelperReport)).all()


def test_the_helper_owes_the_report_and_is_asked_for_it_on_the_day(commune, browse_as, case, on_the_day):
    page = browse_as(commune.helper).get("/")
    assert f"/cases/{case.id}/helper-report?month=2026-Q4" in page.text
    assert (duty_of(case).owner_id, duty_of(case).due_on) == (commune.helper.id, date(2027, 1, 5))


def test_three_answers_finish_the_duty_and_the_officer_is_told(commune, browse_as, case, on_the_day):
    helper = browse_as(commune.helper)
    page = helper.get(f"/cases/{case.id}/helper-report?month=2026-Q4")
    assert page.text.count("<textarea") == 2
    assert report(helper, case).headers["Location"] == "/"
    assert (duty_of(case).done_on, duty_of(case).done_by_id) == (DAY, commune.helper.id)
    assert f"report in case {case.number} has come" in browse_as(commune.officer).get("/notices/").text
    assert report(helper, case, help_given="Khác").status_code == 409
    assert len(kept()) == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 200), ("chief", 200), ("officer2", 404), ("leader", 404), ("military", 404), ("border", 404),
     ("helper", 404), ("village_head", 404), ("clerk", 404), ("administrator", 404)],
)  # fmt: skip
def test_officer_and_chief_read_the_report_and_nobody_else_in_the_commune(
    commune, browse_as, case, on_the_day, who, status
):
    report(browse_as(commune.helper), case)
    reader = browse_as(getattr(commune, who))
    page = reader.get(f"/helper-reports/{kept()[0].id}")
    assert page.status_code == status
    story = reader.get(f"/cases/{case.id}")
    assert ("Đưa đi làm căn cước" in story.text) is (status == 200)
    assert ("Đưa đi làm căn cước" in page.text) is (status == 200)


def test_each_look_at_a_report_is_an_event_and_the_trail_keeps_no_word_of_it(commune, browse_as, case, on_the_day):
    report(browse_as(commune.helper), case)
    browse_as(commune.chief).get(f"/helper-reports/{kept()[0].id}")
    told = db.session.scalars(select(AuditEvent).where(AuditEvent.record_type == "helper_report")).all()
    assert {"create", "look"} <= {one.action for one in told}
    assert "rượu" not in "".join(str(one.changes) for one in told)


def test_who_helps_no_more_or_never_did_writes_none(commune, browse_as, case, on_the_day):
    assert report(browse_as(commune.village_head), case).status_code == 404
    helper = browse_as(commune.helper)
    with transaction(None):
        case.accepted("helper").until = DAY
    assert report(helper, case).status_code == 404
    assert kept() == []


def test_a_village_head_who_helps_writes_it_as_well(commune, browse_as, on_the_day):
    with clock.telling(clock.moment(date(2026, 11, 23))):
        case = a_case(commune, helper="village_head")
    assert report(browse_as(commune.village_head), case).status_code == 302


@pytest.mark.parametrize(
    ("typed", "told"),
    [({"getting_on": ""}, "getting_on"), ({"getting_on": "great"}, "getting_on"), ({"help_given": ""}, "help_given"),
     ({"help_given": "x" * 1501}, "help_given"), ({"quarter": "2026-Q3"}, "list"), ({"quarter": "2099-Q9"}, "list"),
     ({"to_know": "x" * 1501}, "to_know")],
)  # fmt: skip
def test_what_is_no_answer_is_told_at_its_question_and_what_was_typed_stays(
    commune, browse_as, case, on_the_day, typed, told
):
    page = report(browse_as(commune.helper), case, **typed)
    assert page.status_code == 422
    assert told in page.text
    assert "Đưa đi làm căn cước" in page.text or "help_given" in typed
    assert kept() == []


def test_a_report_is_not_written_before_its_quarter_is_over(commune, browse_as, case):
    helper = browse_as(commune.helper)
    assert "01/01/2027" in helper.get(f"/cases/{case.id}/helper-report").text
    assert report(helper, case).status_code == 422


def test_the_officer_enters_what_the_helper_gave_them_on_paper(commune, browse_as, case, on_the_day):
    officer = browse_as(commune.officer)
    assert "Enter the helper" in officer.get(f"/cases/{case.id}").text
    assert report(officer, case).headers["Location"] == f"/cases/{case.id}"
    assert duty_of(case).done_by_id == commune.officer.id


def test_a_report_that_was_struck_out_is_asked_for_again(commune, browse_as, case, on_the_day):
    report(browse_as(commune.helper), case)
    officer, made = browse_as(commune.officer), kept()[0]
    officer.post(f"/helper-reports/{made.id}/void", data={"reason": "Nhầm người", "version": made.version})
    assert duty_of(case).open
    assert report(browse_as(commune.helper), case).status_code == 302


def test_a_report_that_does_not_come_climbs_to_the_chief_after_three_days(commune, browse_as, case, on_the_day):
    browse_as(commune.helper).get("/")
    with clock.telling(clock.moment(date(2027, 1, 5) + timedelta(days=4))):
        assert "report of the helper on quarter IV/2026" in browse_as(commune.chief).get("/").text


def test_once_the_helper_left_the_officer_owes_the_report(commune, browse_as, case):
    with transaction(None):
        commune.helper.grants[0].valid_to = date(2026, 12, 31)
    with clock.telling(clock.moment(DAY)):
        browse_as(commune.officer).get("/")
        assert duty_of(case).owner_id == commune.officer.id


def test_a_report_that_came_on_paper_before_reports_were_records_stays_finished(commune, browse_as, case, on_the_day):
    with transaction(commune.officer):
        duty = duty_of(case)
        duty.done_on, duty.done_by_id, duty.note = DAY, commune.officer.id, "Báo cáo giấy, lưu hồ sơ"
    with transaction(commune.officer):
        case.offence = "Gây rối trật tự công cộng"
    assert (duty_of(case).done_on, duty_of(case).done_by_id) == (DAY, commune.officer.id)
    assert f"/cases/{case.id}/helper-report" not in browse_as(commune.helper).get("/").text
