"""What is counted of the forces: cameras, the teams of the villages and whoever serves in them."""

from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from portal.engine.indicators import Examples, Indicator, Period, by_month
from portal.engine.spans import going_on
from portal.engine.text import _l
from portal.forces.models import Camera, Reorganisation, SecurityTeam, TeamKind, TeamMember
from portal.organisation.breakdowns import by_village
from portal.organisation.models import Unit
from portal.organisation.queries import with_standing


def _cameras(period: Period) -> Select[Any]:
    return select(Camera).where(Camera.commune_id.in_(period.communes), Camera.voided_at.is_(None))


def new_cameras(period: Period) -> Select[Any]:
    return _cameras(period).where(Camera.installed_on.between(period.first, period.last))


def cameras_in_place(period: Period) -> Select[Any]:
    return _cameras(period).where(Camera.installed_on <= period.last, going_on(Camera.removed_on, period.last))


_WHERE = by_village(Camera.village_id)

NEW_CAMERAS = Indicator(
    "cameras.new", _l("Cameras put up in the period"), _l("cameras"),
    _l("Cameras put up on a day of the period, even if they were taken down later. One entry is one camera eye."),
    "flow", Camera, new_cameras, breakdowns=(_WHERE, by_month(Camera.installed_on)),
    examples=Examples(
        (_l("put up on the first or the last day of the period"), _l("put up in the period and taken down since")),
        (_l("put up before the period"), _l("entered in error")),
    ),
)  # fmt: skip
CAMERAS = Indicator(
    "cameras.total", _l("Cameras in place"), _l("cameras"),
    _l("Cameras that are in place at the end of the last day of the period."),
    "stock", Camera, cameras_in_place, breakdowns=(_WHERE,),
    examples=Examples(
        (_l("put up on the last day of the period"), _l("broken, and still in place")),
        (_l("taken down on the last day of the period"), _l("entered in error")),
    ),
)  # fmt: skip

OF_CAMERAS = (NEW_CAMERAS, CAMERAS)

# ── teams and their members ─────────────────────────────────────────────────────────────────────────────────────────
VILLAGE = aliased(Unit)  # as it is on the last day: where its own was taken over, the one that stands for it
PEOPLE = func.coalesce(TeamMember.same_as_id, TeamMember.id)  # in each team; who left and came back is one


def teams_in_being(kind: TeamKind, period: Period) -> Select[Any]:
    """Teams of a kind that are in being at the end of the last day."""
    return select(SecurityTeam).where(*_in_being(kind, period))


def _in_being(kind: TeamKind, period: Period) -> tuple[ColumnElement[bool], ...]:
    return (
        SecurityTeam.commune_id.in_(period.communes), SecurityTeam.voided_at.is_(None), SecurityTeam.kind == kind,
        SecurityTeam.established_on <= period.last, going_on(SecurityTeam.dissolved_on, period.last),
    )  # fmt: skip


def with_villages(kind: TeamKind, period: Period) -> Select[Any]:
    """The same teams, each with the village that there is of its own then."""
    return with_standing(teams_in_being(kind, period), SecurityTeam.village_id, VILLAGE, period.last)


def strengthened(period: Period) -> Select[Any]:
    """Civil-defence teams that were set up or reorganised on a day of the period, and are in being at its end."""
    return with_villages(TeamKind.CIVIL_DEFENCE, period).where(_set_up_or_reorganised(period))


def _set_up_or_reorganised(period: Period) -> ColumnElement[bool]:
    days = period.first, period.last
    reorganised = select(Reorganisation.id).where(
        Reorganisation.team_id == SecurityTeam.id, Reorganisation.voided_at.is_(None),
        Reorganisation.reorganised_on.between(*days),
    )  # fmt: skip
    return or_(SecurityTeam.established_on.between(*days), reorganised.exists())


def members_of(kind: TeamKind, period: Period) -> Select[Any]:
    """Whoever serves at the end of the last day in a team that is in being then."""
    serves = going_on(TeamMember.left_on, period.last)
    joined = select(TeamMember).join(SecurityTeam, SecurityTeam.id == TeamMember.team_id)
    return joined.where(
        *_in_being(kind, period), TeamMember.voided_at.is_(None), TeamMember.joined_on <= period.last, serves
    )


def strengthened_members(period: Period) -> Select[Any]:
    return members_of(TeamKind.CIVIL_DEFENCE, period).where(_set_up_or_reorganised(period))


