"""`flask --app wsgi demo load`."""

import click

from portal.demo.loading import RealData, load_example


@click.group("demo")
def demo_commands() -> None:
    """The example commune, whose people and events are invented."""


@demo_commands.command()
def load() -> None:
    """Load the example commune into an empty portal. A second run adds nothing."""
    load_or_say_why_not()


def load_or_say_why_not() -> None:
    """Load and tell what was done. Raises ClickException, for exit status 1, where real data are."""
    click.echo("Loading the example commune: this takes a while.")
    try:
        told = load_example()
    except RealData as real:
        raise click.ClickException(
            "This portal holds units or accounts of its own. The example is loaded into an empty portal only: "
            "choose another folder with PORTAL_INSTANCE, or another DATABASE_URL."
        ) from real
    click.echo(f"{told} deeds told. All of it is invented." if told else "The example is here already: nothing added.")
