"""`jobs run NAME`: timed work, for cron."""

from collections.abc import Callable, Mapping

import click
from flask import current_app
from flask_babel import gettext, ngettext

from portal.duties import outbox
from portal.duties.actions import renew_all
from portal.engine import smtp
from portal.engine.commands import Failed, Group, Wrong
from portal.engine.text import mark as _
from portal.engine.transaction import transaction


def duties() -> str:
    """What the night asks for."""
    with transaction(None):
        count = renew_all()
    return ngettext("%(num)s record looked at.", "%(num)s records looked at.", count)


def mail() -> str:
    """Send what waits in the outbox. Raises Failed where mail is not set, or the server took nothing."""
    if not current_app.config["SMTP_URL"]:
        raise Failed(gettext("Mail is not set: SMTP_URL is missing."))
    try:
        sent, failed = outbox.send_due()
    except smtp.WrongAddress as wrong:
        raise Failed(gettext("SMTP_URL is no address of a server.")) from wrong
    waiting, _in_vain = outbox.how_many_wait()
    told = gettext("%(sent)s sent, %(waiting)s waiting.", sent=sent, waiting=waiting)
    if failed and not sent:
        raise Failed(f"{told} {gettext('The server took none; they are tried again later.')}")
    return told


JOBS: Mapping[str, Callable[[], str]] = {"duties": duties, "mail": mail}


@click.group("jobs", cls=Group, help=_("Timed work, for cron."))
def jobs_commands() -> None:
    pass


@jobs_commands.command(help=_(
    "Run a job now: duties renews what the law asks for in these weeks; mail sends what waits in the outbox."
))  # fmt: skip
@click.argument("name", metavar="|".join(JOBS))
def run(name: str) -> None:
    if name not in JOBS:
        raise Wrong(gettext("There is no job %(name)s. Known are: %(known)s.", name=repr(name), known=", ".join(JOBS)))
    click.echo(f"{name}: {JOBS[name]()}")
