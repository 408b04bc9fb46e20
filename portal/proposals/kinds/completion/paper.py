"""The end of a sentence: the submission by which the file goes to the agency that gives the certificate.

The certificate itself is that agency's paper. Other endings (a death, a transfer) have papers of their own bodies; that
of a reintegration the chair decides.
"""

from collections.abc import Iterator

from portal.cases.models import Case, CaseType, ClosingReason, HoldGround
from portal.documents import issuers
from portal.documents.paper import Paper
from portal.documents.wording import short_day, written_day
from portal.proposals.kinds.completion.model import CompletionProposal
from portal.proposals.kinds.completion.released import end_of_reintegration
from portal.proposals.kinds.completion.texts import TEXTS
from portal.proposals.papers import grounds
from portal.proposals.papers.frame import COMMITTEE, Frame
from portal.proposals.papers.people import introduced, named

RULES = ("SS-CERT", "PAR-CERT", "NCR-CERT", "RS-HANDOVER.certificate", "RB-HANDOVER.certificate")
HELD = {
    HoldGround.PROSECUTED: "đang bị khởi tố, điều tra về một vụ án khác",
    HoldGround.REVOCATION: "đang xem xét việc buộc chấp hành hình phạt tù, hủy quyết định tha tù trước thời hạn",
    HoldGround.ABSENT: "vắng mặt tại nơi cư trú không được phép vào ngày cuối cùng",
}
COMPLETED = {
    CaseType.SUSPENDED_SENTENCE: "thời gian thử thách của án treo",
    CaseType.CONDITIONAL_RELEASE: "thời gian thử thách của người được tha tù trước thời hạn có điều kiện",
    CaseType.NON_CUSTODIAL_REFORM: "án phạt cải tạo không giam giữ",
    CaseType.RESIDENCE_SUPERVISION: "án phạt quản chế",
    CaseType.RESIDENCE_BAN: "án phạt cấm cư trú",
}


def written(proposal: CompletionProposal, frame: Frame) -> Paper | None:
    case = proposal.case
    if case.type == CaseType.REINTEGRATION:
        return end_of_reintegration(proposal, frame)
    if case.type not in COMPLETED or proposal.closing_reason != ClosingReason.COMPLETED:
        return None
    say = frame.said(TEXTS)
    agency, what, person = issuers.competent_agency(frame.commune, frame.day), COMPLETED[case.type], named(case)
    issuer = f"UBND {frame.commune.name}" if frame.role == COMMITTEE else f"Công an {frame.commune.name}"
    return frame.submission(
        agency,
        f"Về việc cấp giấy chứng nhận chấp hành xong {what}",
        grounds.grounds(
            grounds.act(case, frame.day), grounds.of_rule(case, frame.day, RULES), grounds.judgment(case)
        ),
        (
            say(
                "served", issuer=issuer, person=introduced(case, frame.commune), starts_on=short_day(case.starts_on),
                completed_on=short_day(proposal.completed_on),
            ),
            *_of_the_day(proposal),
            say("conduct", conduct=proposal.reason.rstrip(" .")),
            _of_the_file(case, agency),
            say("asked", issuer=issuer, agency=agency, what=what, name=person),
        ),
        ("Như trên",),
    )  # fmt: skip


def _of_the_file(case: Case, agency: str) -> str:
    """The hand-over that was made, by its minutes; without one the file goes with this paper."""
    if case.handed_over_on is None:
        return "Hồ sơ giám sát, giáo dục được gửi kèm theo."
    return (
        f"Hồ sơ giám sát, giáo dục đã được bàn giao cho {agency} theo Biên bản bàn giao ngày "
        f"{short_day(case.handed_over_on)}."
    )


def _of_the_day(proposal: CompletionProposal) -> Iterator[str]:
    """Where the paper of a court gives another day than the law, and where the certificate comes after the day."""
    case, last_on = proposal.case, short_day(proposal.completed_on)
    checks = (one for one in reversed(case.end_checks) if one.counts and one.last_on == proposal.completed_on)
    check = next(checks, None)
    if check and check.ground and check.computed_on and check.computed_on != check.last_on:
        paper_on = f" {written_day(check.paper_on)}" if check.paper_on else ""
        yield (
            f"Ngày chấp hành xong theo {check.paper}{paper_on} là ngày {last_on}; tính theo quy định của pháp luật là "
            f"ngày {short_day(check.computed_on)}. Đề nghị xác định theo văn bản nêu trên."
        )
    held = [one for one in case.holds if one.counts and one.ended_on and one.ended_on > proposal.completed_on]
    if held:
        why = "; ".join(dict.fromkeys(HELD[one.ground] for one in held))
        yield (
            f"Việc cấp giấy chứng nhận chưa thực hiện vào ngày {last_on} do {why}; nay lý do đó không còn. Giấy chứng "
            f"nhận ghi đúng ngày chấp hành xong là ngày {last_on}."
        )
