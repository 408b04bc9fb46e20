"""What a report's text names that figures only count: offences, villages, models, as a paper of that day calls them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import force_locale

from portal.engine.db import db
from portal.engine.indicators import Period
from portal.incidents.models import OFFENCE_NAMES, Offence
from portal.reports import catalogue
from portal.reports.wording.parts.models import INTERFAMILY, RUNNING
from portal.reports.wording.parts.order import OTHERS, POLICE
from portal.reports.wording.telling import OfOffence

CRIME, MODELS = "order.crime", "models"


def offences_of(period: Period, sections: Sequence[str]) -> Mapping[str, Sequence[OfOffence]]:
    """What the incidents were that each force detected, the most frequent first; what is another is left over."""
    with force_locale("vi"):
        return {head: list(_offences(head, period)) for head in (POLICE, OTHERS) if CRIME in sections}


def _offences(head: str, period: Period) -> Iterator[OfOffence]:
    cases, persons = (_parted(f"{head}.{end}", "offence", period) for end in ("cases", "persons"))
    named = [one for one in cases if one not in (None, Offence.OTHER)]
    for offence in sorted(named, key=lambda one: (-cases[one], str(one))):
        name = str(OFFENCE_NAMES[offence])
        yield OfOffence(name[:1].lower() + name[1:], cases[offence], persons.get(offence, 0), str(offence))


def _parted(id: str, by: str, period: Period) -> dict[Any, Any]:
    one = catalogue.indicators()[id]
    return dict(one.parted(period, next(each for each in one.breakdowns if each.name == by)).values)


def names_of(period: Period, sections: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The villages and models that stand behind some figures, by the ids of these."""
    if MODELS not in sections:
        return {}
    villages = catalogue.indicators()[f"{INTERFAMILY}.villages"]
    by = next(each for each in villages.breakdowns if each.name == "village")
    titles = by.called(list(villages.parted(period, by).values), period.last).values()
    running = db.session.scalars(catalogue.indicators()[RUNNING].records(period))
    return {
        villages.id: sorted(title.removeprefix("Thôn ") for title in titles),
        RUNNING: [model.name for model in sorted(running, key=lambda one: (one.launched_on, one.id))],
    }
