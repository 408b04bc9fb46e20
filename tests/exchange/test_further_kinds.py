"""Hotlines, protected events, series of meetings and breaches go out and come in."""

from datetime import date

import pytest
from flask_babel import force_locale
from sqlalchemy import select

from portal.engine.db import db
from portal.engine.refusal import Forbidden
from portal.engine.transaction import transaction
from portal.engine.workflow import steps_of
from portal.exchange.catalogue import all_sheets
from portal.exchange.importing import Import
from portal.forces import actions as forces
from portal.forces.models import Hotline
from portal.households import actions as households
from portal.households.models import PledgeBreach, Target
from portal.meetings import actions as meetings
from portal.meetings.days import days_of
from portal.meetings.models import Meeting, MeetingKind, MeetingSeries, SeriesRule
from portal.meetings.queries import entered_of
from portal.patrols.actions import Protected, record_protection
from portal.patrols.models import EventProtection
from tests.exchange.test_rooms import same
from tests.exchange.workbooks import filled
from tests.households.doors import (
    SIGNED,
    a_campaign,
    breached,
    pledges_of,
    some_establishments,
    some_households,
    ticked,
)
from tests.meetings.meeting import a_meeting

# ── hotlines ────────────────────────────────────────────────────────────────────────────────────────────────────────
HOTLINE = {"phone": "02603123456", "name": "Trực ban Công an xã", "position": 1}


def test_the_numbers_that_a_commune_publishes_come_into_another_portal(commune, moved):
    with transaction(commune.clerk):
        for number in (
            forces.Number("Trực ban Công an xã", "02603123456", "Tin báo, tố giác", 1),
            forces.Number("Trực ban Công an xã", "02603123456", "Ban đêm", 2),
            forces.Number("Đồn Biên phòng", "114", "", 2),
        ):
            forces.publish(commune.id, number)
    assert same(moved(), "hotlines")
    told = select(Hotline.phone, Hotline.purpose, Hotline.position).order_by(Hotline.position, Hotline.name)
    assert db.session.execute(told).all() == [
        ("02603123456", "Tin báo, tố giác", 1), ("02603123456", "Ban đêm", 2), ("114", "", 2),
    ]  # fmt: skip


def test_what_does_not_fit_of_hotlines_is_refused(commune, bring):
    for row, reason in (
        ({**HOTLINE, "phone": "12"}, "A number has three to eleven digits"),
        ({**HOTLINE, "phone": 2603123456}, "loses its zeros"),
        ({**HOTLINE, "position": 0}, "A number from 1 to 99"),
        ({**HOTLINE, "name": None}, "This is needed"),
    ):
        assert reason in bring({"hotlines": [row]}).output, reason
    assert not db.session.scalars(select(Hotline)).all()


def test_a_hotline_is_brought_in_by_whoever_publishes_one_and_changed_on_its_page(commune, bring):
    assert "Your role does not write this" in bring({"hotlines": [HOTLINE]}, "--as", "by.officer").output
    assert bring({"hotlines": [HOTLINE]}, "--as", "by.clerk").exit_code == 0
    assert "Change it on its page" in bring({"hotlines": [{**HOTLINE, "position": 3}]}, "--as", "by.clerk").output
    assert [one.position for one in db.session.scalars(select(Hotline))] == [1]


# ── protected events ────────────────────────────────────────────────────────────────────────────────────────────────
FEAST = {"occasion": "Lễ hội đường phố", "held_on": date(2026, 11, 20), "forces": "BY-CA: 4"}


def test_protected_events_come_into_another_portal_with_how_many_of_each_force_were_there(commune, moved):
    counts = {commune.place("CA"): 4, commune.place("BP"): 2, commune.place("QS"): 0}
    with transaction(commune.officer):
        for place in ("Sân vận động", "", ""):
            record_protection(commune.id, Protected("Lễ hội", date(2026, 11, 20), place, "An toàn"), counts)
    assert same(moved(), "protections")
    found = db.session.scalars(select(EventProtection)).all()
    assert [(one.people, {part.unit.code for part in one.forces}) for one in found] == [(6, {"BY-CA", "BY-BP"})] * 3


