"""`jobs run NAME`: timed work, for cron."""

from collections.abc import Callable, Mapping

import click
from flask import current_app
from flask_babel import gettext, ngettext

from portal.duties import outbox
from portal.duties.daily import NotRenewedError, renew_all
from portal.engine import smtp
from portal.engine.commands import Failed, Group, Wrong
from portal.engine.text import mark as _

MOST_NAMED = 20  # records that could not be looked at


def not_renewed(error: NotRenewedError) -> str:
    """Which records the job could not do, in words."""
    return ngettext(
        "%(num)s record could not be looked at: %(which)s. The others were; the log says why.",
        "%(num)s records could not be looked at: %(which)s. The others were; the log says why.",
        len(error.failed), which=", ".join(error.failed[:MOST_NAMED]),
    )  # fmt: skip


def duties() -> str:
    """What the night asks for. Raises Failed where it could not do some records."""
    try:
        count = renew_all()
    except NotRenewedError as error:
        raise Failed(not_renewed(error)) from error
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


def known_jobs() -> Mapping[str, Callable[[], str]]:
    """The portal's own, and those of the rooms."""
    return {**JOBS, **{name: job for area in current_app.extensions["areas"] for name, job in area.jobs.items()}}


@click.group("jobs", cls=Group, help=_("Timed work, for cron."))
def jobs_commands() -> None:
    pass


@jobs_commands.command(help=_(
    "Run a job now: duties renews what the law asks for in these weeks; mail sends what waits in the outbox; "
    "patrols tells which ones did not set out."
))  # fmt: skip
@click.argument("name", metavar="NAME")
def run(name: str) -> None:
    jobs = known_jobs()
    if name not in jobs:
        raise Wrong(gettext("There is no job %(name)s. Known are: %(known)s.", name=repr(name), known=", ".join(jobs)))
    click.echo(f"{name}: {jobs[name]()}")
