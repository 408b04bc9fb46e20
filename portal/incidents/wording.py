"""How incidents and tips are called, on pages, in lists and on papers."""

from portal.engine.presentation import day
from portal.engine.text import _
from portal.incidents.models import KIND_NAMES, OFFENCE_NAMES, Incident


def called(incident: Incident) -> str:
    """What kind of incident it is: the offence of a security incident, else the kind."""
    return str(OFFENCE_NAMES[incident.category] if incident.category else KIND_NAMES[incident.kind])


def heading_of(incident: Incident) -> str:
    """An incident in one line of a list to choose from."""
    return _(
        "%(number)s: %(what)s, %(village)s, %(day)s", number=incident.number, what=called(incident),
        village=incident.village.title, day=day(incident.day),
    )  # fmt: skip
