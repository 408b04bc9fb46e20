"""`certificate make`: https in a network of one's own, without which no browser keeps work for a phone."""

from pathlib import Path

import click
from flask import current_app
from flask_babel import gettext

from portal.engine import certificates
from portal.engine.commands import Failed, Group
from portal.engine.text import mark as _


@click.group("certificate", cls=Group, help=_("Certificates for a network of one's own."))
def certificate_commands() -> None:
    pass


@certificate_commands.command(help=_(
    "Make a certificate for the host name or address of the server, signed by an authority that phones learn to trust."
))  # fmt: skip
@click.argument("name")
def make(name: str) -> None:
    instance = Path(current_app.instance_path)
    try:
        made = certificates.make(instance, name.lower())
    except certificates.NotAName as error:
        raise Failed(gettext("%(name)s is neither a host name nor an address.", name=name)) from error
    except certificates.NotVouchedFor as error:
        told = gettext(
            "The authority in %(place)s vouches for the names of private networks and for that with which it was "
            "begun, not for %(name)s. To begin another one move that folder away; each phone is told anew to trust it.",
            name=name, place=certificates.authority_in(instance).parent,
        )  # fmt: skip
        raise Failed(told) from error
    for path in made:
        click.echo(path)
    click.echo(gettext("Fingerprint of the authority, to be compared on each phone:"))
    click.echo(f"  {certificates.fingerprint(certificates.authority_in(instance))}")
    click.echo(gettext("Give key and certificate to nginx. How a phone trusts the authority: /guide/certificate"))
