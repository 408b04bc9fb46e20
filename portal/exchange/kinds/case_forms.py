"""What rows say of what is kept in cases: the forms of the pages, with what a page knows by itself beside."""

import re
from typing import Any, ClassVar

from portal.cases import forms
from portal.cases.forms.of_case import choices
from portal.cases.models import ASSIGNMENT_KIND_NAMES
from portal.engine.forms import (
    BooleanField,
    Choice,
    Day,
    Form,
    Line,
    Optional,
    Paragraphs,
    Required,
    ValidationError,
    Year,
    not_in_the_future,
)
from portal.engine.text import _, _l
from portal.law.rule import ACT_2025

_MONTH = _l("Month")
_ITS_MONTH = _l("As 07/2024.")
_TYPED_MONTH = re.compile(r"(?:01/)?(0?[1-9]|1[0-2])/([12][0-9]{3})")
_QUARTER = re.compile(r"[12][0-9]{3}-Q[1-4]")


class MonthOfYear(Line):
    """A month as 07/2024; also the day by which a spreadsheet shows it, its first one. What it gives is 2024-07-01."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        typed = (self.data or "").strip()
        found = _TYPED_MONTH.fullmatch(typed)
        if typed and not found:
            raise ValueError(_("Please write the month as 07/2024."))
        self.data = f"{found[2]}-{int(found[1]):02d}-01" if found else ""


class _OfAMonth(Form):
    """The month stands first, since other answers are compared with it."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._fields.move_to_end("month", last=False)


class CheckInOfSheet(_OfAMonth, forms.CheckInForm):
    month = MonthOfYear(_MONTH, [Required()], description=_ITS_MONTH)
    to_check = BooleanField(_l("The officer has to look at it"), [Optional()])
    checked_on = Day(_l("Checked on"), [Optional(), not_in_the_future])


class RollCallOfSheet(_OfAMonth, forms.RollCallForm):
    month = MonthOfYear(_MONTH, [Required()], description=_ITS_MONTH)


class AssessmentOfSheet(_OfAMonth, forms.AssessmentForm):
    """What was written, as it stands. A rating of before there were the four grades stays what it is."""

    month = MonthOfYear(_MONTH, [Required()], description=_ITS_MONTH)
    text = Paragraphs(_l("Assessment"), [Required()])
    ground: Any = None
    seal: Any = None

    def validate_rating(self, field: Choice) -> None:
        if self.month.data and not self.month.errors and self.month_day >= ACT_2025 and not field.data:
            raise ValidationError(_("Please choose the rating."))


class MeasureOfSheet(forms.MeasureForm):
    result_3_months = Paragraphs(_l("What became of it after three months"), [Optional()])
    result_3_on = Day(_l("Asked after three months on"), [Optional(), not_in_the_future])
    result_6_months = Paragraphs(_l("What became of it after six months"), [Optional()])
    result_6_on = Day(_l("Asked after six months on"), [Optional(), not_in_the_future])


class HelperReportOfSheet(forms.HelperReportForm):
    quarter = Line(_l("On which quarter"), [Required()], description=_l("As 2024-Q3."))
    written_on = Day(_l("Written on"), [Required(), not_in_the_future])
    helper = Line(_l("Helper"), [Required()])

    def validate_quarter(self, field: Line) -> None:
        if field.data and not _QUARTER.fullmatch(field.data):
            raise ValidationError(_("Please write the quarter as 2024-Q3."))


class AssignmentOfSheet(Form):
    kind = Choice(_l("As what"), [Required()], choices=choices(ASSIGNMENT_KIND_NAMES))
    assignee_id = Choice(_l("Who was asked"), [Required()])
    proposed_on = Day(_l("Proposed on"), [Required(), not_in_the_future])
    since = Day(_l("Accepted on"), [Optional(), not_in_the_future])
    until = Day(
        _l("Ended on"), [Optional(), not_in_the_future], description=_l("The first day on which it holds no more.")
    )
    widths: ClassVar[dict[str, str]] = {}


class BirthCorrectionOfSheet(Form):
    birth_date = Day(_l("Date of birth"), [Optional(), not_in_the_future])
    birth_year = Year(_l("Year of birth, if the day is not known"), [Optional()])
    reason = Paragraphs(_l("Why the date of birth is another"), [Required()], length=1000)
    widths: ClassVar[dict[str, str]] = {}
