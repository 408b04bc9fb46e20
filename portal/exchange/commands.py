"""`data template`, `data export`, `data import`: the workbook on the machine itself."""

import os
from pathlib import Path
from typing import IO, Any

import click
from flask_babel import gettext, ngettext

from portal.documents.refused import RefusedFile
from portal.engine import audit, clock
from portal.engine.commands import Failed, Group, Wrong, option
from portal.engine.presentation import moment, told
from portal.engine.refusal import Refused
from portal.engine.text import as_on_paper, mark, say
from portal.exchange import queries
from portal.exchange.catalogue import all_sheets
from portal.exchange.importing import Import, NotTakenIn, Outcome, Problem
from portal.exchange.sheet import Verdict
from portal.exchange.taking import Taking
from portal.exchange.writing import rows_told, write_export, write_template
from portal.organisation.models import Unit, User
from portal.organisation.queries import commune_coded, commune_of, present_commune, user_named
from portal.organisation.taking_along import new_number

MOST_BYTES = 200 * 2**20
MOST_SHOWN = 200  # problems on the terminal


@click.group(
    "data", cls=Group, help=mark("Bring data in and take them out: one Excel workbook, one sheet a kind of record.")
)
def data_commands() -> None:
    pass


@data_commands.command(
    "template", help=mark("Write the empty workbook, with help, lists and an example on each sheet.")
)
@click.argument("file", metavar="FILE.xlsx")
@option("--unit", "code", metavar="CODE", help=mark("The commune whose villages and forces the lists name."))
def template_command(file: str, code: str | None) -> None:
    commune = _commune(code) if code or present_commune() else None
    with _new_file(file) as target:
        write_template(target, all_sheets(), queries.units_of(commune) if commune else [])
    click.echo(gettext("The template is written: %(file)s", file=file))


@data_commands.command("export", help=mark(
    "Write what the portal holds of a commune into a new file that only its owner can read."
))  # fmt: skip
@click.argument("file", metavar="FILE.xlsx")
@option("--unit", "code", metavar="CODE", help=mark("The commune. Without it: the first one, as it is called now."))
def export_command(file: str, code: str | None) -> None:
    commune, number = _commune(code), new_number()
    with as_on_paper():
        watermark = gettext("Export %(number)s by a command at %(moment)s", number=number, moment=moment(clock.now()))
    with _new_file(file) as target:
        rows = _exported(target, commune, watermark)
        audit.tell("export", None, None, type="workbook", number=number, **rows_told(rows))
    click.echo(
        ngettext("%(num)s row written to %(file)s", "%(num)s rows written to %(file)s", sum(rows.values()), file=file)
    )


def _exported(target: IO[bytes], commune: Unit, watermark: str) -> dict[str, int]:
    try:
        return write_export(target, all_sheets(), Taking(commune), watermark, _progress)
    except Refused as refused:
        raise Failed(" ".join(told(one) for one in refused.reasons)) from refused


@data_commands.command("import", help=mark(
    "Take a workbook in: it is checked as a whole, and written as a whole or not at all. What is there already stays."
))  # fmt: skip
@click.argument("file", metavar="FILE.xlsx")
@option("--as", "username", metavar="USERNAME", help=mark("Write in the name of this account, and by its rights."))
@option("--unit", "code", metavar="CODE", help=mark("The commune. Without it: the first one, as it is called now."))
def import_command(file: str, username: str | None, code: str | None) -> None:
    by = _account(username) if username else None
    commune = _commune(code)
    if by is not None and commune_of(by) != commune:
        raise Wrong(gettext("%(name)s acts in another commune.", name=username))
    try:
        found = Import(_content(file), all_sheets(), commune, by, progress=_progress).take_in()
    except RefusedFile as refused:
        raise Failed(say(refused.message, **refused.numbers)) from refused
    except NotTakenIn as not_taken:
        _tell_problems(not_taken.outcome)
        raise Failed(gettext("Nothing was written.")) from not_taken
    except Refused as refused:
        raise Failed(gettext("Nothing was written.")) from refused
    _tell(found)


def _commune(code: str | None) -> Unit:
    commune = commune_coded(code) if code else present_commune()
    if commune is None:
        raise Wrong(gettext("There is no commune %(code)s.", code=repr(code)) if code else
                    gettext("No commune has been set up yet."))  # fmt: skip
    return commune


def _account(username: str) -> User:
    user = user_named(username)
    if user is None:
        raise Wrong(gettext("There is no account %(name)s.", name=repr(username)))
    if user.acting is None:
        raise Wrong(gettext("%(name)s holds no role today.", name=username))
    return user


def _content(file: str) -> bytes:
    path = Path(file)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Failed(gettext("The file is larger than %(limit)s MB.", limit=MOST_BYTES // 2**20))
        return path.read_bytes()
    except OSError as error:
        raise Failed(gettext("%(file)s cannot be read: %(why)s", file=file, why=_why(error))) from error


def _why(error: OSError) -> str:
    """Why a file cannot be reached, in words of the portal: the system speaks English."""
    if isinstance(error, FileNotFoundError):
        return gettext("there is no such file or folder")
    if isinstance(error, PermissionError):
        return gettext("access is denied")
    if isinstance(error, IsADirectoryError):
        return gettext("it is a folder")
    return str(error.strerror)


class _new_file:  # noqa: N801 - it reads as what it is: with _new_file(…)
    """A file that only its owner can read, and that is there whole or not at all. One that exists is left alone."""

    def __init__(self, file: str) -> None:
        self.path = Path(file)
        if self.path.suffix.lower() != ".xlsx":
            raise Wrong(gettext("The name of the file ends in .xlsx."))

    def __enter__(self) -> IO[bytes]:
        try:
            self.file = os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        except FileExistsError as error:
            raise Failed(gettext("%(file)s exists already. Please name a new file.", file=self.path)) from error
        except OSError as error:
            raise Failed(gettext("%(file)s cannot be written: %(why)s", file=self.path, why=_why(error))) from error
        return self.file

    def __exit__(self, kind: Any, *_error: Any) -> None:
        self.file.close()
        if kind is not None:
            self.path.unlink(missing_ok=True)


def _progress(sheet: str, rows: int) -> None:
    click.echo(ngettext("%(sheet)s: %(num)s row", "%(sheet)s: %(num)s rows", rows, sheet=sheet), err=True)


def _tell(found: Outcome) -> None:
    titles = {one.key: str(one.title) for one in all_sheets()}
    for key, counts in found.counts.items():
        told = {"sheet": titles[key], "new": counts[Verdict.NEW], "there": counts[Verdict.THERE]}
        click.echo(gettext("%(sheet)s: %(new)s new, %(there)s already there", **told))
    if not found.new:
        click.echo(gettext("Everything is there already: nothing added."))


def _tell_problems(found: Outcome) -> None:
    for one in found.problems[:MOST_SHOWN]:
        click.echo(_line(one), err=True)
    if found.wrong > MOST_SHOWN:
        more = found.wrong - MOST_SHOWN
        click.echo(ngettext("and %(num)s more problem", "and %(num)s more problems", more), err=True)


def _line(one: Problem) -> str:
    place = ", ".join(
        part for part in (one.sheet, gettext("row %(row)s", row=one.row) if one.row else "", one.column) if part
    )
    value = f" “{one.value}”" if one.value else ""
    return f"{place}:{value} {one.message}"
