"""The three questions to a helper."""

from collections.abc import Iterable, Sequence

from portal.cases.duties.quarters import spelled
from portal.cases.forms.of_case import OfCaseForm, choices
from portal.cases.models import GETTING_ON_NAMES
from portal.engine.forms import Cards, Choice, Optional, Paragraphs, Required
from portal.engine.text import _l

LONG = 1500


class HelperReportForm(OfCaseForm):
    quarter = Choice(_l("On which quarter"), [Required()])
    getting_on = Cards(_l("How is the person getting on?"), [Required()], choices=choices(GETTING_ON_NAMES))
    help_given = Paragraphs(_l("What did you do to help?"), [Required()], length=LONG)
    to_know = Paragraphs(_l("Is there anything that the police should know?"), [Optional()], length=LONG)

    def offer(self, missing: Sequence[str], came: Iterable[str], wanted: str = "") -> None:
        """The quarters that can be reported on, the one that the address names or the earliest chosen.

        Whoever is overtaken has sent one that came meanwhile: the deed tells them, and what they typed stays.
        """
        offered = [*missing, *came] if self.is_submitted() else list(missing)
        self.quarter.choices = [(one, spelled(one)) for one in offered]
        if not self.is_submitted() and offered:
            self.quarter.data = wanted if wanted in offered else offered[0]