def test_what_does_not_fit_of_protected_events_is_refused(commune, bring):
    for row, reason in (
        ({**FEAST, "forces": "BY-CA"}, "each force by its code, a colon"),
        ({**FEAST, "forces": "BY-CA: không"}, "each force by its code, a colon"),
        ({**FEAST, "forces": "BY-CA: 0"}, "each force by its code, a colon"),
        ({**FEAST, "forces": "BY-CA: 2; BY-CA – Công an xã: 3"}, "BY-CA stands there twice"),
        ({**FEAST, "forces": "BY-XX: 2"}, "no unit of this code"),
        ({**FEAST, "held_on": date(2027, 1, 1)}, "The day lies in the future"),
    ):
        assert reason in bring({"protections": [row]}).output, reason
    assert not db.session.scalars(select(EventProtection)).all()


def test_an_event_is_brought_in_by_the_forces_that_record_one(commune, bring):
    assert "Your role does not write this" in bring({"protections": [FEAST]}, "--as", "by.clerk").output
    assert bring({"protections": [FEAST]}, "--as", "by.officer").exit_code == 0
    assert "nothing added" in bring({"protections": [FEAST]}, "--as", "by.officer").output
    other = {**FEAST, "forces": "BY-CA – Công an xã: 5"}
    assert "Change it on its page" in bring({"protections": [other]}).output


def test_a_force_that_the_page_does_not_offer_is_brought_in_by_the_command_alone(commune, bring):
    row = {**FEAST, "forces": "BY-CA: 4; BY-BPH: 2"}
    assert "is none of the forces of the commune" in bring({"protections": [row]}, "--as", "by.officer").output
    assert not db.session.scalars(select(EventProtection)).all()
    assert bring({"protections": [row]}).exit_code == 0


# ── series of meetings ──────────────────────────────────────────────────────────────────────────────────────────────
SERIES = {
    "number": 1, "kind": "coordination", "rule": "working_day_after", "day_of_month": 3, "every_months": "1",
    "at": "08:00", "venue": "Hội trường", "chair_unit_id": "BY-UB", "valid_from": date(2026, 1, 1),
}  # fmt: skip
WEEKLY = {**SERIES, "number": 2, "rule": "nth_weekday", "day_of_month": None, "week": "1", "weekday": "0"}
DAY = {"series_id": 1, "by_rule_on": date(2026, 12, 4), "reason": "Trùng họp Hội đồng"}


def some_series(commune):
    """One that ended, one with a day that was moved and one that was left out, of which a meeting is entered."""
    facts = {"hour": 8, "minute": 30, "place": "Hội trường"}
    of = commune.id, commune.place("UB")
    with transaction(commune.clerk):
        old = meetings.begin_series(
            MeetingKind.COORDINATION, SeriesRule.NTH_WEEKDAY, *of, date(2025, 1, 1), week=1, weekday=0, every_months=3,
            **facts,
        )  # fmt: skip
        meetings.end_series(old, date(2025, 12, 31), "Đổi lịch")
        series = meetings.begin_series(
            MeetingKind.COORDINATION, SeriesRule.WORKING_DAY_AFTER, *of, date(2026, 1, 1), day_of_month=3, **facts
        )
        meetings.except_day(series, date(2026, 12, 4), date(2026, 12, 7), "Trùng họp Hội đồng")
        meetings.except_day(series, date(2027, 1, 4), None, "Nghỉ Tết dương lịch")
    meeting = a_meeting(commune, date(2027, 2, 4))
    with transaction(commune.clerk):
        meeting.series, meeting.by_rule_on = series, date(2027, 2, 4)
    return series


@pytest.mark.both_engines
def test_series_come_into_another_portal_and_meet_on_the_same_days(commune, moved):
    days = list(days_of(some_series(commune), date(2026, 11, 1), date(2027, 3, 31)))
    assert same(moved(), "meeting_series", "meeting_series.days", "meetings")
    old, series = db.session.scalars(select(MeetingSeries).order_by(MeetingSeries.id)).all()
    assert list(days_of(series, date(2026, 11, 1), date(2027, 3, 31))) == days
    meeting = db.session.scalars(select(Meeting)).one()
    assert entered_of(series) == {date(2027, 2, 4): meeting}
    assert (old.weekday, old.every_months, old.valid_to, old.hour, old.minute) == (0, 3, date(2025, 12, 31), 8, 30)


