"""The registers of the example: papers that were signed long ago are issued, directives and letters stand beside them.

What is younger still waits for its signature, so that the clerk's day has something to show.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from portal.demo import working_days
from portal.demo.units import COMMUNE, OLD_COMMUNE
from portal.documents import actions, numbers, register, store
from portal.documents.intake import Accepted, accept
from portal.documents.models import OfficialDocument
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

# Of the real report: code, number, day, abstract.
DIRECTIVES = (
    ("KH", "12/KH-UBND", date(2023, 3, 14), "Về phong trào toàn dân bảo vệ an ninh Tổ quốc năm 2023"),
    ("KH", "58/KH-BCĐ", date(2023, 6, 27), "Về tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc năm 2023"),
    ("KH", "46/KH-UBND", date(2024, 4, 9), "Về phong trào toàn dân bảo vệ an ninh Tổ quốc năm 2024"),
    ("KH", "81/KH-BCĐ", date(2024, 6, 25), "Về tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc năm 2024"),
    ("QĐ", "101/QĐ-UBND", date(2024, 7, 2), "Về việc ban hành mô hình “Xã Pờ Y sạch ma túy”"),
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
        _enter_directives()
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


def _enter_directives() -> None:
    clerk, unit = user_named("office_clerk"), unit_coded(f"{OLD_COMMUNE}-UB")
    if clerk is None or unit is None:
        return
    with transaction(clerk):
        for code, typed, day, abstract in _told_until(clock.today()):
            number = numbers.read(typed)
            if number is not None:
                facts = actions.Facts(
                    unit, code, abstract, symbol=number.symbol, signers=CHAIR, authority=AUTHORITY, drafted_on=day
                )
                scan = store.keep(scanned_page())
                actions.issue(actions.register(facts), actions.Signed(number, day), scan, clerk.id, ENOUGH)


def _told_until(last: date) -> Iterator[tuple[str, str, date, str]]:
    return (one for one in DIRECTIVES if one[2] <= last)


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
