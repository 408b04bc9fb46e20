"""What is recorded month by month: self-reports, roll-calls, assessments."""

from collections.abc import Callable, Container
from datetime import date
from typing import Any, ClassVar

from wtforms.validators import Optional

from portal.cases.actions.rounds import GROUNDS_OF_POOR, Answer
from portal.cases.forms.of_case import OfCaseForm, choices
from portal.cases.models import CHANNEL_NAMES, RATING_NAMES, Rating
from portal.cases.months import Months, spelled
from portal.engine.forms import (
    TO_CHOOSE,
    Cards,
    Choice,
    Day,
    HiddenField,
    Paragraphs,
    Required,
    ValidationError,
    not_in_the_future,
)
from portal.engine.intake import day_in
from portal.engine.presentation import told_with_source
from portal.engine.text import _, _l
from portal.law.rule import ACT_2025


class Month(Choice):
    """One of the months that ask for something; of any other it says why not."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label, **options)
        self.flags.required = True
        self.why_not: Callable[[str], str] = lambda _typed: str(Required().message)

    def pre_validate(self, form: Any) -> None:
        if not self.data or self.data not in self._values():
            raise ValidationError(self.why_not(self.data or ""))


class _OfAMonth(OfCaseForm):
    """A form about one month of a case.

    *not_asked*: why the month that was wanted is not asked for; *nothing*: why there is no month to record at all.
    """

    month = Month(_l("Month"))
    widths: ClassVar[dict[str, str]] = {"month": "short", "received_on": "day", "held_on": "day", "written_on": "day"}
    not_asked = nothing = ""

    def offer(self, months: Months, wanted: str = "") -> None:
        """Offer the months that are still to be recorded. The *wanted* one ("2026-11") stands chosen, else the last.

        Where the wanted one is not asked for nothing is chosen, and it is told why. A month that was taken while the
        form was open stays in it, so that the answer can tell who was faster.
        """
        offered = {month.isoformat(): spelled(month) for month in months.offered}
        lost = {month.isoformat(): spelled(month) for month in months.taken if month.isoformat() == self.month.data}
        self.month.why_not = lambda typed: self._why_not(months, typed)
        if offered and not self.is_submitted():
            self._choose(months, f"{wanted}-01" if wanted else list(offered)[-1], offered)
        choices = offered | lost
        self.nothing = "" if choices else " ".join(told_with_source(one) for one in months.nothing)
        self.month.choices = [*([] if self.month.data in choices else [TO_CHOOSE]), *choices.items()]

    def _choose(self, months: Months, month: str, offered: Container[str]) -> None:
        if month in offered:
            self.month.data = month
        else:
            self.not_asked = self._why_not(months, month)

    def _why_not(self, months: Months, typed: str) -> str:
        if not typed:
            return self.nothing or str(Required().message)
        month = _read(typed)
        return told_with_source(months.why_not(month)) if month else _("There is no such month.")

    @property
    def month_day(self) -> date:
        return date.fromisoformat(self.month.data)

    @property
    def typed_month(self) -> date | None:
        """The month that was sent, whether or not it is one of those offered."""
        return _read(self.month.data or "")

    def not_before_its_month(self, day: Day) -> None:
        if day.data and not self.month.errors and day.data < self.month_day:
            raise ValidationError(_("The month had not begun on that day."))


def _read(typed: str) -> date | None:
    """The first day of a month, as the list has it; anything else is none."""
    month = day_in(typed)
    return month if month and month.day == 1 and month.isoformat() == typed else None


class CheckInForm(_OfAMonth):
    received_on = Day(_l("Handed in on"), [Required(), not_in_the_future])
    channel = Cards(_l("How"), choices=choices(CHANNEL_NAMES), default="in_person")
    note = Paragraphs(_l("Note"), [Optional()], length=1000)

    def validate_received_on(self, field: Day) -> None:
        self.not_before_its_month(field)


class RollCallForm(_OfAMonth):
    held_on = Day(_l("Day of the roll-call"), [Required(), not_in_the_future])
    present = Cards(_l("Was the person there?"), choices=[("yes", _l("Present")), ("no", _l("Absent"))], default="yes")
    note = Paragraphs(_l("Note"), [Optional()], length=1000)

    def validate_held_on(self, field: Day) -> None:
        self.not_before_its_month(field)
        if field.data and not self.month.errors and field.data.replace(day=1) > self.month_day:
            raise ValidationError(_("The roll-call of a month is held in that month."))


class Seal(HiddenField):
    """Drawn with the suggestion that it seals: both are drawn anew once another month is chosen."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.flags.drawn_apart = True


class AssessmentForm(_OfAMonth):
    """The assessment of a month, as in the round: as suggested, or otherwise with the reason. *seal* is that of the
    suggestion which the page showed."""

    written_on = Day(_l("Written on"), [Required(), not_in_the_future])
    rating = Choice(_l("Rating"), choices=[TO_CHOOSE, *choices(RATING_NAMES)])
    ground = Choice(
        _l("Ground of the poor rating"), [Optional()],
        choices=[TO_CHOOSE, *((one, _l(told)) for one, told in GROUNDS_OF_POOR.items())],
        description=_l("Only where poor is chosen and not suggested."),
    )  # fmt: skip
    text = Paragraphs(
        _l("Why another rating, or what else is to be said"), [Optional()], length=500,
        description=_l("What was suggested stands in the assessment with its reasons. Another rating needs a reason."),
    )  # fmt: skip
    seal = Seal()
    widths: ClassVar[dict[str, str]] = {**_OfAMonth.widths, "rating": "mid", "ground": "mid"}

    @property
    def suggested_month(self) -> date | None:
        """The month that stands chosen, of which the page tells what is suggested."""
        offered = {value for value, _label in self.month.choices if value}
        return self.typed_month if self.month.data in offered else None

    def answer(self) -> Answer:
        rating = Rating(self.rating.data) if self.rating.data else None
        return Answer(
            assessed=True, rating=rating, words=(self.text.data or "").strip(), ground=self.ground.data or "",
            seal=self.seal.data or "",
        )  # fmt: skip

    def offer(self, months: Months, wanted: str = "") -> None:
        """Say of the rating whether it must be there: of the month that stands chosen, else of any that is offered."""
        super().offer(months, wanted)
        offered = {value for value, _label in self.month.choices if value}
        chosen = {self.month.data} & offered or offered
        self.rating.flags.required = bool(chosen) and min(chosen) >= ACT_2025.isoformat()
        if any(value < ACT_2025.isoformat() for value in offered):
            self.rating.description = _("Months before July 2026 have no rating.")

    def validate_written_on(self, field: Day) -> None:
        self.not_before_its_month(field)

    def validate_rating(self, field: Choice) -> None:
        """The four grades exist since 01/07/2026."""
        if self.month.data and not self.month.errors:
            graded = self.month_day >= ACT_2025
            if graded and not field.data:
                raise ValidationError(_("Please choose the rating."))
            if not graded and field.data:
                raise ValidationError(_("Months before July 2026 have no rating."))
