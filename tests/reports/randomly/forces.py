"""Any cameras, and teams with whoever serves in them."""

from datetime import date
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import update

from portal.engine.db import db
from portal.forces import indicators
from portal.forces.models import Camera, Reorganisation, SecurityTeam, TeamKind, TeamMember
from portal.organisation.models import Unit
from tests.builders import FOUNDED
from tests.reports import forces_by_hand as hand
from tests.reports.randomly.rows import (
    FIRST_ID,
    Places,
    Room,
    days,
    lines,
    often,
    perhaps,
    put,
    rarely,
    some,
    where,
)


def _nobody_before_the_first(members: list[hand.Member]) -> list[hand.Member]:
    for one in members[:1]:
        one.again = False
    return members


member = st.builds(hand.Member, days, perhaps, st.booleans(), rarely)
team = st.builds(
    hand.Team, kind=often(["civil_defence"], TeamKind), village=st.sampled_from(["BPH", "NHA"]), established_on=days,
    dissolved_on=perhaps, members=some(member, 5).map(_nobody_before_the_first), where=where, voided=rarely,
    reorganised=some(st.builds(hand.Reorganised, days, rarely), 2),
)  # fmt: skip
ends = {"BPH": st.tuples(days, st.sampled_from(["NHA", "TKA", None])), "NHA": st.tuples(days, st.just("TKA"))}
told = st.builds(
    hand.Told, cameras=some(st.builds(hand.Camera, days, perhaps, where, rarely)), teams=some(team, 12),
    ended=st.fixed_dictionaries({}, optional=ends),
)  # fmt: skip


def tell(places: Places, told: Any) -> None:
    put(Camera, [
        places.entry(number, one, installed_on=one.installed_on, removed_on=one.removed_on, location="",
                     village_id=places.at(one.where, "BPH"))
        for number, one in enumerate(told.cameras)
    ])  # fmt: skip
    _end_villages(places, told.ended)
    put(SecurityTeam, [
        places.entry(number, one, kind=one.kind, established_on=one.established_on, dissolved_on=one.dissolved_on,
                     village_id=places.at(one.where, one.village))
        for number, one in enumerate(told.teams)
    ])  # fmt: skip
    first_lines: dict[int, int] = {}
    rows = []
    for number, (of, one) in enumerate(lines(told.teams, "members")):
        first = first_lines.setdefault(of, FIRST_ID + number)
        same = first if one.again else None
        rows.append(
            places.kept(number, one, team_id=of, name="A Drin", task="member", joined_on=one.joined_on,
                        left_on=one.left_on, same_as_id=same)
        )  # fmt: skip
    put(TeamMember, rows)
    put(Reorganisation, [
        places.kept(number, one, team_id=of, reorganised_on=one.on)
        for number, (of, one) in enumerate(lines(told.teams, "reorganised"))
    ])  # fmt: skip


def _end_villages(places: Places, ended: dict[str, tuple[date, str | None]]) -> None:
    """End the villages of the commune, and put in one that takes over."""
    ids = {"BPH": places.at("here", "BPH"), "NHA": places.at("here", "NHA"), "TKA": FIRST_ID + 2000, None: None}
    put(Unit, [
        {"id": ids["TKA"], "code": f"{places.codes['here']}-TKA", "name": "thôn Tà Ka", "folded": "", "kind": "village",
         "commune_id": places.commune.id, "valid_from": FOUNDED, "valid_to": None}
    ])  # fmt: skip
    for village, (last, successor) in ended.items():
        values = {"valid_to": last, "successor_id": ids[successor]}
        db.session.execute(update(Unit.__table__).where(Unit.__table__.c.id == ids[village]).values(**values))


DAY = date(2024, 8, 31)
EACH = hand.Told(
    [hand.Camera(DAY)], [hand.Team(str(kind), "BPH", DAY, members=[hand.Member(DAY)]) for kind in TeamKind]
)
ROOM = Room("forces", indicators.INDICATORS, told, tell, hand.figures, EACH)
