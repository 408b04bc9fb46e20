"""The sentences of the decision that stops a management, and one on invented data."""

from portal.cases.models import CaseType
from portal.engine import clock
from portal.engine.text import _l
from portal.law.drug_use import STOP_GROUNDS, StopGround
from portal.organisation.models import Unit
from portal.proposals.kinds.drug_stop.model import DrugStopProposal
from portal.proposals.papers.samples import a_case
from portal.wordings.blocks import Block, Texts

TEXTS = Texts(
    "drug_stop",
    _l("Decision that stops the management of a drug user"),
    {
        "stopped": Block(
            _l("Article 1: whose management stops"), "Dừng quản lý đối với {person}, kể từ ngày {stopped_on}."
        ),
        "why": Block(_l("Article 2: why"), "Lý do: {why}."),
        "off_the_list": Block(
            _l("Article 3: off the list"),
            "{chief} đưa {name} ra khỏi danh sách quản lý kể từ ngày dừng quản lý.",
        ),
        "carried_out": Block(
            _l("Article 4: who carries it out"),
            "Quyết định này có hiệu lực kể từ ngày ký. {chief}, các cơ quan, tổ chức có liên quan chịu trách nhiệm thi "
            "hành Quyết định này.",
        ),
    },
    {str(one): _l(name) for one, name in STOP_GROUNDS.items()},  # also those that only decisions of before have
    lambda proposal: str(proposal.ground),
)


def sample(commune: Unit, sub_kind: str) -> DrugStopProposal:
    return DrugStopProposal(
        case=a_case(commune, CaseType.DRUG_USER_MANAGEMENT, term_months=12), commune_id=commune.id,
        number="ĐX-0000-000", stopped_on=clock.today(), ground=StopGround(sub_kind),
        evidence="Văn bản số 00/0000", reason="",
    )  # fmt: skip
