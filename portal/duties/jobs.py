"""What cron does here: renew what is owed, remind, and send mails."""

from flask import current_app
from flask_babel import gettext, ngettext

from portal.duties import climbing, digest, outbox
from portal.duties.daily import NotRenewedError, renew_all
from portal.engine import smtp
from portal.engine.commands import Failed
from portal.engine.jobs import MINUTES, NIGHTLY, Job
from portal.engine.text import mark

MOST_NAMED = 20  # records that could not be looked at


def not_renewed(error: NotRenewedError) -> str:
    """Which records the job could not do, in words."""
    return ngettext(
        "%(num)s record could not be looked at: %(which)s. The others were; the log says why.",
        "%(num)s records could not be looked at: %(which)s. The others were; the log says why.",
        len(error.failed), which=", ".join(error.failed[:MOST_NAMED]),
    )  # fmt: skip


def renew_duties() -> str:
    """What the night asks for. Raises Failed where it could not do some records."""
    try:
        count = renew_all()
    except NotRenewedError as error:
        raise Failed(not_renewed(error)) from error
    return ngettext("%(num)s record looked at.", "%(num)s records looked at.", count)


def mail_is_set() -> bool:
    return bool(current_app.config["SMTP_URL"])


def send_mails() -> str:
    """Send what waits in the outbox. Raises Failed where mail is not set, or none was taken."""
    if not current_app.config["SMTP_URL"]:
        raise Failed(gettext("Mail is not set: SMTP_URL is missing."))
    try:
        run = outbox.send_due()
    except smtp.WrongAddress as wrong:
        raise Failed(gettext("SMTP_URL is no address of a server.")) from wrong
    told = " ".join([*_counted(run), *_fault(run.fault)])
    if run.failed and not run.sent:
        raise Failed(told)
    return told


def _counted(run: outbox.Run) -> list[str]:
    """How many went and how many are left; apart from them what another run has taken and is sending."""
    waiting = outbox.how_many_wait()
    left = waiting.count - waiting.under_way
    told = [gettext("%(sent)s sent, %(waiting)s waiting.", sent=run.sent, waiting=left)]
    if waiting.under_way:
        told.append(ngettext("Another run is sending %(num)s.", "Other runs are sending %(num)s.", waiting.under_way))
    return told


def _fault(fault: smtp.NotSent | None) -> list[str]:
    """What the server did not do, without its words: they may name an address."""
    if fault is None:
        return []
    if fault.timed_out:
        return [gettext("The server was silent for %(seconds)s seconds; what is left is tried again later.",
                        seconds=smtp.PATIENCE)]  # fmt: skip
    if fault.unanswered:
        return [gettext("No server answers; what is left is tried again later.")]
    return [gettext("The server did not take every mail; those are tried again later.")]


def remind() -> str:
    """Tell each what their day brings, and the next in line what nobody looked at."""
    made, told = digest.deliver(), climbing.tell_up()
    return " ".join([
        ngettext("%(num)s digest made.", "%(num)s digests made.", made),
        ngettext("%(num)s matter told to the next in line.", "%(num)s matters told to the next in line.", told),
    ])  # fmt: skip


JOBS = (
    Job("duties", mark("Renews what the law asks for in these weeks."), renew_duties, NIGHTLY),
    Job(
        "digest", mark("Tells each from seven on what the day brings, and the next in line what nobody looked at."),
        remind, MINUTES,
    ),
    Job("mail", mark("Sends what waits in the outbox."), send_mails, MINUTES, mail_is_set),
)  # fmt: skip
