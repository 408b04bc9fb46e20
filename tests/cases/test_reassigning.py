"""Many cases change hands at once: chosen, counted, asked for, accepted with exceptions taken out."""

import re

import pytest
from sqlalchemy import select

from portal.cases.actions import assign_officer
from portal.cases.models import Assignment, Case, CaseType
from portal.duties.models import Duty, Notification
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation.models import Role
from tests.builders import a_case, a_person
from tests.proposals.ways import a_user

WHY = "Cán bộ đi học sáu tháng"


@pytest.fixture
def files(commune):
    """Three of one officer's, in two villages and of two types."""
    kinds = (CaseType.SUSPENDED_SENTENCE, CaseType.SUSPENDED_SENTENCE, CaseType.NON_CUSTODIAL_REFORM)
    names = ("Nguyễn Công Trứng", "Trần Văn Bình", "Lê Thị Cúc")
    villages = ("BPH", "NHA", "NHA")
    return [
        a_case(commune, type=kind, person=a_person(commune, name, village))
        for kind, name, village in zip(kinds, names, villages, strict=True)
    ]


def body(cases, officer, reason=WHY, **more):
    ticks = {f"case_{case.id}": case.owner_id for case in cases}
    return {"officer_id": officer.id, "reason": reason, **ticks, **more}


def give(browse_as, commune, cases, officer, **more):
    data = body(cases, officer, sure="yes", **more)
    return browse_as(commune.chief).post("/cases/reassign", data=data)


def requests():
    db.session.rollback()
    return db.session.scalars(select(Assignment).where(Assignment.state == "proposed").order_by(Assignment.id)).all()


def test_the_number_is_said_from_whom_to_whom_before_anything_is_asked(commune, files, browse_as):
    answer = browse_as(commune.chief).post("/cases/reassign", data=body(files, commune.officer2))
    assert answer.status_code == 200
    assert "3 cases from Officer xã Bờ Y to Officer2 xã Bờ Y?" in answer.text
    assert WHY in answer.text
    assert requests() == []


def test_the_question_is_asked_in_vietnamese_as_well(commune, files, in_vietnamese):
    answer = in_vietnamese(commune.chief).post("/cases/reassign", data=body(files, commune.officer2))
    assert "Chuyển 3 hồ sơ từ Officer xã Bờ Y sang Officer2 xã Bờ Y?" in answer.text


def test_each_case_is_asked_for_by_itself_with_the_reason_and_stays_with_whom_it_has(commune, files, browse_as):
    assert give(browse_as, commune, files, commune.officer2).status_code == 302
    asked = requests()
    assert [(one.case_id, one.assignee_id, one.reason) for one in asked] == [
        (case.id, commune.officer2.id, WHY) for case in files
    ]
    assert {case.owner_id for case in files} == {commune.officer.id}
    duties = db.session.scalars(select(Duty).where(Duty.rule == "ASSIGNMENT", Duty.owner_id == commune.officer2.id))
    assert len(duties.all()) == 3
    assert WHY in browse_as(commune.officer2).get(f"/assignments/{asked[0].id}").text


def test_whoever_is_asked_for_many_cases_by_one_act_gets_one_notice_that_says_how_many(commune, files, browse_as):
    give(browse_as, commune, files, commune.officer2)
    told = select(Notification).where(Notification.user_id == commune.officer2.id)
    (notice,) = db.session.scalars(told).all()
    assert (notice.kind, notice.subject_id) == ("CASE-ASSIGNED", requests()[0].id)
    page = browse_as(commune.officer2).get("/notices/").text
    assert f"Case {files[0].number} is assigned to you and waits for your answer (and 2 more)" in page


def test_the_reason_enters_the_trail_as_a_digest_only(commune, files, browse_as):
    give(browse_as, commune, files[:1], commune.officer2)
    told = db.session.scalars(select(AuditEvent).where(AuditEvent.record_type == "assignment")).all()
    assert any("reason" in str(event.changes) for event in told)
    assert all(WHY not in str(event.changes) for event in told)


def test_one_case_that_somebody_was_asked_for_already_refuses_all_and_says_which(commune, files, browse_as):
    third = a_user(commune, "third", (Role.POLICE_OFFICER, commune.place("CA")))
    with transaction(commune.chief):
        assign_officer(files[1], third)
    answer = give(browse_as, commune, files, commune.officer2)
    assert answer.status_code == 422
    wanted = f"Case {files[1].number}: {third.full_name} has been asked and has not answered yet."
    assert wanted in answer.text
    assert f"{WHY}</textarea>" in answer.text
    assert answer.text.count(" checked") == 2  # the one that is asked for has no tick any more
    assert [one.assignee_id for one in requests()] == [third.id]


def test_a_case_that_is_theirs_already_and_one_that_is_closed_are_told(commune, files, browse_as):
    theirs = a_case(commune, "Phạm Văn Dũng", officer="officer2")
    answer = give(browse_as, commune, [*files, theirs], commune.officer2)
    assert f"Case {theirs.number} is with Officer2 xã Bờ Y already." in answer.text
    with transaction(None):
        files[0].state = "closed"
    answer = give(browse_as, commune, files, commune.officer2)
    assert answer.status_code == 422
    assert "1 of the cases that were ticked are not open any more." in answer.text
    assert requests() == []


