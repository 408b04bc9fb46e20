# ruff: noqa: E501 -- a table is read along its rows
"""The registers of the example: papers that were signed long ago are issued, directives and letters stand beside them.

What is younger still waits for its signature, so that the clerk's day has something to show.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache, partial
from io import BytesIO

from PIL import Image, ImageDraw

from portal.demo import working_days
from portal.demo.deeds import Deed, Scene, on
from portal.demo.units import COMMUNE, MERGED_ON, OLD_COMMUNE, SET_UP_ON
from portal.documents import actions, numbers, register, store
from portal.documents.intake import Accepted, accept
from portal.documents.models import Category, IssuedBy, OfficialDocument
from portal.documents.queries import waits_for_signature
from portal.engine import access, clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation.models import User
from portal.organisation.queries import unit_coded, user_named

STILL_WAITS = timedelta(days=21)
ENOUGH = 500 * 2**20  # bytes that one account may attach
CHAIR, AUTHORITY = "Lê Trọng Khôi, Chủ tịch UBND xã", "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH"
KEEPERS = ("office_clerk", "police_chief", "dn.police_chief")

COMMITTEE, PARTY, STEERING = IssuedBy.UNIT, IssuedBy.PARTY_COMMITTEE, IssuedBy.STEERING_COMMITTEE
SIGNED_BY = {  # who signs for each, and in whose name
    COMMITTEE: (CHAIR, AUTHORITY),
    PARTY: ("Bí thư Đảng ủy xã", "T/M ĐẢNG ỦY"),
    STEERING: ("Lê Trọng Khôi, Trưởng Ban Chỉ đạo", "TM. BAN CHỈ ĐẠO TRƯỞNG BAN"),
}
# Of the real report, and two of 2023 that are made up: code, number, day, who issued it, abstract.
Directive = tuple[str, str, date, IssuedBy, str]
DIRECTIVES: tuple[Directive, ...] = (
    (
        "KH",
        "01/KH-UBND",
        date(2021, 1, 3),
        COMMITTEE,
        "Đẩy mạnh phong trào toàn dân bảo vệ an ninh Tổ quốc trong cơ quan, doanh nghiệp, nhà trường giai đoạn 2020-2025",
    ),
    ("KH", "03/KH-UBND", date(2021, 3, 25), COMMITTEE, "Phối hợp giữa Công an xã, Ban CHQS xã và Đội Công tác địa bàn"),
    (
        "KH",
        "43-KH/ĐU",
        date(2021, 4, 5),
        PARTY,
        "Nâng cao chất lượng phong trào toàn dân bảo vệ an ninh Tổ quốc trên địa bàn xã giai đoạn 2020-2025",
    ),
    ("KH", "12/KH-UBND", date(2023, 3, 14), COMMITTEE, "Về phong trào toàn dân bảo vệ an ninh Tổ quốc năm 2023"),
    ("KH", "58/KH-BCĐ", date(2023, 6, 27), STEERING, "Về tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc năm 2023"),
    (
        "KH",
        "46/KH-UBND",
        date(2024, 4, 9),
        COMMITTEE,
        "Triển khai công tác xây dựng phong trào toàn dân bảo vệ an ninh Tổ quốc trên địa bàn xã năm 2024",
    ),
    ("KH", "71-KH/ĐU", date(2024, 6, 12), PARTY, "Lãnh đạo xây dựng mô hình “Xã Pờ Y sạch ma túy”"),
    ("KH", "81/KH-BCĐ", date(2024, 6, 25), STEERING, "Về tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc năm 2024"),
    ("QĐ", "101/QĐ-UBND", date(2024, 7, 2), COMMITTEE, "Về việc ban hành mô hình “Xã Pờ Y sạch ma túy”"),
)
# What the real report rests on: code, number, day, sender, abstract.
CAME_IN = (
    (
        "CT",
        "09-CT/TW",
        date(2011, 12, 1),
        "Ban Bí thư Trung ương Đảng khóa XI",
        "Tăng cường sự lãnh đạo của Đảng đối với phong trào toàn dân bảo vệ an ninh Tổ quốc trong tình hình mới",
    ),
    (
        "CT",
        "07/CT-BCA-V28",
        date(2014, 8, 15),
        "Bộ Công an",
        "Đẩy mạnh phong trào toàn dân bảo vệ an ninh Tổ quốc trong cơ quan, doanh nghiệp, nhà trường",
    ),
    ("KL", "44-KL/TW", date(2019, 1, 22), "Ban Bí thư Trung ương Đảng", "Tiếp tục đẩy mạnh thực hiện Chỉ thị 09-CT/TW"),
    (
        "NĐ",
        "03/2019/NĐ-CP",
        date(2019, 9, 5),
        "Chính phủ",
        "Phối hợp giữa Bộ Công an và Bộ Quốc phòng trong bảo vệ an ninh quốc gia, giữ gìn trật tự, an toàn xã hội và nhiệm vụ quốc phòng",
    ),
    (
        "NĐ",
        "49/2020/NĐ-CP",
        date(2020, 4, 17),
        "Chính phủ",
        "Quy định chi tiết thi hành Luật Thi hành án hình sự về tái hòa nhập cộng đồng",
    ),
    (
        "ĐA",
        "01-ĐA/ĐUCA",
        date(2020, 6, 3),
        "Đảng ủy Công an tỉnh",
        "Nâng cao chất lượng phong trào toàn dân bảo vệ an ninh Tổ quốc giai đoạn 2020-2025",
    ),
    (
        "TT",
        "122/2021/TT-BCA",
        date(2021, 12, 21),
        "Bộ trưởng Bộ Công an",
        "Trách nhiệm của Công an các đơn vị, địa phương trong xây dựng phong trào toàn dân bảo vệ an ninh Tổ quốc",
    ),
    (
        "TT",
        "124/2021/TT-BCA",
        date(2021, 12, 28),
        "Bộ Công an",
        "Khu dân cư, xã, phường, thị trấn, cơ quan, doanh nghiệp, cơ sở giáo dục đạt tiêu chuẩn “An toàn về an ninh, trật tự”",
    ),
    (
        "QĐ",
        "510/QĐ-BCA-V05",
        date(2022, 1, 20),
        "Bộ Công an",
        "Quy định tiêu chí đánh giá, phân loại phong trào toàn dân bảo vệ an ninh Tổ quốc",
    ),
)
# Of these weeks: code, number, sender, how many working days ago, abstract.
LETTERS = (
    ("CV", "1874/UBND-NC", "UBND tỉnh Quảng Ngãi", 9, "Về việc báo cáo kết quả phối hợp quý IV"),
    ("KH", "412/KH-CAT", "Công an tỉnh Quảng Ngãi", 6, "Về cao điểm tấn công, trấn áp tội phạm dịp cuối năm"),
    ("GM", "95/GM-UBND", "UBND tỉnh Quảng Ngãi", 2, "Về việc dự hội nghị trực tuyến về biên giới, quốc phòng, an ninh"),
)


def keep_registers(now: datetime) -> None:
    """Whoever keeps a register brings it up to the day. Call it when the story is told."""
    with clock.telling(now):
        _enter_what_came()
        _enter_letters()
        for username in KEEPERS:
            if keeper := user_named(username):
                with transaction(keeper):
                    _issue_signed(keeper)


def issue(document: OfficialDocument, by: User, day: date | None = None) -> None:
    """Number a paper that was signed, today unless told, and keep the scan of its page."""
    day = day or clock.today()
    signed = actions.Signed(register.suggested(document, day), day)
    actions.issue(document, signed, store.keep(scanned_page()), by.id, ENOUGH)


@cache
def scanned_page() -> Accepted:
    """A page that says that it is none: the example's papers were never signed."""
    page = Image.new("RGB", (420, 594), "white")
    ImageDraw.Draw(page).text((60, 280), "Vi du - khong co gia tri", fill="black")
    packed = BytesIO()
    page.save(packed, "PNG")
    return accept(packed.getvalue(), "trang-ky.png", 2**20)


