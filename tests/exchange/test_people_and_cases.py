"""People, cases and observations leave in the workbook and come into another portal just as they were."""

import io
import json
from datetime import date

import pytest
from sqlalchemy import func, select

from portal.cases.models import Assignment, Case, CheckIn, HelperReport, TermChange
from portal.drugs.models import DrugReviewEntry, DrugTest
from portal.duties.models import Duty, Notification
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.engine.workflow import Step
from portal.incidents.models import IncidentPerson, Observation
from portal.people.models import Person
from tests.builders import a_case, a_person
from tests.exchange.told import told
from tests.exchange.workbooks import cells_of, filled

OURS = ("people", "cases", "observations")


@pytest.fixture
def run(app):
    return lambda *words: app.test_cli_runner().invoke(args=["data", *words])


@pytest.fixture
def template(run, tmp_path):
    assert run("template", str(tmp_path / "mau.xlsx"), "--unit", "BY").exit_code == 0
    return (tmp_path / "mau.xlsx").read_bytes()


@pytest.fixture
def brought(run, tmp_path):
    def bring(content, *words):
        file = tmp_path / "vao.xlsx"
        file.write_bytes(content)
        return run("import", str(file), "--unit", "BY", *words)

    return bring


def taken_out(run, file):
    made = run("export", str(file), "--unit", "BY")
    assert made.exit_code == 0, made.output
    return file.read_bytes()


def ours(content):
    return {key: rows for key, rows in cells_of(content).items() if key.split(".")[0] in OURS}


def figures(app):
    """All figures of the report of August and on, and those of the year before."""
    words = ("figures", "--from", "2026-08-01", "--to", "2026-11-20", "--unit", "BY", "--format", "json")
    counted = app.test_cli_runner().invoke(args=["report", *words])
    assert counted.exit_code == 0, counted.output
    return json.loads(counted.output)


@pytest.mark.both_engines
def test_they_come_into_an_empty_portal_and_go_out_the_same_with_the_same_figures(
    app, commune, houses, engine_name, run, brought, tmp_path
):
    told(commune)
    first, before = taken_out(run, tmp_path / "ra.xlsx"), figures(app)
    assert all(ours(first).values()), [key for key, rows in ours(first).items() if not rows]
    db.session.remove()
    houses(engine_name).fresh()
    assert db.session.scalar(select(func.count(Person.id))) == 0
    taken = brought(first)
    assert taken.exit_code == 0, taken.output
    assert cells_of(taken_out(run, tmp_path / "lai.xlsx")) == cells_of(first)
    assert figures(app) == before
    again = brought(first)
    assert (again.exit_code, "nothing added" in again.output) == (0, True), again.output
    assert cells_of(taken_out(run, tmp_path / "ba.xlsx")) == cells_of(first)
