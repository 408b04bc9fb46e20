"""The minutes of the opening of a tip box as a paper, to be signed by the two who opened it."""

from collections.abc import Iterator
from datetime import date

from portal.documents import issuers
from portal.documents.numbers import symbol_of
from portal.documents.paper import Clause, Paper, Signature
from portal.documents.wording import written_day
from portal.engine import clock
from portal.engine.db import db
from portal.incidents.models import TipBox, TipBoxOpening
from portal.organisation.models import Unit
from portal.organisation.queries import police_on

DOTS = "……"  # to be filled in by hand
CODE, NAME, ABSTRACT = "BB", "BIÊN BẢN", "Về việc mở hòm thư tố giác tội phạm"
CLOSING = (
    "Hòm thư được kiểm tra, khóa lại sau khi mở. Nội dung thư không ghi trong biên bản này. Biên bản lập xong đã đọc "
    "lại cho hai người mở hòm thư cùng nghe, công nhận đúng và ký tên."
)


def written(box: TipBox, opening: TipBoxOpening | None) -> Paper:
    """What was found when a box was opened; without an opening, a form to be filled in by hand beside the box."""
    day = opening.opened_on if opening else clock.today()
    commune = issuers.commune_on(db.session.get_one(Unit, box.commune_id), day)
    police = police_on(box.commune_id, day)
    first, second = (opening.first_called, opening.second_called) if opening else ("", "")
    return Paper(
        issuer=issuers.police(commune, day), symbol=symbol_of(police, CODE) if police else CODE, number="", day=day,
        name=NAME, abstract=ABSTRACT, bases=(), text=[*_text(box, commune, day, opening)],
        recipients=["Lưu: VT, hồ sơ"], signature=Signature(("NGƯỜI MỞ HÒM THƯ THỨ NHẤT",), first),
        beside=(Signature(("NGƯỜI MỞ HÒM THƯ THỨ HAI",), second),),
    )  # fmt: skip


def _text(box: TipBox, commune: Unit, day: date, opening: TipBoxOpening | None) -> Iterator[Clause]:
    village = f", {box.village.name}" if box.village else ""
    hour = f"{opening.opened_at:%H giờ %M phút}" if opening and opening.opened_at else f"{DOTS} giờ {DOTS} phút"
    who = f"{opening.first_called} và {opening.second_called}" if opening else f"{DOTS * 4} và {DOTS * 4}"
    told = (
        f"Thời gian: {hour}, {written_day(day)}",
        f"Địa điểm: hòm thư số {box.number}, đặt tại {box.location}{village}, {commune.name}",
        f"Những người mở hòm thư: {who}",
        f"Tình trạng hòm thư, khóa, niêm phong trước khi mở: {DOTS * 6}",
        f"Số thư có trong hòm: {f'{opening.found:02d}' if opening else DOTS} thư",
        f"Ghi chú: {opening.note if opening and opening.note else DOTS * 6}",
    )
    yield from (Clause(f"{one.rstrip(' .')}.", str(number)) for number, one in enumerate(told, start=1))
    yield Clause(CLOSING)
