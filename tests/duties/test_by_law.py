"""Each duty falls on the law's own day, climbs on its ladder, and is finished by the record that does it."""

from datetime import date, timedelta

import pytest

from portal.cases.actions import (
    assign_officer,
    record_assessment,
    record_check_in,
    record_measure,
    record_measure_result,
    record_roll_call,
    return_check_in,
)
from portal.cases.models import CaseType, EndGround, MeasureKind, Rating
from portal.duties.actions import finish, leave
from portal.duties.daily import renew_all
from portal.duties.models import Duty
from portal.duties.queries import open_until, still_open
from portal.engine import clock
from portal.engine.access import may
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.proposals import actions as proposals
from tests.builders import a_case, a_cut, an_absence
from tests.cases.ends import all_left, end_checked
from tests.conftest import TODAY
from tests.documents.signing import sealed
from tests.duties.owing import nobodys
from tests.proposals.ways import a_proposal

NEW = {"received_on": date(2026, 11, 6), "starts_on": date(2026, 10, 20), "term_months": 18, "prison_months": 9}


def duty(case, rule, key=""):
    db.session.expire_all()
    found = db.select(Duty).where(Duty.case_id == case.id, Duty.rule == rule, Duty.key == key)
    return db.session.scalars(found).one_or_none()


def on(day):
    """Live on a day, after the night in which duties were renewed."""
    return clock.telling(clock.moment(day))


def night(day):
    with on(day):
        renew_all()


def open_duties(case):
    return db.session.scalars(db.select(Duty).where(Duty.case_id == case.id, still_open())).all()


def readers(commune, of, *names):
    return {name for name in names if may(getattr(commune, name), "read", of)}


def take(proposal, step, by, reason=""):
    with transaction(by):
        proposal.workflow.take(step, proposal, by, reason)


# ── the beginning ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_an_officer_is_owed_by_the_chief_three_working_days_after_the_papers_came(commune):
    case = a_case(commune, officer=None, **NEW)
    owed = duty(case, "COM-ASSIGN-OFFICER")
    assert (owed.due_on, owed.owner_id, owed.owner_role) == (date(2026, 11, 11), None, "police_chief")
    assert "Nghị định 231/2026/NĐ-CP" in owed.source
    with on(date(2026, 11, 12)):
        assert readers(commune, owed, "chief", "officer", "leader") == {"chief"}
    assert readers(commune, owed, "chief", "officer", "leader") == {"chief", "leader"}


def test_the_officer_who_accepts_finishes_what_the_chief_owed(commune):
    case = a_case(commune, officer=None, **NEW)
    with transaction(commune.chief):
        assignment = assign_officer(case, commune.officer)
    assert duty(case, "COM-ASSIGN-OFFICER").open
    answer = duty(case, "ASSIGNMENT")
    assert (answer.owner_id, answer.open) == (commune.officer.id, True)
    take(assignment, "accept", commune.officer)
    assert duty(case, "COM-ASSIGN-OFFICER").done_on == TODAY
    assert duty(case, "ASSIGNMENT").done_by_id == commune.officer.id


def test_declining_answers_an_assignment_and_leaves_the_case_with_the_chief(commune):
    case = a_case(commune, officer=None, **NEW)
    with transaction(commune.chief):
        assignment = assign_officer(case, commune.officer)
    take(assignment, "decline", commune.officer, "Đang nghỉ thai sản")
    assert duty(case, "ASSIGNMENT").done_on == TODAY
    assert duty(case, "COM-ASSIGN-OFFICER").open


def test_report_plan_and_helper_are_owed_by_the_working_days_of_the_decree(commune):
    case = a_case(commune, **NEW)
    days = {rule: duty(case, rule).due_on for rule in ("COM-RECEPTION-REPORT", "COM-PLAN", "COM-HELPER-PROPOSE")}
    assert days == {
        "COM-RECEPTION-REPORT": date(2026, 11, 11), "COM-PLAN": date(2026, 11, 13),
        "COM-HELPER-PROPOSE": date(2026, 11, 11),
    }  # fmt: skip


