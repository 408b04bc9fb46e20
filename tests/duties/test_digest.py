"""The digest of a morning: once a day for each person, in numbers; hours alone are told in between."""

from datetime import date, timedelta

import pytest

from portal.duties.actions import renew
from portal.duties.models import DutyRoster
from portal.duties.quiet import over_at
from portal.duties.rules import Source
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation import actions as organisation
from portal.organisation.models import Role
from tests.builders import FOUNDED, a_case, an_absence
from tests.conftest import TODAY
from tests.duties.reminding import a_matter, at, digests, job, mails, reachable, unread

WEDNESDAY, SATURDAY = date(2026, 11, 25), date(2026, 12, 5)
NATIONAL_DAY_OFF = date(2026, 11, 24)


def numbers(digest):
    return digest.overdue, digest.today, digest.week, digest.rights


@pytest.mark.both_engines
def test_each_person_with_something_due_gets_one_digest_a_day_however_often_it_is_asked_for(app, commune):
    a_case(commune)
    officer, military = commune.officer, commune.military
    told = job(app, WEDNESDAY)
    assert "digests made" in told
    for hour in (7, 9, 15):
        assert "0 digests made." in job(app, WEDNESDAY, hour)
    assert [one.on for one in digests(officer)] == [WEDNESDAY]
    assert len(unread(officer, "DIGEST")) == 1
    assert digests(military) == []


def test_a_digest_counts_by_group_what_home_shows_and_names_nobody(app, commune, browse_as, monkeypatch):
    case = a_case(commune, name="Nguyễn Công Trứng")
    reachable(app, monkeypatch, commune.officer)
    job(app, WEDNESDAY)
    (digest,) = digests(commune.officer)
    (line,) = unread(commune.officer, "DIGEST")
    (mail,) = mails(commune.officer)
    assert digest.overdue > 0
    with at(WEDNESDAY, 8):
        home, bell = browse_as(commune.officer).get("/").text, browse_as(commune.officer).get("/notices/").text
    assert f">{digest.overdue}</b>" in home
    assert f"{digest.overdue} overdue, {digest.today} due today, {digest.week} within a week" in bell
    assert f"– Overdue: {digest.overdue}" in mail.text
    assert "https://boy.example.vn/" in mail.text
    for said in (str(line.values), mail.subject, mail.text):
        assert "Trứng" not in said
        assert case.number not in said


def test_the_notice_of_a_digest_leads_to_home(app, commune, browse_as):
    a_case(commune)
    job(app, WEDNESDAY)
    (line,) = unread(commune.officer, "DIGEST")
    answer = browse_as(commune.officer).post(f"/notices/{line.id}/open")
    assert answer.headers["Location"] == "/"


def test_before_seven_nothing_is_made_and_what_was_missed_is_made_up_for_later_that_day(app, commune):
    a_case(commune)
    assert "0 digests made." in job(app, WEDNESDAY, 6, 59)
    assert digests() == []
    job(app, WEDNESDAY, 16, 20)
    assert {one.on for one in digests()} == {WEDNESDAY}


def test_of_days_that_were_missed_the_present_one_is_told_and_no_other(app, commune):
    a_case(commune)
    job(app, date(2026, 11, 20))
    job(app, date(2026, 11, 27))
    assert [one.on for one in digests(commune.officer)] == [date(2026, 11, 20), date(2026, 11, 27)]
    assert len(unread(commune.officer, "DIGEST")) == 1


def test_the_duties_are_those_of_the_day_before_they_are_counted(app, commune):
    a_case(commune, received_on=date(2026, 11, 3), starts_on=date(2026, 10, 20))
    with transaction(None):
        commune.unit.duties_on = TODAY
    job(app, date(2026, 12, 7))
    assert commune.unit.duties_on == date(2026, 12, 7)
    (digest,) = digests(commune.officer)
    assert digest.overdue > 0


@pytest.mark.parametrize("day", [SATURDAY, NATIONAL_DAY_OFF])
def test_on_a_day_off_nobody_gets_one_unless_something_of_theirs_is_counted_in_hours(app, commune, day):
    a_case(commune)
    with at(day - timedelta(days=1), 20):
        a_matter(commune, commune.officer2)
    job(app, day)
    assert {one.user_id for one in digests()} == {commune.officer2.id}


def test_whoever_holds_two_roles_is_told_of_each_duty_once(app, commune):
    a_case(commune)
    with transaction(None):
        grant = organisation.grant_role(commune.officer, Role.POLICE_CHIEF, commune.place("CA"), FOUNDED)
        organisation.confirm_grant(grant, None)
    job(app, WEDNESDAY)
    both, chief = digests(commune.officer)[0], digests(commune.chief)
    assert len(digests(commune.officer)) == 1
    assert both.overdue >= max((one.overdue for one in chief), default=0)


