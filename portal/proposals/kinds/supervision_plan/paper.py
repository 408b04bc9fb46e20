"""The plan as a paper (KH) of the commune police, in the parts that Nghị định 231/2026/NĐ-CP names."""

from portal.cases.duties.rules import PLAN
from portal.documents import issuers
from portal.documents.paper import Clause, Paper
from portal.documents.wording import short_day
from portal.proposals.kinds.supervision_plan.model import SupervisionPlanProposal
from portal.proposals.papers import grounds
from portal.proposals.papers.frame import Frame
from portal.proposals.papers.people import SERVING, capital, introduced, official


def written(proposal: SupervisionPlanProposal, frame: Frame) -> Paper:
    case = proposal.case
    span = f"Từ ngày {short_day(proposal.starts_on)} đến hết ngày {short_day(proposal.ends_on)}."
    text = [
        Clause(f"Công an {frame.commune.name} quản lý, giám sát, giáo dục {introduced(case, frame.commune)}, như sau:"),
        *_part("I. TÓM TẮT LÝ LỊCH", proposal.summary),
        *_part("II. THỜI GIAN QUẢN LÝ, GIÁM SÁT, GIÁO DỤC", span),
        *_part("III. CÁN BỘ ĐƯỢC PHÂN CÔNG", f"{capital(official(proposal.officer))}."),
        *_part("IV. LỰC LƯỢNG PHỐI HỢP", proposal.partners),
        *_part("V. NHIỆM VỤ, BIỆN PHÁP", proposal.tasks),
    ]
    if proposal.replaces is not None:
        text.append(Clause(_replaced(proposal)))
    return frame.plan(
        f"Quản lý, giám sát, giáo dục {SERVING[case.type]}",
        grounds.grounds(
            grounds.act(case, frame.day), grounds.of_rule(case, frame.day, (PLAN,)), grounds.judgment(case)
        ),
        text,
        (issuers.competent_agency(frame.commune, frame.day), f"UBND {frame.commune.name}", "Cán bộ được phân công"),
    )


def _part(heading: str, text: str) -> list[Clause]:
    """A heading with its paragraphs under it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [Clause("", heading), *(Clause(line) for line in lines)]


def _replaced(proposal: SupervisionPlanProposal) -> str:
    """Which plan holds no more, by its number in the register where it has one."""
    before = proposal.replaces
    number = before.document.number if before is not None and before.document else ""
    named = f" số {number}" if number else ""
    decided = f" ngày {short_day(before.decided_on)}" if before is not None and before.decided_on else ""
    return f"Kế hoạch này thay thế Kế hoạch{named}{decided}."