def test_a_proposed_helper_does_what_was_owed_and_one_that_is_turned_down_does_not(commune):
    case = a_case(commune, **NEW)
    with transaction(commune.officer):
        proposal = proposals.propose_helper(case, commune.helper, "Cùng thôn")
    take(proposal, "submit", commune.officer)
    assert duty(case, "COM-HELPER-PROPOSE").done_on == TODAY
    take(proposal, "endorse", commune.chief)
    take(proposal, "reject", commune.leader, "Chọn người khác")
    assert duty(case, "COM-HELPER-PROPOSE").open


def test_the_steps_of_the_reception_stay_until_somebody_did_them(commune):
    case = a_case(commune, **NEW)
    night(TODAY + timedelta(days=300))
    assert duty(case, "COM-PLAN").open


def test_a_file_that_was_old_when_it_was_entered_begins_with_nothing_owed_of_the_past(commune):
    case = a_case(commune, received_on=date(2024, 4, 15), starts_on=date(2024, 3, 19), term_months=48)
    assert (
        db.session.scalars(
            db.select(Duty.rule).where(
                Duty.case_id == case.id, Duty.due_on < date(2026, 10, 1), Duty.is_right.is_(False)
            )
        ).all()
        == []
    )


# ── month by month ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_what_is_missing_is_owed_until_it_is_there_however_many_months_pass(commune):
    case = a_case(commune)
    for day in (date(2026, 12, 15), date(2027, 1, 20), date(2027, 3, 20)):
        night(day)
    assert duty(case, "COM-SELF-REPORT", "2026-11").open
    with on(date(2027, 3, 20)), transaction(commune.officer):
        record_check_in(case, date(2026, 11, 1), date(2027, 3, 20))
    assert duty(case, "COM-SELF-REPORT", "2026-11").done_on == date(2027, 3, 20)
    assert duty(case, "COM-SELF-REPORT", "2026-12").open


def test_each_monthly_record_finishes_its_own_duty_and_no_other(commune):
    case = a_case(commune)
    with transaction(commune.officer):
        record_check_in(case, TODAY, TODAY)
    assert not duty(case, "COM-SELF-REPORT", "2026-11").open
    assert duty(case, "COM-ROLLCALL", "2026-11").open
    with transaction(commune.officer):
        record_roll_call(case, TODAY, TODAY, present=True)
        record_assessment(case, date(2026, 10, 1), TODAY, Rating.FAIR, "Chấp hành tốt")
    assert not duty(case, "COM-ROLLCALL", "2026-11").open
    assert not duty(case, "COM-ASSESS-MONTHLY", "2026-10").open
    assert duty(case, "COM-ASSESS-MONTHLY", "2026-11").open


def test_a_returned_self_report_is_owed_again(commune):
    case = a_case(commune)
    with transaction(commune.officer):
        report = record_check_in(case, TODAY, TODAY)
    with transaction(commune.officer):
        return_check_in(report, commune.officer, "Thiếu chữ ký")
    assert duty(case, "COM-SELF-REPORT", "2026-11").open


def test_a_ban_from_places_owes_roll_calls_and_no_self_report(commune):
    case = a_case(commune, type=CaseType.RESIDENCE_BAN, starts_on=date(2026, 5, 20), term_months=12)
    assert duty(case, "COM-SELF-REPORT", "2026-11") is None
    assert duty(case, "COM-ROLLCALL", "2026-11").open


def test_supervised_residence_presents_itself_in_the_first_week(commune):
    case = a_case(commune, type=CaseType.RESIDENCE_SUPERVISION, starts_on=date(2026, 2, 11), term_months=24)
    assert duty(case, "RS-PRESENT-MONTHLY", "2026-11").due_on == date(2026, 11, 7)


