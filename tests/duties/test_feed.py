"""The secret address that somebody's calendar reads: it opens their duties in one role, and nothing else."""

import re
from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from portal.duties.feed import A_WHILE, AHEAD, MOST_ASKED
from portal.duties.models import CalendarFeed, Duty
from portal.engine import clock
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation import actions as organisation
from portal.organisation import passwords
from portal.organisation.models import Role
from tests.builders import FOUNDED, PASSWORD, a_case
from tests.conftest import TODAY
from tests.duties.reminding import a_matter, at

NAME = "Nguyễn Công Trứng"


def made(client):
    """The path of the address that somebody makes."""
    page = client.post("/reminders/calendar-address")
    assert page.status_code == 200, page.text
    return re.search(r'<code class="address">http://localhost(/calendar/[\w-]{43}\.ics)<', page.text)[1]


def read(app, path, status=200):
    """What a program without a session gets, as a calendar."""
    answer = app.test_client().get(path)
    assert answer.status_code == status, answer.text
    return Calendar.from_ical(answer.data) if status == 200 else answer


def entries(calendar):
    return {str(one["summary"]): one for one in calendar.walk("VEVENT")}


@pytest.fixture
def officers(app, commune, browse_as):
    """The address of an officer with a case."""
    a_case(commune, name=NAME)
    return made(browse_as(commune.officer))


def test_a_calendar_reads_ones_own_duties_as_whole_days_by_rule_and_number(app, commune, officers):
    calendar = read(app, officers)
    found = entries(calendar)
    report = found["Monthly self-report 11/2026, 2026-001"]
    assert report.decoded("dtstart") == date(2026, 11, 5)
    assert report.decoded("dtend") == date(2026, 11, 6)
    assert not isinstance(report.decoded("dtstart"), datetime)
    assert "Source: " in str(report["description"])
    assert {str(one["uid"]) for one in found.values()}
    assert len({str(one["uid"]) for one in calendar.walk("VEVENT")}) == len(calendar.walk("VEVENT"))


def test_no_name_of_a_supervised_person_stands_in_it(app, commune, officers):
    text = app.test_client().get(officers).text.replace("\r\n ", "")
    for word in ("Trứng", "Công Trứng", "Bắc Phong", "0901234567"):
        assert word not in text


def test_what_has_hours_stands_at_its_moment_in_utc(app, commune, browse_as):
    path = made(browse_as(commune.officer))
    a_matter(commune, commune.officer, hours=26)
    (found,) = entries(read(app, path)).values()
    assert found.decoded("dtstart") == clock.now() + timedelta(hours=26)
    assert b"DTSTART:20261124T030000Z" in app.test_client().get(path).data
    assert "dtend" not in found


def test_it_is_written_as_the_rfc_asks(app, commune, officers):
    answer = app.test_client().get(officers)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    lines = answer.data.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in answer.data.replace(b"\r\n", b"")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert {b"VERSION:2.0", b"METHOD:PUBLISH", b"BEGIN:VTIMEZONE"} <= set(lines)
    for entry in Calendar.from_ical(answer.data).walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(entry)


def test_it_holds_neither_what_is_another_officers_nor_what_is_done_nor_what_is_far(app, commune, officers):
    a_case(commune, name="Vũ Đình Quyết", officer="officer2")
    duty = db.session.scalars(select(Duty).where(Duty.owner_id == commune.officer.id).order_by(Duty.id)).first()
    before = len(entries(read(app, officers)))
    with transaction(None):
        duty.done_on = TODAY
        duty.commune_id = commune.id
    a_matter(commune, commune.officer, due_on=TODAY + AHEAD + timedelta(days=1), due_at=None)
    found = entries(read(app, officers))
    assert len(found) == before - 1
    assert all("2026-002" not in title for title in found)


def test_what_is_of_a_quarter_names_it(app, commune, officers):
    a_matter(commune, commune.officer, rule="COM-HELPER-REPORT", key="2026-Q4", due_at=None, values={"number": "VV-1"})
    assert any(title.endswith("for quarter IV of 2026, VV-1") for title in entries(read(app, officers)))


def test_it_is_bounded(app, commune, officers, monkeypatch):
    monkeypatch.setattr("portal.duties.feed.MOST", 2)
    assert len(read(app, officers).walk("VEVENT")) == 2


def test_the_secret_is_shown_once_and_kept_as_a_digest_alone(app, commune, browse_as):
    officer = browse_as(commune.officer)
    path = made(officer)
    secret = path[len("/calendar/") : -len(".ics")]
    (kept,) = db.session.scalars(select(CalendarFeed))
    assert secret not in kept.secret_hash
    assert secret not in officer.get("/reminders/").text
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "make_calendar_address")).all()
    assert len(events) == 1
    assert secret not in str(events[0].changes)


def test_a_form_that_is_sent_twice_makes_one_address(app, commune, browse_as):
    officer = browse_as(commune.officer)
    first = officer.post("/reminders/calendar-address", data={"send_id": "a" * 22})
    again = officer.post("/reminders/calendar-address", data={"send_id": "a" * 22})
    assert (first.status_code, again.status_code, again.headers["Location"]) == (200, 302, "/reminders/")
    assert len(db.session.scalars(select(CalendarFeed)).all()) == 1


def test_one_address_is_active_a_person_and_can_be_taken_back(app, commune, browse_as):
    officer = browse_as(commune.officer)
    first, second, chiefs = made(officer), made(officer), made(browse_as(commune.chief))
    read(app, first, 404)
    read(app, second)
    officer.post("/reminders/calendar-address/end")
    read(app, second, 404)
    read(app, chiefs)
    told = db.session.scalars(select(AuditEvent.action).where(AuditEvent.action.like("%calendar_address")))
    assert sorted(told) == [*["make_calendar_address"] * 3, "take_back_calendar_address"]


