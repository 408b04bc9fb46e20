"""Entries of books leave with their state and with what came with them by itself, and what is sealed stays here."""

from datetime import date

import pytest
from sqlalchemy import event, select

from portal.books.actions import mend, write_down
from portal.books.models import missing_in
from portal.engine.db import db
from portal.engine.text import as_on_paper
from portal.engine.transaction import transaction
from portal.engine.workflow import steps_of
from portal.exchange.catalogue import all_sheets
from portal.exchange.taking import Taking
from portal.incidents.books import INCIDENTS
from portal.incidents.models import Incident
from portal.movement.models import TitleKind, TitleProgramme
from portal.outreach import actions
from portal.outreach.models import OutreachSession, SessionForm
from tests.exchange.workbooks import cells_of
from tests.households.doors import a_campaign, some_households, ticked
from tests.incidents.written import a_tip


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


def asked_for(commune, key):
    """How many rows leave by a sheet, and how often the database is asked for them."""
    asked = []

    def ask(_connection, _cursor, statement, *_more):
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", ask)
    try:
        with as_on_paper():
            sheet = next(one for one in all_sheets() if one.key == key)
            asked.clear()
            rows = list(sheet.shown(Taking(commune.unit)))
    finally:
        event.remove(db.engine, "before_cursor_execute", ask)
    return len(rows), len(asked)


def cancelled(commune, count):
    for _number in range(count):
        planned = {"form": SessionForm.LAUNCH, "held_on": date(2026, 11, 30), "village_id": commune.place("BPH").id}
        with transaction(commune.officer):
            session = write_down(OutreachSession, commune.id, planned, commune.officer)
            actions.cancel(session, "Mưa bão", commune.officer)


def signed(commune, campaign, count):
    ticked(commune, campaign, some_households(commune, count))


@pytest.mark.both_engines
def test_the_database_is_asked_as_often_for_many_rows_as_for_few(commune):
    campaign = a_campaign(commune)
    cancelled(commune, 2)
    signed(commune, campaign, 2)
    few = {key: asked_for(commune, key) for key in ("outreach", "pledges")}
    cancelled(commune, 5)
    signed(commune, campaign, 5)
    for key, (rows, asked) in few.items():
        assert asked_for(commune, key) == (rows + 5, asked)
        assert rows == 2


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


def test_an_incident_that_was_begun_in_a_hurry_is_as_incomplete_in_the_other_portal(commune, browse_as, gone_round):
    begun = {"kind": "security", "village_id": str(commune.place("BPH").id), "text": "Mất xe máy"}
    assert browse_as(commune.officer).post("/incidents/new", data=begun).status_code == 302
    first, second = gone_round()
    assert first["incidents"]
    assert second == first
    one = db.session.scalars(select(Incident)).one()
    assert (one.detected_by, one.from_paper, missing_in(one, INCIDENTS.needed)) == (
        None, False, ["category", "location", "occurred_on", "detected_by"],
    )  # fmt: skip


@pytest.mark.parametrize(("paper", "comes_in"), [(None, False), ("Yes", False), ("No", True)])
def test_a_row_from_paper_says_who_detected_the_incident(commune, bring, paper, comes_in):
    row = {"kind": "Security and order", "village_id": "BY-BPH", "text": "Mất xe máy", "detected_on": "12/08/2024"}
    taken = bring({"incidents": [{**row, "from_paper": paper}]})
    assert (taken.exit_code == 0) is comes_in, taken.output
    assert ("Detected by: This is needed." in taken.output) is not comes_in


def test_who_gave_a_tip_leaves_in_no_file(commune, gone_round):
    a_tip(commune, giver_agrees=True, giver_name="Người Báo Tin", giver_contact="0987654321")
    first, second = gone_round()
    assert second == first
    assert first["tips"]
    assert "Báo Tin" not in str(first)
    assert "0987654321" not in str(first)
