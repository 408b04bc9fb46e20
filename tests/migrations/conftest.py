"""A portal whose database holds nothing yet, on either engine, with migrations of its own to play with."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from portal.app import create_app
from portal.engine.db import db
from tests import postgres
from tests.conftest import CHEAP
from tests.migrations.filling import fill

NUMBERS = count()
PLANTED = """
revision = "planted"
down_revision = "{head}"
branch_labels = depends_on = None

import sqlalchemy as sa
from alembic import op


def upgrade():
    op.create_table("planted", sa.Column("id", sa.Integer, primary_key=True))
    op.add_column("unit", sa.Column("planted", sa.String))
    op.execute("UPDATE unit SET planted = name")
    {then}
"""


@dataclass
class Shelf:
    """Databases as they lay when some revision was reached and every table filled: many tests begin there.

    Of SQLite they are files, of PostgreSQL databases that others are made of.
    """

    folder: Path
    server: Callable[[], postgres.Server]
    kept: set[str] = field(default_factory=set)

    def put(self, name: str, database: Path | str) -> None:
        if isinstance(database, str):
            self.server().create(name, template=database)
        else:
            shutil.copy(database, self.folder / name)
        self.kept.add(name)

    def give(self, name: str, database: Path | str) -> None:
        """Let a database be as one that was put here."""
        if isinstance(database, str):
            self.server().drop(database)
            self.server().create(database, template=name)
        else:
            shutil.copy(self.folder / name, database)


@dataclass(frozen=True)
class Bare:
    """An application on an empty database, and its own copy of the migrations."""

    app: Flask
    migrations: Path
    shelf: Shelf
    database: Path | str

    @property
    def revisions(self) -> list[str]:
        """All revisions, the oldest first."""
        return [one.revision for one in ScriptDirectory(str(self.migrations)).walk_revisions()][::-1]

    @property
    def head(self) -> str:
        return self.revisions[-1]

    def plant(self, then: str = "pass") -> None:
        """Add a migration that does a few things, and *then* something more."""
        file = self.migrations / "versions" / "planted.py"
        head = next(one for one in reversed(self.revisions) if one != "planted")
        file.write_text(PLANTED.format(head=head, then=then))

    def upgrade(self, revision: str = "head") -> None:
        upgrade(revision=revision)

    def filled(self, revision: str, *setting: str) -> "Bare":
        """Be a portal of an earlier version: two rows in every table, brought into shape by some statements."""
        name = f"{db.engine.name}_{revision}"
        if name in self.shelf.kept:
            self._let_go()
            self.shelf.give(name, self.database)
        else:
            self.upgrade(revision)
            with db.engine.connect() as connection:
                fill(connection)
            self._let_go()
            self.shelf.put(name, self.database)
        with db.engine.begin() as connection:
            for statement in setting:
                connection.execute(text(statement))
        self._let_go()
        return self

    def _let_go(self) -> None:
        if db.engine.name == "sqlite":
            with db.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.session.remove()
        db.engine.dispose()

    def prepare(self) -> Any:
        """Start as `make run` does, without the example."""
        self._let_go()
        return self.app.test_cli_runner().invoke(args=["prepare", "--no-demo"])


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory, postgres_server: Callable[[], postgres.Server]) -> Shelf:
    return Shelf(tmp_path_factory.mktemp("shelf"), postgres_server)


@pytest.fixture
def bare(engine_name: str, tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bare]:
    settings: dict[str, Any] = {"TESTING": True, "WTF_CSRF_ENABLED": False, "PASSWORD_COST": CHEAP}
    database: Path | str = tmp_path / "instance" / "portal.db"
    if engine_name == "postgresql":
        database = f"bare{next(NUMBERS)}"
        shelf.server().create(database)
        settings["SQLALCHEMY_DATABASE_URI"] = shelf.server().url(database)
    app = create_app(instance=tmp_path / "instance", **settings)
    migrations = tmp_path / "migrations"
    shutil.copytree(app.extensions["migrate"].directory, migrations, ignore=shutil.ignore_patterns("__pycache__"))
    for place in (app.extensions["migrate"], app.extensions["migrate"].migrate):
        monkeypatch.setattr(place, "directory", str(migrations))
    with app.app_context():
        yield Bare(app, migrations, shelf, database)
        db.session.remove()
        db.engine.dispose()
    if isinstance(database, str):
        shelf.server().drop(database)