def ended_role(commune):
    for grant in commune.officer.grants:
        grant.valid_to = date(2026, 11, 22)


def closed(commune):
    commune.officer.disabled_at = clock.now()


def new_password(commune):
    organisation.change_password(commune.officer, passwords.hashed("một câu khác hẳn câu trước"))


def reset(commune):
    organisation.set_first_password(commune.officer, passwords.hashed("tạm thời thôi nhé bạn"))


@pytest.mark.parametrize("end", [ended_role, closed, new_password, reset])
def test_it_ends_with_the_role_the_account_and_the_password_of_then(app, commune, officers, end):
    read(app, officers)
    with clock.telling(clock.now() + timedelta(minutes=1)):
        with transaction(None):
            end(commune)
        read(app, officers, 404)


def test_it_shows_the_role_for_which_it_was_made_and_no_other(app, commune, browse_as):
    a_case(commune, name=NAME)
    path = made(browse_as(commune.officer))
    with transaction(None):
        grant = organisation.grant_role(commune.officer, Role.OFFICE_CLERK, commune.place("UB"), FOUNDED)
        organisation.confirm_grant(grant, None)
        for one in commune.officer.grants:
            if one.role == Role.POLICE_OFFICER:
                one.valid_to = date(2026, 11, 22)
    read(app, path, 404)


def test_it_opens_nothing_but_the_calendar(app, commune, officers):
    program = app.test_client()
    assert program.get(officers).status_code == 200
    for path in ("/", "/calendar", "/cases/", "/reminders/", "/notices/"):
        assert program.get(path).headers["Location"].startswith("/login")
    assert program.post(officers).status_code == 405
    assert "Set-Cookie" not in app.test_client().get(officers).headers


def test_an_address_that_was_never_given_is_not_there_and_those_who_try_many_wait(app, commune, officers):
    statuses = [app.test_client().get(f"/calendar/{number:043d}.ics").status_code for number in range(22)]
    assert statuses == [404] * 20 + [429] * 2
    read(app, officers)  # whoever has one does not wait for others at the same place
    assert app.test_client().post("/login", data={"username": "by.officer", "password": PASSWORD}).status_code == 302


def test_a_program_that_asks_without_end_waits(app, commune, officers):
    for _number in range(MOST_ASKED):
        read(app, officers)
    answer = read(app, officers, 429)
    assert 0 < int(answer.headers["Retry-After"]) <= A_WHILE.total_seconds() + 1
    with clock.telling(clock.now() + A_WHILE + timedelta(minutes=1)):
        read(app, officers)


def test_it_has_the_duties_of_the_day_though_nobody_opened_a_page(app, commune, officers):
    with at(date(2026, 12, 2)):
        assert "Monthly self-report 12/2026, 2026-001" in entries(read(app, officers))


def test_it_speaks_the_language_of_its_owner(app, commune, browse_as, in_vietnamese):
    a_case(commune, name=NAME)
    path = made_in_vietnamese(in_vietnamese(commune.officer))
    text = app.test_client().get(path).text.replace("\r\n ", "")
    assert "Việc phải làm trên cổng" in text
    assert "Bản tự nhận xét hằng tháng 11/2026\\, 2026-001" in text


def made_in_vietnamese(client):
    page = client.post("/reminders/calendar-address").text
    return re.search(r"http://localhost(/calendar/[\w-]{43}\.ics)", page)[1]


def test_whoever_holds_no_role_is_told_why_there_is_none(app, commune, browse_as):
    officer = browse_as(commune.officer)
    with transaction(None):
        ended_role(commune)
    assert "You hold no role today" in officer.post("/reminders/calendar-address", follow_redirects=True).text
    assert db.session.scalars(select(CalendarFeed)).all() == []


# ── the page ────────────────────────────────────────────────────────────────────────────────────────────────────────
def quiet(client, commune, **typed):
    db.session.rollback()
    data = {"quiet_from": "21", "quiet_until": "6", "version": str(commune.officer.version), **typed}
    return client.post("/reminders/", data=data)


def test_everybody_sets_their_own_quiet_hours(commune, browse_as):
    officer = browse_as(commune.officer)
    page = officer.get("/reminders/").text
    assert 'value="21"' in page
    assert quiet(officer, commune, quiet_from="20", quiet_until="7").status_code == 302
    db.session.rollback()
    assert (commune.officer.quiet_from, commune.officer.quiet_until) == (20, 7)
    assert (commune.chief.quiet_from, commune.chief.quiet_until) == (21, 6)


@pytest.mark.parametrize("typed", ["24", "-1", "sáng", ""])
def test_an_hour_that_is_none_is_told_at_its_field_and_stays(commune, browse_as, typed):
    answer = quiet(browse_as(commune.officer), commune, quiet_from=typed)
    assert answer.status_code == 422
    assert 'id="quiet_from-error"' in answer.text
    assert f'value="{typed}"' in answer.text
    db.session.rollback()
    assert commune.officer.quiet_from == 21


def test_the_page_says_whether_the_address_opens_anything_and_when_it_was_read(app, commune, browse_as):
    officer = browse_as(commune.officer)
    assert "Make an address" in officer.get("/reminders/").text
    path = made(officer)
    assert "No calendar has read it yet." in officer.get("/reminders/").text
    read(app, path)
    assert "Read last on" in officer.get("/reminders/").text
    assert 'href="/reminders/"' in officer.get("/account").text
