"""What is written down of weapons that were handed over."""

from typing import ClassVar

from portal.books.forms import BookForm, Offered
from portal.engine.forms import (
    BooleanField,
    Choice,
    Day,
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
from portal.prevention.models import CUSTODY_NAMES, WEAPON_NAMES

MOST_PIECES = 10_000


class HandoverForm(BookForm):
    handed_over_on = Day(_l("Handed over on"), [Required(), not_in_the_future])
    village_id = Offered(_l("Village"), [Required()])
    giver_agrees = BooleanField(_l("The giver agrees that the name is written down"), [Optional()])
    giver = Line(
        _l("Who handed it over"), [Optional(), a_name], length=100, description=_l("Nobody has to say who they are.")
    )
    received_by = Line(_l("Who received it"), [Optional()], length=100)
    note = Paragraphs(_l("Remarks"), [Optional()], length=1000)
    widths: ClassVar[dict[str, str]] = {"village_id": "mid", "giver": "mid", "received_by": "mid"}


class ItemForm(BookForm):
    weapon_type = Choice(_l("Kind of weapon"), [Required()], choices=of(WEAPON_NAMES))
    other_name = Line(_l("What else it is"), [Optional()], length=100)
    quantity = Number(_l("Pieces"), [Required()], least=1, most=MOST_PIECES)
    marks = Line(_l("Marks, number, condition"), [Optional()])
    widths: ClassVar[dict[str, str]] = {"weapon_type": "mid", "other_name": "mid", "quantity": "short"}


class CustodyForm(BookForm):
    step = Choice(_l("What became of it"), [Required()], choices=of(CUSTODY_NAMES))
    since_on = Day(_l("Since"), [Required(), not_in_the_future])
    kept_at = Line(_l("Where it is kept"), [Optional()])
    to_whom = Line(_l("Passed on to"), [Optional()])
    paper_number = Line(_l("Number of the paper about it"), [Optional()], length=60)
    widths: ClassVar[dict[str, str]] = {"step": "mid", "kept_at": "mid", "to_whom": "mid", "paper_number": "mid"}
