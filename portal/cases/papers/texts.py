"""The sentences of the papers of a case that are no proposals, kind by kind: a commune may word each otherwise."""

from collections.abc import Mapping
from typing import Any

from portal.cases.models import (
    CASE_TYPE_NAMES,
    ROUND_KIND_NAMES,
    SUMMONS_PURPOSE_NAMES,
    Case,
    CaseType,
)
from portal.engine.text import _l
from portal.law.community import ReceptionItem
from portal.wordings.blocks import Block, Texts

IN_THE_COMMUNITY = (
    CaseType.SUSPENDED_SENTENCE, CaseType.CONDITIONAL_RELEASE, CaseType.NON_CUSTODIAL_REFORM,
    CaseType.RESIDENCE_SUPERVISION, CaseType.RESIDENCE_BAN, CaseType.PRISON_DEFERRAL,
)  # fmt: skip


def _named(types: tuple[CaseType, ...]) -> Mapping[str, Any]:
    return {str(one): CASE_TYPE_NAMES[one] for one in types}


def _type_of(record: Any) -> str:
    return str(record.case.type)


SUMMONS = Texts(
    "summons",
    _l("Summons"),
    {
        "called": Block(_l("Who is called"), "Trưởng Công an {commune} yêu cầu {person};"),
        "appear": Block(
            _l("When, where and what for"), "Đúng {time}, {day}, có mặt tại {place} để {purpose}."
        ),
        "represented": Block(
            _l("Who is called together with a minor"),
            "Người đại diện cùng được triệu tập: ông (bà) {representative}.",
        ),
        "bring": Block(
            _l("What to bring, and what to do if it cannot be"),
            "Khi đến mang theo giấy triệu tập này và giấy tờ tùy thân. Nếu có lý do chính đáng không thể đến đúng hẹn, "
            "phải báo ngay cho Công an {commune} biết.",
        ),
    },
    {str(one): told for one, told in SUMMONS_PURPOSE_NAMES.items()},
    lambda summons: str(summons.purpose),
)  # fmt: skip

RECEPTION = Texts(
    "reception",
    _l("Minutes of a reception"),
    {
        str(ReceptionItem.ANNOUNCED): Block(_l("What was announced"), "công bố bản án, quyết định thi hành án"),
        str(ReceptionItem.RIGHTS): Block(
            _l("Rights and duties that were explained"), "giải thích quyền và nghĩa vụ của người chấp hành án"
        ),
        str(ReceptionItem.BRIEFED): Block(
            _l("What the person was briefed on"), "phổ biến chính sách, pháp luật của Nhà nước có liên quan"
        ),
        str(ReceptionItem.DECLARATION): Block(
            _l("The declaration of the person"), "thu bản khai của người chấp hành án"
        ),
        str(ReceptionItem.COMMITMENT): Block(
            _l("The commitment that was signed"), "hướng dẫn và cho ký bản cam kết"
        ),
        str(ReceptionItem.MINUTES): Block(_l("The minutes that were drawn"), "lập biên bản làm việc"),
        "closing": Block(
            _l("How it closed"),
            "Buổi làm việc kết thúc hồi {time} cùng ngày. Biên bản đã được đọc lại cho những người có mặt cùng nghe, "
            "thống nhất nội dung và ký xác nhận.",
        ),
    },
    _named(IN_THE_COMMUNITY),
    _type_of,
)  # fmt: skip


def _commitment(key: str, label: Any, types: tuple[CaseType, ...], *promises: str) -> Texts:
    """What people promise: its opening, each promise, and what follows where it is broken."""
    numbered = {
        f"promise_{number}": Block(_l("Promise %(number)s", number=number), text)
        for number, text in enumerate(promises, start=1)
    }
    blocks = {
        "opening": Block(
            _l("Before the promises"), "Sau khi được phổ biến, giải thích quyền và nghĩa vụ, tôi cam kết:"
        ),
        **numbered,
        "broken": Block(
            _l("Where a promise is broken"),
            "Nếu vi phạm những điều đã cam kết, tôi chịu trách nhiệm trước pháp luật.",
        ),
    }  # fmt: skip
    return Texts(key, label, blocks, _named(types) if len(types) > 1 else {}, lambda case: str(case.type))


