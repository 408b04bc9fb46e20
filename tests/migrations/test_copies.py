"""Before any migration the database is kept as it was."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from portal.engine import clock
from tests import builders
from tests.conftest import TODAY

pytestmark = pytest.mark.files_of_sqlite


def copies(bare):
    return sorted((Path(bare.app.instance_path) / "copies").glob("*.db"))


@pytest.fixture
def in_use(bare):
    with clock.telling(clock.moment(TODAY)):
        bare.prepare()
        builders.two_communes()
    return bare


def test_a_copy_of_the_database_is_kept_before_a_migration_and_holds_what_was_there(in_use):
    in_use.plant()
    told = in_use.prepare()
    (kept,) = copies(in_use)
    assert str(kept) in told.output
    with closing(sqlite3.connect(kept)) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() != ("planted",)
        assert copy.execute("SELECT count(*) FROM user").fetchone() == (26,)
        assert "planted" not in [name for (name,) in copy.execute("SELECT name FROM sqlite_master")]


def test_where_nothing_changes_no_copy_is_made(in_use):
    assert in_use.prepare().exit_code == 0
    assert copies(in_use) == []


def test_the_copy_also_stands_when_the_migration_fails(in_use):
    in_use.plant("raise RuntimeError('the power went')")
    in_use.prepare()
    assert len(copies(in_use)) == 1
