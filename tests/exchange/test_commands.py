"""The workbook on the machine itself: what goes out comes in, once, and nothing of what is wrong."""

import stat
from datetime import date

import pytest
from sqlalchemy import select

from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.exchange import commands, importing
from portal.forces.models import Camera, CameraCheck
from tests.books.samples import SAMPLES, kept
from tests.exchange.workbooks import cells_of, filled, filled_whole

CAMERA = next(one for one in SAMPLES if one.name == "cameras")


def camera(**more):
    return {"number": "CAM-2024-007", "village_id": "BY-BPH", "location": "Ngã ba Đăk Mế",
            "installed_on": date(2024, 5, 20), **more}  # fmt: skip


def check(**more):
    return {"entry": "CAM-2024-007", "seen_on": "02/11/2024", "state": "Broken", **more}


def brought(run, tmp_path, content, *words):
    file = tmp_path / "vao.xlsx"
    file.write_bytes(content)
    return run("import", str(file), "--unit", "BY", *words)


def test_rows_of_a_filled_template_come_in_with_their_lines(commune, run, template, tmp_path):
    content = filled_whole(template, {"cameras": [camera()], "cameras.checks": [check()]})
    assert brought(run, tmp_path, content).exit_code == 0
    one = db.session.scalars(select(Camera)).one()
    assert (one.number, one.village.code, one.location, one.from_paper) == (
        "CAM-2024-007", "BY-BPH", "Ngã ba Đăk Mế", True)  # fmt: skip
    assert [(line.seen_on, line.state) for line in one.checks] == [(date(2024, 11, 2), "broken")]
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "import")).one()
    assert event.changes["rows"] == 2


def test_brought_in_twice_it_adds_nothing(commune, run, template, tmp_path):
    rows = {"cameras": [camera(), camera(number=None, location="Chợ")], "cameras.checks": [check(), check()]}
    content = filled(template, rows)
    for _time in range(2):
        told = brought(run, tmp_path, content)
        assert told.exit_code == 0, told.output
    assert "nothing added" in told.output
    assert len(db.session.scalars(select(Camera)).all()) == 2
    assert len(db.session.scalars(select(CameraCheck)).all()) == 2


def test_an_export_cuts_nothing_and_says_which_text_is_too_long(commune, run, tmp_path):
    with transaction(None):
        commune.unit.superior = "tỉnh " * 8000
    file = tmp_path / "ra.xlsx"
    told = run("export", str(file), "--unit", "BY")
    assert told.exit_code == 1
    assert "longer than the 32.767 letters that a cell holds" in told.output
    assert "at BY under" in told.output
    assert not file.exists()


@pytest.mark.both_engines
def test_an_export_comes_into_another_portal_and_goes_out_the_same(commune, houses, engine_name, run, tmp_path):
    with transaction(commune.officer):
        for sample in SAMPLES:
            kept(sample, commune)
    first, second = tmp_path / "ra.xlsx", tmp_path / "lai.xlsx"
    assert run("export", str(first), "--unit", "BY").exit_code == 0
    db.session.remove()
    houses(engine_name).fresh()
    assert not db.session.scalars(select(Camera)).all()
    taken = run("import", str(first), "--unit", "BY")
    assert taken.exit_code == 0, taken.output
    assert run("export", str(second), "--unit", "BY").exit_code == 0
    cells = cells_of(first.read_bytes())
    assert cells["cameras"]
    assert cells["cameras.checks"]
    assert cells_of(second.read_bytes()) == cells


def test_an_export_is_its_owners_alone_and_is_written_down(commune, run, tmp_path):
    with transaction(commune.officer):
        kept(CAMERA, commune)
    file = tmp_path / "ra.xlsx"
    assert run("export", str(file), "--unit", "BY").exit_code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    db.session.rollback()
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "export")).one()
    assert "cameras 1" in event.changes["sheets"]
    again = run("export", str(file), "--unit", "BY")
    assert again.exit_code == 1
    assert "exists already" in again.output


def test_what_is_wrong_is_told_by_sheet_row_column_and_value_and_nothing_is_written(commune, run, template, tmp_path):
    rows = [camera(), camera(number="CAM-2024-008", village_id="Làng Ma", installed_on="31/02/2024")]
    told = brought(run, tmp_path, filled(template, {"cameras": rows}))
    assert told.exit_code == 1
    assert "Cameras, row 6, Village: “Làng Ma”" in told.output
    assert "“31/02/2024” This is no day of the calendar" in told.output
    assert "Nothing was written." in told.output
    assert not db.session.scalars(select(Camera)).all()


def test_an_entry_that_is_there_with_something_else_is_refused(commune, run, template, tmp_path):
    assert brought(run, tmp_path, filled(template, {"cameras": [camera()]})).exit_code == 0
    told = brought(run, tmp_path, filled(template, {"cameras": [camera(location="Chợ biên giới")]}))
    assert told.exit_code == 1
    assert "“Chợ biên giới” The portal holds this entry with something else" in told.output


def test_a_number_that_breaks_the_counting_is_refused(commune, run, template, tmp_path):
    told = brought(run, tmp_path, filled(template, {"cameras": [camera(number="CAM-2024-A1"), camera(), camera()]}))
    assert "looks like CAM-2024-001" in told.output
    assert "stands in the file twice" in told.output


def test_what_belongs_to_no_entry_is_refused(commune, run, template, tmp_path):
    told = brought(
        run, tmp_path, filled(template, {"cameras": [camera()], "cameras.checks": [check(entry="CAM-2024-1")]})
    )
    assert "There is no entry of this number." in told.output


def test_an_account_brings_in_what_its_role_writes(commune, run, template, tmp_path):
    content = filled(template, {"cameras": [camera()]})
    refused = brought(run, tmp_path, content, "--as", "by.clerk")
    assert refused.exit_code == 1
    assert "Your role does not write in this book." in refused.output
    assert brought(run, tmp_path, content, "--as", "by.officer").exit_code == 0
    assert db.session.scalars(select(Camera)).one().created_by_id == commune.officer.id


def test_many_problems_are_counted_and_some_are_told(commune, run, template, tmp_path, monkeypatch):
    monkeypatch.setattr(commands, "MOST_SHOWN", 5)
    monkeypatch.setattr(importing, "MOST_TOLD", 7)
    rows = [camera(number=f"CAM-2024-{number:05d}", village_id="?") for number in range(20)]
    told = brought(run, tmp_path, filled(template, {"cameras": rows}))
    assert told.exit_code == 1
    assert told.output.count("row ") == 5
    assert "and 15 more problems" in told.output


NO_SENSE = (
    ("export", "ra.csv"), ("import", "there-is-none.xlsx"), ("export", "ra.xlsx", "--unit", "??"),
    ("import", "a.xlsx", "--as", "nobody"),
)  # fmt: skip


@pytest.mark.parametrize("words", NO_SENSE)
def test_what_makes_no_sense_is_told_in_one_line(commune, run, words):
    told = run(*words)
    assert told.exit_code in (1, 2)
    assert len(told.output.strip().splitlines()) == 1