OBEYS = "Chấp hành nghiêm chỉnh bản án, quyết định, chính sách, pháp luật của Nhà nước và các nghĩa vụ đã được phổ biến"
COMMITMENT = _commitment(
    "commitment", _l("Commitment of somebody who serves a sentence"),
    tuple(one for one in IN_THE_COMMUNITY if one != CaseType.RESIDENCE_BAN),
    OBEYS,
    "Có mặt theo giấy triệu tập; báo cáo, trình diện đúng thời hạn và trung thực theo quy định",
    "Không đi khỏi nơi cư trú, không thay đổi nơi cư trú khi chưa được phép; khai báo tạm vắng, tạm trú theo quy định",
    "Chịu sự quản lý, giám sát, giáo dục của Công an, chính quyền địa phương và người được phân công giúp đỡ (nếu có)",
)  # fmt: skip
COMMITMENT_BAN = _commitment(
    "commitment_ban", _l("Commitment of somebody who is banned from places"), (CaseType.RESIDENCE_BAN,),
    OBEYS,
    "Không cư trú tại những nơi bị cấm cư trú; chỉ đến những nơi đó khi có lý do chính đáng và được Ủy ban nhân dân "
    "cấp xã nơi đến đồng ý",
    "Có mặt khi cơ quan có thẩm quyền yêu cầu",
    "Chịu sự quản lý, giám sát, giáo dục của Công an và chính quyền địa phương nơi cư trú",
)  # fmt: skip
COMMITMENT_DRUGS = _commitment(
    "commitment_drugs", _l("Commitment of a drug user under management"), (CaseType.DRUG_USER_MANAGEMENT,),
    "Không sử dụng trái phép chất ma túy; chấp hành quyết định quản lý và pháp luật về phòng, chống ma túy",
    "Khai báo trung thực về chất ma túy và việc sử dụng trái phép chất ma túy",
    "Có mặt khi được triệu tập, khi được yêu cầu xét nghiệm chất ma túy trong cơ thể",
    "Khai báo khi vắng mặt tại nơi cư trú; thông báo khi thay đổi nơi cư trú và trình diện Công an nơi cư trú mới "
    "đúng thời hạn theo quy định",
)  # fmt: skip
COMMITMENT_RELEASED = _commitment(
    "commitment_released", _l("Commitment of somebody released from prison"), (CaseType.REINTEGRATION,),
    "Chấp hành chính sách, pháp luật của Nhà nước, quy định của địa phương; không vi phạm pháp luật",
    "Trình diện, khai báo nơi cư trú và việc thay đổi nơi cư trú theo quy định",
    "Tích cực học tập, lao động, hòa nhập cộng đồng; thực hiện các nghĩa vụ còn lại của bản án (nếu có)",
)  # fmt: skip
COMMITMENTS = (COMMITMENT, COMMITMENT_BAN, COMMITMENT_DRUGS, COMMITMENT_RELEASED)


def commitment_of(case: Case) -> Texts:
    """Which promises somebody makes: they follow from what the person serves."""
    others = {
        CaseType.RESIDENCE_BAN: COMMITMENT_BAN, CaseType.DRUG_USER_MANAGEMENT: COMMITMENT_DRUGS,
        CaseType.REINTEGRATION: COMMITMENT_RELEASED,
    }  # fmt: skip
    return others.get(case.type, COMMITMENT)


