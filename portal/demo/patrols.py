"""Patrols of the example, deed by deed: planned by the police, logged on the next morning, signed by the others."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from portal.demo.deeds import Deed, Scene, commune_code, on
from portal.demo.outings import ORDER, POINTS, PROTECTED, TEAM_LEADERS, Outing, outings
from portal.demo.today import Today
from portal.demo.units import COMMUNE, LAST_DAY_OF_OLD, MERGED_ON, SET_UP_ON, TEAMS_SINCE
from portal.engine import access, clock
from portal.engine.db import db
from portal.incidents import actions as noting
from portal.incidents.actions import Seen
from portal.incidents.models import Observation, Source
from portal.organisation import actions as organisation
from portal.organisation.actions import PlanFacts
from portal.organisation.models import Unit
from portal.patrols import actions
from portal.patrols.actions import LandmarkFacts, Logged, Planned, Protected, Team, Visit
from portal.patrols.models import Landmark, Patrol
from portal.patrols.queries import landmarks_on

POLICE, MILITARY, BORDER_POST, CLERK, LEADER = (
    "police_officer", "military_command", "border_guard", "office_clerk", "commune_leader",
)  # fmt: skip
Crew = tuple[tuple[str, int, str], ...]  # of each force: how many, and who is in charge of them
USUAL: Crew = (("CA", 3, "Võ Hữu Thanh"), ("QS", 2, "Bùi Xuân Tạo"), ("BP", 2, "Hoàng Đức Nhượng"))
OTHERS: Crew = (("CA", 2, "A Nhuin"), ("QS", 3, "A Djưn"), ("BP", 2, "Lê Quang Khải"))  # while those are elsewhere
OF_A_VILLAGE = 2  # people of its team that go along
ONE_DAY = timedelta(days=1)


def patrols(today: Today) -> Iterator[Deed]:
    yield from plans()
    yield on(SET_UP_ON, 10, CLERK, partial(enter_points))
    told = [one for one in outings(today.day) if one.on < today.day]
    for outing in told:
        yield from course(outing)
    yield from protected(today.day)
    yield from seen_on_the_border(told)


def plans() -> Iterator[Deed]:
    """The plan of the old commune, and that of the new one."""
    old = PlanFacts(
        "03/KH-UBND", date(2021, 3, 25), SET_UP_ON, LAST_DAY_OF_OLD, "UBND huyện Ngọc Hồi", patrols_a_month=2
    )
    new = PlanFacts("12/KH-UBND", MERGED_ON, MERGED_ON, None, "UBND tỉnh Quảng Ngãi", patrols_a_month=3)
    yield on(SET_UP_ON, 9, CLERK, partial(enter_plan, old))
    yield on(MERGED_ON, 9, CLERK, partial(enter_plan, new))


def course(outing: Outing) -> Iterator[Deed]:
    """From the plan to the last signature; a log that is disputed is written again on the day after."""
    begins = clock.moment(outing.on, outing.hour, outing.minute)
    morning = begins + timedelta(hours=outing.hours + 2) if outing.hour < 12 else clock.moment(outing.on + ONE_DAY, 8)
    yield Deed(clock.moment(outing.on - ONE_DAY, 15), POLICE, partial(plan, outing, USUAL))
    yield Deed(morning, POLICE, partial(log, outing, ""))
    if outing.disputed:
        yield Deed(morning + timedelta(hours=1), BORDER_POST, partial(dispute, outing))
        morning += ONE_DAY
        yield Deed(morning, POLICE, partial(log, outing, "Đã sửa giờ theo ý kiến của Đồn Biên phòng."))
    yield Deed(morning + timedelta(hours=2), MILITARY, partial(sign, outing.key))
    yield Deed(morning + timedelta(hours=26), BORDER_POST, partial(sign, outing.key))
    if outing.recommendation:
        yield Deed(morning + timedelta(days=5), LEADER, partial(close, outing.key))


def protected(until: date) -> Iterator[Deed]:
    for occasion, held_on, place, result in PROTECTED:
        if held_on < until:
            yield on(held_on + ONE_DAY, 9, POLICE, partial(record, Protected(occasion, held_on, place, result)))


def seen_on_the_border(told: list[Outing]) -> Iterator[Deed]:
    """On the last border patrol something was seen; the border post has it and confirmed it."""
    latest = max((one for one in told if one.kind != ORDER), key=lambda one: one.on, default=None)
    if latest:
        back = clock.moment(latest.on, latest.hour + latest.hours + 3)
        yield Deed(back, POLICE, partial(observe, latest.key))
        yield Deed(back + timedelta(hours=1), BORDER_POST, partial(receive, latest.key))


# ── the deeds themselves ────────────────────────────────────────────────────────────────────────────────────────────
def force(short: str, scene: Scene) -> Unit:
    """A force as it stood on the day; the border post went through the merger unchanged."""
    code = COMMUNE if short == "BP" else commune_code(COMMUNE, clock.today())
    return db.session.get_one(Unit, scene.units[f"{code}-{short}"])


def village_team(outing: Outing, scene: Scene) -> list[Team]:
    """The people of the village that an order patrol goes through; before the law they were of the older team."""
    if outing.village is None:
        return []
    unit = force("BV" if clock.today() >= TEAMS_SINCE else "AN", scene)
    return [Team(unit, OF_A_VILLAGE, TEAM_LEADERS[outing.village])]


def commune_id(scene: Scene) -> int:
    return scene.units[commune_code(COMMUNE, clock.today())]


def enter_plan(facts: PlanFacts, scene: Scene) -> None:
    organisation.enter_plan(commune_id(scene), facts, [force(one, scene) for one in ("CA", "QS", "BP", "UB")])


def enter_points(scene: Scene) -> None:
    for kind, code, name, x, y, village in POINTS:
        where = scene.units[f"{COMMUNE}-{village}"] if village else None
        actions.enter_landmark(commune_id(scene), LandmarkFacts(kind, name, x, y, code, where), clock.today())


def plan(outing: Outing, people: Crew, scene: Scene) -> None:
    begins = clock.moment(outing.on, outing.hour, outing.minute)
    teams = [Team(force(short, scene), count, name) for short, count, name in people]
    teams += village_team(outing, scene)
    known = {one.name: one for one in _points(scene)}
    points = [known[name] for name in outing.points]
    planned = Planned(
        outing.kind, begins, begins + timedelta(hours=outing.hours), people[0][2], "02 xe mô tô", teams, points
    )
    scene.patrols[outing.key] = actions.plan_patrol(commune_id(scene), planned, force("CA", scene)).id


def _points(scene: Scene) -> list[Landmark]:
    return landmarks_on(commune_id(scene), clock.today())


def log(outing: Outing, again: str, scene: Scene) -> None:
    patrol = the_patrol(outing.key, "log", scene)
    begins, ends = patrol.planned_start_at, patrol.planned_end_at
    each = (ends - begins) / (len(patrol.ways) + 1)
    visits = {stop.id: Visit(_whole(begins + each * place), "Bình thường") for place, stop in enumerate(patrol.ways, 1)}
    said = f"{outing.conclusion} {again}" if again else outing.conclusion
    logged = Logged(
        begins, ends, patrol.leader, patrol.means, outing.violations, said, outing.recommendation, visits=visits
    )
    actions.write_log(patrol, scene.actor, logged)


def _whole(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def start(key: str, scene: Scene) -> None:
    patrol = the_patrol(key, "start", scene)
    patrol.workflow.take("start", patrol, scene.actor)


def pass_first(key: str, scene: Scene) -> None:
    """Note the first point of the way."""
    patrol = the_patrol(key, "note", scene)
    stop = patrol.ways[0]
    actions.pass_point(patrol, stop.landmark, stop.place, _whole(clock.now()), "Bình thường")


def sign(key: str, scene: Scene) -> None:
    actions.sign(the_patrol(key, "countersign", scene), scene.actor)


def dispute(outing: Outing, scene: Scene) -> None:
    actions.dispute(the_patrol(outing.key, "countersign", scene), scene.actor, outing.disputed)


def close(key: str, scene: Scene) -> None:
    patrol = the_patrol(key, "close", scene)
    patrol.workflow.take("close", patrol, scene.actor, "Đã giao các thôn thực hiện.")


def record(facts: Protected, scene: Scene) -> None:
    counts = {force("CA", scene): 4, force("QS", scene): 3, force("BP", scene): 2}
    actions.record_protection(commune_id(scene), facts, counts)


def observe(key: str, scene: Scene) -> None:
    """Note something down, and hand it over to the border post."""
    patrol = the_patrol(key, "observe", scene)
    text = "Có dấu xe máy mới trên lối mòn, hướng ra biên giới; chưa rõ của ai."
    seen = Seen(Source.PATROL, patrol.day, None, None, "Lối mòn suối Đăk Ba", text)
    observation = noting.note_down(patrol.commune_id, seen, patrol)
    noting.hand_over(observation, force("BP", scene), scene.actor)
    scene.patrols[f"{key}/seen"] = observation.id


def receive(key: str, scene: Scene) -> None:
    observation = access.find(scene.actor, "receive", Observation, scene.patrols[f"{key}/seen"])
    if observation is None:
        raise LookupError(f"{scene.actor.username} may not receive what was seen on {key}.")
    noting.confirm_receipt(observation, scene.actor)


def the_patrol(key: str, to: str, scene: Scene) -> Patrol:
    """The patrol, if whoever acts may do this to it: as a page asks. Raises LookupError if not."""
    found = access.find(scene.actor, to, Patrol, scene.patrols[key])
    if found is None:
        raise LookupError(f"{scene.actor.username} may not {to} {key} on {clock.today()}.")
    return found
