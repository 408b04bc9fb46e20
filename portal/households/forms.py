"""What may be typed about households, establishments, campaigns and pledges."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from portal.documents.forms import CONFIRM, NOT_CLASSIFIED, Upload
from portal.engine import versions
from portal.engine.forms import (
    BooleanField,
    Cards,
    Choice,
    Day,
    EditForm,
    Form,
    HiddenField,
    Line,
    Number,
    Optional,
    Pairs,
    Paragraphs,
    Required,
    StringField,
    ValidationError,
    a_name,
    not_in_the_future,
)
from portal.engine.text import _, _l
from portal.households.models import CAMPAIGN_KIND_NAMES, RESULT_NAMES, TARGET_NAMES, CallResult
from portal.organisation.models import Unit

GOAL, TICK, SAID = "goal_", "tick_", "said_"
MOST_PEOPLE, MOST_HOUSEHOLDS, MOST_PLACES = 99, 100_000, 99_999
SIGNED = "signed"
_AN_ID = re.compile(r"[0-9]{1,9}")


# ── the register ────────────────────────────────────────────────────────────────────────────────────────────────────
class HouseholdForm(EditForm):
    """What the register says of a household."""

    head = Line(_l("Head of the household"), [Required(), a_name], length=120)
    people = Number(_l("How many people"), [Required()], least=1, most=MOST_PEOPLE)
    walk = Number(
        _l("Place in the order of the walk"), [Optional()], least=1, most=MOST_PLACES,
        description=_l("As one goes from door to door. Without it, the number of the household."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {"people": "short", "walk": "short"}


class NewHouseholdForm(HouseholdForm):
    village_id = Choice(_l("Village"), [Required()])
    since = Day(_l("Lives there since"), [Required(), not_in_the_future])


class MoveForm(EditForm):
    village_id = Choice(_l("To which village"), [Required()])
    on = Day(_l("First day there"), [Required(), not_in_the_future])


class SplitForm(EditForm):
    head = Line(_l("Head of the new household"), [Required(), a_name], length=120)
    people = Number(_l("How many people leave with it"), [Required()], least=1, most=MOST_PEOPLE)
    on = Day(_l("First day as a household of its own"), [Required(), not_in_the_future])


class MergeForm(EditForm):
    into = Line(_l("Number of the other household"), [Required()], length=40)
    on = Day(_l("First day as one household"), [Required(), not_in_the_future])


class LeaveForm(EditForm):
    on = Day(_l("First day on which it no longer lives here"), [Required(), not_in_the_future])


class EstablishmentForm(EditForm):
    trade_name = Line(_l("Trade name"), [Required()], length=160)
    business = Line(_l("Line of business"), [Required()], length=120)
    owner = Line(_l("Owner"), [Optional(), a_name], length=120)
    walk = Number(_l("Place in the order of the walk"), [Optional()], least=1, most=MOST_PLACES)
    widths: ClassVar[dict[str, str]] = {"walk": "short"}


class NewEstablishmentForm(EstablishmentForm):
    village_id = Choice(_l("Village"), [Required()])
    since = Day(_l("Does business there since"), [Required(), not_in_the_future])


class CloseForm(EditForm):
    on = Day(_l("First day on which it is closed"), [Required(), not_in_the_future])


# ── campaigns ───────────────────────────────────────────────────────────────────────────────────────────────────────
class CampaignForm(EditForm):
    """A campaign; `campaign_form` adds a number for each village."""

    kind = Choice(
        _l("What is pledged"), [Required()], choices=[(one.value, name) for one, name in CAMPAIGN_KIND_NAMES.items()]
    )
    title = Line(_l("Title"), [Required()], length=160)
    text = Paragraphs(
        _l("Text of the pledge"), [Required()], length=4000,
        description=_l("What people sign, one promise a line. It is changed no more once the campaign is open."),
    )  # fmt: skip
    target = Cards(_l("Who signs"), choices=[(one.value, name) for one, name in TARGET_NAMES.items()])
    first_on = Day(_l("First day"), [Required()])
    last_on = Day(_l("Last day"), [Required()])

    def validate_last_on(self, field: Day) -> None:
        if self.first_on.data and field.data and field.data < self.first_on.data:
            raise ValidationError(_("The last day cannot be before the first."))

    @property
    def goals(self) -> list[Any]:
        return [one for one in self if one.name.startswith(GOAL)]

    def counts(self) -> dict[int, int | None]:
        """How many are to sign, by the id of the village."""
        return {int(one.name.removeprefix(GOAL)): one.data for one in self.goals}


def campaign_form(villages: Iterable[Unit]) -> type[CampaignForm]:
    """The form with a field for each village."""
    fields = {
        f"{GOAL}{village.id}": Number(village.title, [Optional()], least=1, most=MOST_HOUSEHOLDS)
        for village in villages
    }  # fmt: skip
    return type("CampaignFormOfVillages", (CampaignForm,), fields)


# ── signing ─────────────────────────────────────────────────────────────────────────────────────────────────────────
class TickForm(Form):
    """Who signed, one tick each, and on which day; instead of a signature, what was said at the door."""

    PREFIXES: ClassVar[tuple[str, ...]] = (TICK,)
    signed_on = Day(_l("Day of signing"), [Optional(), not_in_the_future])
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
    among = HiddenField()
    sure = HiddenField()

    def exceptions(self) -> dict[int, CallResult]:
        known = set(CallResult)
        return {number: CallResult(said) for number, said in self.listed(SAID).items() if said in known}


class SureForm(AllButForm):
    """The same once more, with the photo of the sheet."""

    photo = Upload(_l("Photo of the signed sheet"), [Optional()])
    not_classified = BooleanField(NOT_CLASSIFIED, [Optional()])

    def validate_not_classified(self, field: BooleanField) -> None:
        if self.photo.data and not field.data:
            raise ValidationError(str(CONFIRM))


class SheetForm(AllButForm):
    """A sheet as it is written down on a phone: *among* are the households that stood on its list, by their ids."""

    def households(self) -> list[int]:
        return [int(one) for one in (self.among.data or "").split(",") if _AN_ID.fullmatch(one)]

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


class SignedOnForm(EditForm):
    signed_on = Day(_l("Day of signing"), [Required(), not_in_the_future])
    reason = Paragraphs(_l("Reason"), [Required()], length=1000)


class WithdrawForm(EditForm):
    withdrawn_on = Day(_l("Day of the withdrawal"), [Required(), not_in_the_future])
    reason = Paragraphs(_l("Reason"), [Required()], length=1000)


class BreachForm(EditForm):
    happened_on = Day(_l("Day of the breach"), [Required(), not_in_the_future])
    reason = Paragraphs(
        _l("What happened"), [Required()], length=1000,
        description=_l("What was found and by which paper. No name of anybody else belongs here."),
    )  # fmt: skip


class UndoForm(Form):
    """The moment of the ticks that are taken back."""

    at = HiddenField()


# ── printed lists ───────────────────────────────────────────────────────────────────────────────────────────────────
_RANGE, _DASH = re.compile(r"([0-9]{1,6})(?:-([0-9]{1,6}))?"), re.compile(r"\s*[-–]\s*")


class Rows(Line):
    """Rows of a printed list, as people write them: "1-40, 43"."""

    rows: tuple[int, ...] = ()
    errors: Any  # a list of sentences once it is checked

    def among(self, last: int) -> None:
        """Read what was typed; say at the field which rows the list does not have, and what is no row."""
        parts = [part for part in re.split(r"[,;\s]+", _DASH.sub("-", self.data or "")) if part]
        wrong: list[str] = []
        found: list[int] = []
        for part in parts:
            match = _RANGE.fullmatch(part)
            span = range(int(match[1]), int(match[2] or match[1]) + 1) if match else range(0)
            if not span or span[0] < 1 or span[-1] > last:
                wrong.append(part)
            else:
                found += span
        if wrong:
            told = _("No rows of this list, which has %(last)s: %(rows)s.", rows=", ".join(wrong), last=last)
            self.errors = [*(self.errors or ()), told]
        self.rows = tuple(dict.fromkeys(found))


class RowsForm(Form):
    """A printed list typed back: who signed, and what was said in the other rows."""

    on = Day(_l("Day of signing"), [Required(), not_in_the_future])
    signed = Rows(_l("Rows that signed"), [Optional()], length=1000, description=_l("For example 1-40, 43."))
    absent = Rows(RESULT_NAMES[CallResult.ABSENT], [Optional()], length=1000)
    refused = Rows(RESULT_NAMES[CallResult.REFUSED], [Optional()], length=1000)
    moved = Rows(RESULT_NAMES[CallResult.MOVED], [Optional()], length=1000)
    not_applicable = Rows(RESULT_NAMES[CallResult.NOT_APPLICABLE], [Optional()], length=1000)
    last = 0  # how many rows the list has

    @property
    def fields_of_rows(self) -> list[Rows]:
        return [self.signed, self.absent, self.refused, self.moved, self.not_applicable]

    def results(self) -> dict[int, CallResult]:
        return {row: CallResult(one.name) for one in self.fields_of_rows[1:] for row in one.rows}

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        seen: dict[int, Any] = {}
        for field in self.fields_of_rows:
            field.errors = list(field.errors)
            field.among(self.last)
            if twice := [row for row in field.rows if row in seen]:
                told = _("These rows stand in another field as well: %(rows)s.", rows=_numbers(twice))
                field.errors = [*field.errors, told]
            seen |= dict.fromkeys(field.rows, field)
        if not seen and not any(field.errors for field in self.fields_of_rows):
            self.signed.errors = [_("Please write at least one row.")]
        return valid and not any(field.errors for field in self.fields_of_rows)


def _numbers(rows: Sequence[int]) -> str:
    return ", ".join(str(row) for row in rows)


def villages_to_choose(villages: Iterable[Unit]) -> Pairs:
    return [("", _l("Choose…")), *((str(one.id), one.title) for one in villages)]
