"""The submission by which a wish to move goes to the agency. Within the commune no paper goes to anybody."""

from portal.documents import issuers
from portal.documents.paper import Paper
from portal.documents.wording import short_day
from portal.law.moving import MoveGround
from portal.law.rule import ACT_2025
from portal.proposals.kinds.residence_change.change import Reach
from portal.proposals.kinds.residence_change.model import ResidenceChangeProposal
from portal.proposals.papers import grounds
from portal.proposals.papers.frame import COMMITTEE, Frame
from portal.proposals.papers.people import SERVING, introduced, named

RULES = ("SS-MOVE", "PAR-MOVE")
WHY = {
    MoveGround.FAMILY: "về sinh sống cùng gia đình, kết hôn",
    MoveGround.WORK: "có việc làm tại nơi chuyển đến",
    MoveGround.STUDY: "học tập, học nghề tại nơi chuyển đến",
    MoveGround.TREATMENT: "chữa bệnh, cần người chăm sóc tại nơi chuyển đến",
    MoveGround.HOUSING: "thay đổi chỗ ở",
    MoveGround.OTHER: "lý do khác",
}


def written(proposal: ResidenceChangeProposal, frame: Frame) -> Paper | None:
    if not proposal.change.leaves:
        return None
    case, person = proposal.case, named(proposal.case)
    agency = issuers.competent_agency(frame.commune, frame.day)
    issuer = f"UBND {frame.commune.name}" if frame.role == COMMITTEE else f"Công an {frame.commune.name}"
    where = proposal.moves_to.rstrip(" .")
    there = f"{proposal.address.rstrip(' .')}, {where}" if proposal.address.strip() else where
    beyond = ", ngoài phạm vi tỉnh" if proposal.reach == Reach.OTHER_PROVINCE else ""
    clause = grounds.of_rule(case, frame.day, RULES) if frame.day < ACT_2025 else None  # of the new act it is unread
    return frame.submission(
        agency,
        f"Về việc thay đổi nơi cư trú của {SERVING[case.type]}",
        grounds.grounds(grounds.act(case, frame.day), clause, grounds.judgment(case)),
        (
            (f"{issuer} báo cáo: {introduced(case, frame.commune)}, ngày {short_day(proposal.asked_on)} có đơn xin "
            f"thay đổi nơi cư trú đến {there}{beyond}, từ ngày {short_day(proposal.holds_from)}."),
            f"Lý do: {WHY[proposal.ground]}. Tài liệu chứng minh: {proposal.evidence.rstrip(' .')}.",
            f"Nhận xét: {proposal.reason.rstrip(' .')}.",
            (f"{issuer} đề nghị {agency} xem xét, giải quyết việc thay đổi nơi cư trú của {person} theo thẩm quyền và "
            f"thông báo kết quả để tổ chức bàn giao hồ sơ."),
        ),
        ("Như trên",),
    )  # fmt: skip
