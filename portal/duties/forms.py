"""What may be typed about a duty."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from portal.duties.roster import Turn
from portal.engine.forms import (
    Choice,
    Day,
    EditForm,
    Number,
    Optional,
    Paragraphs,
    Phone,
    Required,
    not_in_the_future,
    optional_id,
)
from portal.engine.text import _, _l


class FinishForm(EditForm):
    on = Day(_l("Done on"), [Required(), not_in_the_future])
    note = Paragraphs(_l("How, and where the paper lies"), [Required()], length=1000)
    widths: ClassVar[dict[str, str]] = {"on": "day"}


class QuietForm(EditForm):
    """Between which hours no mail goes out to somebody."""

    quiet_from = Number(_l("Quiet from, hour"), [Required()], most=23)
    quiet_until = Number(
        _l("Quiet until, hour"), [Required()], most=23,
        description=_l("From 0 to 23. The same hour twice: no hours are quiet."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {"quiet_from": "short", "quiet_until": "short"}


class RightForm(FinishForm):
    """Why a right is not used. That it is used says the proposal by which it is."""

    on = Day(_l("On"), [Required(), not_in_the_future])
    note = Paragraphs(_l("It is not proposed, because …"), [Required()], length=1000)


class RosterForm(EditForm):
    """A month of a force's roster, one row a day; `roster_form` gives it its days."""

    from_hour = Number(
        _l("A turn begins at hour"),
        [Required()],
        most=23,
        description=_l("It lasts 24 hours: 7 means until 7 the day after."),
    )
    days: ClassVar[tuple[date, ...]] = ()

    def turns(self, phones: Mapping[int, str]) -> dict[date, Turn]:
        """What was typed, by day; a number that is left empty is that of the account."""
        typed = {day: optional_id(self[f"who_{day.day}"].data) for day in self.days}
        return {
            day: Turn(who, self[f"phone_{day.day}"].data or phones.get(who, "")) for day, who in typed.items() if who
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """A number that was typed for a day on which nobody is on call is told; one that stood there goes with them."""
        valid = super().validate(extra_validators)
        alone = [who for _day, who, phone in self.rows() if not who.data and _was_typed(phone) and not phone.errors]
        for who in alone:
            who.errors = [*who.errors, _("Please choose whose number this is.")]
        return valid and not alone

    def rows(self) -> list[tuple[date, Any, Any]]:
        """Each day with its two fields, as the page draws them."""
        return [(day, self[f"who_{day.day}"], self[f"phone_{day.day}"]) for day in self.days]


def _was_typed(field: Any) -> bool:
    return bool(field.data) and field.data != field.object_data


def roster_form(
    days: Iterable[date], people: Mapping[int, str], stood: Mapping[date, tuple[int, str]]
) -> type[RosterForm]:  # fmt: skip
    """The form of some days, to choose from some people; of a day that is over also who *stood* there and left."""
    shown = tuple(days)
    offered = [("", "–"), *((str(number), name) for number, name in people.items())]
    fields: dict[str, Any] = {"days": shown}
    for day in shown:
        left = [(str(number), name) for number, name in (stood[day],)] if day in stood else []
        fields[f"who_{day.day}"] = Choice(_l("Who"), [Optional()], choices=[*offered, *left])
        fields[f"phone_{day.day}"] = Phone(
            _l("Telephone"), [Optional()], length=15, render_kw={"inputmode": "tel", "autocomplete": "off"}
        )
    return type("RosterOfMonth", (RosterForm,), fields)
