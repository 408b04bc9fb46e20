"""The end of somebody's help: a decision of the chair."""

from portal.documents.paper import Paper
from portal.documents.wording import short_day
from portal.law import approval
from portal.proposals.kinds.helper_end.grounds import ON_PAPER, EndOfHelp
from portal.proposals.kinds.helper_end.model import HelperEndProposal
from portal.proposals.papers import grounds
from portal.proposals.papers.frame import Frame
from portal.proposals.papers.people import SERVING, introduced, named, official


def written(proposal: HelperEndProposal, frame: Frame) -> Paper:
    case, chain = proposal.case, approval.chain(proposal.chain_row, frame.day)
    helper, person = official(proposal.assignment.assignee), named(case)
    successor = official(proposal.successor) if proposal.successor else ""
    since = proposal.assignment.since
    begun = f" (được phân công từ ngày {short_day(since)})" if since else ""
    ground = EndOfHelp(proposal.ground)
    bound = [frame.chief, *([] if ground == EndOfHelp.HELPER_DIED else [helper]), *([successor] if successor else [])]
    bound += [] if ground == EndOfHelp.PERSON_DIED else [person]
    taken_over = (
        f"Phân công {successor} tiếp tục giúp đỡ {person} thay cho người nêu tại Điều 1; người được phân công liên hệ "
        f"với {frame.chief} để nhận bàn giao công việc."
    )
    return frame.decision(
        f"Về việc {'thay thế' if successor else 'kết thúc phân công'} người giúp đỡ {SERVING[case.type]}",
        grounds.grounds(
            grounds.act(case, frame.day), grounds.of_source(chain.source, confirmed=chain.confirmed),
            grounds.judgment(case), grounds.proposed_by(frame.chief),
        ),
        (
            (f"Kết thúc việc phân công {helper}{begun}, giúp đỡ {introduced(case, frame.commune)}. Lý do: "
            f"{ON_PAPER[ground]}, kể từ ngày {short_day(proposal.ground_on)}."),
            taken_over if successor else
            f"{frame.chief} tiếp nhận kết quả giúp đỡ, lưu hồ sơ giám sát, giáo dục theo quy định.",
            "Quyết định này có hiệu lực kể từ ngày ký.",
            f"{', '.join(bound[:-1])} và {bound[-1]} chịu trách nhiệm thi hành Quyết định này.",
        ),
        ("Như Điều 4",),
    )  # fmt: skip
