"""Home of the next day is right though no job ran in the night, and nobody makes the duties of a day twice."""

import sqlite3
from contextlib import ExitStack
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from portal import cli
from portal.cases.models import Case
from portal.duties import daily
from portal.duties.actions import renew
from portal.duties.daily import renew_all
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests.builders import a_case
from tests.proposals.test_races import at_once

LATER = date(2027, 2, 10)


@pytest.fixture
def renewals(monkeypatch):
    """Count the records that are looked at."""
    looked_at = []
    renew = daily.renew
    monkeypatch.setattr(daily, "renew", lambda subject, source: (looked_at.append(subject.id), renew(subject, source)))
    return looked_at


def on(day):
    return clock.telling(clock.moment(day))


@pytest.mark.both_engines
def test_after_weeks_without_a_job_the_first_page_shows_what_the_law_asks_for_by_now(commune, browse_as):
    case = a_case(commune, "Hồ Công Nghị", helper="helper")
    with on(LATER):
        officer = browse_as(commune.officer)
        home, helpers = officer.get("/").text, browse_as(commune.helper).get("/").text
    late = " has not handed in the self-report for 02/2027"
    for owed in (late, ": roll-call of 02/2027"):
        assert f"Hồ Công Nghị{owed}" in home
    assert "Hồ Công Nghị: report of the helper on quarter IV/2026" in helpers
    assert db.session.scalar(select(Duty.id).where(Duty.case_id == case.id, Duty.key == "2027-03"))


def test_a_role_that_ended_in_the_night_leaves_its_duties_to_the_chief_on_the_morning_after(commune, browse_as):
    case = a_case(commune, "Hồ Công Nghị")
    with transaction(None):
        commune.officer.grants[0].valid_to = date(2026, 11, 30)
    with on(date(2026, 11, 30)):
        assert "the case needs another officer" not in browse_as(commune.chief).get("/").text
    with on(date(2026, 12, 1)):
        page = browse_as(commune.chief).get("/calendar").text
    assert f"{case.person.full_name}: {commune.officer.full_name} is no longer in service" in page


def test_the_duties_of_a_day_are_made_by_the_first_page_and_by_no_other(commune, neighbour, browse_as, renewals):
    for of in (commune, neighbour):
        a_case(of)
    with on(LATER):
        for number, who in enumerate((commune.officer, commune.chief, commune.leader)):
            client = browse_as(who)
            assert client.get("/").status_code == client.get("/calendar").status_code == 200
            if number == 0:
                made = len(renewals)
        assert len(renewals) == made > 0
        browse_as(neighbour.officer).get("/")
        assert len(renewals) > made


def test_where_the_job_ran_no_page_makes_them(app, commune, browse_as, renewals):
    a_case(commune)
    with on(LATER):
        app.test_cli_runner().invoke(args=["jobs", "run", "duties"])
        renewals.clear()
        browse_as(commune.officer).get("/")
    assert renewals == []


def test_a_page_looks_only_at_what_runs_or_still_owes_something(commune, browse_as, renewals):
    case = a_case(commune)
    with transaction(None):
        case.state, case.closed_on = "closed", date(2026, 11, 20)
    with on(LATER):
        browse_as(commune.officer).get("/")
    assert renewals == []


@pytest.mark.both_engines
def test_of_two_first_pages_at_the_same_moment_one_makes_the_duties_of_the_day(
    commune, browse_as, renewals, monkeypatch
):
    a_case(commune)
    both_have_read, first_to_ask = Barrier(2), daily._first_to_ask

    def claims(commune_id):
        both_have_read.wait()  # each has seen that the day is not made
        return first_to_ask(commune_id)

    with on(LATER):
        browsers = [browse_as(who) for who in (commune.officer, commune.chief)]
        monkeypatch.setattr(daily, "_first_to_ask", claims)
        answers = at_once(browsers, lambda browser, _number: browser.get("/"))
    assert [one.status_code for one in answers] == [200, 200]
    assert len(renewals) == len(set(renewals)) > 0


# ── what goes wrong ─────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def bad_file(commune, monkeypatch):
    """Of three files the one in the middle, at which a rule fails."""
    files = [a_case(commune, name) for name in ("Hồ Công Nghị", "A Hluân", "Lê Thị Hoa")]
    bad, renew = files[1].id, daily.renew

    def fails_at_one(subject, source):
        if isinstance(subject, Case) and subject.id == bad:
            raise ValueError("planted, about A Hluân")
        renew(subject, source)

    monkeypatch.setattr(daily, "renew", fails_at_one)
    return files


def made_for(files):
    db.session.rollback()
    return made([one.id for one in files])


def made(ids):
    """Of which cases the duties of the later day are there."""
    return set(db.session.scalars(select(Duty.case_id).where(Duty.key == "2027-02", Duty.case_id.in_(ids))))


