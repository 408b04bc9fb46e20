"""The sentences of the decision on a management, and one on invented data."""

from portal.cases.models import CaseType
from portal.drugs.models import DrugTest
from portal.engine import clock
from portal.engine.text import _l
from portal.organisation.models import Unit
from portal.proposals.kinds.drug_decision.model import DrugDecisionProposal
from portal.proposals.papers.samples import a_case
from portal.wordings.blocks import Block, Texts

TEXTS = Texts(
    "drug_decision",
    _l("Decision on the management of a drug user"),
    {
        "managed": Block(
            _l("Article 1: who is managed"),
            "Quản lý {person}, trong thời hạn 01 năm, kể từ ngày ký Quyết định này đến hết ngày {ends_on}.",
        ),
        "duties": Block(
            _l("Article 2: what the person has to do"), "Trong thời hạn quản lý, {name} có trách nhiệm: {duties}."
        ),
        "carried_out": Block(
            _l("Article 4: who carries it out"),
            "Quyết định này có hiệu lực kể từ ngày ký. Việc quản lý không phải là xử lý vi phạm hành chính. {chief}, "
            "các cơ quan, tổ chức có liên quan và {name} chịu trách nhiệm thi hành Quyết định này.",
        ),
    },
)


def sample(commune: Unit, _sub_kind: str) -> DrugDecisionProposal:
    today = clock.today()
    return DrugDecisionProposal(
        case=a_case(commune, CaseType.DRUG_USER_MANAGEMENT, starts_on=today, term_months=12), commune_id=commune.id,
        number="ĐX-0000-000", test=DrugTest(taken_on=today), reason="Kết quả xét nghiệm dương tính",
    )  # fmt: skip
