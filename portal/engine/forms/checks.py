"""What an answer must be."""

from typing import Any

from flask_babel import format_decimal
from wtforms import (
    Field,
)
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from portal.engine import clock
from portal.engine.letters import kept
from portal.engine.text import _, _l


class Required(InputRequired):
    """Something must be typed; blanks are nothing."""

    def __init__(self, message: Any = None) -> None:
        super().__init__(message or _l("This is needed."))

    def __call__(self, form: Any, field: Field) -> None:
        super().__call__(form, field)
        if isinstance(field.data, str) and not field.data.strip():
            raise ValidationError(str(self.message))


class MaxLength(Length):
    def __init__(self, max: int) -> None:
        super().__init__(max=max)

    def __call__(self, form: Any, field: Field) -> None:
        if field.data and len(field.data) > self.max:
            raise ValidationError(_("At most %(max)s letters are possible here.", max=format_decimal(self.max)))


class Within(NumberRange):
    """A number from one to another, both included, told with the dots or commas of the reader's language.

    A year is no amount: it is not *grouped*.
    """

    def __init__(self, least: int, most: int, *, grouped: bool = True) -> None:
        super().__init__(least, most)
        self.grouped = grouped

    def __call__(self, form: Any, field: Field) -> None:
        if field.data is None or not self.min <= field.data <= self.max:
            least, most = (format_decimal(one) if self.grouped else str(one) for one in (self.min, self.max))
            raise ValidationError(_("A number from %(min)s to %(max)s is possible here.", min=least, max=most))


def a_name(_form: Any, field: Field) -> None:
    """Refuse what cannot be somebody's name: one has letters, and no signs of a program."""
    typed = field.data or ""
    if typed and (not any(letter.isalpha() for letter in typed) or any(sign in typed for sign in "<>")):
        raise ValidationError(_("A name has letters, and neither < nor >."))


def no_control_characters(_form: Any, field: Field) -> None:
    """Refuse what no keyboard types and no database keeps alike: NUL, escapes, noncharacters, heaps of marks.

    The rest of the text stays in the field, so that it can be sent again.
    """
    text = field.data or ""
    if kept(text) != text:
        field.data = kept(text)
        raise ValidationError(_("Characters that cannot be kept were taken out here. Please look through the text."))


def not_in_the_future(_form: Any, field: Field) -> None:
    """Refuse days after today, at the field."""
    if field.data and field.data > clock.today():
        raise ValidationError(_("The day lies in the future."))
