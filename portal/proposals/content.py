"""What a proposal proposes, field by field, as its page and the page of remarks show it."""

from dataclasses import replace

from portal.proposals.forms import Field
from portal.proposals.kinds import kind_of
from portal.proposals.models import Proposal


def content(proposal: Proposal) -> list[Field]:
    """The fields of the kind that say something, then why it is proposed."""
    kind = kind_of(proposal)
    labels, reason = kind.labels, Field("reason", proposal.reason, full=True)
    told = [one for one in (*kind.told(proposal), reason) if one.value]
    return [replace(one, label=str(one.label or labels[one.name])) for one in told]
