"""What is written down about a breach: the warning, and what came of a review."""

from datetime import date
from typing import Any, ClassVar

from wtforms.validators import Optional

from portal.cases import conduct
from portal.cases.forms.of_case import OfCaseForm, choices
from portal.cases.models import CAME_NAMES, Case
from portal.engine.forms import (
    TO_CHOOSE,
    BooleanField,
    Cards,
    Choice,
    Day,
    Line,
    Paragraphs,
    PartForm,
    Required,
    not_in_the_future,
)
from portal.engine.intake import asked_for
from portal.engine.presentation import day
from portal.engine.text import _l, say
from portal.law.breaches import GOOD_REASONS, GoodReason


class WarningForm(OfCaseForm):
    violation_id = Choice(_l("Because of which breach"), [Required()])
    written_on = Day(_l("Written on"), [Required(), not_in_the_future])
    text = Paragraphs(
        _l("What the person is warned of, and what they have to do"), [Required()], length=2000,
        description=_l("It stands on the paper that the person is given."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {"violation_id": "mid", "written_on": "day"}

    def offer(self, case: Case) -> None:
        """The breaches of which nobody was warned yet, also those from before the file came here, the latest first."""
        free = sorted(conduct.unwarned(case), key=lambda one: (one.occurred_on, one.id), reverse=True)
        told = [(str(one.id), f"{day(one.occurred_on)}: {one.text[:60]}") for one in free]
        self.violation_id.choices = [TO_CHOOSE, *told]
        if not self.is_submitted() and (asked := asked_for("violation")):
            self.violation_id.data = str(asked)


class PaperWarningForm(WarningForm):
    """A warning that was given on paper before the file was kept here."""

    paper_number = Line(_l("Number of the paper"), [Required()], length=60)
    given_on = Day(_l("Given to the person on"), [Required(), not_in_the_future])
    widths: ClassVar[dict[str, str]] = {**WarningForm.widths, "paper_number": "mid", "given_on": "day"}


class PaperReviewForm(OfCaseForm):
    """A review that was over on paper before the file was kept here."""

    paper_number = Line(_l("Number of its minutes"), [Required()], length=60)
    paper_on = Day(_l("Day of the paper that establishes the breach"), [Required(), not_in_the_future])
    held_on = Day(_l("Day of the review"), [Required(), not_in_the_future])
    came = Cards(_l("Whether the person came"), choices=choices(CAME_NAMES))
    told = Paragraphs(
        _l("What was said, or what is known of the absence"), [Required()], length=1000,
    )  # fmt: skip
    conclusion = Paragraphs(_l("Conclusion"), [Optional()])
    widths: ClassVar[dict[str, str]] = {"paper_number": "mid", "paper_on": "day", "held_on": "day"}


class GivenForm(PartForm):
    given_on = Day(_l("Given to the person on"), [Required(), not_in_the_future])
    how = Line(
        _l("How it was given"),
        [Required()],
        description=_l("By whom, and whether the person signed for it; before whom, where they refused."),
    )
    widths: ClassVar[dict[str, str]] = {"given_on": "day"}


class ReviewOutcomeForm(PartForm):
    """What came of a review. What is needed follows from whether the person came, and from the law of the day."""

    held_on = Day(_l("Day of the review"), [Required(), not_in_the_future])
    came = Cards(_l("Whether the person came"), choices=choices(CAME_NAMES))
    good_reason = Choice(_l("Good reason"), [Optional()])
    absence_reason = Paragraphs(_l("What is known of the absence"), [Optional()], length=1000)
    deliberate = BooleanField(
        _l("Staying away was deliberate"), [Optional()], description=_l("Only where it is recorded as a breach.")
    )
    again_on = Day(_l("Put off to"), [Optional()], description=_l("Only with a good reason, and once."))
    attendees = Paragraphs(
        _l("Who took part"), [Optional()], length=2000, description=_l("A line each, with the role: chair, secretary.")
    )
    statements = Paragraphs(_l("What was said"), [Optional()])
    conclusion = Paragraphs(_l("Conclusion"), [Optional()])
    widths: ClassVar[dict[str, str]] = {"held_on": "day", "again_on": "day", "good_reason": "mid"}

    def offer_reasons(self) -> None:
        self.good_reason.choices = [TO_CHOOSE, *((one.value, say(told)) for one, told in GOOD_REASONS.items())]

    def facts(self) -> dict[str, Any]:
        names = ("absence_reason", "deliberate", "again_on", "attendees", "statements", "conclusion")
        reason = self.good_reason.data
        return {**{name: self[name].data for name in names}, "good_reason": GoodReason(reason) if reason else None}

    @property
    def on(self) -> date:
        found: date = self.held_on.data
        return found
