"""What may be typed at the doors of a village: who signed, and what was said where nobody did."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from portal.documents.forms import CONFIRM, NOT_CLASSIFIED, Upload
from portal.engine import versions
from portal.engine.forms import (
    BooleanField,
    Choice,
    Day,
    EditForm,
    Form,
    HiddenField,
    Optional,
    Required,
    StringField,
    ValidationError,
    not_in_the_future,
)
from portal.engine.text import _, _l
from portal.households.models import RESULT_NAMES, CallResult

TICK, SAID = "tick_", "said_"
SIGNED = "signed"
MOST_DOORS = 5_000
_AN_ID = re.compile(r"[0-9]{1,9}")


class TickForm(Form):
    """Who signed, one tick each, and on which day; instead of a signature, what was said at the door."""

    PREFIXES: ClassVar[tuple[str, ...]] = (TICK,)
    signed_on = Day(_l("Day of signing"), [Required(), not_in_the_future])
    result = StringField()  # sent by the button that is pressed, and drawn nowhere else

    @property
    def ticked(self) -> list[int]:
        return sorted(self.listed(TICK))

    @property
    def said(self) -> CallResult | None:
        """What was said at the doors, where they did not sign."""
        return CallResult(self.result.data) if self.result.data else None

    def validate_result(self, field: StringField) -> None:
        if field.data and field.data not in set(CallResult):
            field.data = ""
            raise ValidationError(_("Please choose one of the list."))

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if valid and not self.ticked:
            told = _("Nobody is ticked yet. Touch those who signed, then confirm.")
            self.form_errors: list[Any] = [told]
        return valid and bool(self.ticked)


class ConfirmForm(TickForm):
    """Whose pledges are confirmed as they were entered: no day is asked."""

    signed_on = Day(_l("Day of signing"), [Optional(), not_in_the_future])


class DoorForm(EditForm):
    """What came of one door, as a phone sends it: signed, or what was said. *pledge_version*: what it is sent over."""

    household = HiddenField()
    pledge_version = HiddenField()
    signed_on = Day(_l("Day"), [Required(), not_in_the_future])
    result = Choice(
        _l("What came of it"), default=SIGNED,
        choices=[(SIGNED, _l("Signed")), *((one.value, name) for one, name in RESULT_NAMES.items())],
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {"signed_on": "day"}

    @property
    def household_id(self) -> int:
        """Which door; 0, which none has, where somebody tampered with it."""
        return versions.read(self.household.data)


class AllButForm(Form):
    """A whole village, but for some: what was said at their doors."""

    PREFIXES: ClassVar[tuple[str, ...]] = (SAID,)
    signed_on = Day(_l("Day of signing"), [Required(), not_in_the_future])
    among = HiddenField()  # of whom the page speaks: the households that had not signed, by their ids

    def households(self) -> list[int]:
        listed = (self.among.data or "").split(",", MOST_DOORS)[:MOST_DOORS]
        return [int(one) for one in listed if _AN_ID.fullmatch(one)]

    def exceptions(self) -> dict[int, CallResult]:
        known = set(CallResult)
        return {number: CallResult(said) for number, said in self.listed(SAID).items() if said in known}


class SureForm(AllButForm):
    """The same once more, with the photo of the sheet."""

    back = StringField()  # sent by the button that leads back to the list, and drawn nowhere else
    photo = Upload(_l("Photo of the signed sheet"), [Optional()])
    not_classified = BooleanField(NOT_CLASSIFIED, [Optional()])

    def validate_not_classified(self, field: BooleanField) -> None:
        if self.photo.data and not field.data:
            raise ValidationError(str(CONFIRM))


class SheetForm(AllButForm):
    """A sheet as it is written down on a phone."""

    @property
    def doors(self) -> list[Any]:
        return [one for one in self if one.name.startswith(SAID)]


def sheet_form(doors: Mapping[int, tuple[str, str]]) -> type[SheetForm]:
    """The form with a field for each door, by the id of its household: who lives there, and how it stands."""
    results = [("", _l("Signed")), *((one.value, name) for one, name in RESULT_NAMES.items())]
    fields = {
        f"{SAID}{number}": Choice(who, [Optional()], choices=results, description=how)
        for number, (who, how) in doors.items()
    }  # fmt: skip
    return type("SheetFormOfDoors", (SheetForm,), fields)


class UndoForm(Form):
    """The moment of the ticks that are taken back."""

    at = HiddenField()
