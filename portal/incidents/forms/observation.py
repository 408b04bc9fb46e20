"""What may be typed about an observation."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from portal.engine.forms import (
    TO_CHOOSE,
    Choice,
    Day,
    EditForm,
    Form,
    Hour,
    Line,
    Optional,
    Paragraphs,
    Required,
    not_in_the_future,
)
from portal.engine.text import _l
from portal.incidents.models import SOURCE_NAMES, Source
from portal.organisation.models import Unit


class ObservationForm(Form):
    source = Choice(
        _l("How it became known"),
        [Required()],
        choices=[TO_CHOOSE, *((one.value, name) for one, name in SOURCE_NAMES.items() if one != Source.PATROL)],
    )
    happened_on = Day(_l("Day"), [Required(), not_in_the_future])
    happened_at = Hour(_l("Hour"), [Optional()])
    village_id = Choice(_l("Village"), [Optional()])
    where = Line(_l("Place"), [Optional()])
    text = Paragraphs(
        _l("What was seen or heard"), [Required()], length=2000,
        description=_l("Only what happened. Nobody who told it is named here, and no plan of ours."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {}


class ReportForm(Form):
    """One field; day and place are filled in, and can be others."""

    text = Paragraphs(
        _l("What happened?"), [Required()], length=2000,
        description=_l("What you saw or heard, in your own words. Do not name who told you."),
    )  # fmt: skip
    happened_on = Day(_l("Day"), [Required(), not_in_the_future])
    village_id = Choice(_l("Village"), [Required()])
    where = Line(_l("Place"), [Optional()])
    widths: ClassVar[dict[str, str]] = {"happened_on": "day"}
    villages: Mapping[str, Unit]

    def offer(self, villages: Sequence[Unit]) -> None:
        """Ask in which of somebody's villages it was; where they have one it was there."""
        self.villages = {str(one.id): one for one in villages}
        self.village_id.choices = [(number, one.title) for number, one in self.villages.items()]
        if len(villages) == 1:
            del self.village_id

    @property
    def village(self) -> Unit | None:
        return self.villages.get(self.village_id.data) if "village_id" in self else next(iter(self.villages.values()))


class HandOverForm(EditForm):
    unit_id = Choice(_l("To which force"), [Required()])


class CloseForm(EditForm):
    reason = Paragraphs(_l("What came of it"), [Required()], length=1000)
