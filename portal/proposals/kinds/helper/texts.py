"""The sentences of the decision that entrusts somebody with helping, and one on invented data."""

from portal.cases.models import CASE_TYPE_NAMES, CaseType
from portal.engine.text import _l
from portal.organisation.models import Unit
from portal.proposals.kinds.helper.model import HelperProposal
from portal.proposals.papers.samples import a_case, an_official
from portal.wordings.blocks import Block, Texts

TEXTS = Texts(
    "helper",
    _l("Decision on a helper"),
    {
        "entrusted": Block(_l("Article 1: who helps whom"), "Phân công {helper}, giúp đỡ {person}."),
        "tasks": Block(
            _l("Article 2: what the helper does"),
            "Người được phân công gặp gỡ, động viên, nhắc nhở {name} thực hiện nghĩa vụ và hòa nhập cộng đồng; kịp "
            "thời thông báo với {police} khi có dấu hiệu vi phạm hoặc khó khăn cần giúp đỡ{report}.",
        ),
        "holds": Block(
            _l("Article 3: how long it holds"),
            "Quyết định này có hiệu lực kể từ ngày ký cho đến khi chấm dứt việc giám sát, giúp đỡ hoặc có quyết định "
            "thay thế.",
        ),
        "carried_out": Block(
            _l("Article 4: who carries it out"),
            "{chief}, {helper} và {name} chịu trách nhiệm thi hành Quyết định này.",
        ),
    },
    {str(one): CASE_TYPE_NAMES[one] for one in HelperProposal.of_types},
    lambda proposal: str(proposal.case.type),
)


def sample(commune: Unit, sub_kind: str) -> HelperProposal:
    return HelperProposal(
        case=a_case(commune, CaseType(sub_kind)), commune_id=commune.id, number="ĐX-0000-000",
        helper=an_official("Trưởng thôn"), reason="Cùng thôn",
    )  # fmt: skip
