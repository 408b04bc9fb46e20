"""The decision that stops a management: the ground in the words of the act of the day."""

from collections.abc import Mapping

from portal.documents.paper import Basis, Paper
from portal.documents.wording import short_day
from portal.law.drug_use import StopGround
from portal.law.rule import ACT_2025
from portal.proposals.kinds.drug_decision.paper import of_law, recipients
from portal.proposals.kinds.drug_stop.model import DrugStopProposal
from portal.proposals.kinds.drug_stop.texts import TEXTS
from portal.proposals.papers import grounds
from portal.proposals.papers.frame import COMMITTEE, Frame
from portal.proposals.papers.people import introduced, named

WHY: Mapping[StopGround, str] = {
    StopGround.ADDICTED: "được xác định tình trạng nghiện ma túy",
    StopGround.COMMUNE_EDUCATION: "bị áp dụng biện pháp giáo dục tại xã, phường, thị trấn",
    StopGround.COMPULSORY_EDUCATION: "bị đưa vào cơ sở giáo dục bắt buộc",
    StopGround.REFORM_SCHOOL: "bị đưa vào trường giáo dưỡng",
    StopGround.PRISON: "phải chấp hành án phạt tù",
    StopGround.DEAD: "chết",
    StopGround.DECLARED_DEAD: "bị Tòa án tuyên bố là đã chết",
    StopGround.MISSING: "bị Tòa án tuyên bố mất tích",
    StopGround.CUSTODY: "bị tạm giữ, tạm giam quá thời hạn quản lý còn lại",
    StopGround.CLOSED_SCHOOL: "bị đưa vào cơ sở giáo dục bắt buộc, trường giáo dưỡng",
    StopGround.DEAD_OR_MISSING: "chết hoặc bị Tòa án tuyên bố là đã chết, mất tích",
}
DIVERTED = "bị đưa vào cơ sở giáo dục bắt buộc, trường giáo dưỡng, kể cả theo biện pháp xử lý chuyển hướng"


def written(proposal: DrugStopProposal, frame: Frame) -> Paper:
    case, say = proposal.case, frame.said(TEXTS)
    person, stopped_on = named(case), short_day(proposal.stopped_on)
    return frame.decision(
        "Về việc dừng quản lý người sử dụng trái phép chất ma túy",
        grounds.grounds(
            *of_law(case, frame, "DRU-STOP.ground"), Basis(f"Căn cứ {proposal.evidence.rstrip(' .')}"),
            grounds.proposed_by(frame.chief) if frame.role == COMMITTEE else None,
        ),
        (
            say("stopped", person=introduced(case, frame.commune), stopped_on=stopped_on),
            say("why", why=_why(proposal)),
            say("off_the_list", chief=frame.chief, name=person),
            say("carried_out", chief=frame.chief),
        ),
        recipients(frame, "Như Điều 4"),
    )  # fmt: skip


def _why(proposal: DrugStopProposal) -> str:
    """The one ground; of what was decided before it was asked which, the words that were decided on."""
    if proposal.ground == StopGround.CLOSED_SCHOOL and proposal.stopped_on >= ACT_2025:
        return DIVERTED
    return WHY[proposal.ground]
