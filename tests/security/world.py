"""A world in which every record carries marker words of its place and of each protected field.

Whoever reads a page in which a foreign marker stands has seen what is not theirs.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from portal.cases.models import (
    Assessment,
    Assignment,
    AssignmentKind,
    CheckIn,
    Contact,
    ContactKind,
    Measure,
    MeasureKind,
    RollCall,
    Violation,
    ViolationKind,
)
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation import actions, passwords
from portal.organisation.models import Role, RoleGrant, User
from tests.builders import PASSWORD, PEOPLE, Commune, a_case, a_person, an_absence

# The fields of a case whose sight is a right of its own, by group.
GROUPS = ("name", "identity", "contact", "judgment", "notes")


@dataclass
class Marked:
    """A case with all that belongs to it, and the marker word of each group of fields."""

    place: str
    case_id: int = 0
    ids: dict[str, int] = field(default_factory=dict)

    def marker(self, group: str) -> str:
        if group == "identity":
            return f"0{PLACES.index(self.place)}79012345{PLACES.index(self.place)}6"
        return f"MK{group.upper()}{self.place.upper()}"


PLACES = ("own", "sister", "supervised", "foreign")


def build(commune: Commune, neighbour: Commune) -> dict[str, Marked]:
    """One case a place: the officer's own, the colleague's, the military's, and the neighbour commune's."""
    return {
        "own": _marked("own", commune, officer="officer", helper="helper", village="BPH"),
        "sister": _marked("sister", commune, officer="officer2", helper="village_head2", village="NHA"),
        "supervised": _marked("supervised", commune, officer="officer2", helper=None, village="NHA", unit="QS"),
        "foreign": _marked("foreign", neighbour, officer="officer", helper="helper", village="BPH"),
    }


def _marked(place: str, commune: Commune, officer: str, helper: str | None, village: str, unit: str = "CA") -> Marked:
    marked = Marked(place)
    person = a_person(
        commune, f"Trần {marked.marker('name')}", village, national_id=marked.marker("identity"),
        address=marked.marker("contact"), phone=None,
    )  # fmt: skip
    case = a_case(
        commune, officer=officer, helper=helper, unit=unit, person=person, offence=marked.marker("judgment"),
        judgment_number=marked.marker("judgment"), court=marked.marker("judgment"),
    )  # fmt: skip
    marked.case_id = case.id
    marked.ids["case"], marked.ids["person"] = case.id, person.id
    _events(marked, commune, case, officer)
    leave = an_absence(commune, case, date(2026, 12, 1), date(2026, 12, 20), by=officer)
    with transaction(getattr(commune, officer)):
        leave.workflow.take("submit", leave, getattr(commune, officer))
    marked.ids["proposal"] = leave.id
    return marked


def _events(marked: Marked, commune: Commune, case: Any, officer: str) -> None:
    note = marked.marker("notes")
    today, month = clock.today(), clock.today().replace(day=1)
    with transaction(getattr(commune, officer)):
        made = {
            "check_in": CheckIn(month=month, received_on=month + timedelta(days=2), note=note),
            "roll_call": RollCall(month=month, held_on=today, present=True, note=note),
            "contact": Contact(kind=ContactKind.VISIT, happened_on=today, note=note),
            "assessment": Assessment(month=month, written_on=today, text=note),
            "violation": Violation(kind=ViolationKind.DUTY, occurred_on=today, recorded_on=today, text=note),
            "measure": Measure(kind=MeasureKind.PAPERS, given_on=today, given_by=note, text=note),
            "assignment": Assignment(kind=AssignmentKind.OFFICER, assignee=getattr(commune, officer), state="declined"),
        }
        for record in made.values():
            record.case, record.commune_id = case, case.commune_id
            db.session.add(record)
        db.session.flush()
        marked.ids |= {name: record.id for name, record in made.items()}


def actor(commune: Commune, role: Role, scope: str) -> User:
    """Somebody with the role in the own unit, in the sister unit, with an ended or a future grant, or as a deputy."""
    name, _role, unit_code = next(entry for entry in PEOPLE if entry[1] == role)
    original: User = getattr(commune, name)
    if scope == "own":
        return original
    unit = commune.place(unit_code) if unit_code else commune.unit
    today = clock.today()
    spans = {
        "ended": (today - timedelta(days=90), today - timedelta(days=1)),
        "future": (today + timedelta(days=1), None),
        "deputy": (today, today + timedelta(days=30)),
    }
    valid_from, valid_to = spans[scope]
    with transaction(None):
        user, _first = actions.create_user(f"{scope}.{role}", f"{scope} {role}", commune.unit)
        user.password_hash, user.must_change_password = passwords.hashed(PASSWORD), False
        grant: RoleGrant = actions.grant_role(
            user, role, unit, valid_from, valid_to, on_behalf_of=original if scope == "deputy" else None
        )
        actions.confirm_grant(grant, None)
    return user
