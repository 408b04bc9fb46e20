"""`jobs run duties`: what the night asks for."""

import click
from flask_babel import gettext, ngettext

from portal.duties.daily import NotRenewedError, renew_all
from portal.engine.commands import Failed, Group, Wrong
from portal.engine.text import mark as _

JOBS = ("duties",)
MOST_NAMED = 20  # records that could not be looked at


def not_renewed(error: NotRenewedError) -> str:
    """Which records the job could not do, in words."""
    return ngettext(
        "%(num)s record could not be looked at: %(which)s. The others were; the log says why.",
        "%(num)s records could not be looked at: %(which)s. The others were; the log says why.",
        len(error.failed), which=", ".join(error.failed[:MOST_NAMED]),
    )  # fmt: skip


@click.group("jobs", cls=Group, help=_("Timed work, for cron."))
def jobs_commands() -> None:
    pass


@jobs_commands.command(help=_("Run a job now: duties renews what the law asks for in these weeks."))
@click.argument("name", metavar="|".join(JOBS))
def run(name: str) -> None:
    if name not in JOBS:
        raise Wrong(gettext("There is no job %(name)s. Known are: %(known)s.", name=repr(name), known=", ".join(JOBS)))
    try:
        count = renew_all()
    except NotRenewedError as error:
        raise Failed(not_renewed(error)) from error
    click.echo(f"{name}: " + ngettext("%(num)s record looked at.", "%(num)s records looked at.", count))
