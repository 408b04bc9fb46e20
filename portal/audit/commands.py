"""`audit verify`, `audit who-saw`: is the trail whole, and who looked at a person.

The keys: `backup key-sheet` prints them, `backup keys` reads them back.
"""

import re
import sys

import click
from flask import current_app
from flask_babel import gettext

from portal.audit.queries import looks_at, names_for, people_named
from portal.audit.sentences import circumstances, deed
from portal.engine import audit, chain, clock, key_sheet
from portal.engine.commands import Failed, Group, Wrong, option
from portal.engine.db import db
from portal.engine.keys import hold, holds_events, key_file, keys, read, write
from portal.engine.text import mark as _
from portal.engine.text import ngettext, say
from portal.people.models import Person

WHY = {
    "changed": _("it was changed, or put in without the key"),
    "missing": _("it is missing"),
    "cut off": _("it, and perhaps more after it, was cut off"),
    "head differs": _("it is not the one whose hash was kept outside of the database"),
    "head lost": _("the file that keeps the head of the chain is gone or unreadable"),
}


@click.group("audit", cls=Group, help=_("The audit trail."))
def audit_commands() -> None:
    pass


@audit_commands.command(help=_("Walk the whole chain and name the first broken link; status 1 if there is one."))
@option("--head", metavar="NUMBER:HASH", multiple=True, help=_(
    "A head that was noted elsewhere, on paper or beside a backup; can be given several times."
))  # fmt: skip
def verify(head: tuple[str, ...]) -> None:
    heads = [chain.head_in(one) for one in head]
    if None in heads:
        raise Wrong(gettext("A head is a number and a hash of 64 digits, like 1204:9f…"))
    stands, broken = audit.verify(db.session(), *(one for one in heads if one))
    if broken:
        click.echo(gettext("The chain breaks at event %(number)s: %(why)s.", number=broken.sequence,
                           why=say(WHY[broken.why])))  # fmt: skip
        sys.exit(1)
    click.echo(ngettext("%(num)s event, the chain is whole.", "%(num)s events, the chain is whole.", stands))
    if kept := chain.kept_head():
        click.echo(gettext("Its head, to be noted elsewhere: %(head)s", head=f"{kept[0]}:{kept[1]}"))


@audit_commands.command("who-saw", help=_(
    "List who looked at the data of a person, when and as what. PERSON is a name, an ID number or a case number."
))  # fmt: skip
@click.argument("person")
def who_saw(person: str) -> None:
    found = people_named(person)
    if not person.strip() or not found:
        raise Wrong(gettext("Nobody of that name or number is kept here."))
    audit.tell("who_saw", None, None, type="person", rows=len(found))
    for one in found:
        _print_looks(one)


def _print_looks(person: Person) -> None:
    events = db.session.scalars(looks_at(person)).all()
    names = names_for(events, None)
    born = f", {person.born}" if person.born else ""
    click.echo(f"{person.full_name}{born} ({person.id}):")
    if not events:
        click.echo("  " + gettext("Nobody has looked."))
    for event in events:
        day = event.at.astimezone(clock.VIETNAM)
        click.echo(
            f"  {day:%d/%m/%Y %H:%M} {deed(event, names)} {circumstances(event, names)}  {event.address}".rstrip()
        )


@click.group("backup", cls=Group, help=_("Backups, and the keys that none of them holds."))
def backup_commands() -> None:
    pass


@backup_commands.command("key-sheet", help=_("Print the keys that no backup holds, as a sheet to seal."))
def print_key_sheet() -> None:
    audit.tell("key_sheet", None)
    click.echo(gettext("Root key of the portal in %(place)s", place=current_app.instance_path))
    click.echo(gettext("Printed on %(day)s. Seal it and keep it apart from the backups: without it no backup opens.",
                       day=f"{clock.today():%d/%m/%Y}"))  # fmt: skip
    click.echo()
    for line in key_sheet.lines(keys().root):
        click.echo(line)
    click.echo()
    click.echo(gettext("The last two digits of a line check it; the line “=” checks the whole sheet."))


@backup_commands.command("keys", help=_(
    "Put the keys back from the sealed sheet, whose lines are typed or piped in. For a restore without keys.json."
))  # fmt: skip
def put_keys_back() -> None:
    if sys.stdin.isatty():
        click.echo(gettext("Type the lines of the sheet; the one that begins with = is the last."))
    root, path = _typed_root(), key_file(current_app.instance_path)
    holds = holds_events(current_app.config["SQLALCHEMY_DATABASE_URI"])
    if not holds:
        path.unlink(missing_ok=True)  # made by this very start: nothing was written with them
    elif read(path) not in (None, root):
        raise Failed(gettext("%(file)s holds other keys. Move it away first.", file=path))
    hold(current_app, root)
    if holds and not chain.is_of_these_keys(db.session()):
        raise Failed(gettext("This sheet is of another installation: the database was written with other keys."))
    if read(path) is None:
        path.unlink(missing_ok=True)
    write(path, root)
    if holds:
        audit.tell("keys_put_back", None)
    click.echo(gettext("The keys are in %(file)s.", file=path))


def _typed_root() -> bytes:
    typed = []
    for line in sys.stdin:
        if re.match(r"\s*[0-9=]\s", line):  # not the words above and below, where the whole sheet is piped in
            typed.append(line)
        if line.lstrip().startswith("="):
            break
    try:
        return key_sheet.read(typed)
    except key_sheet.Misread as wrong:
        if number := wrong.args[0]:
            raise Wrong(gettext("Line %(number)s does not fit its check digits.", number=number)) from wrong
        raise Wrong(gettext("The sheet is not whole: the last line, with =, checks all of it.")) from wrong
