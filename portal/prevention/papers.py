"""The receipt of a hand-over of weapons as a paper: minutes of what was taken in, to be signed by both."""

from datetime import date

from portal.documents import issuers
from portal.documents.numbers import symbol_of
from portal.documents.paper import Basis, Clause, Paper, Signature
from portal.documents.wording import written_day
from portal.engine.db import db
from portal.organisation.models import Unit
from portal.organisation.queries import police_on
from portal.prevention.models import ON_PAPER, WeaponHandover, WeaponItem

MINUTES, NAME = "BB", "BIÊN BẢN"
GIVEN_BY = "do người dân giao nộp".replace(" ", "\N{NO-BREAK SPACE}")  # whole on the second line of the title
ABSTRACT = f"Về việc tiếp nhận vũ khí, vật liệu nổ, công cụ hỗ trợ {GIVEN_BY}"
NEW_ACT_SINCE = date(2025, 1, 1)
OLD_ACT = "Luật Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ số\N{NO-BREAK SPACE}14/2017/QH14"
NEW_ACT = "Luật Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ số\N{NO-BREAK SPACE}42/2024/QH15"
UNNAMED = "không cung cấp họ tên"


def written(handover: WeaponHandover) -> Paper:
    """What was handed over on the day, piece by piece; the number is left to be written by hand."""
    day, commune = handover.handed_over_on, db.session.get_one(Unit, handover.commune_id)
    issuing = issuers.commune_on(commune, day)
    police = police_on(commune.id, day)
    act = NEW_ACT if day >= NEW_ACT_SINCE else OLD_ACT
    return Paper(
        issuer=issuers.police(issuing, day), symbol=symbol_of(police, MINUTES) if police else MINUTES, number="",
        day=day, name=NAME, abstract=ABSTRACT, bases=(Basis(f"Căn cứ {act}", act, confirmed=False),),
        text=_text(handover, issuing), recipients=["Người giao nộp", "Lưu: VT, hồ sơ"],
        signature=Signature(("NGƯỜI TIẾP NHẬN",), handover.received_by),
        beside=(Signature(("NGƯỜI GIAO NỘP",), handover.giver if handover.giver_agrees else ""),),
    )  # fmt: skip


def _text(handover: WeaponHandover, commune: Unit) -> list[Clause]:
    giver = handover.giver if handover.giver_agrees and handover.giver else UNNAMED
    told = [
        f"Thời gian: {written_day(handover.handed_over_on)}.",
        f"Địa điểm: {handover.village.name}, {commune.name}.",
        f"Người giao nộp: {giver}.",
        f"Người tiếp nhận: {handover.received_by or 'cán bộ Công an ' + commune.name}.",
        "Vũ khí, vật liệu nổ, công cụ hỗ trợ đã tiếp nhận:",
    ]
    clauses = [Clause(text, str(number)) for number, text in enumerate(told, start=1)]
    items = handover.items_standing
    clauses += [Clause(f"- {_piece(one)}{';' if one is not items[-1] else '.'}") for one in items]
    total = sum(one.quantity for one in items)
    closing = (
        f"Tổng cộng {total:02d} vũ khí, công cụ hỗ trợ. Người giao nộp tự nguyện; biên bản được lập thành hai bản, đã "
        "đọc lại cho hai bên cùng nghe, công nhận đúng và ký xác nhận, mỗi bên giữ một bản"
    )
    return [*clauses, Clause(closing)]


def _piece(item: WeaponItem) -> str:
    """ "03 khẩu súng kíp (đã gỉ)": numbers below ten with a zero in front."""
    name, unit = ON_PAPER.get(item.weapon_type, (item.other_name, "cái"))
    marks = f" ({item.marks})" if item.marks else ""
    return f"{item.quantity:02d} {unit} {name}{marks}"
