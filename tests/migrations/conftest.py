"""A portal whose database holds nothing yet, on either engine, with migrations of its own to play with."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Bare:
    """An application on an empty database, and its own copy of the migrations."""

    app: Flask
    migrations: Path

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
        self.upgrade(revision)
        with db.engine.connect() as connection:
            fill(connection)
            for statement in setting:
                connection.execute(text(statement))
            connection.commit()
        db.engine.dispose()
        return self

    def prepare(self) -> Any:
        """Start as `make run` does, without the example."""
        db.session.remove()
        db.engine.dispose()
        return self.app.test_cli_runner().invoke(args=["prepare", "--no-demo"])


@pytest.fixture
def bare(
    engine_name: str, tmp_path: Path, postgres_server: Callable[[], postgres.Server], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bare]:
    settings: dict[str, Any] = {"TESTING": True, "WTF_CSRF_ENABLED": False, "PASSWORD_COST": CHEAP}
    if engine_name == "postgresql":
        name = f"bare{next(NUMBERS)}"
        postgres_server().create(name)
        settings["SQLALCHEMY_DATABASE_URI"] = postgres_server().url(name)
    app = create_app(instance=tmp_path / "instance", **settings)
    migrations = tmp_path / "migrations"
    shutil.copytree(app.extensions["migrate"].directory, migrations, ignore=shutil.ignore_patterns("__pycache__"))
    for place in (app.extensions["migrate"], app.extensions["migrate"].migrate):
        monkeypatch.setattr(place, "directory", str(migrations))
    with app.app_context():
        yield Bare(app, migrations)
        db.session.remove()
        db.engine.dispose()
