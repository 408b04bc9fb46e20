"""What is written down about visits."""

from typing import ClassVar

from portal.books.forms import BookForm, Offered
from portal.engine.forms import Choice, Day, Line, Number, Optional, Required, not_in_the_future, of
from portal.engine.text import _l
from portal.outreach.forms.session import forces_offered
from portal.outreach.models import VISITED_NAMES

MOST_VISITED = 10_000


class VisitForm(BookForm):
    body = Choice(_l("Who was visited"), [Required()], choices=of(VISITED_NAMES))
    count = Number(_l("How many were visited"), [Required()], least=1, most=MOST_VISITED)
    occasion = Line(
        _l("Occasion of the visit"), [Required()], length=120,
        description=_l("Such as Tết or the day of the people's unity. No name, and nobody's belief."),
    )  # fmt: skip
    visited_on = Day(_l("Visited on"), [Required(), not_in_the_future])
    village_id = Offered(_l("Village"), [Optional()], description=_l("Empty where it was in more than one."))
    unit_id = Offered(_l("Who went"), [Optional()], offer=forces_offered)
    widths: ClassVar[dict[str, str]] = {
        "body": "mid", "count": "short", "visited_on": "day", "village_id": "mid", "unit_id": "mid",
    }  # fmt: skip
