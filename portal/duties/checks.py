"""What the doctor asks of mail: whether it is set, and whether any waits."""

from collections.abc import Iterator
from datetime import UTC, datetime

from flask import current_app
from flask_babel import gettext, ngettext
from sqlalchemy import func, select

from portal.duties.models import Digest
from portal.duties.outbox import how_many_wait
from portal.engine import clock, jobs, smtp
from portal.engine.db import db
from portal.engine.doctor import Finding
from portal.engine.keys import key_file
from portal.engine.presentation import moment

LONGEST_REST = 10  # days without a digest: no row of days off is longer


def mail() -> Iterator[Finding]:
    """Without SMTP_URL notices stand behind the bell only, which is no fault; mails that nobody sends are one."""
    url, waiting = current_app.config["SMTP_URL"], how_many_wait()
    yield _server(url)
    told = ngettext("%(num)s mail waits to be sent.", "%(num)s mails wait to be sent.", waiting.count)
    if waiting.count and not url:
        yield Finding(told, gettext("Set SMTP_URL again; until then they wait."))
    elif waiting.in_vain:
        yield Finding(
            told, ngettext("%(num)s was tried in vain: is the server of SMTP_URL reached from here?",
                           "%(num)s were tried in vain: is the server of SMTP_URL reached from here?",
                           waiting.in_vain)
        )  # fmt: skip
    else:
        yield Finding(told)


def digests() -> Iterator[Finding]:
    """Where mail is set, somebody expects the digest: what has no hours is told by it alone."""
    if not current_app.config["SMTP_URL"]:
        return
    last = db.session.scalar(select(func.max(Digest.on)))
    day = f"{last:%d/%m/%Y}" if last else ""
    told = gettext("The last digest is of %(day)s.", day=day) if last else gettext("No digest was made yet.")
    late = last is None or (clock.today() - last).days > LONGEST_REST
    yield Finding(told, gettext("Let cron run: flask --app wsgi jobs due") if late else "")


def timed_work() -> Iterator[Finding]:
    """What a timer lets run, and what has stood still for longer than it should: dates of the law hang on it."""
    keys = key_file(current_app.instance_path)  # as old as the portal; that they are missing, another check says
    begun = datetime.fromtimestamp(keys.stat().st_ctime, UTC) if keys.exists() else clock.now()
    timed = [job for job in jobs.known_jobs().values() if job.timed]
    last = {job.name: jobs.last_run(job) for job in timed}
    late = [job.name for job in timed if job.is_late(last[job.name] or begun)]
    mend = gettext("Let a timer run it every five minutes: flask --app wsgi jobs due")
    for name in late:
        at = last[name]
        told = gettext("The job %(name)s last ran on %(moment)s.", name=name, moment=moment(at)) if at else (
            gettext("The job %(name)s has never run.", name=name)
        )  # fmt: skip
        yield Finding(told, mend)
    if not late:
        yield Finding(gettext("Timed work runs as it should."))


def _server(url: str) -> Finding:
    if not url:
        return Finding(gettext("Mail is not set (SMTP_URL): notices stand behind the bell only."))
    try:
        server = smtp.server(url)
    except smtp.WrongAddress:
        mend = gettext("Write it as smtp://name:password@host:587 or smtps://host.")
        return Finding(gettext("SMTP_URL is no address of a server."), mend)
    return Finding(gettext("Mail goes through %(host)s.", host=server.host))
