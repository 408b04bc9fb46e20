"""The sentences of the decision that ends a management, and one on invented data."""

from portal.cases.models import CaseType, ClosingReason
from portal.engine import clock
from portal.engine.text import _l
from portal.organisation.models import Unit
from portal.proposals.kinds.drug_end.model import DrugEndProposal
from portal.proposals.papers.samples import a_case
from portal.wordings.blocks import Block, Texts

TEXTS = Texts(
    "drug_end",
    _l("Decision that ends the management of a drug user"),
    {
        "ended": Block(
            _l("Article 1: whose management ends"),
            "Kết thúc quản lý đối với {person}, kể từ ngày {ended_on}. Lý do: {why}.",
        ),
        "off_the_list": Block(
            _l("Article 2: off the list"),
            "{chief} đưa {name} ra khỏi danh sách quản lý và lưu hồ sơ theo quy định.",
        ),
        "carried_out": Block(
            _l("Article 3: who carries it out"),
            "Quyết định này có hiệu lực kể từ ngày ký. {chief}, các cơ quan, tổ chức có liên quan và {name} chịu trách "
            "nhiệm thi hành Quyết định này.",
        ),
    },
)


def sample(commune: Unit, _sub_kind: str) -> DrugEndProposal:
    return DrugEndProposal(
        case=a_case(commune, CaseType.DRUG_USER_MANAGEMENT, term_months=12), commune_id=commune.id,
        number="ĐX-0000-000", ended_on=clock.today(), closing_reason=ClosingReason.COMPLETED, reason="",
    )  # fmt: skip
