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
from portal.demo.commands import demo_commands, load_or_say_why_not
from portal.duties.actions import renew_all
from portal.duties.commands import jobs_commands
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation.commands import users_commands
from portal.organisation.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from portal.organisation.queries import first_commune, has_demo
from portal.reports.commands import report_commands


def init_app(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)


@click.command()
@click.option("--demo/--no-demo", default=True, help="Load the example commune if the portal is empty.")
def prepare(demo: bool) -> None:
    """First start: keys, a copy of the database before any migration, the newest schema, the example commune."""
    present, newest = _revisions()
    if present and present != newest:
        _copy_database()
    if present != newest:
        upgrade()
    click.echo("The database is ready.")
    if first_commune() is None and demo:
        load_or_say_why_not()
    elif first_commune() is None:
        click.echo("The portal is empty. Open the first account:")
        click.echo("  .venv/bin/flask --app wsgi users create NAME 'FULL NAME' --commune 'xã …' --superior 'tỉnh …'")
    else:
        with transaction(None):
            renew_all()
    if has_demo():
        _tell_accounts()


def _tell_accounts() -> None:
    click.echo(f"Accounts of the example, all with the password {DEMO_PASSWORD}:")
    for account in DEMO_ACCOUNTS:
        click.echo(f"  {account.username:<18} {account.full_name}")


def _revisions() -> tuple[str | None, str | None]:
    """The revision of the database, and the newest one."""
    newest = ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision(), newest


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


COMMANDS = (
    prepare, audit_commands, backup_commands, demo_commands, jobs_commands, report_commands, rules_commands,
    users_commands,
)  # fmt: skip
