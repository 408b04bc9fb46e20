"""Entrusting somebody with helping a person."""

from portal.cases.models import Case, CaseType
from portal.engine.text import _l
from portal.proposals.kinds.helper.form import HelperForm, offer_helpers, told
from portal.proposals.kinds.helper.model import HelperProposal
from portal.proposals.kinds.helper.paper import written
from portal.proposals.kinds.helper.texts import TEXTS, sample
from portal.proposals.kinds.kind import Kind

NOT_HELPED = frozenset({CaseType.RESIDENCE_SUPERVISION, CaseType.RESIDENCE_BAN, CaseType.PRISON_DEFERRAL})


def fits(case: Case) -> bool:
    return case.type not in NOT_HELPED


HELPER = Kind(
    HelperProposal, HelperForm, told, written, fill=offer_helpers, offered_as=_l("Propose a helper"), fits=fits,
    texts=TEXTS, sample=sample,
)  # fmt: skip
