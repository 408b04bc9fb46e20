"""The keys of an installation: made once, never made anew beside a database that was written with others."""

import re
import shutil
import sqlite3

import pytest

from portal.engine import key_sheet
from portal.engine.keys import write
from tests.starting.test_starting import FLASK, GUNICORN, run

SETTING_UP = ("users", "create", "huong", "Lý Thị Hường", "--commune", "xã Bờ Y", "--superior", "tỉnh Quảng Ngãi")


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """An instance in which something was written, and its sealed sheet."""
    instance = tmp_path_factory.mktemp("installed") / "instance"
    run(*FLASK, "prepare", "--no-demo", PORTAL_INSTANCE=str(instance))
    run(*FLASK, *SETTING_UP, PORTAL_INSTANCE=str(instance))
    return instance, run(*FLASK, "backup", "key-sheet", PORTAL_INSTANCE=str(instance)).stdout


@pytest.fixture
def restored(installed, tmp_path):
    """A restore that forgot the keys."""
    instance = tmp_path / "restored"
    shutil.copytree(
        installed[0], instance, ignore=shutil.ignore_patterns("*-wal", "*-shm")
    )  # they go when it is closed
    (instance / "keys.json").unlink()
    return instance


@pytest.fixture
def type_in():
    """Type a sheet into the command that puts keys back."""
    return lambda instance, sheet: run(*FLASK, "backup", "keys", typed=sheet, PORTAL_INSTANCE=str(instance))


def events(instance):
    with sqlite3.connect(instance / "portal.db") as rows:
        return rows.execute("SELECT count(*) FROM audit_event").fetchone()[0]


@pytest.mark.parametrize("command", [
    (*FLASK, "prepare", "--no-demo"), (*FLASK, "users", "create", "anh", "Anh", "--commune", "xã Bờ Y"),
    (*FLASK, "audit", "verify"), (*FLASK, "backup", "key-sheet"), (*FLASK, "doctor"), GUNICORN,
], ids=lambda command: " ".join(command[4:6]))  # fmt: skip
def test_without_its_keys_a_database_is_neither_served_nor_written_and_the_mend_is_said(restored, command):
    before = events(restored)
    told = run(*command, PORTAL_INSTANCE=str(restored))
    said = told.stdout + told.stderr
    assert told.returncode != 0
    assert "keys of this database are missing" in said
    assert "flask --app wsgi backup keys" in said
    assert "Traceback" not in said
    assert not (restored / "keys.json").exists()
    assert events(restored) == before


def test_an_unreadable_file_of_keys_is_told_as_a_missing_one(restored):
    (restored / "keys.json").write_text('{"root": "12')
    told = run(*FLASK, "prepare", PORTAL_INSTANCE=str(restored))
    assert told.returncode == 1
    assert "no readable keys.json" in told.stderr


@pytest.mark.parametrize(
    "command", [(*FLASK, "prepare"), (*FLASK, "doctor"), GUNICORN], ids=["prepare", "doctor", "server"]
)
def test_keys_of_another_installation_are_told(restored, command):
    write(restored / "keys.json", bytes(32))
    before = events(restored)
    told = run(*command, PORTAL_INSTANCE=str(restored))
    assert told.returncode != 0
    assert "holds other keys than those" in told.stdout + told.stderr
    assert events(restored) == before


def test_the_sealed_sheet_puts_the_keys_back_and_the_trail_is_whole(installed, restored, type_in):
    told = type_in(restored, installed[1])
    assert told.returncode == 0, told.stderr
    assert (restored / "keys.json").read_bytes() == (installed[0] / "keys.json").read_bytes()
    assert (restored / "keys.json").stat().st_mode & 0o077 == 0
    assert events(restored) == events(installed[0]) + 1
    assert run(*FLASK, "audit", "verify", PORTAL_INSTANCE=str(restored)).returncode == 0
    assert run(*FLASK, "doctor", PORTAL_INSTANCE=str(restored)).returncode == 0


def test_a_misread_line_is_named_and_nothing_is_kept(installed, restored, type_in):
    told = type_in(restored, re.sub(r"(?m)^2  ....", "2  0000", installed[1]))
    assert (told.returncode, told.stderr.strip()) == (2, "Line 2 does not fit its check digits.")
    assert not (restored / "keys.json").exists()


def test_the_sheet_of_another_installation_is_refused(restored, type_in):
    told = type_in(restored, "\n".join(key_sheet.lines(bytes(32))))
    assert told.returncode == 1
    assert "of another installation" in told.stderr
    assert not (restored / "keys.json").exists()


def test_keys_that_fit_are_not_overwritten(installed, type_in):
    before = (installed[0] / "keys.json").read_bytes()
    told = type_in(installed[0], "\n".join(key_sheet.lines(bytes(32))))
    assert told.returncode == 1
    assert "holds other keys" in told.stderr
    assert (installed[0] / "keys.json").read_bytes() == before


def test_a_new_installation_may_begin_with_the_keys_of_a_sheet(installed, type_in, tmp_path):
    told = type_in(tmp_path / "new", installed[1])
    assert told.returncode == 0, told.stderr
    assert (tmp_path / "new" / "keys.json").read_bytes() == (installed[0] / "keys.json").read_bytes()