def test_a_suspended_case_owes_nothing_for_its_pause_not_even_when_it_goes_on(commune):
    case = a_case(commune)
    with on(date(2026, 11, 2)):
        take(case, "suspend", commune.chief, "Tạm giam")
        assert not duty(case, "COM-SELF-REPORT", "2026-11").open
    night(date(2026, 12, 20))
    with on(date(2027, 1, 10)):
        take(case, "resume", commune.chief, "Được trả tự do")
        missing = db.select(Duty.key).where(
            Duty.case_id == case.id, Duty.rule == "COM-SELF-REPORT", Duty.done_on.is_(None), Duty.dropped_on.is_(None)
        )
        assert set(db.session.scalars(missing)) == {"2027-02"} | (
            {"2026-10"} if duty(case, "COM-SELF-REPORT", "2026-10").open else set()
        )


def test_a_suspension_pauses_the_months_alone_so_that_reception_quarter_and_end_are_still_owed(commune):
    case = a_case(commune, helper="helper", printed_ends_on=date(2026, 12, 20), **NEW)
    before = {one.rule for one in open_duties(case)}
    take(case, "suspend", commune.chief, "Tạm giam")
    night(TODAY + timedelta(days=1))
    assert {"COM-RECEPTION-REPORT", "COM-PLAN", "COM-HELPER-REPORT", "HANDOVER", "CERTIFICATE"} <= before
    paused = before - {one.rule for one in open_duties(case)}
    assert paused == {"COM-SELF-REPORT", "COM-ROLLCALL", "COM-ASSESS-MONTHLY"}


def test_what_a_suspended_case_still_owes_can_be_done_by_whoever_owes_it(commune):
    case = a_case(commune, helper="helper", **NEW)
    take(case, "suspend", commune.chief, "Tạm giam")
    assert open_duties(case)
    assert nobodys() == []


def test_a_case_of_the_army_is_only_followed(commune):
    case = a_case(commune, unit="QS")
    assert db.session.scalars(db.select(Duty).where(Duty.case_id == case.id)).all() == []


def a_helper_asked(commune, case, helper):
    """Proposed, endorsed and decided; whoever it is has not answered yet."""
    with transaction(commune.officer):
        proposal = proposals.propose_helper(case, helper, "Cùng thôn")
    for step, by in (("submit", commune.officer), ("endorse", commune.chief), ("approve", commune.leader)):
        take(proposal, step, by)
    return case.proposed("helper")


@pytest.mark.parametrize(("step", "by"), [("decline", "helper"), ("recall", "chief")])
def test_a_helper_who_does_not_accept_leaves_the_duty_to_propose_another(commune, step, by):
    case = a_case(commune, **NEW)
    asked = a_helper_asked(commune, case, commune.helper)
    assert duty(case, "COM-HELPER-ANEW", str(asked.id)) is None
    take(asked, step, getattr(commune, by), "Đi làm xa")
    owed = duty(case, "COM-HELPER-ANEW", str(asked.id))
    assert (owed.open, owed.due_on, owed.owner_id) == (True, TODAY + timedelta(days=3), commune.officer.id)
    assert duty(case, "COM-HELPER-PROPOSE").done_on == TODAY  # what the law asks for was done
    another = a_helper_asked(commune, case, commune.village_head)
    assert duty(case, "COM-HELPER-ANEW", str(asked.id)).done_on == TODAY
    take(another, "decline", commune.village_head, "Ốm")
    assert duty(case, "COM-HELPER-ANEW", str(asked.id)).done_on == TODAY
    assert duty(case, "COM-HELPER-ANEW", str(another.id)).open


def test_who_is_helped_already_is_not_asked_for_another_when_the_second_declines(commune):
    case = a_case(commune, helper="helper", **NEW)
    asked = a_helper_asked(commune, case, commune.village_head)
    take(asked, "decline", commune.village_head, "Ốm")
    assert duty(case, "COM-HELPER-ANEW", str(asked.id)) is None


