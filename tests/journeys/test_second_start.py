"""The example is there after the first start, and a second one only says so."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from portal.organisation.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from tests.server import ROOT, environment


def counted(instance):
    with closing(sqlite3.connect(f"file:{instance}/portal.db?mode=ro", uri=True)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608


@pytest.fixture
def instance(prepared_example, tmp_path):
    """A portal of its own: that of the journeys may still write down the last look of one before."""
    return shutil.copytree(prepared_example, tmp_path / "instance")


def test_a_second_start_with_the_example_adds_nothing_and_names_the_accounts_again(instance):
    before = counted(instance)
    assert before["case"] > 30
    told = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "prepare", "--demo"], cwd=ROOT, env=environment(instance),
        check=True, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert DEMO_PASSWORD in told.stdout
    assert all(account.username in told.stdout for account in DEMO_ACCOUNTS)
    assert "Loading" not in told.stdout
    assert counted(instance) == before
