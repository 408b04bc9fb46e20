"""Entries of books leave with their state and with what came with them by itself, and what is sealed stays here."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.books.actions import mend, write_down
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.engine.workflow import steps_of
from portal.movement.models import TitleKind, TitleProgramme
from portal.outreach import actions
from portal.outreach.models import OutreachSession, SessionForm
from tests.exchange.workbooks import cells_of
from tests.incidents.written import a_tip


@pytest.fixture
def run(app):
    return lambda *words: app.test_cli_runner().invoke(args=["data", *words])


@pytest.fixture
def gone_round(commune, houses, engine_name, run, tmp_path):
    """Take everything out, into an empty portal, and out again; gives both."""

    def go():
        first, second = tmp_path / "ra.xlsx", tmp_path / "lai.xlsx"
        assert run("export", str(first), "--unit", "BY").exit_code == 0
        db.session.remove()
        houses(engine_name).fresh()
        taken = run("import", str(first), "--unit", "BY")
        assert taken.exit_code == 0, taken.output
        assert run("export", str(second), "--unit", "BY").exit_code == 0
        db.session.rollback()
        return cells_of(first.read_bytes()), cells_of(second.read_bytes())

    return go


def test_a_session_that_was_cancelled_counts_nowhere_in_the_other_portal_either(commune, gone_round):
    planned = {"form": SessionForm.LAUNCH, "held_on": date(2026, 11, 30), "village_id": commune.place("BPH").id}
    with transaction(commune.officer):
        session = write_down(OutreachSession, commune.id, planned, commune.officer)
    with transaction(commune.officer):
        actions.cancel(session, "Mưa bão", commune.officer)
    first, second = gone_round()
    assert second == first
    one = db.session.scalars(select(OutreachSession)).one()
    assert (one.state, one.why_cancelled) == ("cancelled", "Mưa bão")
    assert [(step.name, step.by_id, step.reason) for step in steps_of(one)] == [
        ("cancel", commune.officer.id, "Mưa bão")
    ]


def test_criteria_that_came_by_themselves_are_filled_in_and_not_there_twice(commune, gone_round):
    facts = {"name": "Khu dân cư an toàn", "kind": TitleKind.SECURITY, "year": 2026, "first_on": date(2026, 1, 1),
             "last_on": date(2026, 12, 31), "plan": "7/KH-UBND"}  # fmt: skip
    with transaction(commune.chief):
        programme = write_down(TitleProgramme, commune.id, facts, commune.chief)
        criterion = programme.criteria[0]
        mend(criterion, {"text": criterion.text or "Đăng ký danh hiệu", "unit": "lần"}, commune.chief)
    first, second = gone_round()
    assert first["title_programmes.criteria"]
    assert second == first


def test_who_gave_a_tip_leaves_in_no_file(commune, gone_round):
    a_tip(commune, giver_agrees=True, giver_name="Người Báo Tin", giver_contact="0987654321")
    first, second = gone_round()
    assert second == first
    assert first["tips"]
    assert "Báo Tin" not in str(first)
    assert "0987654321" not in str(first)
