"""`flask --app wsgi demo load`."""

import click
from flask_babel import gettext, ngettext

from portal import config
from portal.demo.loading import RealData, holds_real_data, load_example
from portal.engine.commands import Failed, Group
from portal.engine.text import mark as _


@click.group("demo", cls=Group, help=_("The example commune, whose people and events are invented."))
def demo_commands() -> None:
    pass


@demo_commands.command(help=_("Load the example commune into an empty portal. A second run adds nothing."))
def load() -> None:
    load_or_say_why_not()


def load_or_say_why_not() -> None:
    """Load and tell what was done. Raises Failed, for exit status 1, where real data are or others could come in."""
    if open_at := config.reached_from_outside():
        raise Failed(gettext(
            "The example has accounts whose password everybody knows: it is loaded only where the portal serves this "
            "machine alone, and not %(places)s.", places=", ".join(open_at)))  # fmt: skip
    if not holds_real_data():
        click.echo(gettext("Loading the example commune: this takes a while."))
    try:
        told = load_example()
    except RealData as real:
        raise Failed(gettext(
            "This portal holds units or accounts of its own. The example is loaded into an empty portal only: "
            "choose another folder with PORTAL_INSTANCE, or another DATABASE_URL.")) from real  # fmt: skip
    if not told:
        click.echo(gettext("The example is here already: nothing added."))
        return
    click.echo(
        ngettext("%(num)s deed told. All of it is invented.", "%(num)s deeds told. All of it is invented.", told)
    )