def test_a_helper_who_leaves_service_leaves_the_duty_to_propose_another(commune):
    case = a_case(commune, helper="helper", **NEW)
    helps = case.accepted("helper")
    with transaction(commune.administrator):
        commune.helper.grants[0].valid_to = TODAY - timedelta(days=1)
    owed = duty(case, "COM-HELPER-ANEW", str(helps.id))
    assert (owed.open, owed.due_on) == (True, TODAY + timedelta(days=2))


def test_the_helpers_quarterly_report_is_owed_for_quarters_in_which_there_was_a_helper(commune):
    alone, helped = a_case(commune), a_case(commune, "A Hluân", helper="helper")
    assert duty(alone, "COM-HELPER-REPORT", "2026-Q4") is None
    assert duty(helped, "COM-HELPER-REPORT", "2026-Q4").due_on == date(2027, 1, 5)
    assert duty(helped, "COM-HELPER-REPORT", "2026-Q3") is None


def test_what_is_said_by_hand_stays_done_through_every_renewal(commune):
    case = a_case(commune, **NEW)
    report = duty(case, "COM-RECEPTION-REPORT")
    with transaction(commune.officer):
        finish(report, TODAY, "Báo cáo số 5, lưu hồ sơ", commune.officer.id)
    night(TODAY + timedelta(days=40))
    said = duty(case, "COM-RECEPTION-REPORT")
    assert (said.done_on, said.done_by_id) == (TODAY, commune.officer.id)
    assert (said.note, said.drop_reason) == ("Báo cáo số 5, lưu hồ sơ", "")


def test_what_was_dropped_for_a_while_and_is_asked_for_again_keeps_no_reason_of_that(commune):
    case = a_case(commune)
    for day, step, left in ((2, "suspend", "no longer asked for"), (3, "resume", "")):
        with on(date(2026, 11, day)):
            take(case, step, commune.chief, "Đi viện")
        report = duty(case, "COM-SELF-REPORT", "2026-11")
        assert (report.open, report.drop_reason, report.note) == (not left, left, "")


def test_a_closed_case_is_asked_for_no_result_of_help(commune):
    case = a_case(commune, type=CaseType.REINTEGRATION, starts_on=date(2026, 7, 1))
    with transaction(commune.officer):
        record_measure(case, MeasureKind.LOAN, date(2026, 8, 14), "Ngân hàng Chính sách xã hội", 30_000_000)
    with transaction(commune.chief):
        case.state, case.closed_on = "closed", TODAY
    assert not duty(case, "MEASURE-3").open
    assert not duty(case, "MEASURE-6").open


def test_the_result_of_help_is_asked_for_after_three_and_six_months(commune):
    case = a_case(commune, type=CaseType.REINTEGRATION, starts_on=date(2026, 7, 1))
    with transaction(commune.officer):
        measure = record_measure(case, MeasureKind.LOAN, date(2026, 8, 14), "Ngân hàng Chính sách xã hội", 30_000_000)
    assert [duty(case, f"MEASURE-{months}").due_on for months in (3, 6)] == [date(2026, 11, 14), date(2027, 2, 14)]
    with transaction(commune.officer):
        record_measure_result(measure, 3, "Đã mua bò giống", TODAY)
    assert not duty(case, "MEASURE-3").open
    assert duty(case, "MEASURE-6").open


# ── rights and the end ──────────────────────────────────────────────────────────────────────────────────────────────
def ending(commune, last_on, type=CaseType.SUSPENDED_SENTENCE):
    return a_case(
        commune,
        type=type,
        starts_on=date(2025, 1, 10),
        received_on=date(2025, 1, 20),
        term_months=24,
        printed_ends_on=last_on,
    )


def test_the_file_is_handed_over_three_days_before_the_end_and_the_alert_comes_on_the_working_day_before(commune):
    owed = duty(ending(commune, date(2026, 12, 16)), "HANDOVER")
    assert (owed.due_on, owed.alert_on) == (date(2026, 12, 13), date(2026, 12, 11))


def test_after_a_conditional_release_the_file_goes_fifteen_days_before_the_end(commune):
    assert duty(ending(commune, date(2026, 12, 31), CaseType.CONDITIONAL_RELEASE), "HANDOVER").due_on == date(
        2026, 12, 16
    )


