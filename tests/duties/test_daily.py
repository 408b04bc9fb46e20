"""Home of the next day is right though no job ran in the night, and nobody makes the duties of a day twice."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.duties import daily
from portal.duties.daily import renew_all
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests.builders import a_case

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
        home = officer.get("/").text
    late = " has not handed in the self-report for 02/2027"
    for owed in (late, ": roll-call of 02/2027", ": report of the helper on quarter IV/2026"):
        assert f"Hồ Công Nghị{owed}" in home
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


def test_a_fault_in_one_file_shuts_nobody_out_for_the_day(commune, browse_as, monkeypatch):
    a_case(commune)

    def fails(_subject, _source):
        raise ValueError("planted")

    monkeypatch.setattr(daily, "renew", fails)
    with on(LATER):
        officer = browse_as(commune.officer)
        assert officer.get("/").status_code == 500
        assert officer.get("/").status_code == 200


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
