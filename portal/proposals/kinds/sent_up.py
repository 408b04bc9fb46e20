"""What is owed of a file that goes to the agency above: once its page is signed, it is sent."""

from collections.abc import Iterator
from datetime import timedelta

from portal.cases.duties.wanting import owner_of
from portal.duties.rules import Wanted
from portal.engine import clock
from portal.engine.workflow import Step, steps_of
from portal.proposals.models import Proposal

SEND = timedelta(days=3)  # our own policy: what was signed goes out
CLIMB = (("police_chief", 3), ("commune_leader", 10), ("inspector", 20))


def sending(proposal: Proposal, rule: str) -> Iterator[Wanted]:
    """Sent within days of the signed page; done by whoever recorded it."""
    page, told, owner = proposal.document, {"title": proposal.number}, owner_of(proposal.case)
    if proposal.state == "approved" and page is not None and page.issued:
        yield Wanted(rule, "", clock.day_of(page.changed_at) + SEND, values=told, **owner)
    if (sent := sending_of(proposal)) is not None:
        done_on = clock.day_of(sent.at)
        yield Wanted(rule, "", done_on, values=told, done_on=done_on, done_by_id=sent.by_id, **owner)


def sending_of(proposal: Proposal) -> Step | None:
    """The step by which somebody recorded that it was sent."""
    return next((one for one in steps_of(proposal) if one.name == "communicate"), None)