def test_what_does_not_fit_of_series_is_refused(commune, bring):
    for sheets, reason in (
        ({"meeting_series": [{**SERIES, "day_of_month": None}]}, "After which day of the month?"),
        ({"meeting_series": [{**WEEKLY, "weekday": None}]}, "On which weekday?"),
        ({"meeting_series": [SERIES, {**WEEKLY, "number": 1}]}, "stands in the file twice"),
        ({"meeting_series": [{**SERIES, "valid_to": date(2025, 12, 31)}]}, "A series cannot end before it begins"),
        ({"meeting_series.days": [DAY]}, "The sheet of series of this file has none under this number"),
        ({"meeting_series": [SERIES], "meeting_series.days": [DAY, DAY]}, "moved or left out already"),
    ):
        assert reason in bring(sheets).output, reason
    assert not db.session.scalars(select(MeetingSeries)).all()


def test_whoever_sets_series_up_brings_them_in_as_the_page_would_take_them(commune, bring):
    assert "Your role does not write this" in bring({"meeting_series": [SERIES]}, "--as", "by.officer").output
    wrong = {"meeting_series": [SERIES], "meeting_series.days": [{**DAY, "by_rule_on": date(2026, 12, 5)}]}
    assert "The series does not meet on that day" in bring(wrong, "--as", "by.clerk").output
    same_days = [SERIES, {**SERIES, "number": 2, "valid_from": date(2026, 2, 1)}]
    assert "Another series of this kind meets" in bring({"meeting_series": same_days}, "--as", "by.clerk").output
    right = {"meeting_series": [SERIES], "meeting_series.days": [DAY]}
    assert bring(right, "--as", "by.clerk").exit_code == 0
    assert "nothing added" in bring(right).output
    assert len(db.session.scalars(select(MeetingSeries)).one().exceptions) == 1


def looked_at(commune, template, sheets, by):
    """What the page tells of a workbook before anything is written."""
    with force_locale("en"):
        found = Import(filled(template, sheets), all_sheets(), commune.unit, by, most=2000).look()
    return [one.message for one in found.problems]


def test_a_page_refuses_a_day_of_a_series_where_its_own_form_would(commune, bring):
    series = some_series(commune)
    row = {**SERIES, "at": "08:30"}
    moved_back = {**DAY, "by_rule_on": date(2027, 3, 4), "moved_to": date(2026, 11, 2)}
    for day, reason in (
        (moved_back, "The new day has passed"),
        ({**DAY, "by_rule_on": date(2027, 2, 4)}, "The meeting of that day is entered"),
    ):
        told = bring({"meeting_series": [row], "meeting_series.days": [day]}, "--as", "by.clerk")
        assert reason in told.output
    assert len(series.exceptions) == 2


def test_a_page_looks_at_series_as_it_writes_them(commune, template):
    twice = [SERIES, {**SERIES, "number": 2, "valid_from": date(2026, 2, 1)}]
    strange = {**SERIES, "chair_unit_id": "BY-BPH"}
    for rows, reason in ((twice, "Another series of this kind meets"), ([strange], "in the name of this unit")):
        assert reason in "".join(looked_at(commune, template, {"meeting_series": rows}, commune.clerk))
    some_series(commune)
    again = {**SERIES, "valid_from": date(2026, 2, 1)}
    (told,) = looked_at(commune, template, {"meeting_series": [again]}, commune.clerk)
    assert "Another series of this kind meets" in told


# ── breaches ────────────────────────────────────────────────────────────────────────────────────────────────────────
STORY = ("approve", "ask_back", "take_back")


