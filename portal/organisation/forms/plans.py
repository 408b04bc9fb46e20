"""What may be typed about a coordination plan."""

from collections.abc import Iterable
from typing import Any, ClassVar

from wtforms.validators import Optional

from portal.engine.forms import BooleanField, Choice, Day, EditForm, Line, Number, Paragraphs, Required, ValidationError
from portal.engine.text import _, _l
from portal.organisation.actions.plans import ALONE, FEWEST
from portal.organisation.models import BRIEFING_NAMES, Unit

PARTY = "party_"
MOST_PATROLS = 60  # a month


class PlanForm(EditForm):
    doc_number = Line(_l("Number of the plan"), [Required()], length=60, description=_l("As on the paper: 03/KH-UBND."))
    dated_on = Day(_l("Day of the plan"), [Required()])
    valid_from = Day(_l("Holds from"), [Required()])
    valid_to = Day(_l("Holds to"), [Optional()], description=_l("Included. Leave it empty while nobody knows it."))
    superior = Line(_l("Reported to"), [Optional()], length=120, description=_l("Who gets the results."))
    briefing_every = Choice(_l("Briefings"), choices=tuple((str(one), name) for one, name in BRIEFING_NAMES.items()))
    replaces = BooleanField(
        _l("It replaces the plan that these forces have"), description=_l("That one then holds to the day before.")
    )
    patrols_a_month = Number(_l("Patrols a month"), [Required()], most=MOST_PATROLS)
    widths: ClassVar[dict[str, str]] = {}

    def validate_valid_to(self, field: Day) -> None:
        if self.valid_from.data and field.data and field.data < self.valid_from.data:
            day = self.valid_from.data.strftime("%d/%m/%Y")
            raise ValidationError(_("The plan cannot end before it holds, on %(day)s.", day=day))

    def validate(self, extra_validators: Any = None) -> bool:
        """Say at the first of the forces that there are too few: no field stands for all of them."""
        valid = super().validate(extra_validators)
        if len(self.chosen()) >= FEWEST or not self.parties:
            return valid
        first = self.parties[0]
        first.errors = [*first.errors, _(ALONE)]
        return False

    @property
    def parties(self) -> list[Any]:
        """The boxes of the forces."""
        return [one for one in self if one.name.startswith(PARTY)]

    def chosen(self) -> set[int]:
        """The ids of the forces that were ticked."""
        return {int(one.name.removeprefix(PARTY)) for one in self.parties if one.data}


class EndPlanForm(EditForm):
    last_day = Day(_l("Last day"), [Required()], description=_l("Included."))
    reason = Paragraphs(_l("Reason"), [Required()], length=500)
    widths: ClassVar[dict[str, str]] = {"last_day": "day"}


def plan_form(units: Iterable[Unit]) -> type[PlanForm]:
    """The form of a plan with a box for each force of the commune."""
    return type("PlanForm", (PlanForm,), {f"{PARTY}{unit.id}": BooleanField(unit.title) for unit in units})
