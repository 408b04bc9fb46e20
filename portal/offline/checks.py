"""What the doctor asks of a network of one's own: how long its certificates are good."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from flask import current_app
from flask_babel import gettext

from portal.config import command
from portal.engine import certificates, clock
from portal.engine.doctor import Finding
from portal.engine.presentation import day

SOON = timedelta(days=30)


def certificates_last() -> Iterator[Finding]:
    """Warn in time: a phone that trusts a certificate no more sends nothing, and cannot say why."""
    for path in certificates.all_in(Path(current_app.instance_path)):
        until = certificates.read_certificate(path).not_valid_after_utc
        told = {"file": path.name, "day": day(clock.day_of(until))}
        if until - clock.now() > SOON:
            yield Finding(gettext("The certificate %(file)s is good until %(day)s.", **told))
        else:
            yield Finding(gettext("The certificate %(file)s ends on %(day)s.", **told), _mend(path))


def _mend(path: Path) -> str:
    if path.stem == certificates.AUTHORITY and path.parent.name == certificates.AUTHORITY:
        return gettext("Move its folder away, begin another authority with certificate make, and tell each phone.")
    return gettext(
        "Make it anew, and give it to nginx:  %(command)s", command=command(f"certificate make {path.stem}")
    )  # fmt: skip