@pytest.mark.parametrize(
    ("days_before", "before_whom"),
    [(31, set()), (30, {"officer"}), (8, {"officer"}), (7, {"officer", "chief"}), (2, {"officer", "chief"}),
     (1, {"officer", "chief", "leader"}), (0, {"officer", "chief", "leader", "inspector"}),
     (-9, {"officer", "chief", "leader", "inspector"})],
)  # fmt: skip
def test_nobody_overstays_30_7_1_and_0_days_before_the_end_it_stands_before_one_more(commune, days_before, before_whom):
    case = ending(commune, TODAY + timedelta(days=40))
    day = TODAY + timedelta(days=40 - days_before)
    night(day)
    with on(day):
        people = (commune.officer, commune.chief, commune.leader, commune.inspector)
        names = ("officer", "chief", "leader", "inspector")
        shown = {
            name
            for name, user in zip(names, people, strict=True)
            if any(one.rule == "CERTIFICATE" and one.case_id == case.id for one in open_until(user, day + timedelta(7)))
        }
    assert shown == before_whom


def test_only_a_certified_completion_ends_the_watch_over_the_last_day(commune):
    last_on = TODAY + timedelta(days=5)
    case = ending(commune, last_on)
    end_checked(commune, case, ground=EndGround.PRINTED, paper="Quyết định 5", paper_on=date(2025, 1, 10))
    all_left(commune, case)
    with transaction(commune.officer):
        refused = proposals.propose_completion(case, last_on, "completed", "Đã chấp hành xong")
    take(refused, "submit", commune.officer)
    take(refused, "reject", commune.chief, "Chưa đến ngày")
    assert duty(case, "CERTIFICATE").open
    with on(last_on):
        all_left(commune, case)
        with transaction(commune.officer):
            proposal = proposals.propose_completion(case, last_on, "completed", "Đã chấp hành xong")
        take(proposal, "submit", commune.officer)
        take(proposal, "approve", commune.chief)
    assert case.state == "closed"
    assert (duty(case, "CERTIFICATE").done_on, duty(case, "CERTIFICATE").done_by_id) == (last_on, commune.chief.id)
    open_now = db.select(Duty.rule).where(Duty.case_id == case.id, Duty.done_on.is_(None), Duty.dropped_on.is_(None))
    assert db.session.scalars(open_now).all() == ["SIGNED-PAGE"]


def test_a_right_that_nobody_answers_for_14_days_climbs_to_the_chief(commune):
    case = a_case(commune, starts_on=date(2025, 12, 1), received_on=date(2025, 12, 20), term_months=24)
    right = duty(case, "RIGHT")
    assert (right.due_on, right.is_right) == (date(2026, 12, 1), True)
    with on(date(2026, 12, 15)):
        assert readers(commune, right, "officer", "chief") == {"officer"}
    with on(date(2026, 12, 16)):
        assert readers(commune, right, "officer", "chief", "leader") == {"officer", "chief"}


def test_a_right_is_answered_by_the_courts_cut_or_by_saying_why_not(commune):
    facts = {"starts_on": date(2025, 12, 1), "received_on": date(2025, 12, 20), "term_months": 24}
    cut, declined = a_case(commune, **facts), a_case(commune, "A Hluân", **facts)
    with on(date(2026, 12, 10)):
        a_cut(commune, cut, date(2026, 12, 9))
        with transaction(commune.officer):
            leave(duty(declined, "RIGHT"), date(2026, 12, 10), "Chưa đủ thành tích", commune.officer.id)
    night(date(2027, 1, 20))
    assert duty(cut, "RIGHT").done_on == date(2026, 12, 9)
    assert duty(declined, "RIGHT").dropped_on == date(2026, 12, 10)


