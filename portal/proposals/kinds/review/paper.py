"""The invitation to a review."""

from portal.documents.paper import Paper
from portal.documents.wording import written_day
from portal.proposals.kinds.review.model import ReviewProposal
from portal.proposals.papers.frame import COMMITTEE, Frame
from portal.proposals.papers.people import SERVING, capital, introduced, named

DOTS = "……"


def written(proposal: ReviewProposal, frame: Frame) -> Paper:
    case = proposal.case
    at = proposal.planned_at
    hour = f"{at:%H} giờ {at:%M} phút" if at else f"{DOTS} giờ {DOTS} phút"
    host = f"UBND {frame.commune.name}" if frame.role == COMMITTEE else f"Công an {frame.commune.name}"
    guests = tuple(capital(one.strip(" .-;")) for one in proposal.invited.splitlines() if one.strip())
    return frame.invitation(
        (*guests, capital(named(case))),
        f"Dự buổi kiểm điểm {SERVING[case.type]}",
        (
            f"Kiểm điểm {introduced(case, frame.commune)}, về việc vi phạm nghĩa vụ.",
            f"Thời gian: {hour}, {written_day(proposal.planned_on)}.",
            f"Địa điểm: {proposal.location.rstrip(' .')}.",
            (f"{host} đề nghị các đồng chí, ông (bà) có tên trên có mặt đúng thời gian, địa điểm. Trường hợp "
            f"vắng mặt có lý do chính đáng, {named(case)} báo trước bằng văn bản, kèm theo giấy tờ chứng minh."),
        ),
        ("Như trên",),
    )  # fmt: skip
