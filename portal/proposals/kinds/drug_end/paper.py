"""The decision that ends a management: the year passed, or the person moved."""

from portal.documents.paper import Basis, Paper
from portal.documents.wording import short_day
from portal.proposals.kinds.drug_decision.paper import of_law, recipients
from portal.proposals.kinds.drug_end.model import DrugEndProposal
from portal.proposals.kinds.drug_end.texts import TEXTS
from portal.proposals.papers import grounds
from portal.proposals.papers.frame import COMMITTEE, Frame
from portal.proposals.papers.people import introduced, named


def written(proposal: DrugEndProposal, frame: Frame) -> Paper:
    case, say = proposal.case, frame.said(TEXTS)
    person, ended_on = named(case), short_day(proposal.ended_on)
    since = short_day(case.decision_on or case.starts_on)
    why = (
        f"đã hết thời hạn quản lý 01 năm theo Quyết định ngày {since}" if not proposal.moved_away
        else f"đã chuyển đến cư trú tại {case.move.moves_to}" if case.move else "đã chuyển nơi cư trú"
    )  # fmt: skip
    there = (f"Công an cấp xã nơi cư trú mới ({case.move.moves_to})",) if proposal.moved_away and case.move else ()
    return frame.decision(
        "Về việc kết thúc quản lý người sử dụng trái phép chất ma túy",
        grounds.grounds(
            *of_law(case, frame, "DRU-END.list", "DRU-END"), Basis(f"Căn cứ kết quả quản lý từ ngày {since}"),
            grounds.proposed_by(frame.chief) if frame.role == COMMITTEE else None,
        ),
        (
            say("ended", person=introduced(case, frame.commune), ended_on=ended_on, why=why),
            say("off_the_list", chief=frame.chief, name=person),
            say("carried_out", chief=frame.chief, name=person),
        ),
        (*recipients(frame, "Như Điều 3"), *there),
    )  # fmt: skip
