"""A shortening: the submission by which the file goes to the agency that lays it before the court."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.cases.duties.rules import RIGHTS
from portal.cases.models import CaseType
from portal.documents import issuers
from portal.documents.paper import Paper
from portal.documents.wording import short_day
from portal.law.terms import PAPER_DIFFERS
from portal.proposals.kinds.shortening import asking
from portal.proposals.kinds.shortening.grounds import FULL_RULES, Ground
from portal.proposals.kinds.shortening.model import ShorteningProposal
from portal.proposals.papers import grounds
from portal.proposals.papers.frame import COMMITTEE, Frame
from portal.proposals.papers.people import introduced, named


@dataclass(frozen=True)
class Words:
    """What is asked for, by type of case: the verb for months, what it is of, and the waiver of the rest."""

    verb: str
    of: str
    waiver: str


WORDS = {
    CaseType.SUSPENDED_SENTENCE: Words(
        "rút ngắn", "thời gian thử thách của án treo", "rút ngắn hết thời gian thử thách còn lại của án treo"
    ),
    CaseType.CONDITIONAL_RELEASE: Words(
        "rút ngắn", "thời gian thử thách của người được tha tù trước thời hạn có điều kiện",
        "rút ngắn hết thời gian thử thách còn lại của người được tha tù trước thời hạn có điều kiện",
    ),
    CaseType.NON_CUSTODIAL_REFORM: Words(
        "giảm", "thời hạn chấp hành án phạt cải tạo không giam giữ",
        "miễn chấp hành thời hạn còn lại của án phạt cải tạo không giam giữ",
    ),
    CaseType.RESIDENCE_SUPERVISION: Words("", "", "miễn chấp hành thời hạn quản chế còn lại"),
    CaseType.RESIDENCE_BAN: Words("", "", "miễn chấp hành thời hạn cấm cư trú còn lại"),
}  # fmt: skip
ELIGIBLE = {
    CaseType.SUSPENDED_SENTENCE: ("SS-SHORTEN-ELIG",),
    CaseType.CONDITIONAL_RELEASE: ("PAR-SHORTEN",),
    CaseType.NON_CUSTODIAL_REFORM: ("NCR-REDUCE",),
}
GROUNDS = {
    Ground.CONDUCT: "có nhiều tiến bộ, chấp hành nghiêm chỉnh pháp luật và nghĩa vụ theo bản án, quyết định",
    Ground.COMMENDED: "có thành tích được khen thưởng",
    Ground.MERIT: "lập công",
    Ground.ILLNESS: "mắc bệnh hiểm nghèo",
    Ground.AGE: "già yếu",
}
SERVED = {
    CaseType.SUSPENDED_SENTENCE: "thời gian thử thách",
    CaseType.CONDITIONAL_RELEASE: "thời gian thử thách",
    CaseType.NON_CUSTODIAL_REFORM: "thời hạn cải tạo không giam giữ",
    CaseType.RESIDENCE_SUPERVISION: "thời hạn quản chế",
    CaseType.RESIDENCE_BAN: "thời hạn cấm cư trú",
}


def written(proposal: ShorteningProposal, frame: Frame) -> Paper:
    case, words = proposal.case, WORDS[proposal.case.type]
    agency, person = issuers.competent_agency(frame.commune, frame.day), named(case)
    issuer = f"UBND {frame.commune.name}" if frame.role == COMMITTEE else f"Công an {frame.commune.name}"
    wanted = words.waiver if proposal.whole_rest else f"{words.verb} {proposal.months:02d} tháng {words.of}"
    evidence = f" ({proposal.evidence.rstrip(' .')})" if proposal.evidence else ""
    rules = FULL_RULES[case.type] if proposal.whole_rest or case.type not in ELIGIBLE else ELIGIBLE[case.type]
    return frame.submission(
        agency,
        f"Về việc đề nghị {words.waiver if proposal.whole_rest else f'{words.verb} {words.of}'}",
        grounds.grounds(
            grounds.act(case, frame.day), grounds.of_rule(case, frame.day, rules), grounds.judgment(case),
        ),
        (
            (f"{issuer} báo cáo: {introduced(case, frame.commune)}; {SERVED[case.type]} {case.term_months:02d} tháng, "
            f"kể từ ngày {short_day(case.starts_on)}."),
            *_so_far(proposal),
            f"Lý do đề nghị: {GROUNDS[Ground(proposal.ground)]}{evidence}.",
            f"Nhận xét về quá trình chấp hành: {proposal.reason.rstrip(' .')}.",
            *_weighed(proposal),
            (f"{issuer} đề nghị {agency} xem xét, lập hồ sơ đề nghị Tòa án có thẩm quyền {wanted} đối với {person} "
            f"theo quy định của pháp luật{_then(proposal)}."),
        ),
        ("Như trên",),
    )  # fmt: skip


def _so_far(proposal: ShorteningProposal) -> Iterator[str]:
    """The last day as it stands, what the court cut before, and whether the paper and the law differ."""
    case, last = proposal.case, proposal.case.law.last_day
    cuts = [one for one in case.term_changes if one.counts and one is not proposal.term_change]
    told = "; ".join(
        f"{one.months:02d} tháng theo Quyết định số {one.decision_number or '……'} ngày {short_day(one.decided_on)}"
        for one in cuts
    )
    before = f"Đã được rút ngắn, giảm {len(cuts):02d} lần: {told}" if cuts else "Chưa được rút ngắn, giảm lần nào"
    if last is None or proposal.term_change is not None:
        yield f"{before}."
        return
    served = min((due.due_on for due in case.law.calendar if due.rule in RIGHTS), default=None)
    if served is not None and served <= proposal.wish.on:
        yield f"Đã chấp hành đủ phần thời gian để được xét từ ngày {short_day(served)}."
    yield f"{before}. Ngày chấp hành xong hiện nay là ngày {short_day(last.due_on)}."
    if last.note == PAPER_DIFFERS:
        printed, computed = (last.note_values[name] for name in ("printed", "computed"))
        yield (
            f"Ngày in trên văn bản của cơ quan có thẩm quyền là {printed:%d/%m/%Y}, khác ngày tính theo quy định là "
            f"{computed:%d/%m/%Y}; ngày in trên văn bản được áp dụng."
        )


def _weighed(proposal: ShorteningProposal) -> Iterator[str]:
    if proposal.answer_to_doubts:
        yield f"Nội dung đã cân nhắc: {proposal.answer_to_doubts.rstrip(' .')}."


def _then(proposal: ShorteningProposal) -> str:
    """The last day that would follow; of a waiver it is the day of the decision."""
    if proposal.whole_rest or proposal.term_change is not None:
        return ""
    then = asking.last_day_then(proposal.case, proposal.wish)
    return f"; nếu được chấp nhận, ngày chấp hành xong là ngày {short_day(then.due_on)}" if then else ""