_BY_VILLAGE, _BY_STANDING = (by_village(SecurityTeam.village_id),), (by_village(VILLAGE.id),)
_OF_TEAMS = Examples(
    (
        _l("a team set up on the last day of the period"), _l("two teams of a kind in one village: one village"),
        _l("teams of a village that was taken over and of the one that took it over: one village"),
    ),
    (_l("a team dissolved on the last day of the period"), _l("a team entered in error")),
)  # fmt: skip
_OF_MEMBERS = Examples(
    (
        _l("somebody who joined on the last day of the period"), _l("somebody in two teams, once in each"),
        _l("somebody who left and came back, once"),
    ),
    (_l("somebody who left on the last day of the period"), _l("a member of a dissolved team")),
)  # fmt: skip
_MEMBERS = _l(
    "Added up over the teams of this kind that are in being at the end of the last day: in each the different people "
    "who had joined by then and had not left."
)
_VILLAGES = _l(
    "Different villages, as they are at the end of the last day, with at least one team of this kind in being then."
)


def _villages(kind: TeamKind, label: Any) -> Indicator:
    return Indicator(
        f"teams.{kind}.villages", label, _l("villages"), _VILLAGES, "stock", SecurityTeam,
        partial(with_villages, kind), VILLAGE.id, breakdowns=_BY_STANDING, examples=_OF_TEAMS,
    )  # fmt: skip


def _members(kind: TeamKind, label: Any) -> Indicator:
    return Indicator(
        f"teams.{kind}.members", label, _l("members"), _MEMBERS, "stock", TeamMember, partial(members_of, kind),
        PEOPLE, breakdowns=_BY_VILLAGE, examples=_OF_MEMBERS,
    )  # fmt: skip


SECURITY_VILLAGES = _villages(TeamKind.SECURITY, _l("Villages with a local security team"))
SECURITY_MEMBERS = _members(TeamKind.SECURITY, _l("Members of local security teams"))
PEOPLE_SECURITY_VILLAGES = _villages(TeamKind.PEOPLE_SECURITY, _l("Villages with a people's security group"))
PEOPLE_SECURITY_MEMBERS = _members(TeamKind.PEOPLE_SECURITY, _l("Members of people's security groups"))
STRENGTHENED_VILLAGES = Indicator(
    "teams.civil_defence.strengthened_villages",
    _l("Villages whose civil-defence team was set up or reorganised in the period"), _l("villages"),
    _l("Different villages, as they are at the end of the last day of the period, with a civil-defence team that was "
       "set up or reorganised on a day of the period and is still in being then."),
    "flow", SecurityTeam, strengthened, VILLAGE.id, breakdowns=_BY_STANDING,
    examples=Examples(
        (_l("set up on the first day of the period"), _l("reorganised twice in the period: one village")),
        (_l("reorganised before the period"), _l("reorganised in the period and dissolved on its last day")),
    ),
)  # fmt: skip
STRENGTHENED_MEMBERS = Indicator(
    "teams.civil_defence.strengthened_members",
    _l("Members of civil-defence teams set up or reorganised in the period"), _l("members"),
    _l("Members, at the end of the last day, of the civil-defence teams that were set up or reorganised in the period "
       "and are still in being."),
    "flow", TeamMember, strengthened_members, PEOPLE, breakdowns=_BY_VILLAGE, examples=_OF_MEMBERS,
)  # fmt: skip
CIVIL_DEFENCE_TEAMS = Indicator(
    "teams.civil_defence.teams", _l("Civil-defence teams"), _l("teams"),
    _l("Civil-defence teams in being at the end of the last day of the period."),
    "stock", SecurityTeam, partial(teams_in_being, TeamKind.CIVIL_DEFENCE), breakdowns=_BY_VILLAGE,
    examples=Examples(
        (_l("a team set up on the last day of the period"), _l("two teams in one village: two teams")),
        (_l("a team dissolved on the last day of the period"), _l("a team entered in error")),
    ),
)  # fmt: skip
CIVIL_DEFENCE_MEMBERS = _members(TeamKind.CIVIL_DEFENCE, _l("Members of civil-defence teams"))
FIRE_VILLAGES = _villages(TeamKind.INTERFAMILY_FIRE, _l("Villages with an inter-family fire-safety group"))
FIRE_MEMBERS = _members(TeamKind.INTERFAMILY_FIRE, _l("Members of inter-family fire-safety groups"))

OF_TEAMS = (
    SECURITY_VILLAGES, SECURITY_MEMBERS, PEOPLE_SECURITY_VILLAGES, PEOPLE_SECURITY_MEMBERS, STRENGTHENED_VILLAGES,
    STRENGTHENED_MEMBERS, CIVIL_DEFENCE_TEAMS, CIVIL_DEFENCE_MEMBERS, FIRE_VILLAGES, FIRE_MEMBERS,
)  # fmt: skip
INDICATORS = (*OF_CAMERAS, *OF_TEAMS)
