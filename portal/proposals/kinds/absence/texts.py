"""The sentences of a permit to be absent, and one on invented data."""

from datetime import timedelta

from portal.cases.models import CASE_TYPE_NAMES, CaseType
from portal.engine import clock
from portal.engine.text import _l
from portal.organisation.models import Unit
from portal.proposals.kinds.absence.model import AbsenceProposal
from portal.proposals.papers.samples import a_case
from portal.wordings.blocks import Block, Texts

OF_TYPES = (
    CaseType.SUSPENDED_SENTENCE, CaseType.CONDITIONAL_RELEASE, CaseType.NON_CUSTODIAL_REFORM,
    CaseType.RESIDENCE_SUPERVISION,
)  # fmt: skip

TEXTS = Texts(
    "absence",
    _l("Permit of an absence"),
    {
        "permit": Block(
            _l("Article 1: what is permitted"),
            "Cho phép {person}, được vắng mặt tại nơi cư trú {days} ngày, {span}. Nơi đến: {destination}. "
            "Lý do: {reason}.",
        ),
        "duties": Block(
            _l("Article 2: what the person has to do"),
            "Trước khi đi, {name} khai báo tạm vắng; khi đến, trình diện và khai báo tạm trú hoặc lưu trú với "
            "Công an cấp xã nơi đến; hết thời hạn, trở về và nộp giấy xác nhận của Công an cấp xã nơi đến.",
        ),
        "carried_out": Block(
            _l("Article 3: who carries it out"),
            "{chief}, các cơ quan có liên quan và {name} chịu trách nhiệm thi hành Quyết định này.",
        ),
    },
    {str(one): CASE_TYPE_NAMES[one] for one in OF_TYPES},
    lambda proposal: str(proposal.case.type),
)


def sample(commune: Unit, sub_kind: str) -> AbsenceProposal:
    leaves_on = clock.today() + timedelta(days=7)
    return AbsenceProposal(
        case=a_case(commune, CaseType(sub_kind)), commune_id=commune.id, number="ĐX-0000-000", leaves_on=leaves_on,
        returns_on=leaves_on + timedelta(days=9), destination="xã Mẫu, tỉnh Thử", reason="Thăm mẹ ốm",
    )  # fmt: skip
