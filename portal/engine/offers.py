"""What a room lets somebody begin at another room's record: links on the page of that record, by right and by law."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import current_app

from portal.engine.db import Kept
from portal.engine.text import _l

RECORDING, PROPOSING, RARE = _l("Record"), _l("Propose"), _l("The file, and what is rare")


@dataclass(frozen=True)
class Offer:
    """A link under a *head*, for whoever has the *right* to the record, where the record *fits*.

    *label* is the text, or what tells it of a record. *values* are further values of the address.
    """

    name: str
    right: str
    label: Any
    endpoint: str
    fits: Callable[[Any], bool]
    head: Any
    values: Mapping[str, Any] = field(default_factory=dict)
    of: type[Kept] | None = None  # whose page it stands on, where that is another room's

    def called(self, record: Any) -> str:
        return str(self.label(record) if callable(self.label) else self.label)


def offers_at(kind: type[Kept]) -> list[Offer]:
    """What the other rooms offer at records of a kind, in the order of the rooms."""
    return [offer for area in current_app.extensions["areas"] for offer in area.offers if offer.of is kind]
