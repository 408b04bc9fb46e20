"""What is written down about a security team, its members and its reorganisations."""

from collections.abc import Iterable
from typing import Any, ClassVar

from portal.books.forms import BookForm, Offered, OfferedLine
from portal.engine.forms import Choice, Day, Line, Optional, Paragraphs, Required, Year, a_name, not_in_the_future, of
from portal.engine.presentation import day
from portal.engine.text import _, _l
from portal.forces.models import TASK_NAMES, TEAM_KIND_NAMES, SecurityTeam, TeamMember


class TeamForm(BookForm):
    kind = Choice(_l("Kind of team"), [Required()], choices=of(TEAM_KIND_NAMES))
    village_id = Offered(_l("Village"), [Required()])
    name = Line(
        _l("Its own name"), [Optional()], length=120,
        description=_l("Where a village has several teams of a kind, such as one a lane."),
    )  # fmt: skip
    established_on = Day(_l("Set up on"), [Required(), not_in_the_future])
    decision = Line(_l("Number of the decision"), [Optional()], length=80)
    dissolved_on = Day(
        _l("Dissolved on"), [Optional(), not_in_the_future], description=_l("The first day on which it is no more.")
    )
    note = Paragraphs(_l("Remarks"), [Optional()], length=1000)
    widths: ClassVar[dict[str, str]] = {"kind": "mid", "village_id": "mid", "decision": "mid"}


def first_lines(team: SecurityTeam) -> Iterable[tuple[str, Any]]:
    """Whoever left the team, by their first line, and whom other lines name already."""
    named = {one.same_as_id for one in team.members}
    for one in team.members:
        left = one.voided_at is None and one.same_as_id is None and one.left_on is not None
        if left or one.id in named:
            yield str(one.id), called_member(one)


def called_member(one: TeamMember) -> str:
    return _("%(name)s, joined on %(day)s", name=one.name, day=day(one.joined_on))


class MemberForm(BookForm):
    name = Line(_l("Name"), [Required(), a_name], length=120)
    birth_year = Year(_l("Year of birth"), [Optional()])
    task = Choice(_l("Task in the team"), [Required()], choices=of(TASK_NAMES))
    joined_on = Day(_l("Joined on"), [Required(), not_in_the_future])
    left_on = Day(
        _l("Left on"), [Optional(), not_in_the_future], description=_l("The first day on which they serve no more.")
    )
    same_as_id = OfferedLine(
        _l("Came back: the same person as"), [Optional()], lines=first_lines, called=called_member,
        description=_l("Somebody who left the team and came back counts once."),
    )  # fmt: skip
    note = Line(_l("Remarks"), [Optional()])
    widths: ClassVar[dict[str, str]] = {"task": "mid", "same_as_id": "mid", "birth_year": "short"}


class ReorganisationForm(BookForm):
    reorganised_on = Day(_l("Reorganised on"), [Required(), not_in_the_future])
    decision = Line(_l("Number of the decision"), [Optional()], length=80)
    note = Line(_l("Remarks"), [Optional()])
    widths: ClassVar[dict[str, str]] = {"decision": "mid"}
