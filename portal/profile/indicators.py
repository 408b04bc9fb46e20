"""What is counted of the profile: villages that are there, and what they declared last."""

from typing import Any

from sqlalchemy import Select

from portal.engine.indicators import Examples, Indicator, Period, Share
from portal.engine.text import _l
from portal.organisation.breakdowns import by_village
from portal.organisation.models import Unit
from portal.profile.models import VillageStat
from portal.profile.queries import latest_totals, villages_on


def villages(period: Period) -> Select[Any]:
    return villages_on(period.communes, period.last)


def totals(period: Period) -> Select[Any]:
    return latest_totals(period.communes, period.last)


_TOTALS = _l(
    "Added up over the villages that are there at the end of the last day, from the totals that each declared last on "
    "or before that day. A village without totals adds 0. Not counted from the register of households."
)
_EXAMPLES = Examples(
    (_l("totals as of the last day of the period"), _l("older totals of a village that declared none since")),
    (
        _l("totals of a village that ended by the last day"), _l("totals that newer ones replaced"),
        _l("entered in error"),
    ),
)  # fmt: skip


def _total(id: str, label: Any, unit: Any, column: Any) -> Indicator:
    return Indicator(
        f"profile.{id}", label, unit, _TOTALS, "stock", VillageStat, totals, sums=column,
        breakdowns=(by_village(VillageStat.village_id),), examples=_EXAMPLES,
    )  # fmt: skip


VILLAGES = Indicator(
    "profile.villages", _l("Villages"), _l("villages"),
    _l("Villages that are there at the end of the last day of the period."),
    "stock", Unit, villages,
    examples=Examples(
        (_l("set up on the last day of the period"), _l("ended on a later day")),
        (_l("whose last day lies before the last day of the period"),),
    ),
)  # fmt: skip
HOUSEHOLDS = _total("households", _l("Households"), _l("households"), VillageStat.households)
PERSONS = _total("persons", _l("Inhabitants"), _l("inhabitants"), VillageStat.persons)
MINORITY_HOUSEHOLDS = _total(
    "minority_households", _l("Households of ethnic minorities"), _l("households"), VillageStat.minority_households
)
MINORITY_PERSONS = _total(
    "minority_persons", _l("Inhabitants of ethnic minorities"), _l("inhabitants"), VillageStat.minority_persons
)
MINORITY_SHARE = Share(
    "profile.minority_share_pct", _l("Share of ethnic minorities among the inhabitants"), _l("%"),
    _l("So many of a hundred inhabitants belong to ethnic minorities, halves rounded up; blank without inhabitants."),
    "stock", VillageStat, totals, examples=_EXAMPLES, part=MINORITY_PERSONS, whole=PERSONS,
)  # fmt: skip
RELIGIOUS_HOUSEHOLDS = _total(
    "religious_households", _l("Households with a religion"), _l("households"), VillageStat.religious_households
)
RELIGIOUS_PERSONS = _total(
    "religious_persons", _l("Inhabitants with a religion"), _l("inhabitants"), VillageStat.religious_persons
)

INDICATORS = (
    VILLAGES, HOUSEHOLDS, PERSONS, MINORITY_HOUSEHOLDS, MINORITY_PERSONS, MINORITY_SHARE, RELIGIOUS_HOUSEHOLDS,
    RELIGIOUS_PERSONS,
)  # fmt: skip
