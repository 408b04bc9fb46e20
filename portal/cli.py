"""Commands. Each calls one action."""

import sqlite3
from contextlib import closing
from pathlib import Path

import click
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask_babel import gettext
from flask_migrate import Migrate, upgrade

from portal import config
from portal.audit.commands import audit_commands, backup_commands
from portal.cases.commands import rules_commands
from portal.demo.commands import demo_commands, load_or_say_why_not
from portal.documents.jobs import NotEnteredError, enter_missing, not_entered
from portal.duties.commands import jobs_commands
from portal.duties.daily import NotRenewedError, renew_all
from portal.duties.jobs import not_renewed
from portal.engine import chain, clock
from portal.engine.commands import Command, Failed, option
from portal.engine.db import db
from portal.engine.doctor import Finding
from portal.engine.keys import keys, keys_differ
from portal.engine.text import mark
from portal.engine.translations import compile_stale
from portal.exchange.commands import data_commands
from portal.offline.commands import certificate_commands
from portal.organisation.commands import users_commands
from portal.organisation.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from portal.organisation.queries import first_commune, has_demo, is_empty
from portal.reports.commands import report_commands

MIGRATIONS = Path(__file__).parent.parent / "migrations"
TRANSLATIONS = Path(__file__).parent / "translations"


def init_app(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
    Migrate(render_as_batch=True).init_app(app, db, directory=str(MIGRATIONS))


@click.command(cls=Command, help=mark(
    "First start: keys, a copy of the database before any migration, the newest schema, the example commune."
))  # fmt: skip
@option("--demo/--no-demo", default=True, help=mark("Load the example commune if the portal is empty."))
def prepare(demo: bool) -> None:
    _translate()
    present, newest = _revisions()
    _keys_fit(present)
    if present and present != newest:
        _copy_database()
    if present != newest:
        upgrade()
    click.echo(gettext("The database is ready."))
    if first_commune() is None and demo:
        load_or_say_why_not()
    elif is_empty():
        _tell_first_account()
    else:
        _enter()
        _renew()
    if has_demo():
        _tell_demo()


def _translate() -> None:
    """Make what pages are read in. The portal starts also where this user may not write there: in English, then."""
    try:
        compile_stale(TRANSLATIONS)
    except OSError as error:
        told = gettext("The translations were not made, run scripts/translations compile as who owns them: %(why)s")
        click.echo(told % {"why": error}, err=True)


def _keys_fit(present: str | None) -> None:
    """End before anything is changed where the database was written with other keys, or with none that are here."""
    keys()
    if present and not chain.is_of_these_keys(db.session()):
        raise Failed(keys_differ())
    db.session.rollback()


def _enter() -> None:
    """Enter the papers that no register has. The portal starts also where that fails for some records."""
    try:
        enter_missing()
    except NotEnteredError as error:
        click.echo(not_entered(error), err=True)


def _renew() -> None:
    """Bring all duties up to the day. The portal starts also where that fails for some files."""
    try:
        renew_all()
    except NotRenewedError as error:
        click.echo(not_renewed(error), err=True)


@click.command(
    cls=Command, help=mark("What is wrong with this installation, and the mend. Exit status 1 if anything is.")
)
def doctor() -> None:
    findings = [
        _newest(),
        *(found for area in current_app.extensions["areas"] for check in area.checks for found in check()),
    ]
    for found in findings:
        click.echo(f"{'+' if found.well else '!'} {found.text} {found.mend}".rstrip())
    if not all(found.well for found in findings):
        raise SystemExit(1)


def _newest() -> Finding:
    present, newest = _revisions()
    if present == newest:
        return Finding(gettext("The database has the newest schema."))
    return Finding(gettext("The database is older than the program."), gettext("Run flask --app wsgi prepare."))


def _tell_first_account() -> None:
    click.echo(gettext("The portal is empty. Open the first account, that of an administrator:"))
    click.echo(
        "  " + config.command(f"users create {gettext('USERNAME')} '{gettext('FULL NAME')}'"
                              f" --commune '{gettext('COMMUNE')}' --superior '{gettext('PROVINCE')}'")
    )  # fmt: skip
    click.echo(gettext("Their pages then say how the commune is set up; docs/how-to.md tells it too."))


def _tell_demo() -> None:
    """Name the accounts, and warn where others could come in with them."""
    click.echo(gettext("Accounts of the example, all with the password %(password)s:", password=DEMO_PASSWORD))
    for account in DEMO_ACCOUNTS:
        click.echo(f"  {account.username:<18} {account.full_name}")
    if places := config.reached_from_outside():
        click.echo(gettext(
            "The server will not start at %(places)s while these accounts exist: everybody knows their password.",
            places=", ".join(places)))  # fmt: skip


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
    click.echo(gettext("A copy of the database before the change: %(file)s", file=target))


COMMANDS = (
    prepare, audit_commands, backup_commands, certificate_commands, data_commands, demo_commands, doctor, jobs_commands,
    report_commands, rules_commands,
    users_commands,
)  # fmt: skip
