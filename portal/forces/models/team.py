"""Security teams of the villages, their members from a day to a day, and when they were reorganised."""

import enum
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.books.models import Entry, Part
from portal.engine import clock
from portal.engine.refusal import Misfit, Plain, Reason
from portal.engine.spans import goes_on
from portal.engine.text import _l, mark
from portal.engine.workflow import State
from portal.law import local_security
from portal.organisation.models import Unit

SERVING, TO_MEND, DISSOLVED = (
    State(_l("In being"), "done"), State(_l("Wants a look"), "soon"), State(_l("Dissolved"), "cancelled")
)  # fmt: skip


class TeamKind(enum.StrEnum):
    """What a team is, as reports count it."""

    SECURITY = "security"
    PEOPLE_SECURITY = "people_security"
    CIVIL_DEFENCE = "civil_defence"
    INTERFAMILY_FIRE = "interfamily_fire"
    OTHER = "other"


class Task(enum.StrEnum):
    LEADER = "leader"
    DEPUTY = "deputy"
    MEMBER = "member"


TEAM_KIND_NAMES = {
    TeamKind.SECURITY: _l("Local security team"),
    TeamKind.PEOPLE_SECURITY: _l("People's security group"),
    TeamKind.CIVIL_DEFENCE: _l("Civil-defence team"),
    TeamKind.INTERFAMILY_FIRE: _l("Inter-family fire-safety group"),
    TeamKind.OTHER: _l("Another team"),
}
TASK_NAMES = {
    Task.LEADER: _l("Head of the team"),
    Task.DEPUTY: _l("Deputy leader"),
    Task.MEMBER: _l("Member of the team"),
}


class SecurityTeam(Entry):
    """A team of a village. *dissolved_on* is the first day on which it is no more."""

    prefix = "TD"
    dated = "established_on"
    searched = ("name",)

    kind: Mapped[TeamKind] = mapped_column(index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(default="")  # where the village has several of a kind
    established_on: Mapped[date] = mapped_column(index=True)
    decision: Mapped[str] = mapped_column(default="")  # number of the paper that set it up
    dissolved_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")

    village: Mapped[Unit] = relationship(foreign_keys=village_id)
    members: Mapped[list["TeamMember"]] = relationship(back_populates="team", order_by="TeamMember.id")
    reorganisations: Mapped[list["Reorganisation"]] = relationship(
        back_populates="team", order_by="Reorganisation.reorganised_on"
    )

    @property
    def misfits(self) -> Iterable[Reason]:
        if self.dissolved_on and self.dissolved_on < self.established_on:
            yield Misfit("dissolved_on", mark("It cannot be dissolved before it was set up."))

    @property
    def dissolved(self) -> bool:
        return not goes_on(self.dissolved_on, clock.today())

    @property
    def standing(self) -> State:
        if self.dissolved:
            return DISSOLVED
        return TO_MEND if self.warnings else SERVING

    @property
    def serving(self) -> Sequence["TeamMember"]:
        """Who serves in it today, each person once."""
        today = clock.today()
        found = [one for one in self.members if one.voided_at is None and one.serves_on(today)]
        return list({one.person_key: one for one in found}.values())

    @property
    def warnings(self) -> Sequence[Reason]:
        """What the commune should look at, as long as the team is in being."""
        return () if self.dissolved else tuple(self._warnings())

    def _warnings(self) -> Iterator[Reason]:
        serving = self.serving
        if not serving and not any(one.voided_at is None for one in self.members):
            yield Plain(mark("No member is entered yet."))
        elif not serving:
            yield Plain(mark("Nobody serves in the team."))
        elif not any(one.task == Task.LEADER for one in serving):
            yield Plain(mark("The team has no leader."))
        if old := sum(one.over_age for one in serving):
            limit = local_security.most_age(clock.today())
            yield Plain(mark("Older than %(limit)s: %(count)s."), limit=limit.count, count=old)
        if twice := self._perhaps_the_same():
            yield Plain(
                mark("Entered twice by the same name and year of birth: %(count)s. Whoever came back says so in the "
                     "later line, and counts once."),
                count=twice,
            )  # fmt: skip

    def _perhaps_the_same(self) -> int:
        alike: dict[tuple[str, int | None], set[int]] = {}
        for one in self.members:
            if one.voided_at is None:
                alike.setdefault((one.name, one.birth_year), set()).add(one.person_key)
        return sum(len(keys) > 1 for keys in alike.values())


LEAST_AGE = 18  # of whoever joins: Luật 30/2023/QH15, Điều 13


class TeamMember(Part):
    """A time that somebody serves in a team. *left_on* is the first day on which they do no more.

    Who left and came back has a line each time; the later ones name the first (*same_as_id*) and are the same person.
    """

    parent = "team"
    sensitive = frozenset({"name", "birth_year", "note"})

    team_id: Mapped[int] = mapped_column(ForeignKey("security_team.id"), index=True)
    name: Mapped[str]
    birth_year: Mapped[int | None]
    task: Mapped[Task]
    joined_on: Mapped[date] = mapped_column(index=True)
    left_on: Mapped[date | None]
    same_as_id: Mapped[int | None] = mapped_column(ForeignKey("team_member.id"), index=True)
    note: Mapped[str] = mapped_column(default="")

    team: Mapped[SecurityTeam] = relationship(back_populates="members")

    @property
    def person_key(self) -> int:
        """Tells people apart: the first line of whoever came back."""
        return self.same_as_id or self.id

    def serves_on(self, day: date) -> bool:
        return self.joined_on <= day and goes_on(self.left_on, day)

    @property
    def over_age(self) -> bool:
        """Whether they are older than the act allows, by the year of birth."""
        return local_security.over_age(self.birth_year, clock.today())

    @property
    def misfits(self) -> Iterable[Reason]:
        if self.left_on and self.left_on < self.joined_on:
            yield Misfit("left_on", mark("Nobody leaves before they joined."))
        if self.joined_on < self.team.established_on:
            yield Misfit("joined_on", mark("The team was set up later than that."))
        if self.birth_year and self.joined_on.year - self.birth_year < LEAST_AGE:
            told = mark("Whoever joins a team is at least %(age)s years old.")
            yield Misfit("birth_year", told, age=LEAST_AGE)
        if self.same_as_id is None:
            return
        others = [one for one in self.team.members if one is not self]
        if not any(one.id == self.same_as_id and one.same_as_id is None for one in others):
            yield Misfit("same_as_id", mark("That is no first line of this team."))
        if self.id in {one.same_as_id for one in others if one.same_as_id}:
            yield Misfit("same_as_id", mark("Another line names this one as the first. Name that one there first."))
        spells = [one for one in others if one.voided_at is None and one.person_key == self.same_as_id]
        if any(_overlap(self, one) for one in spells):
            yield Misfit("joined_on", mark("They serve in the team in these days already, by another line."))


def _overlap(one: TeamMember, other: TeamMember) -> bool:
    """Whether two times share a day; an end day belongs to neither."""
    return (other.left_on is None or one.joined_on < other.left_on) and (
        one.left_on is None or other.joined_on < one.left_on
    )


class Reorganisation(Part):
    """That a team was reorganised on a day."""

    parent = "team"

    team_id: Mapped[int] = mapped_column(ForeignKey("security_team.id"), index=True)
    reorganised_on: Mapped[date] = mapped_column(index=True)
    decision: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")

    team: Mapped[SecurityTeam] = relationship(back_populates="reorganisations")

    @property
    def misfits(self) -> Iterable[Reason]:
        if self.reorganised_on < self.team.established_on:
            yield Misfit("reorganised_on", mark("The team was set up later than that."))
