"""Commands. Each calls one action."""

import shutil
import sys
from pathlib import Path

import click
from flask import Flask, current_app
from flask_migrate import upgrade

from portal.engine import audit, clock
from portal.engine.db import db


def init_app(app: Flask) -> None:
    app.cli.add_command(prepare)
    app.cli.add_command(audit_commands)


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
    shutil.copy(path, copies / f"{clock.written_now():%Y%m%d-%H%M%S}.db")


@click.group("audit")
def audit_commands() -> None:
    """The audit trail."""


@audit_commands.command()
def verify() -> None:
    """Walk the hash chain and name the first broken link."""
    stands, broken = audit.verify(db.session())
    if broken:
        click.echo(f"Broken at event {broken.sequence}: {broken.why}.")
        sys.exit(1)
    click.echo(f"{stands} events, unbroken.")