def _issue_signed(keeper: User) -> None:
    """Number what was drafted before these weeks, in the order of its days."""
    before = clock.today() - STILL_WAITS
    mine = access.reach(keeper, "issue", OfficialDocument).where(waits_for_signature())
    for document in db.session.scalars(mine.order_by(OfficialDocument.drafted_on, OfficialDocument.id)).all():
        if document.drafted_on and document.drafted_on < before:
            issue(document, keeper, document.drafted_on)


def _of_later_years(today: date) -> Iterator[Directive]:
    """Each year the plan of the movement and that of its festival."""
    for year in range(2025, today.year + 1):
        about = "toàn dân bảo vệ an ninh Tổ quốc năm"
        yield "KH", "15/KH-UBND", date(year, 3, 12), COMMITTEE, f"Về phong trào {about} {year}"
        yield "KH", "60/KH-BCĐ", date(year, 6, 24), STEERING, f"Về tổ chức Ngày hội {about} {year}"


def directives(day: date) -> Iterator[Deed]:
    """Each directive enters its register on its day, so that whatever report is signed later counts it."""
    for one in (*DIRECTIVES, *_of_later_years(day)):
        yield on(max(one[2], SET_UP_ON + timedelta(days=1)), 7, "office_clerk", partial(_enter_directive, one))


