"""An agenda compiles itself from what the rooms declare, keeps what people wrote, and hides what only some may know."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from docx import Document
from sqlalchemy import select

from portal.cases.actions import record_violation
from portal.cases.models import Violation, ViolationKind
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.excerpts import excerpts_of
from portal.engine.transaction import transaction
from portal.engine.voiding import void
from portal.meetings import actions
from portal.meetings.models import LAST_MINUTES, AgendaItem, MeetingKind, Outcome
from tests.builders import a_case
from tests.meetings.meeting import (
    ON_THE_DAY,
    TOMORROW,
    a_convened,
    a_held,
    a_meeting,
    an_approved,
    an_order,
    begun,
    conclude_all,
    item_of,
)
from tests.patrols.going import a_patrol, logged, signed

TITLES = {  # as they are read, and as papers have them
    "Minutes of HN-2026-001, 05/10/2026": "Biên bản HN-2026-001, ngày 05/10/2026",
    "Tasks from earlier meetings": "Việc giao từ kỳ trước",
    "Results of the coordination": "Kết quả công tác phối hợp trong kỳ",
    "Results: Sentences served": "Kết quả trong kỳ: Thi hành án",
    "Report of Công an xã Bờ Y": "Công an xã Bờ Y báo cáo",
    ": a breach to be spoken of": ": có vi phạm cần trao đổi",
    "Conclusions and tasks until the next meeting": "Kết luận, giao việc đến kỳ họp sau",
}


def titles(meeting):
    return [item.title for item in meeting.agenda]


def figures(item):
    return {figure.opens: figure.value for figure in item.figures}


def a_breach(commune, case):
    with transaction(commune.officer):
        record_violation(case, ViolationKind.DUTY, date(2026, 11, 20), date(2026, 11, 20), "Vắng mặt không phép")


def test_the_report_of_a_force_has_its_figures_filled_in_and_each_opens_its_records(commune, browse_as):
    a_case(commune)
    meeting = a_meeting(commune)
    assert figures(item_of(meeting, "police"))["cases.community.serving"] == "1"
    page = browse_as(commune.chief).get(f"/meetings/{meeting.id}").text
    assert "/reports/figures/cases.community.serving?from=" in page
    assert (
        "/reports/figures/cases.community.serving"
        not in browse_as(commune.military).get(f"/meetings/{meeting.id}").text
    )


def test_what_the_records_say_is_marked_as_the_language_of_papers_and_what_people_propose_is_not(commune, browse_as):
    meeting = a_meeting(commune)
    with transaction(commune.clerk):
        actions.propose_item(meeting, commune.unit, "A bridge", "It is broken.")
    page = browse_as(commune.leader).get(f"/meetings/{meeting.id}").text
    number = next(item.position for item in meeting.agenda if not item.source_id)
    assert f"{number}. A bridge" in page
    assert '<div lang="vi"><ul class="inline-figures">' in page


def test_titles_that_the_records_make_are_read_in_each_readers_language_and_on_paper_in_vietnamese(
    commune, in_vietnamese
):
    chief = in_vietnamese(commune.chief)
    a_breach(commune, a_case(commune, "Nguyễn Công Trứng"))
    with clock.telling(clock.moment(date(2026, 10, 5), 7)):
        earlier = a_held(commune, date(2026, 10, 5))
    conclude_all(commune, earlier)
    meeting = a_meeting(commune, kind=MeetingKind.INTERIM_REVIEW)
    with transaction(commune.clerk):
        actions.propose_item(meeting, commune.unit, "Cầu treo hỏng", "")
    pages = {"vi": chief.get(f"/meetings/{meeting.id}").text}
    paper = Document(BytesIO(chief.get(f"/meetings/{meeting.id}/invitation.docx").data))
    listed = "\n".join(one.text for one in paper.paragraphs)
    with transaction(None):
        commune.chief.locale = "en"
    pages["en"] = chief.get(f"/meetings/{meeting.id}").text
    for english, vietnamese in TITLES.items():
        assert [english in pages["en"], vietnamese in pages["en"]] == [True, False], english
        assert [vietnamese in pages["vi"], english in pages["vi"]] == [True, False], vietnamese
        assert english not in listed
    assert [". Cầu treo hỏng" in page for page in pages.values()] == [True, True]
    assert "Công an xã Bờ Y báo cáo" in listed


@pytest.mark.parametrize("page", ["record", "attendance", "words"])
def test_the_forms_of_an_item_call_it_in_the_readers_language(commune, browse_as, in_vietnamese, page):
    in_vietnamese(commune.clerk)
    with transaction(None):
        commune.chief.locale = commune.leader.locale = "en"
    item = item_of(a_held(commune), "police")
    with clock.telling(ON_THE_DAY):
        reader = browse_as(commune.chief if page == "words" else commune.leader)
        text = reader.get(f"/meetings/items/{item.id}/{page}").text
    title = text.partition("</title>")[0]
    assert "Report of Công an xã Bờ Y" in title
    assert item.title == "Công an xã Bờ Y báo cáo"


def test_compiling_again_brings_figures_up_to_date_and_keeps_words_proposals_and_what_was_struck_out(
    commune, browse_as
):
    a_breach(commune, a_case(commune, "Nguyễn Công Trứng"))
    meeting = a_meeting(commune)
    with transaction(commune.chief):
        actions.write_words(item_of(meeting, "police"), "Tình hình ổn định.", commune.chief.id)
    with transaction(commune.border):
        proposed = actions.propose_item(meeting, commune.place("BP"), "Lối mòn suối Đăk Ba", "")
    with transaction(commune.leader):
        void(next(item for item in meeting.items if item.restricted), "Đã xử lý xong")
    a_case(commune)
    shown = {"version": meeting.version}
    assert browse_as(commune.clerk).post(f"/meetings/{meeting.id}/compile", data=shown).status_code == 302
    db.session.expire_all()
    report = item_of(meeting, "police")
    assert (report.own_words, figures(report)["cases.community.serving"]) == ("Tình hình ổn định.", "2")
    assert not any(item.restricted for item in meeting.agenda)
    assert [item.position for item in meeting.agenda] == list(range(1, len(meeting.agenda) + 1))
    assert titles(meeting)[-2:] == [proposed.title, "Conclusions and tasks until the next meeting"]


def compiled(commune, meeting):
    with transaction(commune.clerk):
        actions.compile_agenda(meeting)
    db.session.expire_all()
    return meeting


def test_an_item_that_the_records_tell_no_longer_is_taken_out_and_comes_back_with_them(commune, browse_as):
    a_breach(commune, a_case(commune))
    meeting = a_meeting(commune)
    item = next(one for one in meeting.items if one.restricted)
    breach = db.session.scalars(select(Violation)).one()
    with transaction(commune.officer):
        void(breach, "Nhầm người")
    assert item not in compiled(commune, meeting).agenda
    told = "Struck out: no longer reported by the records"
    assert told not in browse_as(commune.leader).get(f"/meetings/{meeting.id}").text
    with transaction(commune.officer):
        breach.voided_at, breach.void_reason = None, ""
    assert item in compiled(commune, meeting).agenda
    deeds = select(AuditEvent.action).where(AuditEvent.record_type == "agenda_item", AuditEvent.record_id == item.id)
    assert {"take_out", "put_back"} <= set(db.session.scalars(deeds))


def test_what_somebody_struck_out_stays_so_whatever_reason_they_wrote(commune):
    a_breach(commune, a_case(commune))
    meeting = a_meeting(commune)
    item = next(one for one in meeting.items if one.restricted)
    with transaction(commune.leader):
        void(item, "no longer reported by the records")
    assert item not in compiled(commune, meeting).agenda


def test_the_report_of_a_force_that_is_no_more_is_taken_off_the_agenda(commune):
    meeting = a_meeting(commune)
    with transaction(None):
        commune.place("BP").valid_to = clock.today()
    compiled(commune, meeting)
    assert [one.source_id for one in meeting.agenda if one.is_report] == ["report.police", "report.military"]


def test_what_the_records_tell_no_more_is_gone_from_the_page_when_the_agenda_is_compiled_again(commune, browse_as):
    meeting = a_meeting(commune, TOMORROW + timedelta(days=30))
    with clock.telling(ON_THE_DAY):
        last = a_held(commune, TOMORROW)
        conclude_all(commune, last)
        with transaction(commune.clerk):
            actions.compile_agenda(meeting)
        assert f"Minutes of {last.number}" in browse_as(commune.leader).get(f"/meetings/{meeting.id}").text
        with transaction(commune.clerk):
            last.voided_at, last.void_reason = clock.now(), "Ghi nhầm"
        with transaction(commune.clerk):
            actions.compile_agenda(meeting)
        db.session.expire_all()
        page = browse_as(commune.leader).get(f"/meetings/{meeting.id}").text
    assert f"Minutes of {last.number}" not in page
    assert any(one.title.startswith(f"Minutes of {last.number}") for one in meeting.items)


def test_an_agenda_is_compiled_again_after_its_invitations_until_the_meeting_begins_and_says_as_of_when(
    commune, browse_as
):
    a_case(commune)
    meeting = a_convened(commune, TOMORROW + timedelta(days=7))
    with transaction(commune.military):
        actions.write_words(item_of(meeting, "military"), "Đã tuần tra đủ.", commune.military.id)
        late = actions.propose_item(meeting, commune.place("QS"), "Diễn tập", "")
    with transaction(commune.leader):
        actions.admit(late, commune.leader.id)
    a_case(commune)
    with clock.telling(clock.moment(meeting.day, 7)):
        clerk = browse_as(commune.clerk)
        assert "Compile the agenda again" in clerk.get(f"/meetings/{meeting.id}").text
        shown = {"version": meeting.version}
        assert clerk.post(f"/meetings/{meeting.id}/compile", data=shown).status_code == 302
        db.session.expire_all()
        page = browse_as(commune.border).get(f"/meetings/{meeting.id}").text
    assert "figures up to 30/11/2026" in page
    assert figures(item_of(meeting, "police"))["cases.community.serving"] == "2"
    assert item_of(meeting, "military").own_words == "Đã tuần tra đủ."
    assert late in meeting.agenda
    begun(commune, meeting, meeting.day)
    with clock.telling(clock.moment(meeting.day, 10)):
        clerk = browse_as(commune.clerk)
        assert "Compile the agenda" not in clerk.get(f"/meetings/{meeting.id}").text
        shown = {"version": meeting.version}
        assert clerk.post(f"/meetings/{meeting.id}/compile", data=shown).status_code == 422
        told = Document(BytesIO(clerk.get(f"/meetings/{meeting.id}/minutes.docx").data))
    assert any(one.text.startswith("Số liệu đến ngày 30/11/2026: ") for one in told.paragraphs)


def test_the_last_minutes_come_first_then_what_is_still_open_with_how_often_it_waited(commune):
    with clock.telling(clock.moment(date(2026, 10, 5), 7)):
        first = a_held(commune, date(2026, 10, 5))
    with clock.telling(clock.moment(date(2026, 10, 5), 10)):
        an_order(commune, item_of(first, "police"), "CA", date(2026, 10, 30), "Sửa hai camera")
        conclude_all(commune, first)
    with clock.telling(clock.moment(date(2026, 11, 5), 7)):
        second = a_held(commune, date(2026, 11, 5))
    with clock.telling(clock.moment(date(2026, 11, 5), 10)):
        conclude_all(commune, second)
    meeting = a_meeting(commune)
    titles = [one.title for one in meeting.agenda]
    assert titles[:2] == ["Minutes of HN-2026-001, 05/10/2026", "Minutes of HN-2026-002, 05/11/2026"]
    told = meeting.agenda[2]
    assert "Công an xã Bờ Y: Sửa hai camera, due 30/10/2026 (carried over 2 times, this meeting counted)" in told.text
    assert meeting.period_first == date(2026, 11, 5)


def test_no_agenda_names_minutes_of_a_meeting_that_is_still_in_session(commune):
    with clock.telling(ON_THE_DAY):
        an_approved(commune)
        a_held(commune, TOMORROW, kind=MeetingKind.AD_HOC, subject="Cháy rừng")
        meeting = a_meeting(commune, TOMORROW + timedelta(days=30))
    named = [one.title for one in meeting.agenda if one.source_id == LAST_MINUTES]
    assert named == ["Minutes of HN-2026-001, 24/11/2026"]


def test_a_breach_comes_onto_the_agenda_restricted_without_a_name_and_its_conclusion_returns_to_the_case(
    commune, browse_as
):
    case = a_case(commune, "Nguyễn Công Trứng")
    a_breach(commune, case)
    meeting = a_held(commune)
    item = db.session.scalars(select(AgendaItem).where(AgendaItem.subject_id == case.id)).one()
    assert item.restricted
    assert "Trứng" not in item.title + item.text
    with clock.telling(ON_THE_DAY):
        with transaction(commune.leader):
            actions.conclude(item, Outcome.AGREED, commune.leader.id, text="Công an xã gặp, nhắc nhở.")
            actions.let_go(item, commune.leader.id)
        conclude_all(commune, meeting)
        with transaction(commune.clerk):
            meeting.workflow.take("draft_minutes", meeting, commune.clerk)
        assert not excerpts_of(case)
        with transaction(commune.leader):
            meeting.workflow.take("approve_minutes", meeting, commune.leader)
        page = browse_as(commune.officer).get(f"/cases/{case.id}?story=all").text
        assert "Công an xã gặp, nhắc nhở." in page


def test_the_next_agenda_says_of_a_task_from_a_restricted_item_that_there_is_one_and_nothing_else(commune):
    a_breach(commune, a_case(commune))
    with clock.telling(ON_THE_DAY):
        held = a_held(commune, TOMORROW)
        an_order(commune, next(one for one in held.agenda if one.restricted), "CA", TOMORROW, "Gặp, nhắc nhở riêng")
        coming = a_meeting(commune, TOMORROW + timedelta(days=30))
    told = next(one.text for one in coming.items if one.source_id == "meetings.tasks")
    assert "a task of a restricted item" in told
    assert "nhắc nhở riêng" not in told


def test_the_duty_of_a_restricted_task_says_nothing_of_what_it_asks_for(commune, browse_as):
    a_breach(commune, a_case(commune))
    with clock.telling(ON_THE_DAY):
        item = next(one for one in a_held(commune, TOMORROW).agenda if one.restricted)
        an_order(commune, item, "CA", TOMORROW, "Gặp, nhắc nhở riêng")
        home = browse_as(commune.chief).get("/").text
    assert f"{item.meeting.number}: a task of a restricted item" in home
    assert "nhắc nhở riêng" not in home


READS = dict.fromkeys(("leader", "chief", "inspector"), True)
READS |= dict.fromkeys(("clerk", "officer", "military", "village_head"), False)


@pytest.mark.parametrize(("who", "reads"), READS.items())
def test_a_restricted_item_is_numbered_for_all_and_read_by_those_whom_it_concerns(commune, browse_as, who, reads):
    a_breach(commune, a_case(commune))
    meeting = a_convened(commune)
    number = next(item.position for item in meeting.agenda if item.restricted)
    page = browse_as(getattr(commune, who)).get(f"/meetings/{meeting.id}").text
    assert ("a breach to be spoken of" in page) is reads
    assert (f"{number}. Restricted item" in page) is not reads


def test_restricted_items_stay_blank_in_the_minutes_of_whoever_may_not_read_them(commune, browse_as):
    a_breach(commune, a_case(commune))
    with clock.telling(ON_THE_DAY):
        meeting = an_approved(commune)
        for who, reads in (("leader", True), ("clerk", False)):
            page = browse_as(getattr(commune, who)).get(f"/meetings/{meeting.id}").text
            assert ("a breach to be spoken of" in page) is reads
            assert ("Nội dung hạn chế, ghi tại phụ lục riêng." in page) is not reads


def test_what_another_force_reports_is_not_written_by_ones_own(commune, browse_as):
    meeting = a_meeting(commune)
    item = item_of(meeting, "military")
    body = {"own_words": "Thay mặt quân sự", "version": item.version}
    assert browse_as(commune.border).post(f"/meetings/items/{item.id}/words", data=body).status_code == 403
    assert browse_as(commune.military).post(f"/meetings/items/{item.id}/words", data=body).status_code == 302


def test_an_extraordinary_meeting_speaks_of_its_subject_and_of_what_is_put_on_its_agenda_alone(commune, browse_as):
    a_case(commune)
    meeting = a_meeting(commune, kind=MeetingKind.AD_HOC, subject="Cháy rừng ở Đăk Mế")
    with transaction(commune.military):
        actions.propose_item(meeting, commune.place("QS"), "Báo cáo của Ban CHQS", "")
    assert titles(meeting) == [
        "Cháy rừng ở Đăk Mế", "Báo cáo của Ban CHQS", "Conclusions and tasks until the next meeting",
    ]  # fmt: skip
    assert db.session.scalars(select(Duty).where(Duty.rule == "MEETING-WORDS")).all() == []
    assert browse_as(commune.leader).get(f"/meetings/{meeting.id}").status_code == 200


@pytest.mark.parametrize("way", ["entered", "moved"])
def test_words_for_a_meeting_of_today_may_be_written_until_it_begins_and_are_not_overdue_at_birth(
    commune, browse_as, way
):
    today = clock.today()
    meeting = a_meeting(commune, today) if way == "entered" else a_convened(commune, today + timedelta(days=9))
    if way == "moved":
        with transaction(commune.clerk):
            actions.move(meeting, clock.moment(today, 15), "Phòng họp", "Bão đến sớm", commune.clerk)
    border = browse_as(commune.border)
    page = border.get(f"/meetings/{meeting.id}").text
    assert "Nothing written yet. It may be until the meeting begins." in page
    assert "past: " not in border.get("/").text
    owed = select(Duty).where(Duty.rule == "MEETING-WORDS", Duty.subject_id == meeting.id)
    assert {duty.due_on for duty in db.session.scalars(owed)} == {today}


def test_words_for_a_meeting_that_was_entered_in_time_may_be_written_until_the_day_before(commune, browse_as):
    meeting = a_meeting(commune, TOMORROW + timedelta(days=9))
    assert "It may be until 02/12/2026." in browse_as(commune.border).get(f"/meetings/{meeting.id}").text


def test_a_meeting_goes_on_from_the_last_day_that_the_agenda_before_told_whole(commune):
    with clock.telling(clock.moment(date(2026, 10, 1), 7)):
        before = a_convened(commune, date(2026, 10, 5))
    begun(commune, before, date(2026, 10, 5))
    meeting = a_meeting(commune)
    assert (meeting.period_first, meeting.period_last) == (date(2026, 10, 1), clock.today() - timedelta(days=1))


def test_one_that_was_entered_long_ahead_goes_on_from_the_last_when_it_is_compiled_anew(commune):
    meeting = a_meeting(commune, TOMORROW + timedelta(days=30))
    with clock.telling(ON_THE_DAY):
        a_held(commune, TOMORROW)
        with transaction(commune.clerk):
            actions.compile_agenda(meeting)
    assert meeting.period_first == TOMORROW


def test_what_a_meeting_concludes_returns_to_the_patrol_and_to_the_meeting_whose_minutes_it_approved(
    commune, browse_as
):
    patrol = signed(commune, logged(commune, a_patrol(commune), recommendation="Đặt biển cấm"), "military", "border")
    with clock.telling(clock.moment(date(2026, 11, 24), 7)):
        last = an_approved(commune, date(2026, 11, 24))
    meeting = a_held(commune, date(2026, 11, 25))
    with clock.telling(clock.moment(date(2026, 11, 25), 10)):
        item = next(one for one in meeting.items if one.subject_type == "meeting")
        with transaction(commune.leader):
            actions.conclude(item, Outcome.AGREED, commune.leader.id, text="Thống nhất biên bản kỳ trước.")
            actions.let_go(item, commune.leader.id)
        conclude_all(commune, meeting)
        with transaction(commune.clerk):
            meeting.workflow.take("draft_minutes", meeting, commune.clerk)
        with transaction(commune.leader):
            meeting.workflow.take("approve_minutes", meeting, commune.leader)
        border = browse_as(commune.border)
        page = border.get(f"/patrols/{patrol.id}").text
        assert re.search(rf'href="/meetings/{last.id}"[^>]*>Spoken of at a meeting \({last.number}\)', page)
        assert "Kết luận: Thống nhất biên bản kỳ trước." in border.get(f"/meetings/{last.id}").text
