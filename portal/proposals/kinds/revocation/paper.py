"""The submission that asks for the prison term of a suspended sentence."""

from collections.abc import Iterator

from portal.cases import conduct
from portal.cases.models import Summons
from portal.documents.paper import Paper
from portal.documents.wording import short_day
from portal.proposals.kinds.revocation.model import RevocationProposal
from portal.proposals.kinds.revoking.paper import submission
from portal.proposals.papers.frame import Frame
from portal.proposals.papers.people import named

RULES = ("SS-REVOKE-PROPOSE",)
NO_SHOW = ("SS-NOSHOW-7D.propose",)


def written(proposal: RevocationProposal, frame: Frame) -> Paper:
    missed = conduct.no_show(proposal.case, frame.day)
    return submission(
        proposal, frame,
        about="buộc người được hưởng án treo chấp hành hình phạt tù của bản án đã cho hưởng án treo",
        wanted=f"buộc {named(proposal.case)} chấp hành hình phạt tù của bản án đã cho hưởng án treo",
        rules=NO_SHOW if missed else RULES, more=_absent_twice(missed),
    )  # fmt: skip


def _absent_twice(missed: Summons | None) -> Iterator[str]:
    """Which summons was not obeyed, and the two minutes of it."""
    if missed is not None and missed.missed_on and missed.missed_again_on:
        yield (
            f"Được triệu tập có mặt ngày {short_day(missed.appear_on)} để tiếp nhận, cam kết nhưng không đến, không có"
            f" lý do chính đáng (biên bản ngày {short_day(missed.missed_on)}); hết thời hạn phải có mặt vẫn không đến"
            f" (biên bản lần thứ hai ngày {short_day(missed.missed_again_on)})."
        )