def some_breaches(commune):
    """One decided, one taken back by two, one rejected, one that an establishment waits for."""
    campaign = a_campaign(commune)
    signers = some_households(commune, 3)
    ticked(commune, campaign, signers)
    decided, back, rejected = (pledges_of(one)[0] for one in signers)
    breached(commune, decided)
    breach = breached(commune, back)
    for by, step, reason in ((commune.officer, "ask_back", "Nhầm hộ"), (commune.chief, "take_back", "")):
        with transaction(by):
            breach.workflow.take(step, breach, by, reason)
    with transaction(commune.officer):
        breach = households.propose_breach(rejected, SIGNED, "Có tin báo", commune.officer)
    with transaction(commune.chief):
        breach.workflow.take("reject", breach, commune.chief, "Chưa đủ căn cứ")
    shops = a_campaign(commune, target=Target.ESTABLISHMENTS, title="Cam kết cơ sở 2026")
    shop = some_establishments(commune)[0]
    ticked(commune, shops, [shop])
    with transaction(commune.officer):
        households.propose_breach(pledges_of(shop)[0], SIGNED, "Biên bản 07/BB-CA", commune.officer)


@pytest.mark.both_engines
def test_breaches_come_into_another_portal_with_who_proposed_and_who_decided(commune, moved):
    some_breaches(commune)
    assert same(moved(), "pledges", "pledges.breaches", "pledges.breaches.steps")
    found = db.session.scalars(select(PledgeBreach).order_by(PledgeBreach.id)).all()
    assert [(one.state, one.pledge.state) for one in found] == [
        ("approved", "breached"), ("taken_back", "confirmed"), ("rejected", "confirmed"), ("proposed", "confirmed"),
    ]  # fmt: skip
    assert {one.author for one in found} == {commune.officer}
    assert [(one.name, one.by_id) for one in steps_of(found[1])] == [
        (step, by.id) for step, by in zip(STORY, (commune.chief, commune.officer, commune.chief), strict=True)
    ]
    with pytest.raises(Forbidden), transaction(commune.officer):
        found[3].workflow.take("approve", found[3], commune.officer)
    with transaction(commune.chief):
        found[3].workflow.take("approve", found[3], commune.chief)
    assert found[3].pledge.state == "breached"


def test_a_page_proposes_a_breach_and_decides_none(commune, bring, template):
    campaign, household = a_campaign(commune), some_households(commune)[0]
    ticked(commune, campaign, [household])
    row = {"number": 1, "campaign_id": campaign.number, "household_id": household.number, "signed_on": SIGNED,
           "happened_on": SIGNED, "reason": "Biên bản 05/BB-CA"}  # fmt: skip
    decided = {**row, "state": "approved", "decider_role": "police_chief", "decided_on": SIGNED}
    refused = bring({"pledges.breaches": [decided]}, "--as", "by.officer")
    assert refused.output.count("Only whoever keeps the portal brings this in") == 3
    assert "Your role does not write this" in bring({"pledges.breaches": [row]}, "--as", "by.clerk").output
    for other, reason in (
        ({"state": "approved"}, "What was decided says on which day"),
        ({"decider_role": None}, "Please say who decides"),
        ({}, "The pledge itself is not breached"),
        ({"signed_on": date(2026, 11, 19)}, "There is no pledge of theirs of this day"),
        ({"happened_on": date(2026, 11, 19)}, "A breach lies between"),
        ({"household_id": None}, "and not both"),
    ):
        told = {**decided, "decided_on": None} if "state" in other else decided
        assert reason in bring({"pledges.breaches": [{**told, **other}]}).output, reason
    assert not db.session.scalars(select(PledgeBreach)).all()
    twice = [row, {**row, "number": 2, "happened_on": date(2026, 11, 21)}]
    (told,) = looked_at(commune, template, {"pledges.breaches": twice}, commune.officer)
    assert "One is under way at a time" in told
    assert bring({"pledges.breaches": [row]}, "--as", "by.officer").exit_code == 0
    (told,) = looked_at(
        commune, template, {"pledges.breaches": [{**row, "happened_on": date(2026, 11, 21)}]}, commune.officer
    )
    assert "proposed already, and not decided yet" in told
    breach = db.session.scalars(select(PledgeBreach)).one()
    assert (breach.author, breach.decider_role, breach.state) == (commune.officer, "police_chief", "proposed")
