"""What is owed once a shortening was approved: its file is sent."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from portal.cases.duties.wanting import owner_of
from portal.duties.rules import DutyRule, Wanted
from portal.engine import clock
from portal.engine.text import _l
from portal.engine.workflow import steps_of

if TYPE_CHECKING:
    from portal.proposals.kinds.shortening.model import ShorteningProposal

SEND = timedelta(days=3)  # our own policy: what was signed goes out
SENT = "SHORTENING-SENT"
CLIMB = (("police_chief", 3), ("commune_leader", 10), ("inspector", 20))
FLOWS = (
    "SS-SHORTEN-FLOW.sent", "PAR-SHORTEN-FLOW.sent", "NCR-REDUCE.sent", "NCR-EXEMPT", "RS-EXEMPT.sent",
    "RB-EXEMPT.sent",
)  # fmt: skip

RULES = (
    DutyRule(SENT, _l("Send the file of a shortening"), _l("%(title)s: the file is to be sent to the agency"),
             _l("Open the proposal"), "proposals.show", "police_officer", CLIMB),
)  # fmt: skip


def following(proposal: "ShorteningProposal") -> Iterator[Wanted]:
    """Sent once the page is signed."""
    page, told = proposal.document, {"title": proposal.number}
    sent = next((one for one in steps_of(proposal) if one.name == "communicate"), None)
    owner = owner_of(proposal.case)
    if proposal.state == "approved" and page is not None and page.issued:
        yield Wanted(SENT, "", clock.day_of(page.changed_at) + SEND, values=told, **owner)
    if sent is not None:
        done_on = clock.day_of(sent.at)
        yield Wanted(SENT, "", done_on, values=told, done_on=done_on, done_by_id=sent.by_id, **owner)
