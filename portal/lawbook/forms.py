"""What may be typed to propose another number or reading, and the days off of a year."""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar

from portal.engine import clock
from portal.engine.forms import (
    BooleanField,
    Cards,
    Day,
    Form,
    Line,
    Optional,
    Paragraphs,
    Required,
    ValidationError,
    Year,
)
from portal.engine.text import _, _l, ngettext, say
from portal.law import holidays
from portal.law.catalogue import UNITS
from portal.law.days_off import SATURDAY
from portal.law.days_off import Year as YearOfDays
from portal.law.policies import Policy
from portal.law.rule import Parameter, Unit

SHARE, WHOLE = re.compile(r"[1-9][0-9]?/[1-9][0-9]?"), re.compile(r"[0-9]{1,10}")
WITHOUT_NUMBER = (Unit.NOTHING, Unit.YES_NO)
MOST = {
    Unit.DAYS: 3660, Unit.WORKING_DAYS: 260, Unit.MONTHS: 240, Unit.HOURS: 720, Unit.COUNT: 100, Unit.DAY_OF_MONTH: 28,
    Unit.VND: 10**10,
}  # fmt: skip
YEARS_AHEAD = 2


class SourcedForm(Form):
    """What every change asks for."""

    source = Line(_l("Source"), [Required()], description=_l("The text with its article and clause."))
    reason = Paragraphs(_l("Why it is proposed"), [Required()], length=2000)


class NumberForm(SourcedForm):
    """Another value for a number, from a day on. A rule without a number is only confirmed, with its source."""

    value = Line(_l("Value"), [Required()])
    holds_from = Day(_l("Holds for events from"), [Required()])
    seen = BooleanField(_l("I have read this in the text in force"))
    widths: ClassVar[dict[str, str]] = {"value": "short", "holds_from": "day"}

    def __init__(self, known: Parameter, *typed: Any, **more: Any) -> None:
        super().__init__(*typed, **more)
        self.known = known
        self.value.description = say(UNITS[known.unit])
        if known.unit in WITHOUT_NUMBER:
            del self._fields["value"]
            self.seen.description = _("This rule has no number of days: only its source is confirmed.")
        for name in ("holds_from", "seen", "source", "reason"):
            self._fields.move_to_end(name)

    @property
    def number(self) -> str:
        """As it is kept: a whole number, or a share as "1/3"."""
        return str(self._fields["value"].data) if "value" in self._fields else str(self.known.value)

    @property
    def _least(self) -> int:
        """Nothing is a number of days only where it is that of the rule already: a certificate on the last day."""
        return 0 if self.known.value == 0 else 1

    def validate_value(self, field: Line) -> None:
        typed = (field.data or "").strip()
        if self.known.unit is Unit.SHARE:
            if not SHARE.fullmatch(typed) or not 0 < Fraction(typed) <= 1:
                raise ValidationError(_("A share is written as 1/3 or 3/4."))
        elif not WHOLE.fullmatch(typed):
            raise ValidationError(_("Please type a whole number."))
        elif not self._least <= int(typed) <= MOST.get(self.known.unit, MOST[Unit.VND]):
            raise ValidationError(_("That number cannot be right. Please check it."))
        field.data = typed

    def validate_holds_from(self, field: Day) -> None:
        if field.data and field.data < self.known.holds_from:
            day = f"{self.known.holds_from:%d/%m/%Y}"
            raise ValidationError(_("The rule itself holds from %(day)s: choose that day or a later one.", day=day))
        if field.data and field.data.year > clock.today().year + YEARS_AHEAD:
            raise ValidationError(_("That is too far ahead. Please check the year."))

    def validate_seen(self, field: BooleanField) -> None:
        if self.known.unit in WITHOUT_NUMBER and not field.data:
            raise ValidationError(_("There is nothing else to change here: please confirm that you have read it."))


class ReadingForm(SourcedForm):
    """Another reading of a question that the texts leave open. A source is welcome, but there may be none."""

    reading = Cards(_l("Reading"), [Required()])
    source = Line(_l("Source"), [Optional()], description=_l("Who said so: a court's practice, a letter, a lawyer."))

    def __init__(self, policy: Policy, chosen: str, *typed: Any, **more: Any) -> None:
        super().__init__(*typed, **more)
        self.reading.choices = [(name, say(text)) for name, text in policy.readings.items()]
        self.chosen = chosen
        for name in ("reading", "source", "reason"):
            self._fields.move_to_end(name)

    def validate_reading(self, field: Cards) -> None:
        if field.data == self.chosen:
            raise ValidationError(_("That is how it is read already."))


