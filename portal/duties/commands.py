"""`jobs run duties`: what the night asks for."""

import click

from portal.duties.actions import renew_all
from portal.engine.transaction import transaction


@click.group("jobs")
def jobs_commands() -> None:
    """Timed work, for cron."""


@jobs_commands.command()
@click.argument("name", type=click.Choice(["duties"]))
def run(name: str) -> None:
    """Run a job now: duties renews what the law asks for in these weeks."""
    with transaction(None):
        count = renew_all()
    click.echo(f"{name}: {count} records looked at.")
