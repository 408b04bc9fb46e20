"""`jobs run NAME`: timed work, for cron."""

from collections.abc import Mapping

import click
from flask import current_app
from flask_babel import gettext

from portal.engine.commands import Command, Group, Wrong, own_language
from portal.engine.jobs import Job
from portal.engine.text import mark, say


def known_jobs() -> Mapping[str, Job]:
    """What the rooms declared, by name."""
    return {job.name: job for area in current_app.extensions["areas"] for job in area.jobs}


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
    jobs = known_jobs()
    if name not in jobs:
        raise Wrong(gettext("There is no job %(name)s. Known are: %(known)s.", name=repr(name), known=", ".join(jobs)))
    click.echo(f"{name}: {jobs[name].run()}")
