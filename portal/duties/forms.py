"""What may be typed about a duty."""

from typing import ClassVar

from portal.engine.forms import Cards, Day, EditForm, Paragraphs, Required, not_in_the_future
from portal.engine.text import _l


class FinishForm(EditForm):
    on = Day(_l("Done on"), [Required(), not_in_the_future])
    note = Paragraphs(_l("How, and where the paper lies"), [Required()], length=1000)
    widths: ClassVar[dict[str, str]] = {"on": "day"}


NOT_PROPOSED = "not_proposed"


class RightForm(FinishForm):
    """What became of a right: it is used, or somebody says why it is not."""

    became = Cards(
        _l("What became of it"),
        choices=[("proposed", _l("It was proposed")), (NOT_PROPOSED, _l("It is not proposed, because …"))],
    )
    on = Day(_l("On"), [Required(), not_in_the_future])
    note = Paragraphs(_l("Where the paper lies, or why it is not proposed"), [Required()], length=1000)

    @property
    def not_proposed(self) -> bool:
        return bool(self.became.data == NOT_PROPOSED)
