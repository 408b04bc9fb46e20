"""What may be typed about households and establishments."""

from collections.abc import Iterable
from typing import ClassVar

from portal.engine.forms import (
    Choice,
    Day,
    EditForm,
    Line,
    Number,
    Optional,
    Pairs,
    Required,
    a_name,
    not_in_the_future,
)
from portal.engine.text import _l
from portal.organisation.models import Unit

MOST_PEOPLE, MOST_PLACES = 99, 99_999


class HouseholdForm(EditForm):
    """What the register says of a household."""

    head = Line(_l("Head of the household"), [Required(), a_name], length=120)
    people = Number(_l("How many people"), [Required()], least=1, most=MOST_PEOPLE)
    walk = Number(
        _l("Place in the order of the walk"), [Optional()], least=1, most=MOST_PLACES,
        description=_l("As one goes from door to door. Without it, the number of the household."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {"people": "short", "walk": "short"}


class NewHouseholdForm(HouseholdForm):
    village_id = Choice(_l("Village"), [Required()])
    since = Day(_l("Lives there since"), [Required(), not_in_the_future])


class MoveForm(EditForm):
    village_id = Choice(_l("To which village"), [Required()])
    on = Day(_l("First day there"), [Required(), not_in_the_future])


class SplitForm(EditForm):
    head = Line(_l("Head of the new household"), [Required(), a_name], length=120)
    people = Number(_l("How many people leave with it"), [Required()], least=1, most=MOST_PEOPLE)
    on = Day(_l("First day as a household of its own"), [Required(), not_in_the_future])


class MergeForm(EditForm):
    into = Line(_l("Number of the other household"), [Required()], length=40)
    on = Day(_l("First day as one household"), [Required(), not_in_the_future])


class LeaveForm(EditForm):
    on = Day(_l("First day on which it no longer lives here"), [Required(), not_in_the_future])


class EstablishmentForm(EditForm):
    trade_name = Line(_l("Trade name"), [Required()], length=160)
    business = Line(_l("Line of business"), [Required()], length=120)
    owner = Line(_l("Owner"), [Optional(), a_name], length=120)
    walk = Number(_l("Place in the order of the walk"), [Optional()], least=1, most=MOST_PLACES)
    widths: ClassVar[dict[str, str]] = {"walk": "short"}


class NewEstablishmentForm(EstablishmentForm):
    village_id = Choice(_l("Village"), [Required()])
    since = Day(_l("Does business there since"), [Required(), not_in_the_future])


class CloseForm(EditForm):
    on = Day(_l("First day on which it is closed"), [Required(), not_in_the_future])


def villages_to_choose(villages: Iterable[Unit]) -> Pairs:
    return [("", _l("Choose…")), *((str(one.id), one.title) for one in villages)]
