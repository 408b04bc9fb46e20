"""The session in which rights and duties were explained."""

from datetime import date
from typing import Any, ClassVar

from wtforms.validators import Optional

from portal.cases.forms.of_case import not_before_receipt
from portal.engine.forms import Day, EditForm, Paragraphs, Required, not_in_the_future
from portal.engine.text import _l


class ReceptionForm(EditForm):
    """The session in which rights and duties were explained to the person."""

    held_on = Day(
        _l("Reception held on"), [Required(), not_in_the_future],
        description=_l("The report to the province, the plan and the helper are counted from this day."),
    )  # fmt: skip
    reason = Paragraphs(
        _l("Why the day is corrected"), [Optional()], length=1000,
        description=_l("The chief sees it. What is past its day stays so."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {"held_on": "day"}

    def __init__(self, received_on: date | None = None, **kept: Any) -> None:
        super().__init__(**kept)
        self.received = received_on
        self.reason.flags.required = True
        if not kept.get("held_on"):
            del self.reason

    @property
    def why(self) -> str:
        return str(self.reason.data or "") if "reason" in self else ""

    def validate_held_on(self, field: Day) -> None:
        not_before_receipt(field, self.received)
