"""The decision that ends a management: the year passed, or the person moved."""

from portal.documents.paper import Basis, Paper
from portal.documents.wording import short_day
from portal.proposals.kinds.drug_decision.paper import of_law, recipients
from portal.proposals.kinds.drug_end.model import DrugEndProposal
from portal.proposals.papers import grounds
from portal.proposals.papers.frame import COMMITTEE, Frame
from portal.proposals.papers.people import introduced, named


def written(proposal: DrugEndProposal, frame: Frame) -> Paper:
    case = proposal.case
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
            f"Kết thúc quản lý đối với {introduced(case, frame.commune)}, kể từ ngày {ended_on}. Lý do: {why}.",
            f"{frame.chief} đưa {person} ra khỏi danh sách quản lý và lưu hồ sơ theo quy định.",
            (f"Quyết định này có hiệu lực kể từ ngày ký. {frame.chief}, các cơ quan, tổ chức có liên quan và {person} "
            f"chịu trách nhiệm thi hành Quyết định này."),
        ),
        (*recipients(frame, "Như Điều 3"), *there),
    )  # fmt: skip
