"""`users create`: the first administrator of a portal that is empty."""

import click

from portal.engine import clock
from portal.engine.transaction import transaction
from portal.organisation import actions
from portal.organisation.models import Role, UnitKind
from portal.organisation.queries import first_commune


@click.group("users")
def users_commands() -> None:
    """Accounts."""


@users_commands.command()
@click.argument("username")
@click.argument("full_name")
@click.option("--commune", default="", help="Name of the commune, with its kind in front, if none is set up yet.")
@click.option("--superior", default="", help="The superior unit, as on the head of a document.")
def create(username: str, full_name: str, commune: str, superior: str) -> None:
    """Open an administrator's account, and set the commune up if there is none. Prints the first password once."""
    if first_commune() is None and not commune:
        raise click.UsageError("No commune is set up yet: say its name with --commune 'xã …'.")
    with transaction(None):
        unit = first_commune() or actions.create_unit(
            "COMMUNE", commune, UnitKind.COMMUNE, clock.today(), superior=superior
        )
        user, password = actions.create_user(username.lower(), full_name, unit)
        actions.grant_role(user, Role.ADMINISTRATOR, unit, clock.today())
    click.echo(f"{user.username}: first password {password} (works once, for a week)")
