"""`jobs due` and `jobs run NAME`: timed work, for a timer and by hand."""

import click
from flask import current_app
from flask_babel import gettext

from portal.engine import jobs
from portal.engine.commands import Command, Failed, Group, Wrong, own_language
from portal.engine.db import db
from portal.engine.jobs import known_jobs
from portal.engine.text import mark, say


class Run(Command):
    """The command that lists in its help whatever jobs there are."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_help_text(ctx, formatter)
        formatter.write_paragraph()
        with own_language(), formatter.indentation():
            formatter.write_dl([(name, say(job.does)) for name, job in known_jobs().items()])


@click.group("jobs", cls=Group, help=mark("Timed work, for cron."))
def jobs_commands() -> None:
    pass


@jobs_commands.command(cls=Run, help=mark("Run a job now. It says what came of it."))
@click.argument("name", metavar="NAME")
def run(name: str) -> None:
    known = known_jobs()
    if name not in known:
        raise Wrong(gettext("There is no job %(name)s. Known are: %(known)s.", name=repr(name), known=", ".join(known)))
    click.echo(f"{name}: {jobs.do(known[name])}")


@jobs_commands.command(cls=Command, help=mark(
    "Run every job whose time has come, one after the other: let a timer call it every five minutes. What fails keeps "
    "no other from its turn."
))  # fmt: skip
def due() -> None:
    with jobs.alone() as alone:
        if not alone:
            click.echo(gettext("Another run is at work; this one leaves it alone."))
            return
        failed = [job.name for job in known_jobs().values() if job.is_due(jobs.last_run(job)) and not _done(job)]
    if failed:
        raise Failed(gettext("Not to their end: %(which)s. The log says why.", which=", ".join(failed)))


def _done(job: jobs.Job) -> bool:
    """Whether it came to its end. Whatever stopped it stops no other."""
    try:
        click.echo(f"{job.name}: {jobs.do(job)}")
    except Failed as failure:
        click.echo(f"{job.name}: {failure.format_message()}", err=True)
        return False
    except Exception:
        current_app.logger.exception("job %s did not come to its end", job.name)
        return False
    finally:
        db.session.remove()
    return True
