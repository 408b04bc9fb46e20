"""What may be typed: fields that say clearly what is wrong, and keep what was typed."""

from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import Optional, ValidationError

from portal.engine.forms.checks import Required, a_name, not_in_the_future
from portal.engine.forms.choices import (
    TO_CHOOSE,
    Cards,
    Choice,
    Pairs,
    Several,
    of,
    optional_id,
    options_by_group,
    options_of,
)
from portal.engine.forms.edit import EditForm, PartForm, ReasonForm, VoidForm
from portal.engine.forms.fields import (
    Day,
    Digits,
    Hour,
    Line,
    Number,
    Paragraphs,
    Password,
    Phone,
    Version,
    Year,
)
from portal.engine.forms.form import Form, Wrong
from portal.engine.forms.typed import in_words, pairs_typed, what_was_typed
from portal.engine.intake import FIRST_YEAR, LAST_YEAR

__all__ = [
    "FIRST_YEAR", "LAST_YEAR", "TO_CHOOSE", "BooleanField", "Cards", "Choice", "Day", "Digits", "EditForm", "Form",
    "HiddenField", "Hour", "Line", "Number", "Optional", "Pairs", "Paragraphs", "PartForm", "Password", "Phone",
    "ReasonForm", "Required", "Several", "StringField", "ValidationError", "Version", "VoidForm", "Wrong", "Year",
    "a_name", "in_words", "not_in_the_future", "of", "optional_id", "options_by_group", "options_of", "pairs_typed",
    "what_was_typed",
]  # fmt: skip
