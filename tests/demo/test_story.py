"""What was loaded is what the story tells: the figures of the real report, and the people of today."""

import re
from collections import Counter
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import func, or_, select

from portal.cases.models import ACCEPTED, COMMUNITY_SENTENCES, RUNNING, Case, CaseType, CheckIn, Violation
from portal.demo.chronicle import chronicle
from portal.demo.course import Course
from portal.demo.later import files_until
from portal.demo.story import FILES, MILITARY
from portal.duties.models import Duty
from portal.duties.queries import still_open
from portal.engine import access, clock
from portal.engine.db import db
from portal.engine.workflow import steps_of
from portal.organisation.demo_accounts import DEMO_PASSWORD, DEMO_USERNAMES
from portal.organisation.models import Unit, User, line_of
from portal.people.models import Person
from portal.proposals.kinds.absence.model import AbsenceProposal
from portal.proposals.kinds.helper.model import HelperProposal
from portal.proposals.models import Proposal
from tests.duties.owing import nobodys
from tests.example import MUCH_LATER


def line(code="BY"):
    return line_of(db.session.scalar(select(Unit.id).where(Unit.code == code)))


def serving(day, *types):
    """People with a case of some types that runs at the end of a day."""
    runs = or_(Case.closed_on.is_(None), Case.closed_on > day)
    return db.session.scalar(
        select(func.count(Case.person_id.distinct())).where(
            Case.commune_id.in_(line()), Case.type.in_(types), Case.state.in_(ACCEPTED), Case.received_on <= day, runs
        )
    )


def self_reports(first, last):
    return db.session.scalar(
        select(func.count(CheckIn.id))
        .join(Case)
        .where(Case.commune_id.in_(line()), CheckIn.state == "received", CheckIn.received_on.between(first, last))
    )


SS, PAR, NCR, RS, RB = COMMUNITY_SENTENCES


@pytest.mark.parametrize("story", ["example", "later_example"])
def test_whoever_was_released_was_judged_long_before_and_by_a_court_that_stood_then(request, story):
    request.getfixturevalue(story)
    released = (CaseType.REINTEGRATION, CaseType.RESIDENCE_SUPERVISION, CaseType.RESIDENCE_BAN)
    found = db.session.scalars(select(Case).where(Case.type.in_(released))).all()
    assert len(found) > 12
    for case in found:
        served = timedelta(days=28 * case.prison_months)
        assert case.judgment_on <= case.starts_on - served + timedelta(days=120), case.number
        assert case.judgment_number.split("/")[1] == str(case.judgment_on.year)
        court = "huyện" if case.judgment_on < date(2025, 7, 1) else "khu vực"
        assert court in case.court or "tỉnh Kon Tum" in case.court


@pytest.mark.parametrize(("username", "type"), [
    ("military_command", CaseType.SUSPENDED_SENTENCE), ("border_guard", CaseType.RESIDENCE_BAN),
])  # fmt: skip
def test_each_force_supervises_somebody_whom_its_account_sees(example, username, type):
    client = example.test_client()
    client.post("/login", data={"username": username, "password": DEMO_PASSWORD})
    unit = db.session.scalar(select(User).where(User.username == username)).grants[-1].unit
    theirs = db.session.scalars(select(Case).where(Case.supervising_unit_id == unit.id)).all()
    assert [case.type for case in theirs] == [type]
    assert f"/cases/{theirs[0].id}" in client.get("/cases/").text
    assert client.get(f"/cases/{theirs[0].id}").status_code == 200


@pytest.mark.parametrize(
    ("year", "figures"),
    [
        (2024, {"received": 2, "serving": 7, SS: 4, PAR: 3, NCR: 0, RS: 0, RB: 0, "self_reports": 52, "managed": 7}),
        (2023, {"received": 2, "serving": 5, SS: 3, PAR: 1, NCR: 1, RS: 0, RB: 0, "self_reports": 31, "managed": 5}),
    ],
)
def test_the_figures_of_the_real_report_come_out_of_the_records(example, year, figures):
    first, last = date(year, 1, 1), date(year, 8, 31)
    received = db.session.scalar(
        select(func.count(Case.id)).where(
            Case.commune_id.in_(line()), Case.type.in_(COMMUNITY_SENTENCES), Case.received_on.between(first, last)
        )
    )
    managed = db.session.scalar(
        select(func.count(Case.id)).where(
            Case.commune_id.in_(line()), Case.type == CaseType.REINTEGRATION, Case.received_on <= last,
            or_(Case.closed_on.is_(None), Case.closed_on > first),
        )
    )  # fmt: skip
    assert figures == {
        "received": received,
        "serving": serving(last, *COMMUNITY_SENTENCES),
        **{kind: serving(last, kind) for kind in COMMUNITY_SENTENCES},
        "self_reports": self_reports(first, last),
        "managed": managed,
    }


