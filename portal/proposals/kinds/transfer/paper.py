"""The paper by which a file goes: to the agency that enforces the sentence; of somebody who has served prison, to the
police of the new commune, which continue it (REI-TRANSFER)."""

from portal.cases.models import CaseType
from portal.documents import issuers
from portal.documents.paper import Paper
from portal.documents.wording import written_day
from portal.law.moving import MOVES
from portal.proposals.kinds.transfer.model import TransferProposal
from portal.proposals.papers import grounds
from portal.proposals.papers.frame import Frame
from portal.proposals.papers.people import SERVING, capital, introduced, named

RULES = (*(f"{key}.handover" for key in MOVES), "REI-TRANSFER")


def written(proposal: TransferProposal, frame: Frame) -> Paper:
    case, person, issuer = proposal.case, named(proposal.case), f"Công an {frame.commune.name}"
    where = proposal.moves_to.rstrip(" .")
    there, agency = f"Công an cấp xã nơi đến ({where})", issuers.competent_agency(frame.commune, frame.day)
    released = case.type == CaseType.REINTEGRATION
    draw, addressee = (frame.notice, there) if released else (frame.submission, agency)
    asked = (
        f"{issuer} chuyển hồ sơ của {person} và đề nghị {there} tiếp nhận, tiếp tục theo dõi, giúp đỡ theo quy định."
        if released else
        f"{issuer} đề nghị {agency} xem xét việc chuyển hồ sơ của {person} đến {there} để tiếp tục quản lý, giám sát, "
        "giáo dục theo quy định; hồ sơ được bàn giao có biên bản."
    )  # fmt: skip
    return draw(
        addressee,
        f"Về việc chuyển hồ sơ {SERVING[case.type]}",
        grounds.grounds(
            grounds.act(case, frame.day), grounds.of_rule(case, frame.day, RULES), grounds.judgment(case)
        ),
        (
            f"{issuer} báo cáo: {introduced(case, frame.commune)}, chuyển đến cư trú tại {where}."
            if not released else f"{capital(introduced(case, frame.commune))}, chuyển đến cư trú tại {where}.",
            f"Lý do: {proposal.reason.rstrip(' .')}.",
            *_decided(proposal, agency),
            asked,
        ),
        ("Như trên", *(() if released else (there,))),
    )  # fmt: skip


def _decided(proposal: TransferProposal, agency: str) -> tuple[str, ...]:
    """The decision on the move, where the agency made one."""
    move = proposal.move
    if move is None or move.decided_on is None:
        return ()
    number = f" số {move.decision}" if move.decision else ""
    return (f"Việc thay đổi nơi cư trú theo Quyết định{number} {written_day(move.decided_on)} của {agency}.",)
