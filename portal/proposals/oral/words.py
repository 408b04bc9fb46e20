"""What the two answers to an oral approval are called: it is confirmed in writing, or was never given."""

from dataclasses import replace

from portal.engine.text import _l
from portal.engine.workflow import Offer, Transition
from portal.proposals.models import Proposal

ANSWERS = {
    "approve": (_l("Confirm in writing"), _l("You did approve it: from now on it is decided in writing.")),
    "reject": (_l("Deny the oral approval"), _l("You did not approve it, or it does not stand. A reason is needed.")),
}
SIGNING = {"approve": _l("Sign: Confirm in writing"), "reject": _l("Sign: Deny the oral approval")}


def as_answer(proposal: Proposal, transition: Transition) -> Transition:
    """A decision in the words of the state: of what was approved orally, the answer to that."""
    if proposal.state != "oral" or transition.name not in ANSWERS:
        return transition
    label, told = ANSWERS[transition.name]
    return replace(transition, label=label, help=told)


def as_answers(proposal: Proposal, offers: list[Offer]) -> list[Offer]:
    return [replace(offer, transition=as_answer(proposal, offer.transition)) for offer in offers]
