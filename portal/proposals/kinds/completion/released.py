"""The end of a reintegration: a decision of the chair on the proposal of the commune police (REI-END)."""

from portal.cases.models import ClosingReason
from portal.documents.paper import Paper
from portal.documents.wording import short_day
from portal.law import approval
from portal.proposals.kinds.completion.model import CompletionProposal
from portal.proposals.papers import grounds
from portal.proposals.papers.frame import Frame
from portal.proposals.papers.people import SERVING, introduced, named

WHY = {
    ClosingReason.COMPLETED: "đã hết thời gian theo dõi, giúp đỡ tái hòa nhập cộng đồng",
    ClosingReason.RECORD_CLEARED: "được xóa án tích theo quy định của pháp luật",
    ClosingReason.REVOKED: "đi chấp hành án phạt tù",
}  # any other ground is what was written down


def end_of_reintegration(proposal: CompletionProposal, frame: Frame) -> Paper:
    case, person = proposal.case, named(proposal.case)
    chain, on = approval.chain(proposal.chain_row, frame.day), short_day(proposal.completed_on)
    why = WHY.get(proposal.closing_reason) or proposal.reason.rstrip(" .")
    return frame.decision(
        f"Về việc kết thúc tái hòa nhập cộng đồng đối với {SERVING[case.type]}",
        grounds.grounds(
            grounds.of_source(chain.source, confirmed=chain.confirmed),
            grounds.of_rule(case, frame.day, ("REI-END",)), grounds.judgment(case), grounds.proposed_by(frame.chief),
        ),
        (
            (f"Kết thúc việc theo dõi, giúp đỡ tái hòa nhập cộng đồng đối với {introduced(case, frame.commune)}, kể từ "
            f"ngày {on}. Lý do: {why}."),
            (f"{frame.chief} đưa {person} ra khỏi danh sách theo dõi và lưu hồ sơ theo quy định. Việc phân công người "
            f"giúp đỡ (nếu có) hết hiệu lực kể từ ngày {on}."),
            (f"Quyết định này có hiệu lực kể từ ngày ký. {frame.chief}, người được phân công giúp đỡ (nếu có) và "
            f"{person} chịu trách nhiệm thi hành Quyết định này."),
        ),
        ("Như Điều 3",),
    )  # fmt: skip
