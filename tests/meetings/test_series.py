"""Meetings that come again by a rule that is data, with the days that were moved or left out."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.engine.voiding import void
from portal.meetings import actions
from portal.meetings.days import SeriesDay, days_of, meets_by_rule
from portal.meetings.models import Meeting, MeetingKind, SeriesRule
from tests.meetings.meeting import a_convened, a_held, a_meeting, a_plan
from tests.meetings.test_papers import words

YEAR = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def begin(commune):
    def series(rule=SeriesRule.WORKING_DAY_AFTER, **facts):
        facts = {"hour": 8, "place": "Hội trường", **facts}
        with transaction(commune.clerk):
            return actions.begin_series(
                MeetingKind.COORDINATION, rule, commune.id, commune.place("UB"), date(2026, 1, 1), **facts
            )

    return series


def met(series, *days):
    return [on for _by_rule, on in days_of(series, *(days or YEAR))]


def test_the_first_working_day_after_the_third_passes_weekends_and_days_off(begin):
    days = met(begin(day_of_month=3))
    assert days[:5] == [date(2026, 1, 5), date(2026, 2, 4), date(2026, 3, 4), date(2026, 4, 6), date(2026, 5, 4)]
    assert len(days) == 12


@pytest.mark.parametrize("day_of_month", [28, 29, 30, 31])
def test_each_day_of_a_series_is_one_also_where_days_off_carry_it_into_the_next_month(begin, day_of_month):
    series = begin(day_of_month=day_of_month)
    days = met(series)
    assert any(day.day < day_of_month for day in days)
    assert all(meets_by_rule(series, day) for day in days)
    assert not any(meets_by_rule(series, day.replace(day=15)) for day in days)


@pytest.mark.parametrize(
    ("week", "weekday", "first"), [(1, 3, date(2026, 1, 1)), (2, 0, date(2026, 1, 12)), (5, 4, date(2026, 1, 30))]
)
def test_a_weekday_of_the_month_is_the_first_to_fourth_or_the_last(begin, week, weekday, first):
    assert met(begin(SeriesRule.NTH_WEEKDAY, week=week, weekday=weekday))[0] == first


def test_a_series_of_a_quarter_meets_four_times_a_year(begin):
    assert [one.month for one in met(begin(day_of_month=3, every_months=3))] == [1, 4, 7, 10]


def test_a_day_is_moved_or_left_out_with_its_reason_and_only_where_the_series_meets(commune, browse_as, begin):
    series, clerk = begin(day_of_month=3), browse_as(commune.clerk)
    url = f"/meetings/series/{series.id}/exception"
    shown = {"version": series.version}
    wrong = clerk.post(url, data={**shown, "by_rule_on": "05/12/2026", "moved_to": "", "reason": "Bận"})
    assert (wrong.status_code, "The series does not meet on that day." in wrong.text) == (422, True)
    moved = {**shown, "by_rule_on": "04/12/2026", "moved_to": "07/12/2026", "reason": "Trùng họp Hội đồng"}
    assert clerk.post(url, data=moved).status_code == 302
    assert clerk.post(url, data=moved).status_code == 422
    assert met(series, date(2026, 12, 1), date(2026, 12, 31)) == [date(2026, 12, 7)]
    page = clerk.get(f"/meetings/series/{series.id}").text
    assert "moved from 04/12/2026: Trùng họp Hội đồng" in page
    assert f"/meetings/new?series={series.id}&amp;day=2026-12-04" in page
    suggested = clerk.get(f"/meetings/new?series={series.id}&day=2026-12-04").text
    assert 'value="07/12/2026"' in suggested


# ── which meeting is that of a day ──────────────────────────────────────────────────────────────────────────────────
FOURTH = date(2026, 12, 4)  # a day of the series
PLAN = {"kind": "coordination", "subject": "", "on": "04/12/2026", "at": "08:00", "venue": "Hội trường"}


def plan_of(commune, **other):
    return {**PLAN, "chair_id": str(commune.leader.id), "secretary_id": str(commune.clerk.id), **other}


def coming(client, series):
    """The coming days of a series as its page tells them, in words, without weekdays and titles."""
    page = client.get(f"/meetings/series/{series.id}").text.split('id="days"')[1].split("</section>")[0]
    days = re.findall(r'<li class="mark.*?</li>', re.sub(r"<small>.*?</small>|<h3>.*?</h3>", "", page), re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in days]


@pytest.mark.parametrize("second", ["/meetings/new?series={id}&day=2026-12-04", "/meetings/new"])
def test_of_two_who_enter_a_day_of_a_series_the_second_is_shown_the_meeting_that_is_there(
    commune, browse_as, begin, second
):
    series, clerk, leader = begin(day_of_month=3), browse_as(commune.clerk), browse_as(commune.leader)
    way = f"/meetings/new?series={series.id}&day=2026-12-04"
    assert (clerk.get(way).status_code, leader.get(second.format(id=series.id)).status_code) == (200, 200)
    assert clerk.post(way, data=plan_of(commune)).status_code == 302
    there = db.session.scalars(select(Meeting)).one()
    late = leader.post(second.format(id=series.id), data=plan_of(commune, venue="Phòng họp số 2"))
    assert late.status_code == 422
    assert f"The meeting of that day of the series is entered already: {there.number}." in late.text
    assert f'href="/meetings/{there.id}"' in late.text
    assert "Phòng họp số 2" in late.text
    assert db.session.scalars(select(Meeting)).one() is there


def test_a_meeting_keeps_the_day_that_the_rule_gave_it_wherever_it_is_moved(commune, browse_as, begin):
    series, clerk = begin(day_of_month=3), browse_as(commune.clerk)
    meeting = a_convened(commune, FOURTH)
    assert (meeting.series_id, meeting.by_rule_on) == (series.id, FOURTH)
    with transaction(commune.clerk):
        actions.move(meeting, clock.moment(date(2026, 12, 9), 14), "Phòng họp", "Trùng lịch", commune.clerk)
    told = coming(clerk, series)
    assert told[0] == "09/12 Entered moved from 04/12/2026 Open it"
    assert told[1].startswith("04/01 Not entered yet")
    assert "<h3>Coordination briefing, 01/2027</h3>" in clerk.get(f"/meetings/series/{series.id}").text
    assert "<b>04/01</b><small>2027, " in clerk.get(f"/meetings/series/{series.id}").text
    assert clerk.post(f"/meetings/new?series={series.id}&day=2026-12-04", data=plan_of(commune)).status_code == 422


def test_the_day_of_a_meeting_that_was_cancelled_can_be_entered_anew(commune, browse_as, begin):
    series, clerk = begin(day_of_month=3), browse_as(commune.clerk)
    cancelled = a_convened(commune, FOURTH)
    with transaction(commune.clerk):
        cancelled.workflow.take("cancel", cancelled, commune.clerk, "Bão")
    assert coming(clerk, series)[0] == "04/12 Cancelled Open it Enter it"
    assert clerk.post(f"/meetings/new?series={series.id}&day=2026-12-04", data=plan_of(commune)).status_code == 302
    assert coming(clerk, series)[0] == "04/12 Entered Open it"


def changed(commune, series, **facts):
    with transaction(commune.clerk):
        actions.change_series(series, **facts)


def test_a_meeting_that_is_entered_is_that_of_its_month_also_where_the_rule_gives_another_day_then(
    commune, browse_as, begin
):
    series, clerk = begin(day_of_month=3), browse_as(commune.clerk)
    a_convened(commune, FOURTH)
    changed(commune, series, day_of_month=8)
    told = coming(clerk, series)
    assert told[0] == "04/12 Entered by the rule on 09/12/2026 Open it"
    assert told[1].startswith("11/01 Not entered yet")
    assert [one[2:] for one in reminders(series) if one[0] == "2026-12-09"] == [(True, False)]


def test_a_meeting_that_was_held_this_month_is_not_owed_again_by_another_rule(commune, begin):
    series = begin(day_of_month=3)
    meeting = a_held(commune, date(2026, 11, 4))
    changed(commune, series, day_of_month=26)
    assert meeting.by_rule_on == date(2026, 11, 27)
    assert [one[0] for one in reminders(series) if one[3]] == []


def test_a_month_that_is_left_out_stays_so_under_another_rule(commune, browse_as, begin):
    series = begin(day_of_month=3)
    with transaction(commune.clerk):
        actions.except_day(series, FOURTH, None, "Nghỉ lễ")
    changed(commune, series, day_of_month=8)
    assert coming(browse_as(commune.clerk), series)[0].startswith("11/01 ")


def test_another_rule_does_not_touch_the_meetings_of_earlier_months(commune, begin):
    series = begin(day_of_month=3)
    with clock.telling(clock.moment(date(2026, 9, 28))):
        meeting = a_meeting(commune, date(2026, 10, 5))
    version = meeting.version
    changed(commune, series, day_of_month=8)
    assert (meeting.by_rule_on, meeting.version) == (date(2026, 10, 5), version)


@pytest.mark.parametrize("moved_to", ["", "07/12/2026"])
def test_a_day_whose_meeting_is_entered_is_moved_or_left_out_at_the_meeting_itself(commune, browse_as, begin, moved_to):
    series, clerk = begin(day_of_month=3), browse_as(commune.clerk)
    there = a_convened(commune, FOURTH)
    body = {"version": series.version, "by_rule_on": "04/12/2026", "moved_to": moved_to, "reason": "Nghỉ lễ"}
    answer = clerk.post(f"/meetings/series/{series.id}/exception", data=body)
    assert answer.status_code == 422
    assert f"The meeting of that day is entered: {there.number}. Move or cancel it there." in answer.text
    assert f'href="/meetings/{there.id}"' in answer.text
    assert "Nghỉ lễ" in answer.text
    assert [one.by_rule_on for one in series.exceptions] == []


# ── nobody forgets the next one ─────────────────────────────────────────────────────────────────────────────────────
def reminders(series):
    db.session.expire_all()
    asked = select(Duty).where(Duty.rule == "MEETING-ENTER", Duty.subject_id == series.id).order_by(Duty.key)
    return [(duty.key, duty.due_on, duty.done_on is not None, duty.open) for duty in db.session.scalars(asked)]


def test_the_clerk_is_reminded_of_the_next_meeting_until_its_invitations_are_out(commune, browse_as, begin):
    series, clerk = begin(day_of_month=3), browse_as(commune.clerk)
    due = date(2026, 11, 27)
    told = "The meeting of 04/12/2026 is to be entered and its invitations sent"
    assert told in clerk.get("/").text
    assert told not in browse_as(commune.border).get("/").text
    meeting = a_meeting(commune, FOURTH)
    assert reminders(series) == [("2026-12-04", due, False, True)]
    with transaction(commune.clerk):
        meeting.workflow.take("convene", meeting, commune.clerk)
    assert reminders(series) == [("2026-12-04", due, True, False)]
    assert told not in clerk.get("/").text


def test_a_new_day_brings_the_next_reminder_and_the_chair_hears_of_one_that_waits(commune, browse_as, begin):
    assert reminders(begin(day_of_month=18)) == []
    told = "The meeting of 21/12/2026"
    with clock.telling(clock.moment(date(2026, 12, 10))):
        assert told in browse_as(commune.clerk).get("/").text
        assert told not in browse_as(commune.leader).get("/").text
    with clock.telling(clock.moment(date(2026, 12, 17))):
        assert told in browse_as(commune.leader).get("/").text


def test_nobody_is_reminded_of_a_day_that_is_left_out_or_whose_meeting_was_cancelled(commune, browse_as, begin):
    series = begin(day_of_month=3)
    with transaction(commune.clerk):
        left_out = actions.except_day(series, FOURTH, None, "Nghỉ lễ")
    assert [one[2:] for one in reminders(series)] == [(False, False)]
    with transaction(commune.clerk):
        void(left_out, "Nhầm")
    assert [one[2:] for one in reminders(series)] == [(False, True)]
    meeting = a_meeting(commune, FOURTH)
    with transaction(commune.clerk):
        meeting.workflow.take("cancel", meeting, commune.clerk, "Bão")
    assert [one[2:] for one in reminders(series)] == [(False, False)]


def test_a_series_that_begins_just_before_its_first_day_reminds_of_it_without_being_late(commune, begin):
    series = begin(SeriesRule.NTH_WEEKDAY, week=4, weekday=1)  # 24/11/2026, tomorrow
    assert reminders(series)[0][:2] == ("2026-11-24", date(2026, 11, 23))


def test_the_reminder_stands_on_the_page_of_automatic_duties(commune, browse_as):
    page = browse_as(commune.chief).get("/automatic").text
    assert "Enter the next meeting of a series and send its invitations" in page


def test_only_of_a_series_that_still_runs_a_day_is_offered_to_be_moved(commune, browse_as, begin):
    series, clerk = begin(day_of_month=3), browse_as(commune.clerk)
    page = f"/meetings/series/{series.id}"
    assert f"{page}/exception" in clerk.get(page).text
    with transaction(commune.clerk):
        actions.end_series(series, date(2026, 6, 30), "Đổi lịch")
    ended = clerk.get(page).text
    assert [f"{page}/{deed}" in ended for deed in ("edit", "exception", "end")] == [True, False, True]


def test_a_day_on_which_the_series_does_not_meet_is_refused_at_its_field(commune, browse_as, begin):
    series, clerk = begin(day_of_month=3), browse_as(commune.clerk)
    way = f"/meetings/new?series={series.id}&day=2026-12-05"
    assert clerk.get(way).status_code == 200
    answer = clerk.post(way, data=plan_of(commune))
    assert (answer.status_code, "The series does not meet on that day." in answer.text) == (422, True)


@pytest.mark.parametrize("kind", ["ad_hoc", "interim_review"])
def test_a_meeting_of_another_kind_does_not_take_the_day_of_a_series(commune, browse_as, begin, kind):
    series, clerk = begin(day_of_month=3), browse_as(commune.clerk)
    way = f"/meetings/new?series={series.id}&day=2026-12-04"
    answer = clerk.post(way, data=plan_of(commune, kind=kind, subject="Cháy rừng"))
    told = "This day of a series is for another kind of meeting: Coordination briefing."
    assert (answer.status_code, told in answer.text, "Cháy rừng" in answer.text) == (422, True, True)
    assert clerk.post("/meetings/new", data=plan_of(commune, kind=kind, subject="Cháy rừng")).status_code == 302
    assert clerk.post(way, data=plan_of(commune)).status_code == 302


def test_what_a_series_asks_for_depends_on_its_rule(commune, browse_as):
    clerk = browse_as(commune.clerk)
    body = {
        "kind": "coordination", "rule": "nth_weekday", "day_of_month": "", "week": "", "weekday": "",
        "every_months": "1", "at": "08:00", "venue": "Hội trường",
        "chair_unit_id": str(commune.place("UB").id), "valid_from": "01/12/2026",
    }  # fmt: skip
    answer = clerk.post("/meetings/series/new", data=body)
    assert answer.status_code == 422
    assert "On which weekday?" in answer.text
    after = clerk.post("/meetings/series/new", data={**body, "rule": "working_day_after"})
    assert (after.status_code, "After which day of the month?" in after.text) == (422, True)
    assert clerk.post("/meetings/series/new", data={**body, "week": "1", "weekday": "3"}).status_code == 302


def test_no_second_series_of_a_kind_begins_while_another_meets_on_its_days(commune, browse_as, begin):
    series, clerk = begin(day_of_month=3), browse_as(commune.clerk)
    body = {
        "kind": "coordination", "rule": "working_day_after", "day_of_month": "3", "every_months": "1", "at": "08:00",
        "venue": "Hội trường", "chair_unit_id": str(commune.place("UB").id), "valid_from": "01/12/2026",
    }  # fmt: skip
    answer = clerk.post("/meetings/series/new", data=body)
    told = "Another series of this kind meets on 04/12/2026 already."
    assert (answer.status_code, answer.text.count(told)) == (422, 2)  # at its field, and above the form
    assert clerk.post("/meetings/series/new", data={**body, "kind": "steering_committee"}).status_code == 302
    with transaction(commune.clerk):
        actions.end_series(series, date(2026, 11, 30), "Đổi lịch")
    assert clerk.post("/meetings/series/new", data=body).status_code == 302


def test_no_other_rule_puts_a_series_on_the_days_of_another_of_its_kind(commune, begin):
    begin(day_of_month=3)
    other = begin(day_of_month=20)
    with pytest.raises(Refused), transaction(commune.clerk):
        actions.change_series(other, day_of_month=3)
    db.session.expire_all()
    assert other.day_of_month == 20


def test_a_rule_counts_the_days_of_a_month_as_one_says_them(commune, browse_as, begin):
    begin(day_of_month=3)
    assert "The first working day after the 3rd, monthly" in browse_as(commune.clerk).get("/meetings/series").text


def test_a_briefing_that_is_held_early_is_called_after_its_month_on_its_page_and_in_its_papers(
    commune, begin, browse_as
):
    of = SeriesDay(begin(day_of_month=3), date(2026, 12, 4))
    with transaction(commune.clerk):
        meeting = actions.schedule(MeetingKind.COORDINATION, commune.id, a_plan(commune, date(2026, 11, 27)), of)
        actions.compile_agenda(meeting)
    clerk = browse_as(commune.clerk)
    with transaction(commune.clerk):
        meeting.workflow.take("convene", meeting, commune.clerk)
    assert "Coordination briefing, 12/2026" in clerk.get(f"/meetings/{meeting.id}").text
    assert "giao ban công tác phối hợp tháng 12/2026" in words(clerk.get(f"/meetings/{meeting.id}/invitation.docx"))
