"""What is written down about leaflets, banners and posters."""

from typing import ClassVar

from portal.books.forms import BookForm, Offered
from portal.engine.forms import Choice, Day, Line, Number, Optional, Paragraphs, Required, not_in_the_future, of
from portal.engine.text import _l
from portal.outreach.models import MATERIAL_KIND_NAMES

MOST_PIECES = 1_000_000


class MaterialForm(BookForm):
    kind = Choice(_l("Kind"), [Required()], choices=of(MATERIAL_KIND_NAMES))
    quantity = Number(_l("How many pieces"), [Required()], least=1, most=MOST_PIECES)
    topic = Line(_l("What it was about"), [Required()], length=200)
    distributed_on = Day(_l("Handed out or put up on"), [Required(), not_in_the_future])
    village_id = Offered(_l("Village"), [Optional()], description=_l("Empty where it was for the whole commune."))
    note = Paragraphs(_l("Remarks"), [Optional()], length=1000)
    widths: ClassVar[dict[str, str]] = {
        "kind": "mid", "quantity": "short", "distributed_on": "day", "village_id": "mid",
    }  # fmt: skip
