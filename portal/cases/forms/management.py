"""What is typed of somebody whose use of drugs is managed and who moves to another commune."""

from typing import Any, ClassVar

from wtforms.validators import Optional

from portal.engine.forms import Day, EditForm, Hour, Line, Required, not_in_the_future
from portal.engine.text import _l


class MoveForm(EditForm):
    """A move, step by step: what is not done yet stays empty, and is filled in later on the same page."""

    moves_to = Line(
        _l("Moves to"), [Required()], length=150, description=_l("The commune and its province. No address is kept.")
    )
    known_on = Day(_l("The move became known on"), [Required(), not_in_the_future])
    known_time = Hour(_l("Hour"), [Required()])
    told_on = Day(_l("Police of the new commune told on"), [Optional(), not_in_the_future])
    told_time = Hour(_l("Hour"), [Optional()])
    arrived_on = Day(_l("Arrived there on"), [Optional(), not_in_the_future])
    arrived_time = Hour(_l("Hour"), [Optional()])
    received_on = Day(
        _l("The new commune has the person since"), [Optional(), not_in_the_future],
        description=_l("On which the file was handed over or, since 01/07/2026, the person presented there."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {
        "known_on": "day", "known_time": "short", "told_on": "day", "told_time": "short", "arrived_on": "day",
        "arrived_time": "short", "received_on": "day",
    }  # fmt: skip

    def facts(self) -> dict[str, Any]:
        return {field.name: field.data or None for field in self if field.name not in ("version", "csrf_token")}
