"""What the portal answers to one item of a phone."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from portal.engine.presentation import moment
from portal.engine.sync import Pairs
from portal.engine.text import _
from portal.engine.workflow import steps_of
from portal.offline.models import HeldSend, Receipt
from portal.organisation.models import Role
from portal.organisation.queries import holders

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


def decided(held: HeldSend) -> Answer:
    """What the chief said, or is still to say."""
    receipt = held.receipt
    if held.state == "taken":
        return received(receipt)
    if held.state == "refused":
        return Answer(receipt.send_id, REFUSED, steps_of(held)[-1].reason, receipt.number)
    told = _(
        "Received, no. %(number)s. Your role had ended when it was written, or long before it came, so it waits for "
        "%(name)s.", number=receipt.number, name=chief_of(held.commune_id),
    )  # fmt: skip
    return Answer(receipt.send_id, HELD, told, receipt.number)


def chief_of(commune_id: int) -> str:
    """Whom to tell."""
    names = ", ".join(one.full_name for one in holders(Role.POLICE_CHIEF, commune_id))
    return names or _("the chief of commune police")


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


def behind(id: str) -> Answer:
    told = _("It waits for an earlier entry about the same, which the portal could not take yet. Both are sent again.")
    return Answer(id, FAILED, told)


def failed(id: str, number: str) -> Answer:
    told = _("The portal could not take it now. It stays here and is sent again. Fault %(number)s.", number=number)
    return Answer(id, FAILED, told)
