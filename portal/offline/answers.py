"""What the portal answers to one item of a phone."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from portal.engine.presentation import moment
from portal.engine.sync import Pairs
from portal.engine.text import _
from portal.offline.models import Receipt

RECEIVED, HELD, REFUSED, CONFLICT, FAILED = "received", "held", "refused", "conflict", "failed"


@dataclass(frozen=True)
class Answer:
    """What became of an item: *received* for good, *held* for the chief, *refused*, in *conflict*, or *failed* for now.

    *errors* belong to fields by name. Of a conflict *stands* is what is kept and *mine* what was sent, both in words;
    *versions* are those that stand now, so that it can be sent again over them. Where another content was received
    under the same id, what is sent *anew* needs an id of its own.
    """

    id: str
    state: str
    told: str = ""
    number: int | None = None
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    stands: Pairs = ()
    mine: Pairs = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    anew: bool = False

    def as_json(self) -> dict[str, Any]:
        """Without what is empty: three hundred answers cross a slow line."""
        return {name: value for name, value in asdict(self).items() if value not in ("", None, False, (), {})}


def received(receipt: Receipt) -> Answer:
    told = _("Received at %(time)s, no. %(number)s", time=moment(receipt.received_at), number=receipt.number)
    return Answer(receipt.send_id, RECEIVED, told, receipt.number)


def held(receipt: Receipt, whom: str) -> Answer:
    told = _(
        "Received, no. %(number)s. Your role had ended when it was written, so it waits for %(name)s.",
        number=receipt.number, name=whom,
    )  # fmt: skip
    return Answer(receipt.send_id, HELD, told, receipt.number)


def otherwise(receipt: Receipt, stands: Pairs, mine: Pairs) -> Answer:
    told = _(
        "Under no. %(number)s something else was received at %(time)s. Which of the two is right?",
        number=receipt.number, time=moment(receipt.received_at),
    )  # fmt: skip
    return Answer(receipt.send_id, CONFLICT, told, receipt.number, stands=stands, mine=mine, anew=True)


def unknown(id: str) -> Answer:
    told = _("This portal does not know this form. Open the app with signal, so that it is renewed, and send it again.")
    return Answer(id, REFUSED, told)


def damaged(id: str) -> Answer:
    return Answer(id, REFUSED, _("It cannot be read. It stays on this phone: please write it once more."))


def failed(id: str, number: str) -> Answer:
    told = _("The portal could not take it now. It stays here and is sent again. Fault %(number)s.", number=number)
    return Answer(id, FAILED, told)