@pytest.mark.parametrize("slice_of", [1, 2, 50])
def test_a_file_at_which_a_rule_fails_costs_no_other_its_day_and_no_reader_the_page(
    slice_of, commune, browse_as, bad_file, monkeypatch, caplog
):
    monkeypatch.setattr(daily, "SLICE", slice_of)
    first, bad, last = bad_file
    with on(LATER):
        home = browse_as(commune.officer).get("/")
    assert home.status_code == 200
    assert "Hồ Công Nghị has not handed in the self-report for 02/2027" in home.text
    assert made_for(bad_file) == {first.id, last.id}
    assert f"duties of case {bad.id} were not renewed: ValueError in" in caplog.text
    assert "Hluân" not in caplog.text


def test_a_job_that_fails_at_one_file_does_all_others_and_says_so_at_its_end(app, commune, bad_file):
    first, bad, last = bad_file
    with on(LATER):
        told = app.test_cli_runner().invoke(args=["jobs", "run", "duties"])
    assert told.exit_code == 1
    assert f"1 record could not be looked at: case {bad.id}." in told.stderr
    assert made_for(bad_file) == {first.id, last.id}


def test_after_a_job_that_failed_the_first_page_tries_once_more(app, commune, browse_as, bad_file, monkeypatch):
    with on(LATER):
        app.test_cli_runner().invoke(args=["jobs", "run", "duties"])
        monkeypatch.setattr(daily, "renew", renew)
        browse_as(commune.officer).get("/")
    assert made_for(bad_file) == {one.id for one in bad_file}


def test_the_portal_starts_although_a_rule_fails_at_one_file(app, commune, bad_file, monkeypatch):
    monkeypatch.setattr(cli, "_revisions", lambda: ("head", "head"))
    with on(LATER):
        started = app.test_cli_runner().invoke(args=["prepare", "--no-demo"])
    assert started.exit_code == 0, started.output
    assert "could not be looked at" in started.stderr
    assert len(made_for(bad_file)) == 2


@pytest.mark.files_of_sqlite
def test_on_a_full_disk_the_first_pages_of_a_day_open_all_the_same(commune, browse_as, caplog):
    case_id, officer = a_case(commune).id, commune.officer

    def full(connection, _record):
        connection.execute("PRAGMA max_page_count = 1")  # no page more than there are

    with on(LATER):
        browser = browse_as(officer)
        db.session.remove()
        db.engine.dispose()
        event.listen(db.engine, "connect", full)
        try:
            answers = [browser.get(address) for address in ("/", "/calendar", "/")]
        finally:
            event.remove(db.engine, "connect", full)
            db.session.remove()
            db.engine.dispose()
        assert [one.status_code for one in answers] == [200, 200, 200]
        assert "disk is full" in caplog.text
        assert made([case_id]) == set()
        db.session.rollback()
        assert browser.get("/").status_code == 200
        assert made([case_id]) == {case_id}  # writing has come back by itself


@pytest.mark.both_engines
def test_while_the_day_cannot_be_written_pages_open_and_ask_again(commune, browse_as, renewals, monkeypatch):
    a_case(commune)

    def locked(_commune_id):
        raise OperationalError("UPDATE", (), sqlite3.OperationalError("database is locked"))

    with on(LATER):
        officer = browse_as(commune.officer)
        with monkeypatch.context() as until_later:
            until_later.setattr(daily, "_first_to_ask", locked)
            assert officer.get("/").status_code == officer.get("/calendar").status_code == 200
        assert renewals == []
        officer.get("/")
    assert renewals


def test_a_job_that_goes_on_past_midnight_leaves_the_new_day_to_its_first_page(commune, browse_as, monkeypatch):
    case = a_case(commune)
    evening, morning = date(2027, 1, 31), date(2027, 2, 1)
    renewed = daily._renew
    with ExitStack() as night:
        night.enter_context(on(evening))

        def past_midnight(found):
            failed = renewed(found)
            night.enter_context(on(morning))
            return failed

        monkeypatch.setattr(daily, "_renew", past_midnight)
        renew_all()
        monkeypatch.setattr(daily, "_renew", renewed)
        db.session.rollback()
        assert commune.unit.duties_on == evening
        browse_as(commune.officer).get("/")
    assert db.session.scalar(select(Duty.id).where(Duty.case_id == case.id, Duty.key == "2027-03"))


def test_a_job_leaves_a_day_that_a_page_has_made_meanwhile(commune):
    with on(LATER):
        renew_all()
    renew_all()
    db.session.rollback()
    assert commune.unit.duties_on == LATER


def test_the_day_makes_just_what_the_night_would_have_made(commune, browse_as):
    a_case(commune, helper="helper")
    a_case(commune, "A Hluân", received_on=date(2026, 11, 6), starts_on=date(2026, 10, 20), term_months=18)
    with on(LATER):
        browse_as(commune.officer).get("/")
        made = facts()
        renew_all()
        assert facts() == made


def facts():
    db.session.expire_all()
    asked = select(Duty.rule, Duty.key, Duty.subject_id, Duty.due_on, Duty.done_on, Duty.dropped_on, Duty.owner_id)
    return sorted(map(str, db.session.execute(asked)))
