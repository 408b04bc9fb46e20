"""Fields whose answer is one of a list."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import (
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from portal.engine.text import _, _l

Pairs = Iterable[tuple[str, Any]]


TO_CHOOSE = ("", _l("Choose…"))  # the first line of a list of which nothing is chosen yet


def options_of(pairs: Pairs) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


def of(names: Mapping[Any, Any]) -> list[tuple[Any, Any]]:
    """A catalogue, by its values and their names, of which nothing is chosen yet."""
    return [TO_CHOOSE, *names.items()]


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


class Several(SelectMultipleField):
    """Any of a few, each with a box to tick; none is an answer as well."""

    widget, option_widget = ListWidget(prefix_label=False), CheckboxInput()
    data: list[str] | None

    def __init__(self, label: Any = None, validators: Any = (), *, choices: Pairs = (), **options: Any) -> None:
        super().__init__(label, validators, choices=options_of(choices), **options)

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)
        except ValidationError as error:
            raise ValidationError(_("Please choose one of the list.")) from error


def optional_id(value: Any) -> int | None:
    """Read the choice of a record: an empty choice is none."""
    return int(value) if value not in (None, "", "None") else None