def _enter_directive(directive: Directive, scene: Scene) -> None:
    code, typed, day, whose, abstract = directive
    number, unit = numbers.read(typed), unit_coded(f"{COMMUNE if day >= MERGED_ON else OLD_COMMUNE}-UB")
    if number is None or unit is None:
        raise LookupError(f"{typed} is no number, or its register is not there on {day}.")
    signers, authority = SIGNED_BY[whose]
    facts = actions.Facts(
        unit, code, abstract, symbol=number.symbol, signers=signers, authority=authority, drafted_on=day,
        category=Category.DIRECTIVE, issued_by=whose,
    )  # fmt: skip
    scan = store.keep(scanned_page())
    actions.issue(actions.register(facts), actions.Signed(number, day), scan, scene.actor.id, ENOUGH)


def _enter_what_came() -> None:
    clerk, unit = user_named("office_clerk"), unit_coded(f"{OLD_COMMUNE}-UB")
    if clerk is None or unit is None:
        return
    with transaction(clerk):
        for code, written, day, sender, abstract in CAME_IN:
            came = working_days.after(day, 8)
            if came <= clock.today():
                actions.receive(
                    unit, code, abstract, number=written, sender=sender, dated_on=day, received_on=came,
                    category=Category.DIRECTIVE,
                )  # fmt: skip


def _enter_letters() -> None:
    """What came in lately, and a plan that waits for the chair's signature."""
    clerk, unit = user_named("office_clerk"), unit_coded(f"{COMMUNE}-UB")
    if clerk is None or unit is None or not unit.valid_on(clock.today()):
        return
    with transaction(clerk):
        for code, number, sender, days, abstract in LETTERS:
            came = working_days.before(clock.today(), days)
            actions.receive(
                unit, code, abstract, number=number, sender=sender, received_on=came,
                dated_on=working_days.before(came, 2),
            )  # fmt: skip
        plan = actions.Facts(
            unit, "KH", "Về tuần tra, kiểm soát chung tháng tới", signers=CHAIR, authority=AUTHORITY,
            recipients="Công an xã; Ban CHQS xã; Đội công tác địa bàn", drafted_on=clock.today(),
        )  # fmt: skip
        actions.register(plan)
