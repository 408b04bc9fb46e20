"""What somebody named in a text that is no figure."""

from collections.abc import Iterable

from portal.reports import catalogue
from portal.reports.wording.told import places


def unknown_places(text: str) -> list[str]:
    """The ids in braces that are no fact, that no room declares and nobody typed, each once, in the order of the
    text."""
    from portal.profile.catalogue import FactKey  # late: its books want all records to be there

    there = catalogue.indicators().keys() | {str(key) for key in FactKey}
    return list(dict.fromkeys(one for one in places(text) if one not in there and not catalogue.typed_somewhere(one)))


def in_braces(ids: Iterable[str]) -> str:
    """ "{incidents.fire.cases}, {cameras.total}"."""
    return ", ".join(f"{{{one}}}" for one in ids)
