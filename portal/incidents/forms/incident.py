"""What is written down about an incident, its people, seizures and vehicles."""

from collections.abc import Iterable
from typing import Any, ClassVar

from flask_login import current_user

from portal.books.forms import Amount, BookForm, Offered
from portal.engine import clock
from portal.engine.access import ask_ahead, find, reach, see
from portal.engine.db import db
from portal.engine.forms import (
    Choice,
    Day,
    EditForm,
    Hour,
    Line,
    Number,
    Optional,
    Paragraphs,
    Required,
    ValidationError,
    Year,
    a_name,
    not_in_the_future,
    of,
)
from portal.engine.intake import id_in
from portal.engine.text import _, _l
from portal.engine.vietnamese import fold
from portal.incidents.models import (
    AGENCY_NAMES,
    HARM_NAMES,
    KIND_NAMES,
    OFFENCE_NAMES,
    OUTCOME_NAMES,
    ROLE_NAMES,
    SUBSTANCE_NAMES,
    VEHICLE_NAMES,
    Agency,
    IncidentRole,
    Outcome,
)
from portal.organisation.models import User
from portal.people.models import Person

MOST_PEOPLE, MOST_VND = 1_000, 10**13
OFFERED = {**AGENCY_NAMES, Agency.DISTRICT_POLICE: _l("District police (until 28/02/2025)")}


def none_is_zero(number: int | None) -> int:
    return number or 0


class IncidentForm(BookForm):
    kind = Choice(_l("Kind"), [Required()], choices=of(KIND_NAMES))
    category = Choice(
        _l("Kind of violation"), [Optional()], choices=of(OFFENCE_NAMES),
        description=_l("Of security incidents alone."),
    )  # fmt: skip
    village_id = Offered(_l("Village"), [Required()])
    location = Line(_l("Place"), [Optional()])
    text = Paragraphs(
        _l("What happened"), [Required()], length=2000,
        description=_l("In a few sentences, without names: people are written down afterwards, each with their part."),
    )  # fmt: skip
    occurred_on = Day(
        _l("Happened on"), [Optional(), not_in_the_future],
        description=_l("Leave it empty only where the day is not known yet: then that of the detection counts."),
    )  # fmt: skip
    happened_at = Hour(_l("Hour"), [Optional()])
    detected_on = Day(_l("Detected on"), [Required(), not_in_the_future], default=clock.today)
    cause = Line(_l("Cause"), [Optional()], length=500)
    detected_by = Choice(
        _l("Detected by"), [Required()], choices=of(OFFERED),
        description=_l("The leading one, where several found it together."),
    )  # fmt: skip
    received_by = Choice(_l("Received by"), [Optional()], choices=of(OFFERED))
    handled_by = Choice(_l("Dealt with by"), [Optional()], choices=of(OFFERED))
    agencies = Line(
        _l("These forces by name"), [Optional()], description=_l("Which ones they are, and who worked with them.")
    )
    outcome = Choice(
        _l("How it was dealt with"), [Required()], choices=list(OUTCOME_NAMES.items()), default=Outcome.PENDING
    )
    outcome_on = Day(_l("Day of the outcome"), [Optional(), not_in_the_future])
    deaths = Number(_l("Dead"), [Optional()], most=MOST_PEOPLE, filters=[none_is_zero], default=0)
    injured = Number(
        _l("Injured"), [Optional()], most=MOST_PEOPLE, filters=[none_is_zero], default=0,
        description=_l("Who died is counted as dead alone, also where it was some days later."),
    )  # fmt: skip
    property_vnd = Number(
        _l("Property lost, VND"), [Optional()], most=MOST_VND,
        description=_l("Leave it empty as long as nobody valued it."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {
        "kind": "mid", "category": "mid", "village_id": "mid", "occurred_on": "day", "happened_at": "short",
        "detected_on": "day", "detected_by": "mid", "received_by": "mid", "handled_by": "mid", "outcome": "mid",
        "outcome_on": "day", "deaths": "short", "injured": "short", "property_vnd": "mid",
    }  # fmt: skip


def people_with_a_file(user: User) -> Iterable[tuple[str, Any]]:
    """Those whose page whoever writes may open; whom they may only name on duty is offered by no list."""
    found = db.session.scalars(reach(user, "read", Person).order_by(Person.sort_key, Person.id)).all()
    ask_ahead(user, found)
    return [(str(one.id), _in_a_list(one)) for one in found if _named(user, one)]


def _named(user: User, person: Person) -> bool:
    name = see(user, person, "full_name")
    return not (name.masked or name.hidden)


def _in_a_list(person: Person) -> str:
    named = {"name": person.full_name, "year": person.born}
    return _("%(name)s (born %(year)s)", **named) if person.born else person.full_name


class IncidentPersonForm(BookForm):
    role = Choice(_l("Part"), [Required()], choices=list(ROLE_NAMES.items()), default=IncidentRole.SUBJECT)
    full_name = Line(_l("Full name"), [Required(), a_name])
    birth_year = Year(_l("Year of birth"), [Optional()])
    residence = Line(_l("Lives in"), [Optional()])
    person_id = Offered(
        _l("Has a file"), [Optional()], offer=people_with_a_file, called=lambda _person: _("Somebody with a file"),
        description=_l("Where it is somebody with a file of the commune police, so that they count once."),
    )  # fmt: skip
    note = Line(_l("Remarks"), [Optional()])
    widths: ClassVar[dict[str, str]] = {"role": "mid", "birth_year": "short", "person_id": "mid"}

    def validate_person_id(self, field: Offered) -> None:
        """The name that is typed is that of the file: nobody is linked to somebody else's by a slip of the hand. A
        command that nobody signs brings in what stands elsewhere already."""
        chosen = id_in(field.data) if current_user else None
        person = find(current_user, "read", Person, chosen) if chosen else None
        if person is None or not _named(current_user, person) or not self.full_name.data:
            return
        if fold(self.full_name.data) != person.folded:
            told = _("The file is that of %(name)s. Choose another one, or write the name as it stands there.",
                     name=person.full_name)  # fmt: skip
            raise ValidationError(told)


class SeizureForm(BookForm):
    substance = Choice(_l("What was seized"), [Required()], choices=of(SUBSTANCE_NAMES))
    grams = Amount(_l("Grams"), [Optional()], description=_l("As it was weighed, such as 985,6."))
    text = Line(_l("In words"), [Optional()], description=_l("How many of what, where it is not weighed."))
    widths: ClassVar[dict[str, str]] = {"substance": "mid", "grams": "short"}


class VehicleForm(BookForm):
    kind = Choice(_l("Vehicle"), [Required()], choices=of(VEHICLE_NAMES))
    quantity = Number(_l("How many"), [Required()], least=1, most=MOST_PEOPLE, default=1)
    harm = Choice(_l("State afterwards"), [Required()], choices=of(HARM_NAMES))
    widths: ClassVar[dict[str, str]] = {"kind": "mid", "quantity": "short", "harm": "mid"}


class JoinForm(EditForm):
    incident_id = Choice(_l("Which incident"), [Required()])
