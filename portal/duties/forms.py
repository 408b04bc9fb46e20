"""What may be typed about a duty."""

from typing import ClassVar

from portal.engine.forms import Day, EditForm, Paragraphs, Required, not_in_the_future
from portal.engine.text import _l


class FinishForm(EditForm):
    on = Day(_l("Done on"), [Required(), not_in_the_future])
    note = Paragraphs(_l("How, and where the paper lies"), [Required()], length=1000)
    widths: ClassVar[dict[str, str]] = {"on": "day"}
