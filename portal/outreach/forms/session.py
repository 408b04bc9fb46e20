"""What is written down about a session; the two fields of a village head, and what is told once it was held."""

from collections.abc import Iterable
from typing import Any, ClassVar

from portal.books.forms import BookForm, Offered
from portal.engine import clock
from portal.engine.forms import (
    TO_CHOOSE,
    Cards,
    Choice,
    Day,
    EditForm,
    Form,
    Line,
    Number,
    Optional,
    Paragraphs,
    Required,
    not_in_the_future,
    of,
    options_by_group,
    options_of,
)
from portal.engine.text import _l
from portal.organisation.models import User
from portal.organisation.queries import forces_on
from portal.outreach.models import EXTENT_NAMES, SESSION_FORM_NAMES, SESSION_FORMS, SessionForm

MOST_PEOPLE = 20_000
MOST_REACHED = 10_000_000
OF_VILLAGES = (
    SessionForm.FLAG_CEREMONY, SessionForm.VILLAGE_MEETING, SessionForm.HOUSEHOLD_VISIT_ROUND, SessionForm.FESTIVAL,
    SessionForm.OTHER,
)  # fmt: skip


def forces_offered(user: User) -> Iterable[tuple[str, Any]]:
    """The forces and bodies of the commune as they stand today."""
    commune_id = user.acting.commune_id if user.acting else 0
    return [(str(one.id), one.title) for one in forces_on(commune_id, clock.today())]


class FormOfSessionChoice(Choice):
    """The catalogue of forms, parted by whether people met."""

    def __init__(self, label: Any = None, validators: Any = (), **options: Any) -> None:
        super().__init__(label, validators, **options)
        groups: dict[str, list[tuple[str, Any]]] = {str(_l("Face to face")): [], str(_l("Not face to face")): []}
        face_to_face, other = groups.values()
        for form, one in SESSION_FORMS.items():
            (face_to_face if one.face_to_face else other).append((form.value, one.name))
        self.choices = [*options_of([TO_CHOOSE]), *options_by_group(groups)]


class OutreachForm(BookForm):
    form = FormOfSessionChoice(_l("Form of the session"), [Required()])
    held_on = Day(
        _l("Day"), [Required()],
        description=_l("A day to come plans it. Whether it was held, and how many came, is told afterwards."),
    )  # fmt: skip
    village_id = Offered(
        _l("Village"), [Optional()], description=_l("Where it was; empty where it was in no single village.")
    )
    extent = Choice(_l("Reach of the session"), [Required()], choices=of(EXTENT_NAMES))
    topic = Line(_l("What it was about"), [Optional()], length=200)
    audience = Line(
        _l("Before whom"), [Optional()], length=120, description=_l("Such as pupils, or traders of the market.")
    )
    attendance = Number(
        _l("How many came or were reached"), [Optional()], most=MOST_REACHED,
        description=_l("Attendances, not different people; of a post how many it reached."),
    )  # fmt: skip
    unit_id = Offered(_l("Who ran it"), [Optional()], offer=forces_offered)
    note = Paragraphs(_l("Remarks"), [Optional()], length=1000)
    widths: ClassVar[dict[str, str]] = {
        "form": "mid", "held_on": "day", "village_id": "mid", "extent": "mid", "attendance": "short", "unit_id": "mid",
    }  # fmt: skip


class HeldForm(EditForm):
    """That a planned session was held: on which day, and how many came."""

    held_on = Day(_l("Day of the session"), [Required(), not_in_the_future])
    attendance = Number(_l("How many came or were reached"), [Required()], most=MOST_REACHED)
    widths: ClassVar[dict[str, str]] = {"held_on": "day", "attendance": "short"}


class SessionHeldForm(Form):
    """The two fields of a village head, and two more for whoever needs them."""

    village_id = Choice(_l("Village"), [Required()])
    form = Cards(
        _l("What was held?"), [Required()], choices=[(one.value, SESSION_FORM_NAMES[one]) for one in OF_VILLAGES]
    )
    attendance = Number(
        _l("How many people came?"), [Required()], least=1, most=MOST_PEOPLE,
        description=_l("Of a round of household visits: how many were met."),
    )  # fmt: skip
    held_on = Day(_l("Day"), [Required(), not_in_the_future])
    topic = Line(_l("What it was about"), [Optional()], length=200)
