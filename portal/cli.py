"""Commands. Each calls one action."""

import shutil
from datetime import datetime
from pathlib import Path

import click
from flask import Flask, current_app
from flask_migrate import upgrade

from portal.audit.commands import audit_commands, backup_commands
from portal.cases.commands import rules_commands
from portal.engine.db import db
from portal.reports.commands import report_commands


def init_app(app: Flask) -> None:
    app.cli.add_command(prepare)
    for group in (audit_commands, backup_commands, report_commands, rules_commands):
        app.cli.add_command(group)


@click.command()
@click.option("--demo/--no-demo", default=True, help="Load the example commune if the portal is empty.")
def prepare(demo: bool) -> None:
    """First start: keys, a copy of the database before any migration, the newest schema, the example commune."""
    _copy_before_migration()
    upgrade()
    click.echo("The database is ready.")
    _ = demo


def _copy_before_migration() -> None:
    path = Path(db.engine.url.database or "")
    if db.engine.dialect.name != "sqlite" or not path.exists():
        return
    copies = Path(current_app.instance_path) / "copies"
    copies.mkdir(exist_ok=True)
    shutil.copy(path, copies / f"{datetime.now():%Y%m%d-%H%M%S}.db")
