"""What the commune of the example says, hands out and visits: 2023 and 2024 as the story has it, then by rule.

The days, villages and totals of 2024 are the real report's; the words are made up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from portal.books.actions import write_down
from portal.demo import chance
from portal.demo.deeds import Deed, Scene, commune_code, on
from portal.demo.doors import VILLAGES
from portal.demo.story import day
from portal.demo.units import COMMUNE
from portal.engine import access, clock
from portal.engine.db import db
from portal.outreach import actions
from portal.outreach.models import (
    CommunityVisit,
    Extent,
    Material,
    MaterialKind,
    OutreachSession,
    SessionForm,
    Visited,
)

POLICE, CLERK = "police_officer", "office_clerk"
CEREMONY_ON = 10  # of each month, in one village in turn
BY_RULE_SINCE = date(2024, 9, 1)
ANNOUNCED = timedelta(days=7)  # before a launch or a festival, which are planned first
FLAG, LAUNCH, SCHOOL = SessionForm.FLAG_CEREMONY, SessionForm.LAUNCH, SessionForm.SCHOOL
MOBILE, FESTIVAL = SessionForm.MOBILE_CAMPAIGN, SessionForm.FESTIVAL
PLANNED_FIRST = (LAUNCH, FESTIVAL)


@dataclass(frozen=True)
class Told:
    """One session face to face: *force* is who ran it."""

    on: date
    form: SessionForm
    village: str
    attendance: int
    topic: str
    force: str = "CA"
    audience: str = "Nhân dân trong thôn"


SESSIONS = (
    Told(day("10/01/2023"), FLAG, "NHA", 240, "Quản lý, sử dụng pháo, an ninh dịp Tết Quý Mão"),
    Told(day("10/02/2023"), FLAG, "BPH", 230, "Phòng, chống cờ bạc đầu năm"),
    Told(day("10/03/2023"), FLAG, "IEC", 250, "Phòng cháy, chữa cháy rừng mùa khô"),
    Told(day("10/04/2023"), FLAG, "DME", 260, "Quy chế khu vực biên giới", "BP"),
    Told(day("28/04/2023"), MOBILE, "MTO", 410, "Vận động giao nộp vũ khí, vật liệu nổ, công cụ hỗ trợ"),
    Told(day("10/05/2023"), FLAG, "KKH", 245, "An toàn giao thông"),
    Told(day("26/06/2023"), LAUNCH, "NHA", 330, "Ngày toàn dân phòng, chống ma túy", "UB"),
    Told(day("10/07/2023"), FLAG, "NTA", 215, "Phòng, chống lừa đảo qua mạng"),
    Told(day("15/08/2023"), FESTIVAL, "TKA", 230, "Ngày hội toàn dân bảo vệ an ninh Tổ quốc năm 2023", "UB"),
    Told(day("10/01/2024"), FLAG, "NHA", 260, "Quản lý, sử dụng pháo, an ninh dịp Tết Giáp Thìn"),
    Told(day("26/01/2024"), LAUNCH, "BPH", 310, "Vận động giao nộp vũ khí, pháo trước Tết (tại trụ sở UBND xã)", "UB"),
    Told(day("23/02/2024"), SCHOOL, "MTO", 280, "Pháp luật về ma túy, giao thông", audience="Học sinh, giáo viên"),
    Told(day("10/03/2024"), FLAG, "MTO", 245, "Phòng cháy mùa khô"),
    Told(day("10/04/2024"), FLAG, "IEC", 255, "Quy chế biên giới; phòng, chống ma túy", "BP"),
    Told(day("26/04/2024"), MOBILE, "KKH", 230, "Vận động giao nộp vũ khí, công cụ hỗ trợ"),
    Told(day("10/05/2024"), FLAG, "BPH", 290, "Tín dụng đen, lừa đảo qua mạng"),
    Told(day("10/06/2024"), FLAG, "DME", 240, "Phòng, chống ma túy; hôn nhân cận huyết"),
    Told(day("26/06/2024"), LAUNCH, "NHA", 350, "Ngày toàn dân phòng, chống ma túy", "UB"),
    Told(day("05/07/2024"), LAUNCH, "KKH", 420, "Ra mắt mô hình “Xã Pờ Y sạch ma túy”", "UB"),
    Told(day("10/07/2024"), FLAG, "TKA", 180, "Ký cam kết phòng, chống ma túy"),
    Told(day("16/08/2024"), FESTIVAL, "NTA", 240, "Ngày hội toàn dân bảo vệ an ninh Tổ quốc (Kế hoạch 81)", "UB"),
)
CANCELLED = Told(day("10/08/2024"), FLAG, "NTA", 0, "Ký cam kết phòng, chống ma túy")
STORM = "Mưa bão, không bảo đảm an toàn cho nhân dân"

POSTED = tuple((day(told), reach) for told, reach in (
    ("20/01/2024", 210), ("17/02/2024", 260), ("12/04/2024", 340), ("24/05/2024", 280), ("06/07/2024", 330),
    ("17/08/2024", 280),
))  # fmt: skip
BROADCAST = tuple(day(told) for told in ("15/01/2024", "20/03/2024", "03/07/2024"))
GIVEN_OUT = (
    (day("18/01/2024"), MaterialKind.LEAFLET, 80), (day("02/02/2024"), MaterialKind.LEAFLET, 60),
    (day("18/01/2024"), MaterialKind.BANNER, 7), (day("02/02/2024"), MaterialKind.BANNER, 4),
)  # fmt: skip
ON_FIREWORKS = "Quản lý, sử dụng pháo"
TOPICS = (
    "Phòng, chống ma túy trong thanh niên", "Phòng, chống lừa đảo qua mạng", "Phòng cháy, chữa cháy khu dân cư",
    "An toàn giao thông", "Quy chế khu vực biên giới", "Phòng, chống tín dụng đen", "Quản lý vũ khí, vật liệu nổ, pháo",
)  # fmt: skip
VISITED = (  # each year: day, month, whom, how many, for which occasion
    (18, 1, Visited.PERSON_OF_PRESTIGE, 8, "Tết Nguyên đán"), (18, 1, Visited.RELIGIOUS_BODY, 3, "Tết Nguyên đán"),
    (18, 11, Visited.PERSON_OF_PRESTIGE, 6, "Ngày hội đại đoàn kết toàn dân tộc"),
    (22, 12, Visited.OTHER, 4, "Ngày thành lập Quân đội nhân dân Việt Nam"),
)  # fmt: skip


def outreach(until: date) -> Iterator[Deed]:
    """Everything until today, and the next flag ceremony, which is planned."""
    for one in (*SESSIONS, *_by_rule(until)):
        yield from _held(one)
    yield on(CANCELLED.on - ANNOUNCED, 9, POLICE, partial(write_session, CANCELLED, None))
    yield on(CANCELLED.on - timedelta(days=1), 16, POLICE, partial(cancel, CANCELLED, STORM))
    yield on(until - timedelta(days=3), 9, POLICE, partial(write_session, _next(until), None))
    yield from _said_otherwise(until)
    yield from _given_out(until)
    yield from _visits(until)


def in_turn(when: date) -> str:
    """The village whose turn the flag ceremony of a month is."""
    return VILLAGES[(when.year * 12 + when.month) % len(VILLAGES)].code


def _ceremony(when: date) -> Told:
    village = next(one for one in VILLAGES if one.code == in_turn(when))
    came = village.households * (5 + chance.number(5, "ceremony", when)) // 10
    return Told(when, FLAG, village.code, came, chance.choice(TOPICS, "ceremony", when))


def _next(today: date) -> Told:
    """The first flag ceremony after today."""
    month = today if today.day < CEREMONY_ON else today.replace(day=1) + timedelta(days=32)
    return _ceremony(month.replace(day=CEREMONY_ON))


def _by_rule(until: date) -> Iterator[Told]:
    """Since the story ends: a flag ceremony a month, a launch in June and a festival in August a year."""
    month = BY_RULE_SINCE
    while month <= until:
        yield _ceremony(month.replace(day=CEREMONY_ON))
        if month.month == 6:
            yield Told(month.replace(day=26), LAUNCH, in_turn(month), 340, "Ngày toàn dân phòng, chống ma túy", "UB")
        if month.month == 8:
            topic = f"Ngày hội toàn dân bảo vệ an ninh Tổ quốc năm {month.year}"
            yield Told(month.replace(day=19), FESTIVAL, in_turn(month), 360, topic, "UB")
        month = (month + timedelta(days=32)).replace(day=1)


def _held(one: Told) -> Iterator[Deed]:
    """Written down on its day; what is launched or celebrated was planned before."""
    if one.form in PLANNED_FIRST:
        yield on(one.on - ANNOUNCED, 9, POLICE, partial(write_session, one, None))
        yield on(one.on, 15, POLICE, partial(hold, one))
    else:
        yield on(one.on, 15, POLICE, partial(write_session, one, one.attendance))


def _said_otherwise(until: date) -> Iterator[Deed]:
    """Posts and broadcasts: those of 2024, then a post every second month and a broadcast a quarter."""
    posts, broadcasts = list(POSTED), list(BROADCAST)
    for year in range(2024, until.year + 1):
        months = [month for month in range(1, 13) if date(year, month, 1) >= BY_RULE_SINCE]
        posts += [(date(year, month, 17), 200 + 10 * chance.number(20, "post", year, month)) for month in months[::2]]
        broadcasts += [date(year, month, 3) for month in months if month % 3 == 1]
    for when, reach in posts:
        yield on(when, 16, POLICE, partial(say, SessionForm.SOCIAL_MEDIA, when, reach))
    for when in broadcasts:
        yield on(when, 17, POLICE, partial(say, SessionForm.LOUDSPEAKER, when, None))


def _given_out(until: date) -> Iterator[Deed]:
    """Leaflets and banners on fireworks, each January."""
    given = list(GIVEN_OUT)
    for year in range(2025, until.year + 1):
        given += [(date(year, 1, 18), MaterialKind.LEAFLET, 150), (date(year, 1, 18), MaterialKind.BANNER, 8)]
    for when, kind, quantity in given:
        facts = {"kind": kind, "quantity": quantity, "topic": ON_FIREWORKS, "distributed_on": when}
        yield on(when, 16, POLICE, partial(write, Material, facts, ""))


def _visits(until: date) -> Iterator[Deed]:
    for year in range(2023, until.year + 1):
        for day_, month, body, count, occasion in VISITED:
            when = date(year, month, day_)
            facts = {"body": body, "count": count, "occasion": occasion, "visited_on": when}
            yield on(when, 16, CLERK, partial(write, CommunityVisit, facts, "UB"))


def write(record: Any, facts: dict[str, Any], force: str, scene: Scene) -> Any:
    """Write an entry down in the commune of the day; *force* is who did what it tells, where it says so."""
    today = clock.today()
    more = {"unit_id": _force(force, scene)} if force else {}
    return write_down(record, scene.units[commune_code(COMMUNE, today)], {**facts, **more}, scene.actor)


def _force(short: str, scene: Scene) -> int:
    """The force as it stood on the day; the border post went on through the merger."""
    return scene.units[f"{COMMUNE}-BP"] if short == "BP" else scene.force(short).id


def write_session(one: Told, attendance: int | None, scene: Scene) -> None:
    village = scene.units[f"{COMMUNE}-{one.village}"]
    facts = {"form": one.form, "held_on": one.on, "village_id": village, "topic": one.topic, "attendance": attendance}
    write(OutreachSession, {**facts, "audience": one.audience}, one.force, scene)


def say(form: SessionForm, when: date, reach: int | None, scene: Scene) -> None:
    topic = chance.choice(TOPICS, form, when)
    facts = {"form": form, "held_on": when, "extent": Extent.COMMUNE, "topic": topic, "attendance": reach}
    write(OutreachSession, facts, "CA", scene)


def hold(one: Told, scene: Scene) -> None:
    actions.hold(_planned(one, "hold", scene), one.on, one.attendance, scene.actor)


def cancel(one: Told, reason: str, scene: Scene) -> None:
    actions.cancel(_planned(one, "cancel", scene), reason, scene.actor)


def _planned(one: Told, to: str, scene: Scene) -> OutreachSession:
    """The session as it was planned, if whoever acts may do this to it. Raises LookupError if not."""
    planned = OutreachSession.held_on == one.on, OutreachSession.form == one.form, OutreachSession.state == "planned"
    found = access.reach(scene.actor, to, OutreachSession).where(*planned)
    session: OutreachSession | None = db.session.scalar(found)
    if session is None:
        raise LookupError(f"{scene.actor.username} may not {to} what was planned for {one.on}.")
    return session
