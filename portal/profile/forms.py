"""What may be typed about a commune, its villages and those across the border."""

from typing import ClassVar

from portal.books.forms import BookForm, Offered
from portal.engine.forms import Choice, Day, Line, Number, Optional, Required, not_in_the_future, of
from portal.engine.text import _l
from portal.profile.catalogue import FACT_NAMES
from portal.profile.models import COUNTRY_NAMES

MOST_PEOPLE = 1_000_000
_PAPER = _l("The paper from which it was taken.")


def _count(label: object) -> Number:
    return Number(label, [Required()], most=MOST_PEOPLE)


class VillageStatForm(BookForm):
    village_id = Offered(_l("Village"), [Required()])
    as_of = Day(_l("As of"), [Required(), not_in_the_future])
    households = _count(_l("Households"))
    persons = _count(_l("Inhabitants"))
    minority_households = _count(_l("Households of ethnic minorities"))
    minority_persons = _count(_l("Inhabitants of ethnic minorities"))
    religious_households = _count(_l("Households with a religion"))
    religious_persons = _count(_l("Inhabitants with a religion"))
    source = Line(_l("Source"), [Optional()], length=120, description=_PAPER)
    widths: ClassVar[dict[str, str]] = {
        "village_id": "mid", "as_of": "day",
        **dict.fromkeys(
            ("households", "persons", "minority_households", "minority_persons", "religious_households",
             "religious_persons"), "short",
        ),
    }  # fmt: skip


class FactForm(BookForm):
    key = Choice(_l("Fact"), [Required()], choices=of(FACT_NAMES))
    value = Line(
        _l("Value"), [Required()], length=60,
        description=_l("Without its unit: 9.481,11 for an area, 04/2023 for a month."),
    )  # fmt: skip
    valid_from = Day(_l("Holds from"), [Required()])
    ended_on = Day(
        _l("Ended on"), [Optional()],
        description=_l("The first day on which it holds no more. A later value takes its place by itself."),
    )  # fmt: skip
    source = Line(_l("Source"), [Optional()], length=120, description=_PAPER)
    widths: ClassVar[dict[str, str]] = {"key": "mid", "value": "mid", "valid_from": "day", "ended_on": "day"}


class ForeignVillageForm(BookForm):
    name = Line(_l("Name of the village"), [Required()], length=80)
    country = Choice(_l("Country"), [Required()], choices=of(COUNTRY_NAMES))
    households = _count(_l("Households"))
    persons = _count(_l("Inhabitants"))
    as_of = Day(_l("As of"), [Required(), not_in_the_future])
    village_id = Offered(_l("Faces"), [Optional()], description=_l("The village of the commune on this side."))
    widths: ClassVar[dict[str, str]] = {
        "country": "mid", "households": "short", "persons": "short", "as_of": "day", "village_id": "mid",
    }  # fmt: skip
