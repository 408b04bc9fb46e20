"""What is asked before somebody's work is handed over."""

from typing import ClassVar

from portal.engine.forms import (
    TO_CHOOSE,
    Choice,
    Day,
    Form,
    HiddenField,
    Pairs,
    Paragraphs,
    Required,
    not_in_the_future,
    options_of,
)
from portal.engine.text import _l


class HandoverForm(Form):
    """To whom, on which day and why; *among* carries what the page said that would go."""

    BUTTONS: ClassVar[frozenset[str]] = Form.BUTTONS | {"sure", "back"}
    among = HiddenField()
    taker_id = Choice(_l("Successor"), [Required()])
    on = Day(_l("Day of the hand-over"), [Required(), not_in_the_future])
    reason = Paragraphs(_l("Reason"), [Required()], length=500)
    widths: ClassVar[dict[str, str]] = {"taker_id": "mid", "on": "day"}

    def offer(self, people: Pairs) -> None:
        """Fill the list of those who may take the work, by their ids."""
        self.taker_id.choices = options_of([TO_CHOOSE, *people])
