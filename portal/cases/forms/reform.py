"""What is written into a non-custodial reform: deductions of income, work for the community, the loss of work."""

from typing import ClassVar

from flask_babel import format_percent

from portal.cases.forms.of_case import OfCaseForm
from portal.engine import clock
from portal.engine.forms import BooleanField, Day, Number, Required, not_in_the_future
from portal.engine.text import _, _l
from portal.law.rule import Parameters

MOST_VND = 10**12
HOURS_OF_DAY = 24


class DeductionForm(OfCaseForm):
    deducted_on = Day(_l("Day of the deduction"), [Required(), not_in_the_future])
    income_vnd = Number(_l("Income of the month in VND"), [Required()], least=0, most=MOST_VND)
    amount_vnd = Number(_l("Deducted in VND"), [Required()], least=0, most=MOST_VND)
    waived = BooleanField(_l("The judgment waives the deduction"))
    widths: ClassVar[dict[str, str]] = {"deducted_on": "day", "income_vnd": "mid", "amount_vnd": "mid"}

    def tell_limits(self, law: Parameters) -> None:
        """Say at the amount how much of the income may be taken today, before it is typed."""
        least, most = (law.on(clock.today())[f"NCR-DEDUCT.{end}"] for end in ("least", "most"))
        self.amount_vnd.description = _(
            "From %(least)s to %(most)s of the income (%(source)s).",
            least=format_percent(float(least.share)), most=format_percent(float(most.share)), source=least.source,
        )  # fmt: skip


class WorkDayForm(OfCaseForm):
    worked_on = Day(_l("Day of the work"), [Required(), not_in_the_future])
    hours = Number(_l("Hours"), [Required()], least=1, most=HOURS_OF_DAY)
    widths: ClassVar[dict[str, str]] = {"worked_on": "day", "hours": "short"}


class JobLossForm(OfCaseForm):
    known_on = Day(
        _l("Known since"), [Required(), not_in_the_future],
        description=_l("From this day on the law gives the days to report it, and to order work for the community."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {"known_on": "day"}
