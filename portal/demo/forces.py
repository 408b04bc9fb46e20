"""Security teams and cameras of the example: how many since when is the real report's, every name is made up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from portal.books import actions
from portal.demo import chance
from portal.demo.deeds import Deed, Scene, on
from portal.demo.households import commune_id, village_of
from portal.demo.units import LAST_DAY_OF_OLD, SET_UP_ON
from portal.demo.words import (
    FAMILY_NAMES,
    GIVEN_TO_MEN,
    GIVEN_TO_WOMEN,
    LOCAL_MEN,
    LOCAL_WOMEN,
    MIDDLE_OF_MEN,
    MIDDLE_OF_WOMEN,
)
from portal.engine import access, clock
from portal.engine.db import db
from portal.forces.models import (
    LEAST_AGE,
    Camera,
    CameraCheck,
    CameraState,
    Reorganisation,
    SecurityTeam,
    Task,
    TeamKind,
    TeamMember,
)
from portal.law.days import add_months

POLICE, KEEPER = "a_nhuin", "police_officer"  # who keeps the cameras, who keeps the teams
OLDEST, YOUNGEST = 1962, 2003  # years of birth


@dataclass(frozen=True)
class Founded:
    """Teams of a kind that were set up on a day: of each village how many members."""

    kind: TeamKind
    on: date
    decision: str
    villages: tuple[tuple[str, int], ...]


EIGHT = ("DME", "IEC", "MTO", "KKH", "BPH", "NHA", "TKA", "NTA")
FOUNDED = (
    Founded(
        TeamKind.PEOPLE_SECURITY, date(2019, 9, 15), "27/QĐ-UBND",
        tuple((code, 12 if code in ("KKH", "NTA") else 11) for code in EIGHT),
    ),
    Founded(
        TeamKind.CIVIL_DEFENCE, date(2021, 5, 20), "38/QĐ-UBND",
        (("BPH", 12), ("NHA", 12), ("MTO", 12), ("KKH", 12), ("IEC", 11)),
    ),
    Founded(
        TeamKind.INTERFAMILY_FIRE, date(2023, 5, 10), "44/QĐ-UBND", (("MTO", 6), ("KKH", 6), ("BPH", 6), ("NHA", 5))
    ),
    Founded(TeamKind.CIVIL_DEFENCE, date(2024, 3, 15), "31/QĐ-UBND", (("DME", 11), ("TKA", 11), ("NTA", 11))),
    Founded(
        TeamKind.SECURITY, date(2024, 7, 1), "99/QĐ-UBND",
        (("BPH", 4), ("NHA", 4), ("MTO", 4), ("KKH", 4), ("DME", 3), ("IEC", 3), ("TKA", 3), ("NTA", 3)),
    ),
    Founded(TeamKind.OTHER, date(2025, 3, 3), "18/QĐ-UBND", (("DME", 7), ("NHA", 5))),
)  # fmt: skip
OWN_NAMES = {"DME": "Tổ tự quản đường biên, mốc giới", "NHA": "Tổ tự quản khu chợ"}  # of the teams of another kind
KNOWN = {(TeamKind.SECURITY, "BPH", 2): ("Lương Văn Thiết", 1988)}  # who has an account
OLD = {(TeamKind.PEOPLE_SECURITY, "IEC", 4): 1953, (TeamKind.CIVIL_DEFENCE, "MTO", 7): 1955}

# team, the line of the member, the day on which they left, and on which they came back
LEFT = (
    (TeamKind.INTERFAMILY_FIRE, "MTO", 3, date(2023, 10, 2), date(2024, 2, 1)),
    (TeamKind.PEOPLE_SECURITY, "KKH", 12, date(2024, 3, 31), None),
    (TeamKind.PEOPLE_SECURITY, "NTA", 12, date(2024, 3, 31), None),
    (TeamKind.CIVIL_DEFENCE, "BPH", 5, date(2025, 2, 3), date(2025, 9, 8)),
    (TeamKind.CIVIL_DEFENCE, "NHA", 1, date(2026, 10, 5), None),  # its leader, and nobody followed yet
    (TeamKind.PEOPLE_SECURITY, "TKA", 6, date(2026, 8, 17), None),
)
JOINED = ((TeamKind.PEOPLE_SECURITY, "KKH", date(2025, 4, 14)), (TeamKind.SECURITY, "MTO", date(2026, 2, 2)))
REORGANISED = ((TeamKind.CIVIL_DEFENCE, "BPH", date(2026, 3, 10), "22/QĐ-UBND"),)
DISSOLVED = (TeamKind.OTHER, "NHA", date(2026, 6, 1))

CAMERAS = (
    (date(2022, 12, 20), (
        ("BPH", "Ngã ba vào thôn Bắc Phong"), ("BPH", "Trước Trạm Y tế xã"), ("NHA", "Cổng chợ Ngọc Hải"),
        ("NHA", "Đầu đường vào trụ sở UBND xã"), ("MTO", "Ngã tư Măng Tôn"), ("KKH", "Cầu treo Kon Khôn"),
    )),
    (date(2023, 11, 15), (
        ("BPH", "Trước Trường Tiểu học Bắc Phong"), ("NHA", "Nhà văn hóa thôn Ngọc Hải"),
        ("NHA", "Bến xe nhỏ, đường đi cửa khẩu"), ("MTO", "Dốc sân bóng Măng Tôn"), ("IEC", "Nhà rông thôn Iệc"),
        ("NTA", "Ngã ba Ngọc Tân"),
    )),
    (date(2024, 5, 20), (("DME", "Nhà rông thôn Đăk Mế"), ("TKA", "Đầu thôn Tà Ka"))),
    (date(2024, 7, 10), (
        ("KKH", "Trước Trường Trung học cơ sở"), ("BPH", "Dãy phòng trọ cuối thôn"), ("NHA", "Kho nông sản"),
        ("NTA", "Đường liên thôn, cột điện 14"),
    )),
)  # fmt: skip
CHECKED = (6, 12)  # months: all cameras are looked at in June and December
BROKEN = (("Dốc sân bóng Măng Tôn", date(2024, 12, 11), date(2025, 1, 14), "Đứt cáp sau bão; đã nối lại."),)
BROKEN_NOW, BROKEN_DAYS = "Kho nông sản", 9  # for how long nobody has mended it
REPLACED = ("Cầu treo Kon Khôn", date(2026, 4, 20), "KKH", "Cầu treo Kon Khôn, trụ mới")


def teams_and_cameras(until: date) -> Iterator[Deed]:
    yield from teams()
    yield from cameras(until)


# ── teams ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def teams() -> Iterator[Deed]:
    """Set up, joined, left, came back, reorganised: each on its day; what was before the portal, on its first day."""
    for one in FOUNDED:
        yield on(max(one.on, SET_UP_ON), 10, KEEPER, partial(found, one))
    for kind, code, line, left_on, back_on in LEFT:
        yield on(left_on, 11, KEEPER, partial(leave, kind, code, line))
        if back_on:
            yield on(back_on, 11, KEEPER, partial(come_back, kind, code, line))
    for kind, code, joined_on in JOINED:
        yield on(joined_on, 11, KEEPER, partial(join, kind, code))
    for kind, code, reorganised_on, decision in REORGANISED:
        yield on(reorganised_on, 14, KEEPER, partial(reorganise, kind, code, decision))
    yield on(DISSOLVED[2], 14, KEEPER, partial(dissolve, *DISSOLVED[:2]))


def found(one: Founded, scene: Scene) -> None:
    """Write the teams down with their first members."""
    for code, count in one.villages:
        facts = {
            "kind": one.kind, "village_id": village_of(scene, code).id, "established_on": one.on,
            "decision": one.decision, "name": OWN_NAMES[code] if one.kind == TeamKind.OTHER else "",
        }  # fmt: skip
        earlier = one.on < SET_UP_ON
        team = actions.write_down(SecurityTeam, commune_id(scene), facts, scene.actor, from_paper=earlier)
        for line in range(1, count + 1):
            actions.add_line(TeamMember, team, member(one.kind, code, line, one.on), scene.actor)


def member(kind: TeamKind, code: str, line: int, joined_on: date) -> dict[str, Any]:
    name, born = KNOWN.get((kind, code, line)) or (name_of(kind, code, line), born_in(kind, code, line))
    born = min(born, joined_on.year - LEAST_AGE)
    task = {1: Task.LEADER, 2: Task.DEPUTY if kind != TeamKind.SECURITY else Task.MEMBER}.get(line, Task.MEMBER)
    return {"name": name, "birth_year": born, "task": task, "joined_on": joined_on}


def born_in(kind: TeamKind, code: str, line: int) -> int:
    return OLD.get((kind, code, line)) or OLDEST + chance.number(YOUNGEST - OLDEST, "team", kind, code, line, "born")


def name_of(kind: TeamKind, code: str, line: int) -> str:
    """A made-up name; in the villages of the region most are of the region."""
    about = ("team", kind, code, line)
    woman = chance.number(5, *about, "sex") == 0
    if code in ("DME", "IEC", "KKH", "TKA") and chance.number(10, *about, "kind") < 8:
        return chance.choice(LOCAL_WOMEN if woman else LOCAL_MEN, *about)
    family = chance.choice(FAMILY_NAMES, *about, "family")
    middle = chance.choice(MIDDLE_OF_WOMEN if woman else MIDDLE_OF_MEN, *about, "middle")
    return f"{family} {middle} {chance.choice(GIVEN_TO_WOMEN if woman else GIVEN_TO_MEN, *about, 'given')}"


def team_of(kind: TeamKind, code: str, scene: Scene) -> SecurityTeam:
    """The team of a village, if whoever acts may change it. Raises LookupError if not."""
    village_id = village_of(scene, code).id
    theirs = access.reach(scene.actor, "edit", SecurityTeam).where(
        SecurityTeam.kind == kind, SecurityTeam.village_id == village_id
    )
    team = db.session.scalar(theirs)
    if team is None:
        raise LookupError(f"{scene.actor.username} may not change the team {kind} of {code} on {clock.today()}.")
    return team


def leave(kind: TeamKind, code: str, line: int, scene: Scene) -> None:
    actions.mend(team_of(kind, code, scene).members[line - 1], {"left_on": clock.today()}, scene.actor)


def come_back(kind: TeamKind, code: str, line: int, scene: Scene) -> None:
    """They are the same person as in the earlier line, and count once."""
    team = team_of(kind, code, scene)
    first = team.members[line - 1]
    facts = {
        "name": first.name, "birth_year": first.birth_year, "task": Task.MEMBER, "joined_on": clock.today(),
        "same_as_id": first.id,
    }  # fmt: skip
    actions.add_line(TeamMember, team, facts, scene.actor)


def join(kind: TeamKind, code: str, scene: Scene) -> None:
    team = team_of(kind, code, scene)
    actions.add_line(TeamMember, team, member(kind, code, len(team.members) + 1, clock.today()), scene.actor)


def reorganise(kind: TeamKind, code: str, decision: str, scene: Scene) -> None:
    facts = {"reorganised_on": clock.today(), "decision": decision, "note": "Thay hai đội viên đã chuyển đi"}
    actions.add_line(Reorganisation, team_of(kind, code, scene), facts, scene.actor)


def dissolve(kind: TeamKind, code: str, scene: Scene) -> None:
    facts = {"dissolved_on": clock.today(), "note": "Chợ chuyển về trung tâm xã; nhiệm vụ giao Tổ bảo vệ ANTT thôn."}
    actions.mend(team_of(kind, code, scene), facts, scene.actor)


# ── cameras ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def cameras(until: date) -> Iterator[Deed]:
    """Put up, looked at twice a year, mended; one was replaced, and one is broken today."""
    for put_up_on, places in CAMERAS:
        yield on(put_up_on, 15, POLICE, partial(put_up, places))
    for looked_on in rounds_until(until):
        yield on(looked_on, 9, POLICE, look_at_all)
    for location, broken_on, mended_on, note in BROKEN:
        yield on(broken_on, 16, POLICE, partial(look, location, CameraState.BROKEN, ""))
        yield on(mended_on, 16, POLICE, partial(look, location, CameraState.WORKING, note))
    location, replaced_on, code, name = REPLACED
    yield on(replaced_on, 10, POLICE, partial(take_down, location))
    yield on(replaced_on, 11, POLICE, partial(put_up, ((code, name),)))
    seen_on = until - timedelta(days=BROKEN_DAYS)
    if seen_on > LAST_DAY_OF_OLD:
        said = "Mất hình ban đêm, đã báo nhà cung cấp."
        yield on(seen_on, 8, POLICE, partial(look, BROKEN_NOW, CameraState.BROKEN, said))


def rounds_until(until: date) -> Sequence[date]:
    first = date(2023, CHECKED[0], 6)
    days = (add_months(first, months) for months in range(0, 12 * (until.year - first.year + 1), 6))
    return [one for one in days if one <= until]


def put_up(places: Sequence[tuple[str, str]], scene: Scene) -> None:
    for code, location in places:
        facts = {"village_id": village_of(scene, code).id, "location": location, "installed_on": clock.today()}
        actions.write_down(Camera, commune_id(scene), facts, scene.actor)


def camera_at(location: str, scene: Scene) -> Camera:
    theirs = access.reach(scene.actor, "edit", Camera).where(Camera.location == location, Camera.removed_on.is_(None))
    return db.session.scalars(theirs).one()


def look_at_all(scene: Scene) -> None:
    """All that are in place work on the days of the round."""
    here = access.reach(scene.actor, "edit", Camera).where(Camera.removed_on.is_(None)).order_by(Camera.id)
    for camera in db.session.scalars(here).all():
        facts = {"seen_on": clock.today(), "state": CameraState.WORKING}
        actions.add_line(CameraCheck, camera, facts, scene.actor)


def look(location: str, state: CameraState, note: str, scene: Scene) -> None:
    facts = {"seen_on": clock.today(), "state": state, "note": note}
    actions.add_line(CameraCheck, camera_at(location, scene), facts, scene.actor)


def take_down(location: str, scene: Scene) -> None:
    facts = {"removed_on": clock.today(), "note": "Trụ cũ hư hỏng, lắp mắt mới trên trụ mới."}
    actions.mend(camera_at(location, scene), facts, scene.actor)
