"""The kinds of proposals, one folder each: its record, its form, what the law asks of it, its paper."""

from collections.abc import Mapping

from portal.proposals.kinds.absence import ABSENCE
from portal.proposals.kinds.completion import COMPLETION
from portal.proposals.kinds.drug_decision import DRUG_DECISION
from portal.proposals.kinds.drug_end import DRUG_END
from portal.proposals.kinds.drug_stop import DRUG_STOP
from portal.proposals.kinds.fine import FINE
from portal.proposals.kinds.helper import HELPER
from portal.proposals.kinds.helper_end import HELPER_END
from portal.proposals.kinds.kind import Kind
from portal.proposals.kinds.opening import OPENING
from portal.proposals.kinds.parole_revocation import PAROLE_REVOCATION
from portal.proposals.kinds.residence_change import RESIDENCE_CHANGE
from portal.proposals.kinds.review import REVIEW
from portal.proposals.kinds.revocation import REVOCATION
from portal.proposals.kinds.shortening import SHORTENING
from portal.proposals.kinds.supervision_plan import SUPERVISION_PLAN
from portal.proposals.kinds.transfer import TRANSFER
from portal.proposals.models import Proposal

_ALL = (
    OPENING, HELPER, HELPER_END, SUPERVISION_PLAN, ABSENCE, RESIDENCE_CHANGE, TRANSFER, REVIEW, SHORTENING, COMPLETION,
    REVOCATION, PAROLE_REVOCATION, FINE, DRUG_DECISION, DRUG_STOP, DRUG_END,
)  # fmt: skip
KINDS: Mapping[str, Kind] = {str(kind.model.__mapper_args__["polymorphic_identity"]): kind for kind in _ALL}


def kind_of(proposal: Proposal) -> Kind:
    return KINDS[proposal.kind]


def models() -> list[type[Proposal]]:
    return [kind.model for kind in KINDS.values()]