def test_whoever_is_no_longer_in_service_is_told_nothing(app, commune):
    a_case(commune)
    with transaction(None):
        for grant in commune.officer.grants:
            grant.valid_to = TODAY
    job(app, WEDNESDAY)
    assert digests(commune.officer) == []


def test_new_notices_are_counted_in_the_mail_of_the_next_morning_alone(app, commune, monkeypatch):
    reachable(app, monkeypatch, commune.leader)
    leave = an_absence(commune, a_case(commune), date(2026, 12, 10), date(2026, 12, 12))
    with transaction(commune.officer):
        leave.workflow.take("submit", leave, commune.officer)
    with transaction(commune.chief):
        leave.workflow.take("endorse", leave, commune.chief)
    assert mails(commune.leader) == []
    job(app, WEDNESDAY)
    (mail,) = mails(commune.leader)
    assert "– New notices: 1" in mail.text
    job(app, date(2026, 11, 26))
    assert [one.notices for one in digests(commune.leader)] == [1, 0]


def test_a_digest_that_waits_gives_way_to_that_of_the_next_day(app, commune, monkeypatch):
    a_case(commune)
    reachable(app, monkeypatch, commune.officer)
    job(app, WEDNESDAY)
    job(app, date(2026, 11, 26))
    (mail,) = mails(commune.officer)
    assert "26/11/2026" in mail.subject


def test_what_has_hours_is_mailed_at_once_to_whoever_owes_it(app, commune, monkeypatch):
    reachable(app, monkeypatch, commune.officer, commune.chief)
    duty = a_matter(commune, commune.officer)
    (line,) = unread(commune.officer, "DUTY-BY-HOURS")
    assert line.values == {"number": "VV-2026-001", "until": "08:00, 24/11/2026"}
    (mail,) = mails(commune.officer)
    assert (mail.about, mail.next_at) == ("hours", clock.now())
    assert mails(commune.chief) == []
    assert duty.open


def test_what_had_hours_and_is_done_waits_for_nobody_any_more(app, commune):
    duty = a_matter(commune, commune.officer, subject_type="unit", subject_id=commune.unit.id)
    with transaction(None):
        renew(commune.unit, Source(type(commune.unit), (), lambda _unit: ()))
    assert not duty.open
    assert unread(commune.officer, "DUTY-BY-HOURS") == []


@pytest.mark.parametrize(
    ("hours", "came", "over"),
    [
        ((21, 6), (20, 59), None), ((21, 6), (21, 0), (24, 6)), ((21, 6), (5, 59), (23, 6)), ((21, 6), (6, 0), None),
        ((0, 8), (3, 0), (23, 8)), ((12, 14), (13, 30), (23, 14)), ((6, 6), (3, 0), None),
    ],
)  # fmt: skip
def test_quiet_hours_end_at_their_hour_also_over_midnight(hours, came, over):
    moment = clock.moment(TODAY, *came)
    wanted = clock.moment(TODAY.replace(day=over[0]), over[1]) if over else moment
    assert over_at(moment, *hours) == wanted


def on_call(commune, user, day=TODAY):
    with transaction(commune.chief):
        db.session.add(
            DutyRoster(commune_id=commune.id, on=day, unit_id=commune.place("CA").id, user_id=user.id, from_hour=7)
        )


def test_at_night_hours_reach_whoever_is_on_call_at_once_and_the_others_in_the_morning(app, commune, monkeypatch):
    reachable(app, monkeypatch, commune.officer, commune.officer2)
    on_call(commune, commune.officer)
    with at(TODAY, 23):
        a_matter(commune, commune.officer2)
        a_matter(commune, owner_unit_id=commune.place("CA").id, owner_role="police_chief", on_call=True)
        assert [mail.next_at for mail in mails(commune.officer)] == [clock.now()]
        assert [mail.next_at for mail in mails(commune.officer2)] == [clock.moment(NATIONAL_DAY_OFF, 6)]


def test_quiet_hours_of_ones_own_hold_back_the_digest_too(app, commune, monkeypatch):
    a_case(commune)
    reachable(app, monkeypatch, commune.officer)
    with transaction(None):
        commune.officer.quiet_until = 9
    job(app, WEDNESDAY)
    assert [mail.next_at for mail in mails(commune.officer)] == [clock.moment(WEDNESDAY, 9)]


def test_without_a_server_the_digest_stands_behind_the_bell_alone(app, commune):
    a_case(commune)
    job(app, WEDNESDAY)
    assert unread(commune.officer, "DIGEST")
    assert mails(commune.officer) == []
