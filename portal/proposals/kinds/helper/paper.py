"""Entrusting somebody with helping a person: a decision of the chair."""

from datetime import date

from portal.cases.duties import HELPER_REPORTS
from portal.cases.models import Case
from portal.documents.paper import Paper
from portal.law import approval
from portal.proposals.kinds.helper.model import HelperProposal
from portal.proposals.papers import grounds
from portal.proposals.papers.frame import Frame
from portal.proposals.papers.people import SERVING, introduced, named, official


def _reports(case: Case, day: date) -> bool:
    """Whether the law of the day asks the helper for a report on each quarter."""
    table = case.regime.PARAMETERS
    return any(rule in table.rules and rule in table.on(day) for rule in HELPER_REPORTS)


def written(proposal: HelperProposal, frame: Frame) -> Paper:
    case = proposal.case
    chain = approval.chain(proposal.chain_row, frame.day)
    helper = official(proposal.helper)
    report = "; hằng quý báo cáo kết quả với Công an xã" if _reports(case, frame.day) else ""
    return frame.decision(
        f"Về việc phân công người giúp đỡ {SERVING[case.type]}",
        grounds.grounds(
            grounds.act(case, frame.day), grounds.of_source(chain.source, confirmed=chain.confirmed),
            grounds.judgment(case), grounds.proposed_by(frame.chief),
        ),
        (
            f"Phân công {helper}, giúp đỡ {introduced(case, frame.commune)}.",
            (f"Người được phân công gặp gỡ, động viên, nhắc nhở {named(case)} thực hiện nghĩa vụ và hòa nhập cộng "
            f"đồng; kịp thời thông báo với Công an xã khi có dấu hiệu vi phạm hoặc khó khăn cần giúp đỡ{report}."),
            ("Quyết định này có hiệu lực kể từ ngày ký cho đến khi chấm dứt việc giám sát, giúp đỡ hoặc có quyết định "
            "thay thế."),
            f"{frame.chief}, {helper} và {named(case)} chịu trách nhiệm thi hành Quyết định này.",
        ),
        ("Như Điều 4",),
    )  # fmt: skip
