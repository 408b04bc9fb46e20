"""What may be typed: fields that say clearly what is wrong, and keep what was typed."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from portal.engine import clock
from portal.engine.refusal import Plain, Refused
from portal.engine.text import _, _l
from portal.engine.vietnamese import plain

DAY = ["%d/%m/%Y", "%Y-%m-%d"]  # as people type it, as programs write it
FIRST_YEAR, LAST_YEAR = 1900, 2200
LINE, PARAGRAPHS = 200, 4000  # letters
MAX_NUMBER = 2**31 - 1
_DIGITS = re.compile(r"[0-9]+")


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
        super().__init__(max=max, message=_l("At most %(max)d letters are possible here."))


def no_control_characters(_form: Any, field: Field) -> None:
    """Refuse what no keyboard types and no database keeps alike: NUL, escapes, noncharacters."""
    text = field.data or ""
    if any(unicodedata.category(letter) in {"Cc", "Cs", "Cn", "Co"} and letter not in "\n\t\r" for letter in text):
        raise ValidationError(_("There are characters here that cannot be kept. Please type the text anew."))


def _normal(text: str | None) -> str | None:
    return plain(text).replace("\r\n", "\n") if isinstance(text, str) else text


class _Typed:
    """Shared by the text fields: normalised, bounded, free of control characters."""

    default_length = LINE

    def __init__(self, label: Any = None, validators: Any = (), *, length: int | None = None, **options: Any) -> None:
        checks = [*validators, MaxLength(length or self.default_length), no_control_characters]
        super().__init__(label, checks, filters=[_normal], **options)  # type: ignore[call-arg]


class Line(_Typed, StringField):
    """A text of one line."""


class Paragraphs(_Typed, TextAreaField):
    """A longer text."""

    default_length = PARAGRAPHS


class Password(PasswordField):
    """A secret: any character, normalised to NFC, never shown again."""

    def __init__(self, label: Any = None, validators: Any = (), **options: Any) -> None:
        nfc = [lambda typed: unicodedata.normalize("NFC", typed) if isinstance(typed, str) else typed]
        super().__init__(label, [*validators, MaxLength(128), no_control_characters], filters=nfc, **options)


class Digits(Line):
    """A number that is a name (of a card, of a telephone): digits only, zeros in front kept."""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if self.data and not _DIGITS.fullmatch(self.data):
            raise ValidationError(_("Only the digits 0 to 9 are possible here."))


class Day(DateField):
    """A calendar day as dd/mm/yyyy."""

    data: Any  # a date once it is valid

    def __init__(self, label: Any = None, validators: Any = (), **options: Any) -> None:
        options.setdefault("render_kw", {"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(label, validators, format=DAY, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([_ascii(one) for one in valuelist])
        except ValueError as error:
            raise ValueError(_("This is no day of the calendar. Please write it as dd/mm/yyyy.")) from error
        if isinstance(self.data, date) and not FIRST_YEAR <= self.data.year <= LAST_YEAR:
            self.data = None
            raise ValueError(_("The year must lie between %(first)s and %(last)s.", first=FIRST_YEAR, last=LAST_YEAR))

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return self.data.strftime("%d/%m/%Y") if self.data else ""


def _ascii(typed: str) -> str:
    """Digits of other scripts are no date: `strptime` would take them."""
    typed = typed.strip()
    return typed if typed.isascii() else "?"


class Number(IntegerField):
    """A whole number."""

    def __init__(
        self, label: Any = None, validators: Any = (), *, least: int = 0, most: int = MAX_NUMBER, **options: Any
    ) -> None:
        within = NumberRange(least, most, _l("A number from %(min)s to %(max)s is possible here."))
        super().__init__(label, [*validators, within], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip().replace(".", "") if valuelist else ""
        if not typed:
            return
        if re.fullmatch(r"-?[0-9]{1,15}", typed) is None:
            self.data = None
            raise ValueError(_("Please write a whole number."))
        self.data = int(typed)


Pairs = Iterable[tuple[str, Any]]


def options_of(pairs: Pairs) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


class Choice(SelectField):
    """One of a list, given as pairs of value and label."""

    def __init__(self, label: Any = None, validators: Any = (), *, choices: Pairs = (), **options: Any) -> None:
        super().__init__(label, validators, choices=options_of(choices), **options)

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)
        except ValidationError as error:
            raise ValidationError(_("Please choose one of the list.")) from error


class Cards(RadioField):
    """One of a few, each with a line of help."""

    def __init__(self, label: Any = None, validators: Any = (), *, choices: Pairs = (), **options: Any) -> None:
        super().__init__(label, validators, choices=options_of(choices), validate_choice=False, **options)

    def pre_validate(self, form: Any) -> None:
        if self.data not in {value for value, *_rest in self.choices or ()}:
            raise ValidationError(_("Please choose one."))


def not_in_the_future(_form: Any, field: Field) -> None:
    """Refuse days after today, at the field."""
    if field.data and field.data > clock.today():
        raise ValidationError(_("The day lies in the future."))


class Form(FlaskForm):
    """A form of the portal. *widths* says how long the answers are, for the macro that draws the fields."""

    widths: ClassVar[dict[str, str]] = {}


class EditForm(Form):
    """A form over a record that exists; it carries the version that it showed."""

    version = HiddenField()

    def shown_version(self) -> int | None:
        """The version that the page showed; 0, which no record has, where somebody tampered with it."""
        typed = str(self.version.data or "")
        return int(typed) if _DIGITS.fullmatch(typed) and len(typed) < 10 else 0

    def catch_up(self, version: int, kept: Mapping[str, Any]) -> list[tuple[str, str]]:
        """After a lost race: carry the version that stands now, and tell what stands where something else is typed.

        What was typed stays in the fields, so that it can be sent once more. Returns pairs of label and value.
        """
        self.version.data = str(version)
        shown = [self[name] for name in kept if name in self]
        differing = [field for field in shown if in_words(field, kept[field.name]) != in_words(field, field.data)]
        return [(str(field.label.text), in_words(field, kept[field.name])) for field in differing]


class ReasonForm(EditForm):
    """A step with the words that go with it."""

    reason = Paragraphs(_l("Reason"), length=2000)

    def words(self) -> str:
        """What was typed. Raises Refused where it is too long or cannot be kept."""
        if not self.validate():
            raise Refused(*(Plain(str(error)) for errors in self.errors.values() for error in errors))
        return self.reason.data or ""


def in_words(field: Field, value: Any) -> str:
    """A value of a field as a person reads it: of a list its label, a day as it is written, yes or no."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(field, SelectField | RadioField) and value is not None:
        pairs = (one if isinstance(one, tuple) else (one.value, one.label) for one in field.choices or ())
        return {str(chosen): str(label) for chosen, label in pairs}.get(str(value), "–")
    return str(value) if value not in (None, "") else "–"


def optional_id(value: Any) -> int | None:
    """Read the choice of a record: an empty choice is none."""
    return int(value) if value not in (None, "", "None") else None


__all__ = [
    "BooleanField", "Cards", "Choice", "Day", "Digits", "EditForm", "Form", "Line", "Number", "Optional",
    "Paragraphs", "Password", "ReasonForm", "Required", "ValidationError", "in_words", "not_in_the_future",
    "optional_id",
]  # fmt: skip
