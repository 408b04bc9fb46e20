"""Timed work: one command does all that is due, and the doctor says what stands still."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from portal.engine import clock, jobs
from portal.engine.jobs import MINUTES, NIGHTLY, Job, known_jobs

README = Path(__file__).parents[2] / "README.md"
TODAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def nothing_ran(app):
    shutil.rmtree(Path(app.instance_path) / "jobs", ignore_errors=True)


def called(app, *words):
    return app.test_cli_runner().invoke(args=list(words), env={"LANG": "en"})


def test_the_readme_lists_every_job_and_each_is_timed_but_that_of_by_hand(app):
    told = README.read_text("utf-8")
    with app.app_context():
        known = known_jobs()
    for name, job in known.items():
        when = {MINUTES: "every ten minutes", NIGHTLY: "nightly", None: "by hand"}[job.every]
        assert f"| `{name}` | {when}" in told
    assert [name for name, job in known.items() if job.every is None] == ["registers"]


def test_one_command_runs_all_that_is_due_and_nothing_twice(app, commune):
    with clock.telling(clock.moment(TODAY, 9)):
        told = called(app, "jobs", "due")
        assert told.exit_code == 0
        names = {line.split(":")[0] for line in told.output.splitlines()}
        assert {"duties", "digest", "patrols", "proposals", "differences", "pseudonymise"} <= names
        assert not {"registers", "mail"} & names
        assert called(app, "jobs", "due").output == ""
    with clock.telling(clock.moment(TODAY, 9, 10)):
        again = {line.split(":")[0] for line in called(app, "jobs", "due").output.splitlines()}
        assert again == {"digest", "patrols", "proposals"}


@pytest.mark.parametrize(("day", "hour", "is_due"), [(0, 23, False), (1, 0, False), (1, 1, True), (3, 14, True)])
def test_the_work_of_the_night_is_done_once_a_day_or_when_the_machine_is_on_again(app, day, hour, is_due):
    job = Job("nightly", "", str, NIGHTLY)
    with clock.telling(clock.moment(TODAY + timedelta(days=day), hour)):
        assert job.is_due(clock.moment(TODAY, 1, 5)) is is_due


def test_a_job_that_fails_is_told_and_keeps_no_other_from_its_turn(app, commune, monkeypatch):
    def fails():
        raise OSError

    broken = Job("broken", "", fails, MINUTES), Job("whole", "", lambda: "done", MINUTES)
    monkeypatch.setattr("portal.duties.commands.known_jobs", lambda: {one.name: one for one in broken})
    told = called(app, "jobs", "due")
    assert told.exit_code == 1
    assert "whole: done" in told.output
    assert "Not to their end: broken." in told.output
    assert jobs.last_run(broken[0]) is None


def test_a_second_run_beside_the_first_leaves_at_once(app, commune):
    with jobs.alone() as first:
        assert first
        assert "Another run is at work" in called(app, "jobs", "due").output


def test_the_doctor_says_which_job_has_not_run_for_longer_than_it_should(app, commune):
    with clock.telling(clock.moment(TODAY, 9)):
        called(app, "jobs", "due")
        assert "Timed work runs as it should." in called(app, "doctor").output
    with clock.telling(clock.moment(TODAY, 12)):
        told = called(app, "doctor").output
    assert "The job digest last ran on" in told
    assert "flask --app wsgi jobs due" in told
    assert "The job duties" not in told
    with clock.telling(clock.moment(TODAY + timedelta(days=2), 9)):
        assert "The job pseudonymise last ran on" in called(app, "doctor").output


def test_the_doctor_says_that_a_job_has_never_run_once_the_portal_is_older_than_that(app, commune):
    with clock.telling(clock.written_now() + timedelta(days=3)):
        assert "The job pseudonymise has never run." in called(app, "doctor").output
