"""What may be typed about an observation."""

from typing import ClassVar

from portal.engine.forms import (
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


class ObservationForm(Form):
    source = Choice(
        _l("How it became known"),
        choices=[(one.value, name) for one, name in SOURCE_NAMES.items() if one != Source.PATROL],
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


class HandOverForm(EditForm):
    unit_id = Choice(_l("To which force"), [Required()])


class CloseForm(EditForm):
    reason = Paragraphs(_l("What came of it"), [Required()], length=1000)