# ── proposals ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_each_step_of_a_proposal_finishes_the_duty_before_it_and_the_chair_gets_the_laws_days_for_a_helper(commune):
    case = a_case(commune)
    with transaction(commune.officer):
        proposal = proposals.propose_helper(case, commune.helper, "Cùng thôn")
    take(proposal, "submit", commune.officer)
    assert duty(case, "ENDORSE").owner_role == "police_chief"
    take(proposal, "endorse", commune.chief)
    assert (duty(case, "ENDORSE").done_on, duty(case, "ENDORSE").done_by_id) == (TODAY, commune.chief.id)
    owed = duty(case, "DECIDE-BY-LAW")
    assert (owed.due_on, "Điều 12" in owed.source) == (date(2026, 11, 27), True)  # the 24th is off
    take(proposal, "approve", commune.leader)
    assert duty(case, "DECIDE-BY-LAW").done_by_id == commune.leader.id


def test_a_returned_proposal_goes_back_to_its_author_and_a_withdrawn_one_to_nobody(commune):
    case = a_case(commune)
    proposal = an_absence(commune, case, date(2026, 12, 1), date(2026, 12, 5))
    take(proposal, "submit", commune.officer)
    take(proposal, "return", commune.chief, "Thiếu giấy khám")
    assert duty(case, "COMPLETE").owner_id == commune.officer.id
    take(proposal, "submit", commune.officer)
    assert not duty(case, "COMPLETE").open
    assert duty(case, "ENDORSE").open
    take(proposal, "withdraw", commune.officer)
    left = duty(case, "ENDORSE")
    assert (left.open, left.done_on, left.dropped_on) == (False, None, TODAY)


def test_a_permit_is_told_by_the_officer(commune):
    case = a_case(commune)
    proposal = an_absence(commune, case, date(2026, 12, 1), date(2026, 12, 5))
    take(proposal, "submit", commune.officer)
    take(proposal, "endorse", commune.chief)
    take(proposal, "approve", commune.leader)
    waits = duty(case, "SIGNED-PAGE")
    assert (waits.owner_id, waits.open, waits.values) == (commune.officer.id, True, {"title": proposal.number})
    sealed(proposal.document, commune.clerk)
    assert (duty(case, "SIGNED-PAGE").open, duty(case, "SIGNED-PAGE").done_by_id) == (False, commune.clerk.id)
    assert duty(case, "COMMUNICATE").owner_id == commune.officer.id
    take(proposal, "communicate", commune.officer)
    assert duty(case, "COMMUNICATE").done_by_id == commune.officer.id


def test_what_no_permit_decides_has_its_signed_page_owed_too_since_it_cannot_be_told_without(commune):
    case = a_case(commune)
    proposal = a_proposal("helper", case, commune.officer, helper_id=commune.helper.id)
    take(proposal, "submit", commune.officer)
    take(proposal, "endorse", commune.chief)
    take(proposal, "approve", commune.leader)
    owed = duty(case, "SIGNED-PAGE")
    assert (owed.owner_id, owed.open) == (commune.officer.id, True)
    sealed(proposal.document, commune.clerk)
    assert not duty(case, "SIGNED-PAGE").open


# ── whoever left ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_duties_of_an_officer_who_left_fall_to_the_chief(commune):
    case = a_case(commune)
    with transaction(None):
        for grant in commune.officer.grants:
            grant.valid_to = TODAY - timedelta(days=1)
    night(TODAY)
    owed = duty(case, "COM-SELF-REPORT", "2026-11")
    assert (owed.owner_id, owed.owner_role) == (None, "police_chief")
    assert readers(commune, owed, "chief", "officer", "officer2") == {"chief"}


@pytest.mark.both_engines
def test_renewing_twice_writes_nothing_the_second_time(commune):
    a_case(commune, helper="helper", **NEW)
    ending(commune, TODAY + timedelta(days=20))
    night(TODAY)
    told = {one.id: (one.version, one.changed_at) for one in db.session.scalars(db.select(Duty))}
    night(TODAY)
    db.session.expire_all()
    assert {one.id: (one.version, one.changed_at) for one in db.session.scalars(db.select(Duty))} == told
