"""What may be typed at the doors of a village: who signed, and what was said where nobody did."""

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
from portal.engine.intake import id_in
from portal.engine.text import _, _l
from portal.households.models import RESULT_NAMES, CallResult

TICK, SAID = "tick_", "said_"
SIGNED, AS_IT_STANDS = "signed", "stands"
MOST_DOORS = 5_000
WITHDRAWN = "withdrawn"
AS_IT_STOOD = {
    CallResult.ABSENT: _l("Still not home"),
    CallResult.REFUSED: _l("Still refuses"),
    WITHDRAWN: _l("Still withdrawn"),
}


class TickForm(Form):
    """Who signed, one tick each, and on which day; instead of a signature, what was said at the door."""

    PREFIXES: ClassVar[tuple[str, ...]] = (TICK,)
    signed_on = Day(_l("Day of signing"), [Required(), not_in_the_future])
    result = StringField()  # sent by the button that is pressed, and drawn nowhere else
    over = StringField()  # the call over which one signature is entered: sent by the button that asks for it alone

    @property
    def calls_over(self) -> list[int]:
        """The ids of calls over which it is entered that somebody signed."""
        return [call] if (call := versions.read(self.over.data)) else []

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
    """What came of one door, as a phone sends it: signed, or what was said.

    *pledge_version* is that of the pledge which it is sent over; *call_version* names the call, by its id, since what
    was said at a door is not rewritten but followed by another call.
    """

    household = HiddenField()
    pledge_version = HiddenField()
    call_version = HiddenField()
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
        return [known for one in listed if (known := id_in(one))]

    def exceptions(self) -> dict[int, CallResult]:
        known = set(CallResult)
        return {number: CallResult(said) for number, said in self.listed(SAID).items() if said in known}

    def told(self) -> dict[int, bool]:
        """Of whom it is said whether they signed or are left as they stand, since something was noted down before."""
        words = {SIGNED: True, AS_IT_STANDS: False}
        return {number: words[said] for number, said in self.listed(SAID).items() if said in words}

    def signing(self) -> list[int]:
        """Who signed by what is said, of those of whom the page speaks."""
        not_signed = {*self.exceptions(), *(number for number, signed in self.told().items() if not signed)}
        return [number for number in self.households() if number not in not_signed]

    @property
    def words(self) -> dict[int, str]:
        """All that is said of doors, as the form carries it on."""
        known = {*CallResult, SIGNED, AS_IT_STANDS}
        return {number: said for number, said in self.listed(SAID).items() if said in known}


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


def choices_at_door(before: str) -> list[tuple[str, Any]]:
    """What may be said of a door: where something was noted down *before*, first that it stands."""
    results = [(one.value, name) for one, name in RESULT_NAMES.items()]
    if not before:
        return [("", _l("Signed")), *results]
    return [(AS_IT_STANDS, AS_IT_STOOD[before]), (SIGNED, _l("Signed")), *results]


def sheet_form(doors: Mapping[int, tuple[str, str, str]]) -> type[SheetForm]:
    """The form with a field for each door, by the id of its household: who lives there, and how it stands."""
    fields = {
        f"{SAID}{number}": Choice(
            who, [Required() if before else Optional()], choices=choices_at_door(before), description=how,
        )
        for number, (who, how, before) in doors.items()
    }  # fmt: skip
    return type("SheetFormOfDoors", (SheetForm,), fields)


class UndoForm(Form):
    """The moment of the ticks that are taken back."""

    at = HiddenField()
