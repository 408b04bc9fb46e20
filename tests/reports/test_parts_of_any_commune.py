"""Whatever a commune holds, the parts of each figure that a page shows add up to the figure."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from flask_babel import force_locale
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from portal.engine.db import db
from portal.engine.indicators import Period
from portal.organisation.models import Unit
from portal.profile.models import VillageStat
from portal.reports import catalogue
from portal.reports.presenters import parts
from portal.reports.queries import taken_in
from tests.reports import test_figures_by_definition as of_cases
from tests.reports import test_figures_of_patrols_and_meetings as of_outings
from tests.reports.randomly.rows import Places, Room, some
from tests.reports.test_figures_of_any_commune import ROOMS

CASES = Room(
    "cases", of_cases.INDICATORS, st.tuples(of_cases.communes, of_cases.identities),
    lambda places, told: of_cases.tell(places.commune, places.neighbour, *told), of_cases.hand.figures, None,
)  # fmt: skip
OUTINGS = Room(
    "outings", of_outings.INDICATORS, st.tuples(some(of_outings.patrols), some(of_outings.meetings)),
    lambda places, told: of_outings.tell(places.commune, places.neighbour, *told), of_outings.hand.figures, None,
)  # fmt: skip
YEAR = date(2023, 12, 15), date(2024, 12, 14)  # as the usual report of a year has it: two Decembers
TWENTY_MONTHS = date(2023, 1, 1), date(2024, 8, 31)


def scatter(places, indicators):
    """Let what was told be of three villages, of which those of both communes have one name."""
    villages = places.at("here", "BPH"), places.at("taken over", "BPH"), places.at("here", "NHA")
    named = db.session.get_one(Unit, villages[0]).name
    db.session.execute(update(Unit.__table__).where(Unit.id == villages[1]).values(name=named))
    parted = [(one, by.key) for one in indicators for by in one.breakdowns if by.name == "village"]
    holding = {(key.class_ if key.key == "village_id" else one.record).__table__ for one, key in parted}
    for table in holding - {VillageStat.__table__}:  # totals are of the village that declared them
        for place, village in enumerate(villages):
            db.session.execute(update(table).where(table.c.id % len(villages) == place).values(village_id=village))


def shown(one, period):
    """By breakdown, the names that the page of a figure shows, and what their values make in both periods."""
    found = {}
    for part in parts.of(one, period):
        names, *values = zip(*part.rows, strict=True)
        found[part.name] = names, [sum(Decimal(value.replace(",", "")) for value in column) for column in values]
    return found


def told_together(one, period, by):
    """Whether there are parts, each of so few people that all of them would stand in one row."""
    both = one.parted(period, by), one.parted(period.year_before(), by)
    parts_there = {key for parted in both for key in parted.values}
    return bool(parts_there) and parts_there <= {key for parted in both for key in parted.few}


def adds_up(one, period, made):
    value = Decimal(str(one.value(period)))
    if one.overlaps:
        return value <= made <= one.records_counted(period)
    return made.quantize(Decimal(1) if one.scale == 1 else Decimal("0.01"), ROUND_HALF_UP) == value


@pytest.mark.parametrize("room", [*ROOMS, CASES, OUTINGS], ids=lambda room: room.name)
def test_the_parts_that_a_page_shows_add_up_to_the_figure(commune, neighbour, room):
    places = Places(commune, neighbour)

    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(told=room.told, days=st.sampled_from([YEAR, TWENTY_MONTHS]))
    def add_up(told, days):
        try:
            places.take_over()
            room.put(places, told)
            scatter(places, room.indicators)
            period = Period(*days, taken_in(commune.unit))
            for one in room.indicators:
                found = shown(one, period)
                for by in one.breakdowns:
                    if by.name not in found and told_together(one, period, by):
                        continue
                    names, (now, before) = found.get(by.name, ((), (Decimal(0), Decimal(0))))
                    assert len(set(names)) == len(names), (one.id, names)
                    assert adds_up(one, period, now), (one.id, by.name, now)
                    assert adds_up(one, period.year_before(), before), (one.id, by.name, before)
        finally:
            db.session.rollback()

    with force_locale("en"):
        add_up()


def test_the_parts_of_every_figure_are_looked_at(commune):
    looked_at = {one.id for room in (*ROOMS, CASES, OUTINGS) for one in room.indicators}
    parted = {one.id for one in catalogue.indicators().values() if one.breakdowns}
    assert parted - looked_at == set()
