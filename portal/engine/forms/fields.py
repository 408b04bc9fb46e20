"""Texts, days and numbers: fields that say clearly what is wrong, and keep what was typed."""

import re
import unicodedata
from datetime import date, time
from typing import Any

from babel.numbers import get_group_symbol
from flask_babel import format_decimal, get_locale
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    PasswordField,
    StringField,
    TextAreaField,
)
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from portal.engine import versions
from portal.engine.forms.checks import MaxLength, Within, no_control_characters
from portal.engine.intake import FIRST_YEAR, LAST_YEAR
from portal.engine.letters import on_one_line, plain
from portal.engine.text import _

DAY = ["%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"]  # as people type it, with slashes or points; as programs write it
LINE, PARAGRAPHS = 200, 4000  # letters
MAX_NUMBER = 2**31 - 1
FROM_GROUPED = 10_000  # a number of so many digits is hard to read without its dots
SHORTEST_PHONE = 8  # digits: 1800 1091
_EMERGENCY = re.compile(r"11[0-9]")
_DIGITS = re.compile(r"[0-9]+")
_HOUR = re.compile(r"([01]?[0-9]|2[0-3])[:.h]([0-5][0-9])")
_COUNTRY = re.compile(r"^(?:[+]|00)84(?:0(?=[0-9]))?")
_WHOLE = re.compile(r"-?(?:[0-9]{1,15}|[0-9]{1,3}(?:\.[0-9]{3}){1,4})")  # 1500000 or 1.500.000, never 1.5


def _normal(text: str | None) -> str | None:
    return plain(text).replace("\r\n", "\n") if isinstance(text, str) else text


def _one_line(text: str | None) -> str | None:
    return on_one_line(plain(text)) if isinstance(text, str) else text


def _national(text: str | None) -> str | None:
    """A telephone number without what people group it by, and as it is called from within the country."""
    if (typed := _one_line(text)) is None:
        return None
    bare = re.sub(r"[ .()-]", "", typed)
    return _COUNTRY.sub("0", bare) if re.fullmatch(r"[+]?[0-9]+", bare) else typed


class _Typed:
    """Shared by the text fields: normalised, bounded, free of control characters."""

    default_length = LINE
    normal = staticmethod(_normal)

    def __init__(self, label: Any = None, validators: Any = (), *, length: int | None = None, **options: Any) -> None:
        checks = [*validators, MaxLength(length or self.default_length), no_control_characters]
        super().__init__(label, checks, filters=[self.normal], **options)  # type: ignore[call-arg]


class Line(_Typed, StringField):
    """A text of one line."""

    normal = staticmethod(_one_line)


class Paragraphs(_Typed, TextAreaField):
    """A longer text."""

    default_length = PARAGRAPHS


class Version(HiddenField):
    """The version of a record that a page showed; empty where it showed none. Nothing else comes from a page."""

    def pre_validate(self, form: Any) -> None:
        if self.data and not versions.read(self.data):
            raise ValidationError(_("This page was changed on its way here. Please open it again."))


class Password(PasswordField):
    """A secret: any character, normalised to NFC, never shown again."""

    def __init__(self, label: Any = None, validators: Any = (), **options: Any) -> None:
        nfc = [lambda typed: unicodedata.normalize("NFC", typed) if isinstance(typed, str) else typed]
        super().__init__(label, [*validators, MaxLength(128), no_control_characters], filters=nfc, **options)


class Digits(Line):
    """A number that is a name (of a card, of a telephone): digits only, zeros in front kept."""

    def __init__(self, label: Any = None, validators: Any = (), **options: Any) -> None:
        options.setdefault("render_kw", {"inputmode": "numeric"})
        super().__init__(label, validators, **options)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if self.data and not _DIGITS.fullmatch(self.data):
            raise ValidationError(_("Only the digits 0 to 9 are possible here."))


class Phone(Digits):
    """A number that is called within the country: its code in front (+84, 0084) becomes the 0 that it stands for."""

    normal = staticmethod(_national)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        super().post_validate(form, validation_stopped)
        if self.data and len(self.data) < SHORTEST_PHONE and not _EMERGENCY.fullmatch(self.data):
            raise ValidationError(_("This is too short for a telephone number: please write it with its area code."))


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


class Hour(StringField):
    """An hour of the day as hh:mm; a point or the letter h between them will do."""

    data: Any  # a time once it is valid

    def __init__(self, label: Any = None, validators: Any = (), **options: Any) -> None:
        options.setdefault("render_kw", {"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(label, validators, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        found = _HOUR.fullmatch(typed)
        if found is None:
            raise ValueError(_("This is no hour of the day. Please write it as hh:mm."))
        self.data = time(int(found[1]), int(found[2]))

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return self.data.strftime("%H:%M") if self.data else ""


class Number(IntegerField):
    """A whole number, with dots between the thousands or without; in English with commas as well.

    It is a text to the browser, which would otherwise drop what is no number before anybody could read it again.
    """

    widget = TextInput()

    def __init__(
        self, label: Any = None, validators: Any = (), *, least: int = 0, most: int = MAX_NUMBER,
        grouped: bool = True, **options: Any,
    ) -> None:  # fmt: skip
        options.setdefault("render_kw", {"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(label, [*validators, Within(least, most, grouped=grouped)], **options)
        self.grouped = grouped

    def _value(self) -> str:
        """What was typed stays as it was; a number that the portal offers is grouped, so that its noughts are seen."""
        if self.raw_data or self.data is None or not self.grouped or self.data < FROM_GROUPED:
            return str(super()._value())
        return str(format_decimal(self.data))

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = _with_dots(valuelist[0].strip()) if valuelist else ""
        self.data = None
        if not typed:
            return
        if _WHOLE.fullmatch(typed) is None:
            raise ValueError(_("Please write a whole number."))
        self.data = int(typed.replace(".", ""))


class Year(Number):
    """A year of the calendar."""

    def __init__(self, label: Any = None, validators: Any = (), **options: Any) -> None:
        super().__init__(label, validators, least=FIRST_YEAR, most=LAST_YEAR, grouped=False, **options)


def _with_dots(typed: str) -> str:
    """A number grouped as its reader's language does, grouped with dots; what mixes the two is none."""
    grouped = str(get_group_symbol(get_locale()))
    return typed if "." in typed else typed.replace(grouped, ".")
