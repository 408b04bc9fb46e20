"""Commands. Each calls one action."""

import sqlite3
from contextlib import closing
from pathlib import Path

import click
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask_migrate import upgrade

from portal.audit.commands import audit_commands, backup_commands
from portal.cases.commands import rules_commands
from portal.engine import clock
from portal.engine.db import db
from portal.reports.commands import report_commands


def init_app(app: Flask) -> None:
    for command in (prepare, audit_commands, backup_commands, rules_commands, report_commands):
        app.cli.add_command(command)


@click.command()
@click.option("--demo/--no-demo", default=True, help="Load the example commune if the portal is empty.")
def prepare(demo: bool) -> None:
    """First start: keys, a copy of the database before any migration, the newest schema, the example commune."""
    if _migrations_wait():
        _copy_database()
        upgrade()
    click.echo("The database is ready.")
    _ = demo


def _migrations_wait() -> bool:
    newest = ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() != newest


def _copy_database() -> None:
    """Keep the database as it was, beside it. PostgreSQL has its own tools; the guide tells which."""
    path = Path(db.engine.url.database or "")
    if db.engine.dialect.name != "sqlite" or not path.exists() or not path.stat().st_size:
        return
    copies = Path(current_app.instance_path) / "copies"
    copies.mkdir(mode=0o700, exist_ok=True)
    target = copies / f"{clock.written_now():%Y%m%d-%H%M%S}.db"
    with closing(sqlite3.connect(path)) as present, closing(sqlite3.connect(target)) as copy:
        present.backup(copy)
    click.echo(f"A copy of the database before the change: {target}")