def test_a_case_that_went_to_somebody_else_meanwhile_is_not_given_away(commune, files, browse_as):
    data = body(files, commune.officer2, sure="yes")
    with transaction(None):
        files[2].owner_id = commune.chief.id
    answer = browse_as(commune.chief).post("/cases/reassign", data=data)
    assert answer.status_code == 409
    assert requests() == []


def test_nothing_ticked_no_officer_and_no_reason_are_told_at_their_fields(commune, files, browse_as):
    answer = browse_as(commune.chief).post("/cases/reassign", data={"officer_id": "", "reason": " "})
    assert answer.status_code == 422
    assert {"cases", "officer_id", "reason"} <= set(re.findall(r'<li><a href="#(\w+)"', answer.text))


def test_a_case_of_the_neighbour_is_given_by_nobody_here(commune, neighbour, files, browse_as):
    far = a_case(neighbour)
    assert give(browse_as, commune, [*files, far], commune.officer2).status_code == 422
    assert requests() == []


@pytest.mark.parametrize(
    ("query", "shown"),
    [("", {0, 1, 2}), ("type=suspended_sentence", {0, 1}), ("village=NHA", {1, 2}), ("officer=chief", set()),
     ("officer=nobody", set())],
)  # fmt: skip
def test_the_list_is_narrowed_by_officer_village_and_type(commune, files, browse_as, query, shown):
    query = query.replace("NHA", str(commune.place("NHA").id))
    page = browse_as(commune.chief).get(f"/cases/reassign?{query}").text
    assert {number for number, case in enumerate(files) if f'name="case_{case.id}"' in page} == shown


def test_all_of_a_list_are_ticked_at_once(commune, files, browse_as):
    page = browse_as(commune.chief).get("/cases/reassign?type=suspended_sentence&all=yes").text
    assert page.count(" checked") == 2


def test_an_officer_gives_no_case_away(commune, files, browse_as):
    answer = browse_as(commune.officer).post("/cases/reassign", data=body(files, commune.officer2, sure="yes"))
    assert answer.status_code == 403
    assert requests() == []


# ── accepting ───────────────────────────────────────────────────────────────────────────────────────────────────────
def ticks(asked):
    return {f"request_{one.id}": one.version for one in asked}


def test_whoever_is_asked_accepts_all_at_once_but_for_what_they_take_out(commune, files, browse_as):
    give(browse_as, commune, files, commune.officer2)
    first, second, left_out = requests()
    officer2 = browse_as(commune.officer2)
    page = officer2.get("/cases/requests").text
    assert page.count(" checked") == 3
    assert WHY in page
    assert officer2.post("/cases/requests", data=ticks([first, second])).status_code == 302
    db.session.rollback()
    assert [case.owner_id for case in files] == [commune.officer2.id, commune.officer2.id, commune.officer.id]
    assert [(one.state, one.assignee_id) for one in files[0].assignments] == [
        ("ended", commune.officer.id), ("accepted", commune.officer2.id),
    ]  # fmt: skip
    assert [one.id for one in requests()] == [left_out.id]


def test_the_page_of_one_request_leads_to_all_of_them_where_there_are_several(commune, files, browse_as):
    give(browse_as, commune, files[:1], commune.officer2)
    officer2 = browse_as(commune.officer2)
    address = f"/assignments/{requests()[0].id}"
    assert "Answer them together" not in officer2.get(address).text
    give(browse_as, commune, files[1:], commune.officer2)
    assert 'href="/cases/requests">Answer them together' in officer2.get(address).text
    assert "Answer them together" not in browse_as(commune.chief).get(address).text


def test_of_requests_one_of_which_was_taken_back_none_is_accepted(commune, files, browse_as):
    give(browse_as, commune, files, commune.officer2)
    asked = requests()
    data = ticks(asked)
    with transaction(commune.chief):
        asked[1].workflow.take("recall", asked[1], commune.chief, "Nhầm")
    answer = browse_as(commune.officer2).post("/cases/requests", data=data)
    assert answer.status_code == 422
    assert "answered or taken back meanwhile" in answer.text
    assert {db.session.get_one(Case, case.id).owner_id for case in files} == {commune.officer.id}


def test_nobody_accepts_what_a_colleague_is_asked(commune, files, browse_as):
    give(browse_as, commune, files, commune.officer2)
    answer = browse_as(commune.officer).post("/cases/requests", data=ticks(requests()))
    assert answer.status_code == 422
    assert len(requests()) == 3


def test_forty_cases_are_asked_for_and_accepted_in_one_go(commune, browse_as):
    many = [a_case(commune, f"Người thứ {number}") for number in range(40)]
    assert give(browse_as, commune, many, commune.officer2).status_code == 302
    assert browse_as(commune.officer2).post("/cases/requests", data=ticks(requests())).status_code == 302
    assert {db.session.get_one(Case, case.id).owner_id for case in many} == {commune.officer2.id}