def test_nobody_of_the_real_report_broke_the_law_and_one_report_was_late(example):
    violations = db.session.scalars(select(Violation).where(Violation.occurred_on <= date(2024, 8, 31))).all()
    assert [(one.case.person.full_name, one.kind, one.occurred_on, one.only_reminded) for one in violations] == [
        ("A Hluân", "duty", date(2024, 3, 6), True)
    ]
    assert not db.session.scalars(select(Violation).where(Violation.kind != "duty")).all()
    late = [one for one in db.session.scalars(select(CheckIn)).all() if one.late_days and one.month.year == 2024]
    assert [one.received_on for one in late] == [date(2024, 3, 11)]


def test_on_23_11_2026_twelve_people_serve_three_are_reintegrated_and_two_managed(example):
    of_the_commune = select(Case).where(Case.commune_id.in_(line()), Case.state.in_(RUNNING))
    assert Counter(str(case.type) for case in db.session.scalars(of_the_commune)) == {
        SS: 6, PAR: 2, NCR: 1, RS: 1, RB: 2, CaseType.REINTEGRATION: 3, CaseType.DRUG_USER_MANAGEMENT: 2,
    }  # fmt: skip


def test_every_case_ended_on_the_day_that_its_papers_say(example):
    ended = {case.person.full_name: case.closed_on for case in db.session.scalars(select(Case)) if case.closed_on}
    told = {one.file.name: one.last_on for one in map(Course, FILES) if one.last_on < date(2026, 11, 23)}
    assert ended == told
    assert ended["Nguyễn Công Trứng"] == date(2025, 6, 15)
    assert ended["Lê Văn Uẩn"] == date(2026, 10, 26)


def test_every_running_case_has_an_owner_who_accepted_it_and_old_ones_kept_their_commune(example):
    for case in db.session.scalars(select(Case).where(Case.state.in_(RUNNING))):
        assert case.officer is case.owner
        old = case.received_on < date(2025, 7, 1)
        assert case.commune.code == ("PY" if old else "DN" if case.person.village.code.startswith("DN") else "BY")


def test_nobody_decided_their_own(example):
    decided = db.session.scalars(select(Proposal).where(Proposal.decided_on.is_not(None))).all()
    assert len(decided) > 60
    for proposal in decided:
        steps = {step.name: step.by_id for step in steps_of(proposal)}
        assert steps["approve"] not in {proposal.created_by_id, steps["submit"], steps.get("endorse")}


def test_the_day_of_a_user_shows_what_is_missing_what_waits_and_what_came_back(example):
    month = date(2026, 11, 1)
    reports = db.session.execute(
        select(Person.full_name, CheckIn.state, CheckIn.received_on)
        .join(Case, Case.person_id == Person.id)
        .join(CheckIn)
        .where(CheckIn.month == month)
    ).all()
    assert not [one for one in reports if one.full_name == "Hồ Công Nghị"]  # SS-06: missing
    again = [(state, on) for name, state, on in reports if name == "Đinh Văn Quýnh"]
    assert again[-1] == ("received", date(2026, 11, 23))
    assert [state for name, state, _on in reports if name == "Y Hlim"] == ["returned"]

    absences = {(one.case.person.full_name, one.days, one.state) for one in db.session.scalars(select(AbsenceProposal))}
    assert {("Trần Đức Phẩm", 20, "endorsed"), ("Trần Đức Phẩm", 35, "draft")} <= absences
    assert {("Phạm Văn Khoáng", 10, "submitted"), ("A Bring", 5, "returned")} <= absences
    too_long = db.session.scalars(select(AbsenceProposal).where(AbsenceProposal.state == "draft")).one()
    assert [reason.numbers["limit"] for reason in too_long.refusals()] == [30]
    waiting = db.session.scalars(select(HelperProposal).where(HelperProposal.state == "endorsed")).one()
    assert waiting.case.person.full_name == "Ngô Quang Thỉnh"


def test_the_neighbour_has_records_and_neither_commune_sees_the_others(example):
    def seen(username):
        user = db.session.scalars(select(User).where(User.username == username)).one()
        return {case.person.full_name for case in db.session.scalars(access.reach(user, "read", Case))}

    assert seen("dn.police_chief") == {"Phùng Văn Chấn", "A Kruih", "Lương Thị Vẹn"}
    assert len(seen("police_chief")) == len(FILES) - 3
    assert not seen("police_chief") & seen("dn.police_chief")


