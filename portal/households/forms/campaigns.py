"""What may be typed about campaigns."""

from collections.abc import Iterable
from typing import Any

from flask_login import current_user

from portal.engine.forms import (
    Cards,
    Choice,
    Day,
    EditForm,
    Line,
    Number,
    Optional,
    Paragraphs,
    Required,
    ValidationError,
)
from portal.engine.text import _, _l
from portal.households.models import CAMPAIGN_KIND_NAMES, TARGET_NAMES
from portal.households.queries import programmes
from portal.organisation.models import Unit

GOAL = "goal_"
NO_TITLE = ("", _l("No title"))
MOST_HOUSEHOLDS = 100_000


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
    programme_id = Choice(
        _l("Serves the title"), [Optional()], choices=[NO_TITLE],
        description=_l("It then stands on the page of the title as one of its campaigns."),
    )  # fmt: skip

    def fill_lists(self, record: Any = None) -> None:
        self.programme_id.choices = [NO_TITLE, *((str(one.id), one.name) for one in programmes(current_user))]

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
