"""The submission by which the file of a revocation goes to the competent agency of the day."""

from collections.abc import Iterable, Iterator
from typing import Any

from portal.cases import conduct
from portal.cases.models import Case
from portal.documents import issuers
from portal.documents.paper import Paper
from portal.documents.wording import short_day
from portal.proposals.papers import grounds
from portal.proposals.papers.frame import COMMITTEE, Frame
from portal.proposals.papers.people import introduced


def submission(
    proposal: Any, frame: Frame, *, about: str, wanted: str, rules: tuple[str, ...], more: Iterable[str] = ()
) -> Paper:
    """*about* what it is, by which *rules*, what the court is *wanted* to do; *more* are sentences on the breaches."""
    case = proposal.case
    agency = issuers.competent_agency(frame.commune, frame.day)
    issuer = f"UBND {frame.commune.name}" if frame.role == COMMITTEE else f"Công an {frame.commune.name}"
    return frame.submission(
        agency, f"Về việc đề nghị {about}",
        grounds.grounds(
            grounds.act(case, frame.day), grounds.of_rule(case, frame.day, rules), grounds.judgment(case),
            grounds.proposed_by(frame.chief) if frame.role == COMMITTEE else None,
        ),
        (
            f"{issuer} báo cáo: {introduced(case, frame.commune)}, chấp hành từ ngày {short_day(case.starts_on)}.",
            f"Quá trình vi phạm: {_breaches(case, frame) or 'theo hồ sơ gửi kèm'}.",
            *_measures(case, frame),
            *more,
            f"Nhận xét: {proposal.reason.rstrip(' .')}.",
            f"Hồ sơ gửi kèm: {'; '.join(one.strip(' .-;') for one in proposal.evidence.splitlines() if one.strip())}.",
            f"{issuer} đề nghị {agency} xem xét, lập hồ sơ đề nghị Tòa án có thẩm quyền {wanted}.",
        ),
        ("Như trên",),
    )  # fmt: skip


def _measures(case: Case, frame: Frame) -> Iterator[str]:
    """What was done about them before prison is asked for: written warnings, reviews."""
    warned = [short_day(day) for day in conduct.warnings_given(case) if day <= frame.day]
    reviewed = [short_day(one.held_on) for one in conduct.held(case) if one.held_on and one.held_on <= frame.day]
    told = [f"nhắc nhở bằng văn bản ngày {', '.join(warned)}"] if warned else []
    told += [f"kiểm điểm ngày {', '.join(reviewed)}"] if reviewed else []
    if told:
        yield f"Biện pháp đã áp dụng: {'; '.join(told)}."


def _breaches(case: Case, frame: Frame) -> str:
    return "; ".join(
        f"{'quyết định xử phạt' if one.is_fine else 'biên bản vi phạm'} ngày {short_day(one.on)}"
        for one in conduct.events(case, frame.day)
    )
