"""The period of a figure, as the address carries it."""

from datetime import date

from portal.engine.forms import Day, Form, Required, ValidationError
from portal.engine.indicators import Period
from portal.engine.text import _, _l
from portal.reports.periods import MOST_YEARS, too_long


class PeriodForm(Form):
    """From a day to a day, both included. It changes nothing, so it needs no token."""

    class Meta:
        csrf = False

    first = Day(_l("From day"), [Required()], name="from")
    last = Day(_l("To day"), [Required()], name="to")

    def validate_last(self, field: Day) -> None:
        first: date | None = self.first.data
        last: date | None = field.data
        if first is None or last is None:
            return
        if last < first:
            raise ValidationError(_("The last day cannot be before the first."))
        if too_long(first, last):
            raise ValidationError(_("A period is at most %(years)s years long.", years=MOST_YEARS))

    def period(self, communes: tuple[int, ...]) -> Period | None:
        """The period that was asked for; None, with the errors at the fields, if it is none."""
        if not self.validate() or self.first.data is None or self.last.data is None:
            return None
        self.first.raw_data = self.last.raw_data = None  # shown again as a day, however it was written
        return Period(self.first.data, self.last.data, communes)
