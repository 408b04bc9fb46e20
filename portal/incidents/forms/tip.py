"""What is written down about a tip, a tip box and its opening."""

from collections.abc import Iterable
from typing import Any, ClassVar

from portal.books.forms import BookForm, Offered
from portal.engine.forms import (
    BooleanField,
    Choice,
    Day,
    Hour,
    Line,
    Number,
    Optional,
    Paragraphs,
    Required,
    a_name,
    not_in_the_future,
    of,
)
from portal.engine.text import _l
from portal.incidents.forms.incident import MOST_PEOPLE, none_is_zero
from portal.incidents.models import ASSESSMENT_NAMES, BOX_PLACE_NAMES, CHANNEL_NAMES, TipAssessment
from portal.incidents.queries import colleagues_of, incidents_to_name
from portal.incidents.wording import heading_of
from portal.organisation.models import User


def incidents_offered(user: User) -> Iterable[tuple[str, Any]]:
    return [(str(one.id), heading_of(one)) for one in incidents_to_name(user)]


def colleagues_offered(user: User) -> Iterable[tuple[str, Any]]:
    return [(str(one.id), one.full_name) for one in colleagues_of(user)]


class TipForm(BookForm):
    received_on = Day(_l("Received on"), [Required(), not_in_the_future])
    channel = Choice(_l("How it came"), [Required()], choices=of(CHANNEL_NAMES))
    village_id = Offered(_l("Village"), [Optional()], description=_l("What it is about, if it says so."))
    text = Paragraphs(
        _l("What it says"), [Required()], length=2000, description=_l("Nothing by which its giver could be found out.")
    )
    giver_agrees = BooleanField(_l("The giver agrees that their name is kept"), [Optional()])
    giver_name = Line(
        _l("Name of the giver"), [Optional(), a_name],
        description=_l("Stays empty unless they agree. It lies encrypted, and is in no list, export or trail."),
    )  # fmt: skip
    giver_contact = Line(_l("How to reach the giver"), [Optional()])
    assessment = Choice(
        _l("Value of the tip"), [Required()], choices=list(ASSESSMENT_NAMES.items()), default=TipAssessment.PENDING
    )
    assessed_on = Day(_l("Assessed on"), [Optional(), not_in_the_future])
    incident_id = Offered(_l("Led to the incident"), [Optional()], offer=incidents_offered, called=heading_of)
    widths: ClassVar[dict[str, str]] = {
        "received_on": "day", "channel": "mid", "village_id": "mid", "assessment": "mid", "assessed_on": "day",
    }  # fmt: skip


class TipBoxForm(BookForm):
    place_kind = Choice(_l("Where it hangs"), [Required()], choices=of(BOX_PLACE_NAMES))
    village_id = Offered(_l("Village"), [Optional()])
    location = Line(_l("Place"), [Required()])
    installed_on = Day(_l("Put up on"), [Required(), not_in_the_future])
    removed_on = Day(
        _l("Taken down on"), [Optional(), not_in_the_future],
        description=_l("The first day on which it is no longer there."),
    )  # fmt: skip
    note = Paragraphs(_l("Remarks"), [Optional()], length=1000)
    widths: ClassVar[dict[str, str]] = {
        "place_kind": "mid", "village_id": "mid", "installed_on": "day", "removed_on": "day",
    }  # fmt: skip


class OpeningForm(BookForm):
    opened_on = Day(_l("Opened on"), [Required(), not_in_the_future])
    opened_at = Hour(_l("Hour"), [Optional()])
    first_id = Offered(
        _l("First who opened it"), [Optional()], offer=colleagues_offered, called=lambda user: str(user.full_name),
    )  # fmt: skip
    first_name = Line(_l("or by name"), [Optional(), a_name], description=_l("For somebody who has no account here."))
    second_id = Offered(
        _l("Second who opened it"), [Optional()], offer=colleagues_offered, called=lambda user: str(user.full_name),
    )  # fmt: skip
    second_name = Line(_l("or by name"), [Optional(), a_name], description=_l("For somebody who has no account here."))
    found = Number(_l("Letters found"), [Optional()], most=MOST_PEOPLE, filters=[none_is_zero], default=0)
    note = Line(_l("Remarks"), [Optional()], description=_l("Nothing of what the letters say: each is a tip."))
    widths: ClassVar[dict[str, str]] = {
        "opened_on": "day", "opened_at": "short", "first_id": "mid", "second_id": "mid", "found": "short",
    }  # fmt: skip
