"""The sentences of the decision that gives a case an officer, and one on invented data."""

from portal.cases.models import CASE_TYPE_NAMES, CaseType
from portal.engine.text import _l
from portal.organisation.models import Unit
from portal.proposals.kinds.opening.model import OpenCaseProposal
from portal.proposals.papers.samples import a_case, an_official
from portal.wordings.blocks import Block, Texts

TEXTS = Texts(
    "opening",
    _l("Decision on the officer in charge"),
    {
        "charged": Block(
            _l("Article 1: who has the case"), "Phân công {officer}, trực tiếp quản lý, giám sát, giáo dục {person}."
        ),
        "tasks": Block(
            _l("Article 2: what the officer does"),
            "Cán bộ được phân công xác minh nhân thân, nơi cư trú của {name}, lập hồ sơ và triển khai các biện pháp "
            "quản lý, giám sát, giáo dục theo quy định.",
        ),
        "carried_out": Block(
            _l("Article 3: who carries it out"),
            "{Officer} và các bộ phận có liên quan của Công an {commune} chịu trách nhiệm thi hành Quyết định này kể "
            "từ ngày ký.",
        ),
    },
    {str(one): name for one, name in CASE_TYPE_NAMES.items() if one != CaseType.DRUG_USER_MANAGEMENT},
    lambda proposal: str(proposal.case.type),
)


def sample(commune: Unit, sub_kind: str) -> OpenCaseProposal:
    return OpenCaseProposal(
        case=a_case(commune, CaseType(sub_kind)), commune_id=commune.id, number="ĐX-0000-000",
        officer=an_official("Cán bộ Công an xã"), reason="",
    )  # fmt: skip
