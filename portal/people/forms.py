"""What may be typed about a person."""

from datetime import date
from typing import Any, ClassVar

from flask_login import current_user
from wtforms.validators import Optional

from portal.engine import clock
from portal.engine.forms import (
    TO_CHOOSE,
    Choice,
    Day,
    Digits,
    EditForm,
    Line,
    Phone,
    Required,
    ValidationError,
    Year,
    a_name,
    not_in_the_future,
    of,
)
from portal.engine.text import _, _l
from portal.organisation.queries import villages
from portal.people.models import SEX_NAMES, Person

ID_LENGTHS = (9, 12)
YOUNGEST = 12  # below it no measure of these is possible at any time
EMPTY_IS_NONE = ("sex", "national_id", "phone", "birth_date", "birth_year")


def check_birth_year(field: Year) -> None:
    if field.data and field.data > clock.today().year:
        raise ValidationError(_("The year lies in the future."))


def check_national_id(field: Digits) -> None:
    if field.data and len(field.data) not in ID_LENGTHS:
        raise ValidationError(_("An ID number has 12 digits, an old one 9."))


class PersonForm(EditForm):
    """Name, birth, numbers, residence."""

    full_name = Line(_l("Full name"), [Required(), a_name], length=100)
    sex = Choice(_l("Sex"), choices=of(SEX_NAMES))
    birth_date = Day(_l("Date of birth"), [Optional(), not_in_the_future])
    birth_year = Year(_l("Year of birth, if the day is not known"), [Optional()])
    national_id = Digits(_l("National ID number"), [Optional()], length=12)
    phone = Phone(_l("Telephone"), [Optional()], length=15)
    village_id = Choice(_l("Village"), [Required()])
    address = Line(_l("House, group, road"), [Optional()])

    widths: ClassVar[dict[str, str]] = {
        "sex": "short", "birth_date": "day", "birth_year": "short", "national_id": "mid", "phone": "mid",
        "village_id": "mid",
    }  # fmt: skip

    PERSON = ("full_name", "sex", "birth_date", "birth_year", "national_id", "phone", "village_id", "address")

    @classmethod
    def kept(cls, person: Person) -> dict[str, Any]:
        """What is kept of a person, by the names of the fields."""
        return {name: getattr(person, name) for name in cls.PERSON}

    def fill_lists(self, record: Any = None) -> None:
        """Offer the villages of the reader's commune."""
        found = villages(current_user.acting.commune_id)
        self.village_id.choices = [TO_CHOOSE, *((str(one.id), one.title) for one in found)]

    def old_enough_on(self) -> date | None:
        """The day on which the person was of an age for a measure; None while it is not known."""
        return clock.today()

    def validate_birth_date(self, field: Day) -> None:
        self._old_enough(field.data.year if field.data else None)

    def validate_birth_year(self, field: Year) -> None:
        check_birth_year(field)
        if field.data and self.birth_date.data and field.data != self.birth_date.data.year:
            raise ValidationError(_("The date of birth above says another year."))
        self._old_enough(field.data)

    def _old_enough(self, born: int | None) -> None:
        on = self.old_enough_on()
        if born and on and on.year - born < YOUNGEST:
            age = on.year - born
            raise ValidationError(_("The person would be %(age)s years old. Please check the year.", age=age))

    def validate_national_id(self, field: Digits) -> None:
        check_national_id(field)

    def person(self) -> dict[str, Any]:
        """What was typed about the person; an empty answer is no answer."""
        typed = {name: self[name].data for name in self.PERSON}
        for name in EMPTY_IS_NONE:
            typed[name] = typed[name] or None
        return {**typed, "village_id": int(self.village_id.data), "address": typed["address"] or ""}