class YearForm(Form):
    """The days off of a year, as the announcement lists them."""

    year = Year(_l("Year"), [Required()])
    off = Paragraphs(
        _l("Days off from Monday to Friday"), [Required()], length=600,
        description=_l("Day and month, with spaces or commas between them: 1/1, 30/4, 1/5."),
    )  # fmt: skip
    worked = Paragraphs(_l("Saturdays and Sundays that are worked instead"), [Optional()], length=300)
    unknown = Paragraphs(
        _l("Days that are not decided yet"), [Optional()], length=300,
        description=_l("Where a deadline hangs on one of them, the earlier day is shown with the reason."),
    )  # fmt: skip
    source = Line(_l("Announcement"), [Required()], description=_l("Number, day and body."))
    widths: ClassVar[dict[str, str]] = {"year": "short"}

    def validate_year(self, field: Year) -> None:
        if field.data and field.data > clock.today().year + YEARS_AHEAD:
            raise ValidationError(_("That is too far ahead. Please check the year."))
        if field.data and not holidays.is_told(field.data):
            told = f"{min(holidays.LUNAR)}-{max(holidays.LUNAR)}"
            raise ValidationError(_("The portal knows the lunar days of %(years)s only.", years=told))

    def validate_off(self, field: Paragraphs) -> None:
        for day in self._days(field):
            if day.weekday() >= SATURDAY:
                raise ValidationError(
                    _("%(day)s is a Saturday or Sunday: that is off anyway.", day=f"{day:%d/%m/%Y}")
                )  # fmt: skip
        if not self.year.errors:
            self._refuse_a_gap()

    def _refuse_a_gap(self) -> None:
        """Raises ValidationError where holidays of the law stand in no list: nobody takes them away by leaving out."""
        off, worked, unknown = (self._well_written(one) for one in (self.off, self.worked, self.unknown))
        year = self.year.data or clock.today().year
        if lacks := holidays.missing(year, YearOfDays(off, worked, unknown)):
            told = "; ".join(_missing(one) for one in lacks)
            raise ValidationError(_("Days off that the law itself gives are missing: %(days)s.", days=told))

    def _well_written(self, field: Paragraphs) -> frozenset[date]:
        """The days of a list; none where something in it is no day, which is told at that list."""
        try:
            return frozenset(self._days(field))
        except ValidationError:
            return frozenset()

    def validate_worked(self, field: Paragraphs) -> None:
        for day in self._days(field):
            if day.weekday() < SATURDAY:
                raise ValidationError(_("%(day)s is no Saturday or Sunday.", day=f"{day:%d/%m/%Y}"))

    def validate_unknown(self, field: Paragraphs) -> None:
        decided = {*self._days(self.off), *self._days(self.worked)}
        for day in self._days(field):
            if day in decided:
                raise ValidationError(_("%(day)s stands in another list already.", day=f"{day:%d/%m/%Y}"))

    def as_kept(self, name: str) -> str:
        """A list as it is kept: "1/1 30/4", by day."""
        return " ".join(f"{day.day}/{day.month}" for day in sorted(set(self._days(self[name]))))

    def _days(self, field: Paragraphs) -> Iterator[date]:
        """Raises ValidationError at the first thing that is no day of the year."""
        for word in re.split(r"[\s,;]+", field.data or ""):
            if word:
                yield self._day(word)

    def _day(self, word: str) -> date:
        day, slash, month = word.partition("/")
        try:
            if slash and day.isascii() and month.isascii():
                return date(self.year.data or clock.today().year, int(month), int(day))
        except ValueError:
            pass
        raise ValidationError(_("“%(word)s” is no day of that year. Write day and month as 30/4.", word=word[:20]))


def _missing(one: holidays.Missing) -> str:
    if one.day:
        return f"{one.day:%d/%m} ({say(one.name)})"
    more: str = ngettext("%(num)s more day", "%(num)s more days", one.more)
    return f"{more} ({say(one.name)})"
