"""What is written down about a dispute and its mediation."""

from typing import ClassVar

from portal.books.forms import BookForm, Offered
from portal.engine.forms import Choice, Day, Line, Number, Optional, Paragraphs, Required, not_in_the_future, of
from portal.engine.text import _l
from portal.incidents.forms.incident import MOST_PEOPLE
from portal.incidents.models import DISPUTE_NAMES, SETTLEMENT_NAMES, Settlement


class DisputeForm(BookForm):
    taken_up_on = Day(_l("Mediation began on"), [Required(), not_in_the_future])
    village_id = Offered(_l("Village"), [Required()])
    kind = Choice(_l("Kind of dispute"), [Required()], choices=of(DISPUTE_NAMES))
    parties = Number(
        _l("How many parties"), [Required()], least=2, most=MOST_PEOPLE,
        description=_l("Households or people on both sides. They are counted, not named."),
    )  # fmt: skip
    mediator = Line(_l("Who mediates"), [Optional()], description=_l("Such as the mediation team of the village."))
    text = Paragraphs(_l("In a few words"), [Optional()], length=1000, description=_l("Without names."))
    result = Choice(_l("Result"), [Required()], choices=list(SETTLEMENT_NAMES.items()), default=Settlement.PENDING)
    result_on = Day(_l("Mediation ended on"), [Optional(), not_in_the_future])
    widths: ClassVar[dict[str, str]] = {
        "taken_up_on": "day", "village_id": "mid", "kind": "mid", "parties": "short", "result": "mid",
        "result_on": "day",
    }  # fmt: skip
