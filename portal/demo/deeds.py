"""What a deed of the story is, and what whoever does it finds: people, files and proposals by the story's own names."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from portal.cases.models import Assignment, Case
from portal.demo.organisation import Organisation
from portal.demo.story import File
from portal.demo.units import COMMUNE, MERGED_ON, OLD_COMMUNE
from portal.engine import access, clock
from portal.engine.db import db
from portal.meetings.models import Meeting, MeetingSeries
from portal.organisation.models import Unit, User
from portal.proposals.models import Proposal


class Scene:
    """The example as far as it is told, and who acts now."""

    def __init__(self, organisation: Organisation, actor: User) -> None:
        self.organisation = organisation  # kept at hand, so that its records are not read anew with each deed
        self.units = {code: unit.id for code, unit in organisation.units.items()}
        self.people = {username: user.id for username, user in organisation.people.items()}
        self.actor = actor
        self.cases: dict[str, int] = {}
        self.proposals: dict[str, int] = {}
        self.patrols: dict[str, int] = {}
        self.meetings: dict[str, int] = {}
        self.series: dict[str, int] = {}
        self.campaigns: dict[str, int] = {}
        self.titles: dict[str, int] = {}
        self.reviewed: dict[str, int] = {}
        self.tests: dict[str, int] = {}
        self.persons: dict[str, int] = {}  # whom a file or an incident is about, where they were known before
        self.handovers: dict[date, int] = {}
        self.seen: dict[str, int] = {}
        self.incidents: dict[str, int] = {}
        self.tips: dict[str, int] = {}
        self.boxes: dict[str, int] = {}
        self.disputes: dict[int, int] = {}

    def case(self, code: str, to: str) -> Case:
        """The file, if whoever acts may do this to it: as a page asks. Raises LookupError if not."""
        found = access.find(self.actor, to, Case, self.cases[code])
        if found is None:
            raise LookupError(f"{self.actor.username} may not {to} {code} on {clock.today()}.")
        return found

    def request(self, code: str, kind: str) -> Assignment:
        """The assignment to the file that waits for whoever acts. Raises LookupError if there is none."""
        theirs = access.reach(self.actor, "accept", Assignment).where(
            Assignment.case_id == self.cases[code], Assignment.kind == kind, Assignment.state == "proposed"
        )
        found = db.session.scalar(theirs)
        if found is None:
            raise LookupError(f"{self.actor.username} is not asked to take {code} on {clock.today()}.")
        return found

    def proposal(self, key: str, to: str = "read") -> Proposal:
        """The proposal, if whoever acts may do this to it. Raises LookupError if not."""
        found = access.find(self.actor, to, Proposal, self.proposals[key])
        if found is None:
            raise LookupError(f"{self.actor.username} may not {to} {key} on {clock.today()}.")
        return found

    def meeting(self, key: str, to: str) -> Meeting:
        """The meeting, if whoever acts may do this to it. Raises LookupError if not."""
        found = access.find(self.actor, to, Meeting, self.meetings[key])
        if found is None:
            raise LookupError(f"{self.actor.username} may not {to} {key} on {clock.today()}.")
        return found

    def meeting_series(self, key: str) -> MeetingSeries:
        """The series, if whoever acts may change it. Raises LookupError if not."""
        found = access.find(self.actor, "edit", MeetingSeries, self.series[key])
        if found is None:
            raise LookupError(f"{self.actor.username} may not change the series {key} on {clock.today()}.")
        return found

    def person(self, username: str) -> User:
        return db.session.get_one(User, self.people[username])

    def commune(self, file: File) -> Unit:
        """The commune that receives a file on the day: the old one until the merger."""
        return db.session.get_one(Unit, self.units[commune_code(file.commune, clock.today())])

    def force(self, short: str) -> Unit:
        """The force of the commune as it stands on the day."""
        return self.organisation.force(short, clock.today())

    def village(self, file: File) -> Unit:
        return db.session.get_one(Unit, self.units[f"{file.commune}-{file.village}"])


def commune_code(code: str, day: date) -> str:
    return OLD_COMMUNE if code == COMMUNE and day < MERGED_ON else code


Act = Callable[[Scene], None]


@dataclass(frozen=True)
class Deed:
    """Somebody does something at a moment. What happens at the same moment keeps the order in which it is told."""

    at: datetime
    by: str
    act: Act


def on(day: date, hour: int, by: str, act: Act) -> Deed:
    return Deed(clock.moment(day, hour), by, act)
