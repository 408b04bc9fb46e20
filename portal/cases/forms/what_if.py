"""What may be tried out on a case. It changes nothing, so its answers stand in the address and need no token."""

from datetime import date, timedelta
from typing import Any, ClassVar

from portal.cases import law_days
from portal.cases.forms.papers import MOST_DAYS, MOST_MONTHS
from portal.cases.models import Case
from portal.engine.forms import BooleanField, Day, Form, Line, Number, Required, ValidationError
from portal.engine.presentation import day
from portal.engine.text import _, _l

OF_VISITS, OF_ABSENCES = ("destination", "consented"), ("medical", "abroad")


class TryForm(Form):
    """What every question asks: about which case, and from which address."""

    class Meta:
        csrf = False

    what: ClassVar[str] = ""

    def __init__(self, case: Case, typed: Any) -> None:
        """Empty unless the address asks this very question."""
        self.case, self.asked = case, typed.get("what") == self.what
        self.last_on = (last := law_days.last_day(case)) and last.due_on
        super().__init__(typed if self.asked else None)

    @property
    def answers_it(self) -> bool:
        """Whether it was asked, and can be answered."""
        return self.asked and self.validate()

    def refuse_outside(self, on: date, first: date, sentence: str) -> None:
        """Raise ValidationError for a day outside of the term."""
        if on < first:
            raise ValidationError(sentence)
        if self.last_on and on > self.last_on:
            raise ValidationError(_("The term ends on %(day)s.", day=day(self.last_on)))


class TryCutForm(TryForm):
    what = "cut"
    months = Number(_l("Months cut"), [Required()], least=1, most=MOST_MONTHS)
    decided_on = Day(_l("Day of the court's decision"), [Required()])
    widths: ClassVar[dict[str, str]] = {"decided_on": "day", "months": "short"}

    def validate_decided_on(self, field: Day) -> None:
        if field.data:
            begun = _("The term begins on %(day)s: nothing is cut before.", day=day(self.case.starts_on))
            self.refuse_outside(field.data, self.case.starts_on, begun)


class TryAbsenceForm(TryForm):
    what = "absence"
    leaves_on = Day(_l("Day of departure"), [Required()])
    days = Number(
        _l("Number of days"), [Required()], least=1, most=MOST_DAYS, description=_l("Departure and return both count.")
    )
    medical = BooleanField(
        _l("Treatment in a medical facility, with its papers"), description=_l("Such days do not count.")
    )
    abroad = BooleanField(_l("The journey leads out of Viet Nam"))
    destination = Line(_l("Banned place that is visited"), [Required()], length=200)
    consented = BooleanField(_l("The People's Committee of that place has consented"))
    widths: ClassVar[dict[str, str]] = {"leaves_on": "day", "days": "short", "destination": "mid"}

    def __init__(self, case: Case, typed: Any) -> None:
        """Of a visit to a banned place it is asked where, and for the consent there; of another absence what it is."""
        super().__init__(case, typed)
        for name in OF_ABSENCES if case.bounds_visits else OF_VISITS:
            del self[name]

    def ticked(self, name: str) -> bool:
        return name in self and bool(self[name].data)

    @property
    def returns_on(self) -> date:
        """The day of return, which counts."""
        left: date = self.leaves_on.data
        return left + timedelta(days=(self.days.data or 1) - 1)

    def validate_leaves_on(self, field: Day) -> None:
        first = max(self.case.starts_on, self.case.received_on)
        if field.data:
            self.refuse_outside(field.data, first, _("The supervision begins on %(day)s.", day=day(first)))

    def validate_days(self, field: Number) -> None:
        left = self.leaves_on.data
        if not field.data or not isinstance(left, date) or not self.last_on or left > self.last_on:
            return
        most = (self.last_on - left).days + 1
        if field.data > most:
            last = day(self.last_on)
            raise ValidationError(_("The term ends on %(day)s: that leaves at most %(num)s days.", day=last, num=most))
