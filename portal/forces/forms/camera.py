"""What is written down about a camera."""

from typing import ClassVar

from portal.books.forms import BookForm, Offered
from portal.engine.forms import Choice, Day, Line, Optional, Paragraphs, Required, not_in_the_future, of
from portal.engine.text import _l
from portal.forces.models import CAMERA_STATE_NAMES


class CameraForm(BookForm):
    village_id = Offered(_l("Village"), [Required()])
    location = Line(_l("Place"), [Required()], description=_l("What it looks at, such as a crossing or a market."))
    installed_on = Day(_l("Put up on"), [Required(), not_in_the_future])
    removed_on = Day(
        _l("Taken down on"), [Optional(), not_in_the_future],
        description=_l("The first day on which it is no longer there."),
    )  # fmt: skip
    note = Paragraphs(_l("Remarks"), [Optional()], length=1000)
    widths: ClassVar[dict[str, str]] = {"village_id": "mid"}


class CameraCheckForm(BookForm):
    seen_on = Day(_l("Looked at on"), [Required(), not_in_the_future])
    state = Choice(_l("How it was found"), [Required()], choices=of(CAMERA_STATE_NAMES))
    note = Line(_l("Remarks"), [Optional()])
    widths: ClassVar[dict[str, str]] = {"state": "mid"}
