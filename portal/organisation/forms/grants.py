"""What may be typed about a role that somebody holds. Whether it fits, `fitting` says."""

from typing import ClassVar

from wtforms.validators import Optional

from portal.engine.forms import Choice, Day, EditForm, Form, Line, Paragraphs, Required
from portal.engine.text import _l
from portal.organisation.models import CAPACITY_NAMES


class GrantForm(Form):
    """Where and when a role is held, and for whom. The role itself stands in the address."""

    unit_id = Choice(_l("Unit"), [Required()])
    valid_from = Day(_l("First day"), [Required()])
    valid_to = Day(_l("Last day"), [Optional()], description=_l("Included. Leave it empty while nobody knows it."))
    purpose = Line(_l("Purpose"), [Optional()], length=300)
    on_behalf_of_id = Choice(
        _l("On behalf of"), [Optional()], description=_l("For a deputy only. Whatever they sign says for whom.")
    )
    capacity = Choice(
        _l("How they sign"), [Optional()], choices=(("", _l("In their own right")), *CAPACITY_NAMES.items())
    )
    widths: ClassVar[dict[str, str]] = {"unit_id": "mid", "valid_from": "day", "valid_to": "day"}


class DatesForm(EditForm):
    valid_from = Day(_l("First day"), [Required()])
    valid_to = Day(_l("Last day"), [Optional()], description=_l("Included. Leave it empty while nobody knows it."))
    widths: ClassVar[dict[str, str]] = {"valid_from": "day", "valid_to": "day"}


class EndGrantForm(EditForm):
    last_day = Day(_l("Last day"), [Required()], description=_l("Included. Yesterday ends the role at once."))
    reason = Paragraphs(_l("Reason"), [Required()], length=500)
    widths: ClassVar[dict[str, str]] = {"last_day": "day"}
