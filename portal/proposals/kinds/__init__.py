"""The kinds of proposals, one folder each: its record, its form, what the law asks of it, its paper."""

from collections.abc import Mapping

from portal.proposals.kinds.absence import ABSENCE
from portal.proposals.kinds.completion import COMPLETION
from portal.proposals.kinds.helper import HELPER
from portal.proposals.kinds.kind import Kind
from portal.proposals.kinds.opening import OPENING
from portal.proposals.models import Proposal

KINDS: Mapping[str, Kind] = {
    str(kind.model.__mapper_args__["polymorphic_identity"]): kind for kind in (OPENING, HELPER, ABSENCE, COMPLETION)
}


def kind_of(proposal: Proposal) -> Kind:
    return KINDS[proposal.kind]


def models() -> list[type[Proposal]]:
    return [kind.model for kind in KINDS.values()]
