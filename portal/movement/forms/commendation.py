"""What is written down about a commendation."""

from typing import ClassVar

from portal.books import BookForm, Offered
from portal.engine.forms import Choice, Day, Line, Optional, Paragraphs, Required, a_name, not_in_the_future, of
from portal.engine.text import _l
from portal.movement.models import COMMENDED_NAMES, HONOUR_NAMES


class CommendationForm(BookForm):
    whom = Choice(_l("Who is commended"), [Required()], choices=of(COMMENDED_NAMES))
    name = Line(_l("Name of the person or group"), [Required(), a_name], length=160)
    village_id = Offered(_l("Village"), [Optional()])
    honour = Choice(_l("Form"), [Required()], choices=of(HONOUR_NAMES))
    given_by = Line(_l("Given by"), [Required()], length=120, description=_l("The body that commends."))
    given_on = Day(_l("Commended on"), [Required(), not_in_the_future])
    decision = Line(_l("Number of the decision"), [Optional()], length=80)
    reason = Paragraphs(_l("For what"), [Optional()], length=1000)
    widths: ClassVar[dict[str, str]] = {
        "whom": "mid", "village_id": "mid", "honour": "mid", "given_by": "mid", "decision": "mid",
    }  # fmt: skip
