"""What is typed at the end of a term: the last day to be checked, what holds the certificate, what stays undone."""

from typing import Any, ClassVar

from wtforms import StringField
from wtforms.validators import Optional

from portal.cases.forms.of_case import choices
from portal.cases.models import END_GROUND_NAMES, HOLD_GROUND_NAMES, EndGround
from portal.engine.forms import (
    Choice,
    Day,
    EditForm,
    Line,
    Paragraphs,
    PartForm,
    Required,
    ValidationError,
    not_in_the_future,
)
from portal.engine.text import _, _l


class EndCheckForm(EditForm):
    last_on = Day(
        _l("Last day to be certified"), [Required()],
        description=_l("The date printed on the court's paper wins over the computed one."),
    )  # fmt: skip
    ground = Choice(
        _l("What the day rests on"), [Optional()],
        choices=[("", _l("It is the computed day")), *choices(END_GROUND_NAMES)],
    )  # fmt: skip
    paper = Line(
        _l("Paper that tells another day"), [Optional()], length=150, description=_l("Its number, and whose it is.")
    )
    paper_on = Day(_l("Day of that paper"), [Optional(), not_in_the_future])
    reason = Paragraphs(_l("What the second person should know"), [Optional()], length=1000)
    widths: ClassVar[dict[str, str]] = {"last_on": "day", "ground": "mid", "paper_on": "day"}

    def told(self) -> dict[str, Any]:
        ground = EndGround(self.ground.data) if self.ground.data else None
        return {
            "last_on": self.last_on.data, "ground": ground, "paper": (self.paper.data or "").strip(),
            "paper_on": self.paper_on.data, "reason": self.reason.data or "",
        }  # fmt: skip


class HoldForm(EditForm):
    ground = Choice(_l("What holds the certificate back"), [Required()], choices=choices(HOLD_GROUND_NAMES))
    since = Day(_l("Since"), [Required(), not_in_the_future])
    paper = Line(
        _l("Paper that tells it"), [Required()], length=150, description=_l("Its number, its day, whose it is.")
    )
    widths: ClassVar[dict[str, str]] = {"ground": "mid", "since": "day"}


class HoldEndForm(PartForm):
    ended_on = Day(_l("Ended on"), [Required(), not_in_the_future])
    how_ended = Paragraphs(
        _l("How it ended"), [Required()], length=1000, description=_l("With the number and the day of the paper.")
    )
    widths: ClassVar[dict[str, str]] = {"ended_on": "day"}


class UndoneForm(EditForm):
    """Duties that stay undone when the case is closed, one tick each, and why."""

    TICK: ClassVar[str] = "duty_"
    PREFIXES: ClassVar[tuple[str, ...]] = (TICK,)
    ROWS_AT: ClassVar[str] = "duties"
    duties = StringField(_l("Duties"))  # the ticks; what is wrong with them is told here
    reason = Paragraphs(_l("Why it stays undone"), [Required()], length=1000)

    @property
    def ticked(self) -> frozenset[int]:
        return frozenset(self.listed(self.TICK))

    def validate_duties(self, _field: StringField) -> None:
        if not self.ticked:
            raise ValidationError(_("Tick at least one duty."))
