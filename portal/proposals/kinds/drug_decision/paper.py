"""The decision on a management: of the chair until 30/06/2026, of the chief of commune police since."""

from dataclasses import replace

from portal.cases.models import Case
from portal.documents import issuers
from portal.documents.paper import Basis, Paper
from portal.documents.wording import short_day
from portal.law.rule import ACT_2025
from portal.proposals.kinds.drug_decision.model import DrugDecisionProposal
from portal.proposals.kinds.drug_decision.texts import TEXTS
from portal.proposals.papers import grounds
from portal.proposals.papers.frame import COMMITTEE, Frame
from portal.proposals.papers.people import introduced, named

DECREE_OF_2021 = "Nghị định 105/2021/NĐ-CP"
DECREE_OF_2026 = "Nghị định 163/2026/NĐ-CP"  # nobody has read it: flagged on the page


def written(proposal: DrugDecisionProposal, frame: Frame) -> Paper:
    case, test = proposal.case, proposal.test
    person, say = named(case), frame.said(TEXTS)
    ends_on = case.regime.last_day(replace(case.term, starts_on=frame.day)).due_on
    return frame.decision(
        "Về việc quản lý người sử dụng trái phép chất ma túy",
        grounds.grounds(
            *of_law(case, frame, "DRU-DECIDE"),
            Basis(f"Căn cứ kết quả xét nghiệm chất ma túy trong cơ thể ngày {short_day(test.taken_on)}"),
            grounds.proposed_by(frame.chief) if frame.role == COMMITTEE else None,
        ),
        (
            say("managed", person=introduced(case, frame.commune), ends_on=short_day(ends_on)),
            say("duties", name=person, duties=duties(case, frame)),
            _managed_by(frame),
            say("carried_out", chief=frame.chief, name=person),
        ),
        recipients(frame, "Như Điều 4"),
    )  # fmt: skip


def of_law(case: Case, frame: Frame, *rules: str) -> tuple[Basis | None, ...]:
    """The act of the day with its clause, and its decree."""
    since_2026 = frame.day >= ACT_2025
    decree = grounds.of_source(DECREE_OF_2026 if since_2026 else DECREE_OF_2021, confirmed=not since_2026)
    return grounds.of_rule(case, frame.day, rules), decree


def duties(case: Case, frame: Frame) -> str:
    """What the person has to do, by the act of the day."""
    if frame.day < ACT_2025:
        return (
            "chấp hành việc quản lý; có mặt để xét nghiệm chất ma túy trong cơ thể khi được yêu cầu; thông báo khi "
            "thay đổi nơi cư trú"
        )
    hours = case.regime.PARAMETERS.on(frame.day)["DRU-MOVE.present"].count
    return (
        "khai báo trung thực về chất ma túy và việc sử dụng; có mặt khi được triệu tập, khi được yêu cầu xét nghiệm; "
        "thực hiện cam kết; khai báo khi vắng mặt tại nơi cư trú; thông báo trước khi thay đổi nơi cư trú và trình "
        f"diện Công an cấp xã nơi cư trú mới trong thời hạn {hours} giờ kể từ khi đến"
    )


def _managed_by(frame: Frame) -> str:
    if frame.day < ACT_2025:
        return (
            f"Giao Tổ quản lý do cán bộ Công an {frame.commune.name} làm tổ trưởng phối hợp với gia đình và các tổ "
            "chức ở cơ sở quản lý, mỗi tháng kiểm tra việc cư trú ít nhất một lần."
        )
    return (
        f"UBND {frame.commune.name} tổ chức quản lý; Công an {frame.commune.name} trực tiếp giúp thực hiện việc triệu "
        "tập, xét nghiệm, kiểm soát việc cư trú và báo cáo UBND theo định kỳ."
    )


def recipients(frame: Frame, first: str) -> tuple[str, ...]:
    """Who gets it, by the day: the police above, and the committee where the police decide."""
    above = f"{issuers.police_above(frame.commune, frame.day)} (để báo cáo)"
    return (first, above) if frame.role == COMMITTEE else (first, f"UBND {frame.commune.name} (để phối hợp)", above)
