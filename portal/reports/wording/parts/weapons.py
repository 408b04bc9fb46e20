"""III.3: weapons, explosives, fireworks and fire safety."""

from collections.abc import Iterator

from portal.reports.wording.runs import Sentence, listed, words
from portal.reports.wording.telling import Telling, paragraph

HANDED_OVER = (
    ("weapons.flintlock_guns", "súng kíp"),
    ("weapons.alcohol_guns", "súng cồn"),
    ("weapons.electric_batons", "dùi cui điện"),
    ("weapons.knives_swords", "dao, kiếm"),
    ("weapons.handcuffs", "còng số 8"),
)


def weapons(of: Telling) -> Iterator[Sentence]:
    yield from paragraph(_material(of), _fire_safety(of), _fireworks(of))
    yield from paragraph(_handed_over(of))


def _material(of: Telling) -> Sentence:
    told = listed([
        of.say("in, dán {outreach.leaflets} tờ rơi") if of.told.some("outreach.leaflets") else (),
        of.say("treo {outreach.banners} băng rôn tại cơ quan, khu vực công cộng")
        if of.told.some("outreach.banners") else (),
    ])  # fmt: skip
    if not told:
        return ()
    return (
        *words("Tuyên truyền về quản lý, sử dụng vũ khí, vật liệu nổ, công cụ hỗ trợ và pháo: "),
        *told,
        *words("."),
    )


def _fire_safety(of: Telling) -> Sentence:
    who = listed([
        of.say("{pledges.fire_safety.households} hộ gia đình")
        if of.told.some("pledges.fire_safety.households") else (),
        of.say("{pledges.fire_safety.establishments} cơ sở kinh doanh")
        if of.told.some("pledges.fire_safety.establishments") else (),
    ], last=" và ")  # fmt: skip
    if not who:
        return ()
    return (*words("Tổ chức ký cam kết bảo đảm an toàn phòng cháy, chữa cháy đối với "), *who, *words("."))


def _fireworks(of: Telling) -> Sentence:
    if not of.told.some("pledges.fireworks.households"):
        return ()
    return of.say(
        "Vận động ký cam kết thực hiện việc quản lý, sử dụng pháo theo quy định của pháp luật được "
        "{pledges.fireworks.households} hộ dân."
    )


def _handed_over(of: Telling) -> Sentence:
    there = [one for one, _name in HANDED_OVER if one in of.told]
    told = listed([of.say(f"{{{one}}} {name}") for one, name in HANDED_OVER if of.told.some(one)])
    if told:
        return (*words("Vận động Nhân dân giao nộp, thu hồi: "), *told, *words("."))
    return words("Trong kỳ không có vũ khí, công cụ hỗ trợ được giao nộp.") if there else ()
