"""The sentences of the submission that asks for a certificate of completion, and one on invented data."""

from portal.cases.models import CASE_TYPE_NAMES, CaseType, ClosingReason
from portal.engine import clock
from portal.engine.text import _l
from portal.organisation.models import Unit
from portal.proposals.kinds.completion.model import CompletionProposal
from portal.proposals.papers.samples import a_case
from portal.wordings.blocks import Block, Texts

OF_TYPES = (
    CaseType.SUSPENDED_SENTENCE, CaseType.CONDITIONAL_RELEASE, CaseType.NON_CUSTODIAL_REFORM,
    CaseType.RESIDENCE_SUPERVISION, CaseType.RESIDENCE_BAN,
)  # fmt: skip

TEXTS = Texts(
    "completion",
    _l("Submission for a certificate of completion"),
    {
        "served": Block(
            _l("Who served from when to when"),
            "{issuer} báo cáo: {person}, chấp hành từ ngày {starts_on} đến hết ngày {completed_on}.",
        ),
        "conduct": Block(_l("Conduct during the term"), "Nhận xét trong thời gian chấp hành: {conduct}."),
        "asked": Block(
            _l("What is asked for"),
            "{issuer} đề nghị {agency} xem xét, cấp giấy chứng nhận chấp hành xong {what} cho {name} theo thẩm quyền.",
        ),
    },
    {str(one): CASE_TYPE_NAMES[one] for one in OF_TYPES},
    lambda proposal: str(proposal.case.type),
)


def sample(commune: Unit, sub_kind: str) -> CompletionProposal:
    return CompletionProposal(
        case=a_case(commune, CaseType(sub_kind)), commune_id=commune.id, number="ĐX-0000-000",
        completed_on=clock.today(), closing_reason=ClosingReason.COMPLETED, reason="Chấp hành tốt các nghĩa vụ",
    )  # fmt: skip
