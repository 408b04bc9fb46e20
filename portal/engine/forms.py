"""What may be typed: fields that say clearly what is wrong, and keep what was typed."""

import logging
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, NamedTuple

from babel.numbers import get_group_symbol
from flask import g, request
from flask_babel import format_decimal, get_locale
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import (
    BooleanField,
    DateField,
    Field,
    FileField,
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
from wtforms.widgets import TextInput

from portal.engine import audit, clock, once, versions
from portal.engine.letters import kept, on_one_line, plain
from portal.engine.presentation import told_with_source
from portal.engine.refusal import Conflict, Misfit, Plain, Refused, Unsaid
from portal.engine.text import _, _l

log = logging.getLogger("portal")

DAY = ["%d/%m/%Y", "%Y-%m-%d"]  # as people type it, as programs write it
FIRST_YEAR, LAST_YEAR = 1900, 2200
LINE, PARAGRAPHS = 200, 4000  # letters
MAX_NUMBER = 2**31 - 1
MOST_STRANGERS, MOST_OF_NAME = 5, 40  # names of fields that no form has, as far as they are written down
_DIGITS = re.compile(r"[0-9]+")
_WHOLE = re.compile(r"-?(?:[0-9]{1,15}|[0-9]{1,3}(?:\.[0-9]{3}){1,4})")  # 1500000 or 1.500.000, never 1.5


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
    """A number from one to another, both included, told with the dots or commas of the reader's language."""

    def __call__(self, form: Any, field: Field) -> None:
        if field.data is None or not self.min <= field.data <= self.max:
            least, most = format_decimal(self.min), format_decimal(self.max)
            raise ValidationError(_("A number from %(min)s to %(max)s is possible here.", min=least, max=most))


def no_control_characters(_form: Any, field: Field) -> None:
    """Refuse what no keyboard types and no database keeps alike: NUL, escapes, noncharacters, heaps of marks.

    The rest of the text stays in the field, so that it can be sent again.
    """
    text = field.data or ""
    if kept(text) != text:
        field.data = kept(text)
        raise ValidationError(_("Characters that cannot be kept were taken out here. Please look through the text."))


def _normal(text: str | None) -> str | None:
    return plain(text).replace("\r\n", "\n") if isinstance(text, str) else text


def _one_line(text: str | None) -> str | None:
    return on_one_line(plain(text)) if isinstance(text, str) else text


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
    """A whole number, with dots between the thousands or without; in English with commas as well.

    It is a text to the browser, which would otherwise drop what is no number before anybody could read it again.
    """

    widget = TextInput()

    def __init__(
        self, label: Any = None, validators: Any = (), *, least: int = 0, most: int = MAX_NUMBER, **options: Any
    ) -> None:
        options.setdefault("render_kw", {"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(label, [*validators, Within(least, most)], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = _with_dots(valuelist[0].strip()) if valuelist else ""
        self.data = None
        if not typed:
            return
        if _WHOLE.fullmatch(typed) is None:
            raise ValueError(_("Please write a whole number."))
        self.data = int(typed.replace(".", ""))


def _with_dots(typed: str) -> str:
    """A number grouped as its reader's language does, grouped with dots; what mixes the two is none."""
    grouped = str(get_group_symbol(get_locale()))
    return typed if "." in typed else typed.replace(grouped, ".")


Pairs = Iterable[tuple[str, Any]]


def options_of(pairs: Pairs) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


def options_by_group(groups: Mapping[str, Pairs]) -> list[SelectChoice]:
    """The same under headings, in the order given."""
    return [SelectChoice(value, label, optgroup=name) for name, pairs in groups.items() for value, label in pairs]


class Choice(SelectField):
    """One of a list, given as pairs of value and label."""

    data: Any  # a value of the list once it is valid

    def __init__(self, label: Any = None, validators: Any = (), *, choices: Pairs = (), **options: Any) -> None:
        super().__init__(label, validators, choices=options_of(choices), **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """A list that is missing in what was sent is answered by nobody: what stood chosen is not taken for it."""
        self.data = None
        super().process_formdata(valuelist or ([""] if "" in self._values() else []))

    def _values(self) -> set[str]:
        return {one[0] if isinstance(one, tuple) else one.value for one in self.choices or ()}

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)
        except ValidationError as error:
            raise ValidationError(_("Please choose one of the list.")) from error


class Cards(RadioField):
    """One of a few, each with a line of help."""

    data: Any  # one of the values once it is valid

    def __init__(self, label: Any = None, validators: Any = (), *, choices: Pairs = (), **options: Any) -> None:
        super().__init__(label, validators, choices=options_of(choices), validate_choice=False, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """As with a list: without an answer nothing is chosen."""
        self.data = None
        super().process_formdata(valuelist)

    def pre_validate(self, form: Any) -> None:
        if self.data not in {value for value, *_rest in self.choices or ()}:
            raise ValidationError(_("Please choose one."))


def not_in_the_future(_form: Any, field: Field) -> None:
    """Refuse days after today, at the field."""
    if field.data and field.data > clock.today():
        raise ValidationError(_("The day lies in the future."))


class Form(FlaskForm):
    """A form of the portal. *widths* says how long the answers are, for the macro that draws the fields.

    It has only the fields that its user may set. Whatever else a request sends is ignored, and noted.
    """

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """A form is sent as a form: no JSON with lists and maps where texts are meant, no file but for a file."""
            if formdata is None or hasattr(formdata, "getlist") or not _sent():
                return formdata if hasattr(formdata, "getlist") else None
            files = {name: request.files.getlist(name) for name in request.files if _takes_files(form, name)}
            return CombinedMultiDict((MultiDict(files), request.form))

    widths: ClassVar[dict[str, str]] = {}
    BUTTONS: ClassVar[frozenset[str]] = frozenset({"only", *once.NOT_TYPED})  # sent along, and no fields

    def process(self, formdata: Any = None, *values: Any, **more: Any) -> None:
        super().process(formdata, *values, **more)
        if formdata is not None and request.method == "POST":
            known = {field.name for field in self} | self.BUTTONS
            _note_strangers(sorted({*request.form, *request.files} - known))

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse as well, at its field, what came twice: nobody can say which of the two was meant."""
        valid = super().validate(extra_validators)
        twice = [field for field in self if came_twice(field)]
        for field in twice:
            field.errors = [*field.errors, _("This came twice. Please look at it again.")]
        return valid and not twice

    def place(self, refused: Refused) -> Refused | None:
        """Show at its field what a deed said about it. Gives back the refusal if there is more to be told."""
        misfits = [one for one in refused.reasons if isinstance(one, Misfit) and one.field in self]
        for one in misfits:
            self[one.field].errors = [*self[one.field].errors, told_with_source(one)]
        return None if misfits and len(misfits) == len(refused.reasons) else refused

    @property
    def to_mend(self) -> list["Wrong"]:
        """What is wrong, in the order of the page: at a field, or with the form as a whole."""
        found = [_wrong(field) for field in self if field.errors]
        return found + [Wrong("", "", str(error)) for error in self.form_errors]


class Wrong(NamedTuple):
    """The id of a field, its label and what is wrong with it. Neither id nor label where no field is meant."""

    id: str
    label: str
    message: str


def _wrong(field: Field) -> Wrong:
    """A field that nobody sees is told, and leads nowhere."""
    seen = not isinstance(field, HiddenField)
    return Wrong(field.id if seen else "", str(field.label.text) if seen else "", str(field.errors[0]))


def came_twice(field: Field) -> bool:
    """Whether a field has several answers. None of the portal's has."""
    return len(field.raw_data or ()) > 1


def _sent() -> bool:
    return request.method in ("POST", "PUT", "PATCH", "DELETE")


def _takes_files(form: Any, name: str) -> bool:
    return name in form and isinstance(form[name], FileField)


def _note_strangers(names: list[str]) -> None:
    """Write down, once a request, that fields were sent which the form does not have: their names, never a value."""
    if not names or "strangers" in g:
        return
    g.strangers = [kept(plain(name))[:MOST_OF_NAME] for name in names[:MOST_STRANGERS]]
    log.warning("%s fields that no form has, sent to %s", len(names), request.url_rule)
    if current_user.is_authenticated:  # the trail is not for strangers to fill
        audit.tell("ignored", current_user, None, fields=", ".join(g.strangers))


class EditForm(Form):
    """A form over a record that exists; it carries the version that it showed.

    Where it changes a second record as well, it carries that one's in a field of the record's name: `person_version`.
    """

    version = HiddenField()

    def shown_version(self, of: str = "") -> int | None:
        """The version that the page showed; 0, which no record has, where somebody tampered with it."""
        return versions.read(self._field_of(of).data)

    def _field_of(self, of: str) -> Field:
        """The field with the version of a kind of record."""
        found: Field = getattr(self, f"{of}_version", self.version)
        return found

    def place(self, refused: Refused) -> Refused | None:
        """As in every form; after a lost race it carries the version that stands now, so that it can be sent again."""
        if isinstance(refused, Conflict) and refused.version is not None:
            self._field_of(refused.kind).data = str(refused.version)
        return super().place(refused)

    def differing(self, kept: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Pairs of label and value: what stands in the record where something else is typed."""
        shown = [self[name] for name in kept if name in self]
        differing = [field for field in shown if in_words(field, kept[field.name]) != in_words(field, field.data)]
        return [(str(field.label.text), in_words(field, kept[field.name])) for field in differing]


class ReasonForm(EditForm):
    """A step with the words that go with it."""

    reason = Paragraphs(_l("Reason"), length=2000)

    def words(self) -> str:
        """The words as they may be kept. Raises Unsaid with what is wrong with them."""
        if not self.reason.validate(self) or came_twice(self.reason):
            errors = self.reason.errors or [_("This came twice. Please look at it again.")]
            raise Unsaid(*(Plain(str(error)) for error in errors))
        return str(self.reason.data or "")


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


def what_was_typed(kind: type[Form]) -> str:
    """What was written into a form that is not open any more, a line a field, so that it can be copied."""
    shown = [field for field in kind() if not isinstance(field, HiddenField | PasswordField | FileField)]
    lines = [(field.label.text, _as_typed(field)) for field in shown]
    return "\n".join(f"{label}: {text}" for label, text in lines if text not in ("", "–"))


def _as_typed(field: Field) -> str:
    if isinstance(field, SelectField | RadioField | BooleanField):
        return in_words(field, field.data)
    return kept(plain(str(field.raw_data[0]))).strip() if field.raw_data else ""


def optional_id(value: Any) -> int | None:
    """Read the choice of a record: an empty choice is none."""
    return int(value) if value not in (None, "", "None") else None


__all__ = [
    "BooleanField", "Cards", "Choice", "Day", "Digits", "EditForm", "Form", "HiddenField", "Line", "Number", "Optional",
    "Paragraphs", "Password", "ReasonForm", "Required", "StringField", "ValidationError", "in_words",
    "not_in_the_future",
    "optional_id", "what_was_typed",
]  # fmt: skip