def test_nobody_of_the_example_is_a_child(example):
    assert all(case.starts_on.year - case.person.birth_year > 18 for case in db.session.scalars(select(Case)))


# ── on any later day ────────────────────────────────────────────────────────────────────────────────────────────────
LATER = [date(2026, 11, 24), date(2027, 2, 15), MUCH_LATER]


def named(deed):
    act = deed.act
    return (act.func.__name__, *act.args) if isinstance(act, partial) else (act.__name__,)


@pytest.mark.parametrize("day", LATER)
def test_each_month_every_running_sentence_hands_in_its_report_except_the_one_that_is_overdue(day):
    told = (named(deed) for deed in chronicle(clock.moment(day, 23)))
    handed_in = {deed[:3] for deed in told if deed[0] == "report"}
    last_month = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
    courses = [Course(file) for file in (*FILES, *files_until(day))]
    owing = [
        one for one in courses if one.last_on >= day and one.file.received_on < last_month and one.owed(last_month)
    ]
    owing = [one for one in owing if one.report_owed(last_month) and one.file.supervised_by != MILITARY]
    assert len(owing) >= 9
    for one in owing:
        assert ("report", one.file.code, last_month) in handed_in


@pytest.mark.parametrize("day", [date(2022, 3, 1), *LATER, date(2033, 7, 3)])
def test_nothing_is_told_that_lies_after_the_day_of_loading(day):
    now = clock.moment(day, 10)
    deeds = chronicle(now)
    assert deeds == sorted(deeds, key=lambda deed: deed.at)
    assert deeds[-1].at <= now
    assert [named(one) for one in chronicle(now)] == [named(one) for one in deeds]


def test_a_later_day_does_not_change_what_was_told_before_it():
    before, told, later = date(2026, 9, 1), date(2026, 11, 23), MUCH_LATER

    def until(day):
        return [
            (deed.at, deed.by, named(deed))
            for deed in chronicle(clock.moment(day, 10))
            if deed.at < clock.moment(before)
        ]

    assert until(told) == until(later)


def test_long_after_the_told_part_cases_of_every_age_are_alive(later_example):
    running = db.session.scalars(select(Case).where(Case.commune_id.in_(line()), Case.state.in_(RUNNING))).all()
    by_type = Counter(str(case.type) for case in running)
    assert by_type == {SS: 6, PAR: 2, NCR: 1, RB: 1, CaseType.REINTEGRATION: 2, CaseType.DRUG_USER_MANAGEMENT: 2}
    assert {case.received_on.year for case in running} >= {2024, 2026, 2027}
    assert db.session.scalar(select(func.max(CheckIn.received_on))) <= MUCH_LATER
    late = db.session.scalars(select(CheckIn).where(CheckIn.month >= date(2026, 12, 1))).all()
    share = sum(bool(one.late_days) for one in late) / len(late)
    assert 0.04 < share < 0.16


@pytest.mark.parametrize("year", [2024, 2023])
def test_the_figures_of_2024_stay_what_they_were_when_the_example_is_loaded_long_after(later_example, year):
    last = date(year, 8, 31)
    told = serving(last, *COMMUNITY_SENTENCES), self_reports(date(year, 1, 1), last)
    assert told == {2024: (7, 52), 2023: (5, 31)}[year]


def test_whatever_is_open_in_the_example_somebody_can_do(example):
    assert nobodys() == []


def test_long_after_too_whatever_is_open_somebody_can_do_and_each_link_of_home_opens(later_example):
    assert nobodys() == []
    for username in DEMO_USERNAMES:
        client = later_example.test_client()
        client.post("/login", data={"username": username, "password": DEMO_PASSWORD})
        home = client.get("/").text
        links = set(re.findall(r'href="(/[^"#]*)', home[home.index("<main") :]))
        opened = {link: client.get(link.replace("&amp;", "&"), follow_redirects=True).status_code for link in links}
        broken = {link for link, status in opened.items() if status != 200}
        assert broken == set(), username


def test_what_an_officer_owes_by_hand_was_said_but_for_these_two_weeks(example):
    of_cases = still_open(), Duty.case_id.is_not(None)
    late = db.session.scalars(select(Duty).where(*of_cases, Duty.due_on < date(2026, 11, 9))).all()
    assert {(one.rule, one.case.person.full_name) for one in late} == {
        ("COM-SELF-REPORT", "Hồ Công Nghị"), ("COM-SELF-REPORT", "Y Hlim"),
    }  # fmt: skip