READ_BACK = Block(
    _l("How it closes"),
    "Biên bản lập xong đã đọc lại cho những người có tên cùng nghe, công nhận đúng và ký tên. Biên bản được lập thành "
    "02 bản, 01 bản giao cho {person}, 01 bản lưu tại {keeper}.",
)
BREACH = Texts(
    "breach",
    _l("Minutes of a violation"),
    {
        "deed": Block(_l("What was done"), "Hành vi vi phạm: {when}, tại {place}. {deed}."),
        "duty": Block(_l("Which duty was broken"), "Nghĩa vụ bị vi phạm: {duty}."),
        "statement": Block(_l("What the person says"), "Ý kiến của người vi phạm: {statement}."),
        "closing": READ_BACK,
    },
    _named(IN_THE_COMMUNITY),
    _type_of,
)
WARNING = Texts(
    "warning",
    _l("Written warning"),
    {
        "recorded": Block(
            _l("The breach that was recorded"),
            "{day}, Công an {commune} lập biên bản về việc {person}, vi phạm nghĩa vụ{duty}.",
        ),
        "warned": Block(_l("What the person is warned of"), "Công an {commune} nhắc nhở {name}: {text}."),
        "else": Block(
            _l("What follows otherwise"),
            "Nếu tiếp tục vi phạm nghĩa vụ, {name} bị kiểm điểm hoặc xử lý theo quy định của pháp luật về thi hành án "
            "hình sự.",
        ),
    },
    _named(IN_THE_COMMUNITY),
    _type_of,
)
HELD, HELD_WITHOUT = "held", "held_without"
REVIEW = Texts(
    "review_minutes",
    _l("Minutes of a review"),
    {
        "subject": Block(
            _l("What is reviewed"),
            "Nội dung: kiểm điểm việc vi phạm nghĩa vụ theo văn bản xác định vi phạm {paper_day}.",
        ),
        "ended": Block(_l("When it ended"), "Biên bản kết thúc hồi {time} cùng ngày."),
        "closing": READ_BACK,
    },
    {HELD: _l("held with the person"), HELD_WITHOUT: _l("held without the person")},
    lambda review: HELD_WITHOUT if review.state == HELD_WITHOUT else HELD,
)


def _handover(key: str, label: Any, onward: str) -> Texts:
    blocks = {
        "begun": Block(_l("When and where"), "Hôm nay, {day}, tại Công an {commune}, chúng tôi gồm:"),
        "handed": Block(_l("What is handed over"), "Hai bên bàn giao hồ sơ của {person}, gồm {count} mục:"),
        "onward": Block(_l("What the receiver does with it"), onward),
        "copies": Block(
            _l("How it closes"),
            "Biên bản được lập thành 02 bản có giá trị như nhau, mỗi bên giữ 01 bản; đã đọc lại cho những người có tên "
            "trên cùng nghe, công nhận đúng và ký tên.",
        ),
    }
    return Texts(key, label, blocks)


HANDOVER_TO_AGENCY = _handover(
    "handover_agency", _l("Hand-over of a file to the agency"),
    "Bên nhận tiếp nhận hồ sơ của {name} để xem xét, cấp giấy chứng nhận theo thẩm quyền.",
)  # fmt: skip
HANDOVER_TO_COMMUNE = _handover(
    "handover_commune", _l("Hand-over of a file to another commune"),
    "Kể từ ngày bàn giao, bên nhận tiếp tục quản lý, giám sát, giáo dục {name}; kết quả chấp hành trước đó được kế "
    "thừa và tính liên tục.",
)  # fmt: skip
DEATH = Texts(
    "death",
    _l("Report of a death"),
    {
        "told": Block(
            _l("Who died, and when"),
            "Công an {commune} báo cáo: {person}, chấp hành từ ngày {starts_on}, đã chết ngày {died_on}, theo {paper}.",
        ),
        "enclosed": Block(
            _l("What goes with it"),
            "Gửi kèm báo cáo này: trích lục khai tử; hồ sơ giám sát, giáo dục được bàn giao theo quy định.",
        ),
        "asked": Block(
            _l("What the agency is asked for"),
            "Công an {commune} đề nghị {agency} thông báo cho Tòa án đã ra quyết định thi hành án để xem xét, đình chỉ "
            "việc thi hành án theo thẩm quyền.",
        ),
    },
)
ROUND = Texts(
    "round_list",
    _l("List of a monthly round"),
    {
        "opening": Block(
            _l("What it reports"), "Công an {commune} báo cáo {about} đối với {count} người, cụ thể như sau:"
        ),
        "annex": Block(_l("Where the list stands"), "Danh sách cụ thể tại Phụ lục kèm theo."),
    },
    {str(one): told for one, told in ROUND_KIND_NAMES.items()},
    lambda signature: str(signature.kind),
)  # fmt: skip
