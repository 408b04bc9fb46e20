"""The books about forces and what they watch with."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import joinedload, selectinload

from portal.books import Book, Column, PartOf, Words
from portal.engine import clock
from portal.engine.listing import Chip
from portal.engine.presentation import day
from portal.engine.spans import goes_on, going_on
from portal.engine.text import _, _l
from portal.forces.forms import CameraCheckForm, CameraForm, MemberForm, ReorganisationForm, TeamForm
from portal.forces.models import (
    CAMERA_STATE_NAMES,
    TASK_NAMES,
    TEAM_KIND_NAMES,
    Camera,
    CameraCheck,
    CameraState,
    Reorganisation,
    SecurityTeam,
    Task,
    TeamKind,
    TeamMember,
)
from portal.law import local_security


# ── cameras ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def _in_place() -> ColumnElement[bool]:
    return going_on(Camera.removed_on, clock.today())


def _broken() -> ColumnElement[bool]:
    of_it = select(CameraCheck.state).where(CameraCheck.camera_id == Camera.id, CameraCheck.voided_at.is_(None))
    last = of_it.order_by(CameraCheck.seen_on.desc(), CameraCheck.id.desc()).limit(1).scalar_subquery()
    return and_(_in_place(), last == CameraState.BROKEN)


CAMERAS = Book(
    name="cameras", record=Camera, icon="eye", form=CameraForm,
    words=Words(
        _l("Cameras"), _l("Camera"), _l("Enter a camera"), _l("No camera is entered."),
        _l("Each eye is one entry, with the day on which it was put up."),
        _l("What watches public places, and whether it works."),
    ),
    columns=(
        Column(_l("Place"), lambda one: one.location, 28), Column(_l("State"), lambda one: str(one.standing.label), 16),
        Column(_l("Village"), lambda one: one.village.title, 20),
        Column(_l("Put up on"), lambda one: one.installed_on, 12),
        Column(_l("Taken down on"), lambda one: one.removed_on, 12),
    ),
    called=lambda one: one.location, standing=lambda one: one.standing,
    twice=("village_id", "location", "installed_on"), alike=("village_id", "location"),
    chips=(
        Chip("here", _l("In place"), _in_place), Chip("broken", _l("Broken"), _broken, "overdue"),
        Chip("all", _l("All")),
    ),
    options=(joinedload(Camera.village), selectinload(Camera.checks)),
    parts=(
        PartOf(
            "checks", CameraCheck, "checks",
            Words(
                _l("Looked at"), _l("Look at the camera"), _l("Record how it was found"),
                _l("Nobody looked at it yet."),
            ),
            CameraCheckForm,
            (
                Column(_l("Looked at on"), lambda one: one.seen_on, 12),
                Column(_l("How it was found"), lambda one: str(CAMERA_STATE_NAMES[one.state]), 16),
                Column(_l("Remarks"), lambda one: one.note, 30),
            ),
            called=lambda one: str(CAMERA_STATE_NAMES[one.state]),
        ),
    ),
)  # fmt: skip


# ── teams ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def _serving(*also: ColumnElement[bool]) -> Select[Any]:
    """Lines of whoever serves today in the team of the outer query."""
    today = clock.today()
    return select(TeamMember.id).where(
        TeamMember.team_id == SecurityTeam.id, TeamMember.voided_at.is_(None), TeamMember.joined_on <= today,
        going_on(TeamMember.left_on, today), *also,
    )  # fmt: skip


def _in_being() -> ColumnElement[bool]:
    return going_on(SecurityTeam.dissolved_on, clock.today())


def _without_leader() -> ColumnElement[bool]:
    return and_(_in_being(), ~_serving(TeamMember.task == Task.LEADER).exists())


def _with_old_members() -> ColumnElement[bool]:
    first = local_security.first_birth_year(clock.today())
    return and_(_in_being(), _serving(TeamMember.birth_year < first).exists())


def _left_this_year() -> ColumnElement[bool]:
    today = clock.today()
    left = select(TeamMember.id).where(
        TeamMember.team_id == SecurityTeam.id, TeamMember.voided_at.is_(None),
        TeamMember.left_on.between(today.replace(month=1, day=1), today),
    )  # fmt: skip
    return and_(_in_being(), left.exists())


def _dissolved() -> ColumnElement[bool]:
    return ~_in_being()


def called(team: SecurityTeam) -> str:
    """A team by its kind, its own name and its village; one of another kind by its name alone."""
    kind = "" if team.kind == TeamKind.OTHER and team.name else str(TEAM_KIND_NAMES[team.kind])
    return ", ".join(one for one in (kind, team.name, team.village.name) if one)


def _days(member: TeamMember) -> str:
    """From which day to which they serve; the second is the first on which they do no more."""
    if member.left_on is None:
        return _("since %(day)s", day=day(member.joined_on))
    return _("%(first)s to %(last)s", first=day(member.joined_on), last=day(member.left_on))


def _how_they_stand(member: TeamMember) -> str:
    today = clock.today()
    if not goes_on(member.left_on, today):
        said = _("left")
    elif member.over_age:
        said = _("older than %(limit)s", limit=local_security.most_age(today).count)
    else:
        said = ""
    back = _("came back") if member.same_as_id else ""
    return "; ".join(one for one in (said, back, member.note) if one)


def _leader(team: SecurityTeam) -> str:
    return ", ".join(one.name for one in team.serving if one.task == Task.LEADER)


TEAMS = Book(
    name="security_teams", record=SecurityTeam, icon="forces", form=TeamForm,
    words=Words(
        _l("Security teams"), _l("Security team"), _l("Enter a security team"), _l("No security team is entered."),
        _l("Each team is one entry, with its members and the days on which they joined and left."),
        _l("The teams of the villages, and who serves in them."),
    ),
    columns=(
        Column(_l("Team"), called, 44), Column(_l("State"), lambda one: str(one.standing.label), 16),
        Column(_l("Members"), lambda one: len(one.serving), 10),
        Column(_l("Head of the team"), _leader, 24),
        Column(_l("Set up on"), lambda one: one.established_on, 12),
        Column(_l("Dissolved on"), lambda one: one.dissolved_on, 12),
    ),
    called=called, standing=lambda one: one.standing, template="forces/team.html",
    twice=("village_id", "kind", "name", "established_on"), alike=("village_id", "kind"),
    chips=(
        Chip("here", _l("In being"), _in_being), Chip("old", _l("Somebody too old"), _with_old_members, "soon"),
        Chip("leaderless", _l("No leader"), _without_leader, "overdue"),
        Chip("left", _l("Somebody left this year"), _left_this_year), Chip("gone", _l("Dissolved"), _dissolved),
        Chip("all", _l("All")),
    ),
    options=(joinedload(SecurityTeam.village), selectinload(SecurityTeam.members)),
    parts=(
        PartOf(
            "members", TeamMember, "members",
            Words(_l("Members"), _l("Member"), _l("Enter a member"), _l("Nobody is entered yet.")), MemberForm,
            (
                Column(_l("Name"), lambda one: one.name, 26),
                Column(_l("Task in the team"), lambda one: str(TASK_NAMES[one.task]), 16),
                Column(_l("Year of birth"), lambda one: str(one.birth_year or ""), 10),
                Column(_l("In the team"), _days, 24),
                Column(_l("Remarks"), _how_they_stand, 30),
            ),
            called=lambda one: one.name,
        ),
        PartOf(
            "reorganisations", Reorganisation, "reorganisations",
            Words(
                _l("Reorganised"), _l("Reorganisation"), _l("Enter a reorganisation"), _l("It was not reorganised yet.")
            ),
            ReorganisationForm,
            (
                Column(_l("Reorganised on"), lambda one: one.reorganised_on, 12),
                Column(_l("Number of the decision"), lambda one: one.decision, 20),
                Column(_l("Remarks"), lambda one: one.note, 30),
            ),
            called=lambda one: day(one.reorganised_on),
        ),
    ),
)  # fmt: skip

BOOKS = (TEAMS, CAMERAS)
