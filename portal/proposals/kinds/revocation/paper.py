"""The submission by which the file goes to the competent agency of the day."""

from collections.abc import Iterator

from portal.cases import conduct
from portal.cases.models import Summons
from portal.documents import issuers
from portal.documents.paper import Paper
from portal.documents.wording import short_day
from portal.proposals.kinds.revocation.model import RevocationProposal
from portal.proposals.papers import grounds
from portal.proposals.papers.frame import COMMITTEE, Frame
from portal.proposals.papers.people import introduced, named

RULES = ("SS-REVOKE-PROPOSE",)
NO_SHOW = ("SS-NOSHOW-7D.propose",)


def written(proposal: RevocationProposal, frame: Frame) -> Paper:
    case = proposal.case
    agency = issuers.competent_agency(frame.commune, frame.day)
    issuer = f"UBND {frame.commune.name}" if frame.role == COMMITTEE else f"Công an {frame.commune.name}"
    wanted = f"buộc {named(case)} chấp hành hình phạt tù của bản án đã cho hưởng án treo"
    known = conduct.events(case, frame.day)
    listed = "; ".join(
        f"{'quyết định xử phạt' if one.is_fine else 'biên bản vi phạm'} ngày {short_day(one.on)}" for one in known
    )
    missed = conduct.no_show(case, frame.day)
    return frame.submission(
        agency,
        "Về việc đề nghị buộc người được hưởng án treo chấp hành hình phạt tù của bản án đã cho hưởng án treo",
        grounds.grounds(
            grounds.act(case, frame.day), grounds.of_rule(case, frame.day, NO_SHOW if missed else RULES),
            grounds.judgment(case),
            grounds.proposed_by(frame.chief) if frame.role == COMMITTEE else None,
        ),
        (
            f"{issuer} báo cáo: {introduced(case, frame.commune)}, chấp hành từ ngày {short_day(case.starts_on)}.",
            f"Quá trình vi phạm: {listed or 'theo hồ sơ gửi kèm'}.",
            *_absent_twice(missed),
            f"Nhận xét: {proposal.reason.rstrip(' .')}.",
            f"Hồ sơ gửi kèm: {'; '.join(one.strip(' .-;') for one in proposal.evidence.splitlines() if one.strip())}.",
            f"{issuer} đề nghị {agency} xem xét, lập hồ sơ đề nghị Tòa án có thẩm quyền {wanted}.",
        ),
        ("Như trên",),
    )  # fmt: skip


def _absent_twice(missed: Summons | None) -> Iterator[str]:
    """Which summons was not obeyed, and the two minutes of it."""
    if missed is not None and missed.missed_on and missed.missed_again_on:
        yield (
            f"Được triệu tập có mặt ngày {short_day(missed.appear_on)} để tiếp nhận, cam kết nhưng không đến, không có"
            f" lý do chính đáng (biên bản ngày {short_day(missed.missed_on)}); hết thời hạn phải có mặt vẫn không đến"
            f" (biên bản lần thứ hai ngày {short_day(missed.missed_again_on)})."
        )
