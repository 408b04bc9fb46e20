"""What people of the example do: each deed is one action of a room, on a record that its doer may do it to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from portal.cases import actions as cases
from portal.cases.models import Case, Channel, ContactKind, MeasureKind, Rating, ViolationKind
from portal.demo.organisation import Organisation
from portal.demo.story import File, Help, Leave
from portal.engine import access, clock
from portal.engine.db import db
from portal.organisation.models import User
from portal.proposals import actions as proposals
from portal.proposals.models import Proposal


class Scene:
    """The example as far as it is told: its people and units, its files and proposals by the story's own names."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.actor: User = organisation.people["police_chief"]
        self.cases: dict[str, int] = {}
        self.proposals: dict[str, int] = {}

    def case(self, code: str, to: str) -> Case:
        """The file, if whoever acts may do this to it: as a page asks. Raises LookupError if not."""
        found = access.find(self.actor, to, Case, self.cases[code])
        if found is None:
            raise LookupError(f"{self.actor.username} may not {to} {code} on {clock.today()}.")
        return found

    def proposal(self, key: str) -> Proposal:
        found = access.find(self.actor, "read", Proposal, self.proposals[key])
        if found is None:
            raise LookupError(f"{self.actor.username} may not read {key} on {clock.today()}.")
        return found

    def person(self, username: str) -> User:
        return db.session.get_one(User, self.organisation.people[username].id)


Act = Callable[[Scene], None]


@dataclass(frozen=True, order=True)
class Deed:
    """Somebody does something at a moment; *turn* keeps the order of what happens at the same one."""

    at: datetime
    turn: int
    by: str = field(compare=False)
    act: Act = field(compare=False)
