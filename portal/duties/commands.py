"""`jobs run duties`: what the night asks for."""

import click
from flask_babel import gettext, ngettext

from portal.duties.daily import renew_all
from portal.engine.commands import Group, Wrong
from portal.engine.text import mark as _

JOBS = ("duties",)


@click.group("jobs", cls=Group, help=_("Timed work, for cron."))
def jobs_commands() -> None:
    pass


@jobs_commands.command(help=_("Run a job now: duties renews what the law asks for in these weeks."))
@click.argument("name", metavar="|".join(JOBS))
def run(name: str) -> None:
    if name not in JOBS:
        raise Wrong(gettext("There is no job %(name)s. Known are: %(known)s.", name=repr(name), known=", ".join(JOBS)))
    count = renew_all()
    click.echo(f"{name}: " + ngettext("%(num)s record looked at.", "%(num)s records looked at.", count))
