"""The permit of an absence: a decision of the People's Committee; or the file that goes to the agency above."""

from portal.documents import issuers
from portal.documents.paper import Basis, Paper
from portal.documents.wording import short_day, written_day
from portal.law.residence_supervision import Reach
from portal.proposals.kinds.absence.model import AbsenceProposal
from portal.proposals.kinds.absence.texts import TEXTS
from portal.proposals.papers import grounds
from portal.proposals.papers.frame import COMMITTEE, Frame
from portal.proposals.papers.people import SERVING, introduced, named

BEYOND = {
    Reach.PROVINCE: "trong phạm vi tỉnh, ngoài địa bàn cấp huyện trước đây",
    Reach.BEYOND: "ngoài phạm vi tỉnh",
}


def written(proposal: AbsenceProposal, frame: Frame) -> Paper:
    if proposal.case.bounds_visits:
        return _visit(proposal, frame)
    return _sent_up(proposal, frame) if proposal.goes_up else _permit(proposal, frame)


def _permit(proposal: AbsenceProposal, frame: Frame) -> Paper:
    case, say = proposal.case, frame.said(TEXTS)
    person, days = named(case), f"{proposal.days:02d}"
    span = _span(proposal)
    return frame.decision(
        f"Về việc cho phép {SERVING[case.type]} vắng mặt tại nơi cư trú",
        grounds.grounds(
            grounds.act(case, frame.day),
            _limit(proposal, frame),
            grounds.judgment(case),
            grounds.proposed_by(frame.chief),
        ),
        (
            say(
                "permit",
                person=introduced(case, frame.commune),
                days=days,
                span=span,
                destination=proposal.destination,
                reason=_reason(proposal),
            ),
            say("duties", name=person),
            say("carried_out", chief=frame.chief, name=person),
        ),
        ("Như Điều 3", f"Công an cấp xã nơi đến ({proposal.destination})"),
    )


def _visit(proposal: AbsenceProposal, frame: Frame) -> Paper:
    """To a place where the person may not live, with the consent of the committee there."""
    case, person = proposal.case, named(proposal.case)
    there, agreed = proposal.destination.rstrip(" ."), ""
    if proposal.consent_on:
        agreed = (
            f" theo Văn bản đồng ý số {proposal.consent_number} {written_day(proposal.consent_on)} của UBND nơi đến"
        )
    return frame.decision(
        f"Về việc cho phép {SERVING[case.type]} đến nơi bị cấm cư trú",
        grounds.grounds(
            grounds.act(case, frame.day), _limit(proposal, frame), grounds.judgment(case),
            grounds.proposed_by(frame.chief),
        ),
        (
            (f"Cho phép {introduced(case, frame.commune)}, được đến {there} là nơi bị cấm cư trú, {proposal.days:02d} "
            f"ngày, {_span(proposal)}{agreed}. Lý do: {_reason(proposal)}."),
            (f"{person} thông báo lưu trú với Công an cấp xã nơi đến và rời nơi đó khi hết thời hạn nêu tại Điều 1."),
            f"{frame.chief}, các cơ quan có liên quan và {person} chịu trách nhiệm thi hành Quyết định này.",
        ),
        ("Như Điều 3", f"UBND, Công an cấp xã nơi đến ({there})"),
    )  # fmt: skip


def _span(proposal: AbsenceProposal) -> str:
    return f"từ ngày {short_day(proposal.leaves_on)} đến hết ngày {short_day(proposal.returns_on)}"


def _reason(proposal: AbsenceProposal) -> str:
    """Why they leave; of a treatment also the paper by which it is one, or by when that is to come."""
    told = proposal.reason.rstrip(" .")
    if not proposal.medical:
        return told
    leave = proposal.leave
    if leave.proved and leave.proof_on is not None:
        return f"{told} (điều trị bệnh tại cơ sở y tế theo giấy số {leave.proof} {written_day(leave.proof_on)})"
    paper = "chỉ định của bác sĩ hoặc xác nhận của cơ sở y tế"
    return f"{told} (điều trị bệnh tại cơ sở y tế; nộp {paper} chậm nhất {written_day(leave.proof_by)})"


def _sent_up(proposal: AbsenceProposal, frame: Frame) -> Paper:
    """The chair may not permit it: the agency is asked, and decides."""
    case, agency = proposal.case, issuers.competent_agency(frame.commune, frame.day)
    issuer = f"UBND {frame.commune.name}" if frame.role == COMMITTEE else f"Công an {frame.commune.name}"
    abroad = ", ra nước ngoài" if proposal.abroad else ""
    return frame.submission(
        agency,
        f"Về việc cho phép {SERVING[case.type]} vắng mặt tại nơi cư trú",
        grounds.grounds(grounds.act(case, frame.day), _limit(proposal, frame), grounds.judgment(case)),
        (
            (f"{issuer} báo cáo: {introduced(case, frame.commune)}, xin vắng mặt tại nơi cư trú {proposal.days:02d} "
            f"ngày, {_span(proposal)}. Nơi đến: {proposal.destination.rstrip(' .')} ({_how_far(proposal)}{abroad})."),
            f"Lý do: {_reason(proposal)}.",
            (f"Việc cho phép không thuộc thẩm quyền của Chủ tịch UBND {frame.commune.name}. {issuer} đề nghị "
            f"{agency} xem xét, giải quyết theo thẩm quyền và thông báo kết quả để thông báo cho {named(case)} biết, "
            f"thực hiện."),
        ),
        ("Như trên",),
    )  # fmt: skip


def _how_far(proposal: AbsenceProposal) -> str:
    return BEYOND[proposal.reach] if proposal.reach else ""


def _limit(proposal: AbsenceProposal, frame: Frame) -> Basis | None:
    """The clause that lets somebody leave, by the law of the day of departure."""
    case = proposal.case
    limits = case.regime.absence_limits(proposal.leaves_on, case.regime.term_days(case.term))
    return grounds.of_number(limits.each_rule, frame.day) if limits else None
