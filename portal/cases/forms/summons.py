"""A summons as it is written, and what became of it."""

from typing import Any, ClassVar

from wtforms.validators import Optional

from portal.cases.actions.minors import may_be_minor
from portal.cases.forms.of_case import OfCaseForm, choices
from portal.cases.models import SUMMONS_OUTCOME_NAMES, SUMMONS_PURPOSE_NAMES, Case
from portal.engine import clock
from portal.engine.forms import Cards, Day, Hour, Line, Paragraphs, PartForm, Required, not_in_the_future
from portal.engine.text import _, _l
from portal.law.competence import summoned_by_agency

WHAT_IS_KNOWN = _l("What is known of the reason")


class SummonsForm(OfCaseForm):
    purpose = Cards(_l("Summoned for"), choices=choices(SUMMONS_PURPOSE_NAMES), default="reception")
    about = Line(_l("Reason, if it is another one"), [Optional()], length=200)
    summoned_on = Day(_l("Day of the summons"), [Required(), not_in_the_future])
    appear_on = Day(_l("To appear on"), [Required()])
    appear_time = Hour(_l("At what hour"), [Required()])
    where = Line(_l("Where to appear"), [Required()])
    representative = Line(
        _l("Representative who is summoned as well"), [Optional()], length=100,
        description=_l("Of somebody who is under 18 on that day, and of nobody else."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {
        "summoned_on": "day", "appear_on": "day", "appear_time": "short", "representative": "mid",
    }  # fmt: skip

    def __init__(self, case: Case | None = None, **kept: Any) -> None:
        """Of whoever is of age nobody asks for a representative. Without a case it only tells what was typed."""
        super().__init__(**kept)
        if case and not may_be_minor(case.person, clock.today()):
            del self.representative
        if case and (agency := summoned_by_agency(case.regime.PARAMETERS.rules, case.received_on)):
            self.summoned_on.description = _(
                "Until 30/06/2026 the summons to the reception is written by the agency (%(source)s). Of one that is "
                "handed over here give its own day: the portal then prints none.", source=agency.source,
            )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """What was typed, by the names of the deed."""
        return {
            "appear_on": self.appear_on.data, "appear_time": self.appear_time.data, "place": self.where.data,
            "summoned_on": self.summoned_on.data, "about": self.about.data or "",
            "representative": self.representative.data or "" if "representative" in self else "",
        }  # fmt: skip


class OutcomeForm(PartForm):
    outcome = Cards(_l("What became of the summons"), choices=choices(SUMMONS_OUTCOME_NAMES))
    recorded_on = Day(_l("Outcome recorded on"), [Required(), not_in_the_future])
    note = Paragraphs(
        WHAT_IS_KNOWN, [Optional()], length=1000,
        description=_l("Of who did not come. Without a good reason it is a breach of duty, recorded in these words."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {"recorded_on": "day"}


class AbsentAgainForm(PartForm):
    recorded_on = Day(_l("Second record drawn up on"), [Required(), not_in_the_future])
    note = Paragraphs(WHAT_IS_KNOWN, [Required()], length=1000)
    widths: ClassVar[dict[str, str]] = {"recorded_on": "day"}
