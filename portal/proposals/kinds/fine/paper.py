"""The decision on a fine: of the chief of commune police or, above that ceiling, of the chair."""

from portal.documents.number_words import in_words
from portal.documents.paper import Basis, Paper
from portal.documents.wording import short_day
from portal.law.fines import DECREE_OF_2021, DECREE_OF_2025, Offence
from portal.proposals.kinds.fine.model import FineProposal
from portal.proposals.papers import grounds
from portal.proposals.papers.frame import COMMITTEE, Frame
from portal.proposals.papers.people import capital, introduced, named

ACT = "Luật Xử lý vi phạm hành chính"
BLANK = "……"
DEEDS = {
    Offence.DRUG_USE: "sử dụng trái phép chất ma túy",
    Offence.DRUG_POSSESSION: "tàng trữ trái phép chất ma túy hoặc dụng cụ sử dụng trái phép chất ma túy mà không phải "
    "truy cứu trách nhiệm hình sự",
    Offence.DRUG_OBSTRUCTION: "cản trở việc xét nghiệm, quản lý hoặc giúp người khác sử dụng trái phép chất ma túy",
    Offence.DRUG_VENUE: "để người khác sử dụng trái phép chất ma túy tại nơi mình quản lý",
    Offence.DRUG_PLACE: "cung cấp địa điểm để tàng trữ trái phép chất ma túy",
    Offence.REPORT: "không có mặt theo giấy triệu tập, không cam kết, không dự kiểm điểm hoặc không báo cáo theo quy "
    "định của pháp luật về thi hành án hình sự",
    Offence.LEAVE: "vắng mặt, quá thời hạn vắng mặt hoặc thay đổi nơi cư trú khi chưa được phép",
    Offence.RELEASED: "không thực hiện nghĩa vụ của người chấp hành xong án phạt tù, người được đặc xá",
}


def written(proposal: FineProposal, frame: Frame) -> Paper:
    case, band = proposal.case, proposal.deed.band
    person = named(case)
    fined = capital(person)
    return frame.decision(
        "Về việc xử phạt vi phạm hành chính",
        grounds.grounds(
            Basis(f"Căn cứ {ACT}"), *_decrees(proposal, frame), *_established(proposal),
            grounds.proposed_by(frame.chief) if frame.role == COMMITTEE else None,
        ),
        (
            (f"Xử phạt vi phạm hành chính đối với {introduced(case, frame.commune)}, về hành vi "
            f"{DEEDS[proposal.offence]}, ngày {short_day(proposal.committed_on)}"
            f"{f', quy định tại {_clause(proposal)}' if band else ''}."),
            _sanction(proposal),
            (f"Quyết định này có hiệu lực kể từ ngày ký. {fined} chấp hành Quyết định theo thời hạn của {ACT}; "
            f"quá thời hạn mà không chấp hành thì bị cưỡng chế. {fined} có quyền khiếu nại, khởi kiện theo quy "
            f"định của pháp luật."),
            f"Giao cho {person} để chấp hành; {frame.chief} tổ chức thực hiện Quyết định này.",
        ),
        ("Như Điều 4",), body=BODY,
    )  # fmt: skip


BODY = "XPHC"


def _decrees(proposal: FineProposal, frame: Frame) -> list[Basis]:
    """The decree with the clause of the deed, and that by which whoever signs may fine that much."""
    band, limit = proposal.deed.band, proposal.deed.limit(frame.day)
    return grounds.of_acts([*([band.least] if band else []), *([limit] if limit else [])], frame.day)


def _clause(proposal: FineProposal) -> str:
    """The decree with its clause, as far as it is written down."""
    band = proposal.deed.band
    source = band.least.source if band else ""
    found = grounds.of_source(source)
    told = found.text.removeprefix("Căn cứ ") if found else ""
    return told or (DECREE_OF_2025 if DECREE_OF_2025 in source else DECREE_OF_2021)


def _established(proposal: FineProposal) -> list[Basis]:
    """The minutes that establish the deed; nothing of a test's result stands on it but its day.

    Of what was proposed before their number was asked for, the place for it stays free; a warning may have none.
    """
    found, on = [], short_day(proposal.minutes_on) if proposal.minutes_on else BLANK
    if proposal.minutes_number or proposal.amount_vnd:
        number = proposal.minutes_number or BLANK
        found.append(Basis(f"Căn cứ Biên bản vi phạm hành chính số {number} lập ngày {on}"))
    if proposal.test is not None:
        found.append(Basis(f"Căn cứ biên bản xét nghiệm ngày {short_day(proposal.test.taken_on)}"))
    return found


def _sanction(proposal: FineProposal) -> str:
    if not proposal.amount_vnd:
        return "Hình thức xử phạt: Cảnh cáo."
    figures = f"{proposal.amount_vnd:,}".replace(",", ".")
    words = in_words(proposal.amount_vnd)
    return f"Hình thức xử phạt: Phạt tiền. Mức phạt: {figures} đồng (bằng chữ: {words} đồng)."
