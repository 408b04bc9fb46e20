"""The end of a sentence: the submission by which the file goes to the agency that gives the certificate.

The certificate itself is that agency's paper. Other endings (a death, a transfer) have papers of their own bodies.
"""

from portal.cases.models import CaseType, ClosingReason
from portal.documents import issuers
from portal.documents.paper import Paper
from portal.documents.wording import short_day
from portal.proposals.kinds.completion.model import CompletionProposal
from portal.proposals.kinds.completion.texts import TEXTS
from portal.proposals.papers import grounds
from portal.proposals.papers.frame import COMMITTEE, Frame
from portal.proposals.papers.people import introduced, named

RULES = ("SS-CERT", "PAR-CERT", "NCR-CERT", "RS-HANDOVER.certificate", "RB-HANDOVER.certificate")
COMPLETED = {
    CaseType.SUSPENDED_SENTENCE: "thời gian thử thách của án treo",
    CaseType.CONDITIONAL_RELEASE: "thời gian thử thách của người được tha tù trước thời hạn có điều kiện",
    CaseType.NON_CUSTODIAL_REFORM: "án phạt cải tạo không giam giữ",
    CaseType.RESIDENCE_SUPERVISION: "án phạt quản chế",
    CaseType.RESIDENCE_BAN: "án phạt cấm cư trú",
}


def written(proposal: CompletionProposal, frame: Frame) -> Paper | None:
    case = proposal.case
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
            say("conduct", conduct=proposal.reason.rstrip(" .")),
            say("asked", issuer=issuer, agency=agency, what=what, name=person),
        ),
        ("Như trên",),
    )  # fmt: skip
