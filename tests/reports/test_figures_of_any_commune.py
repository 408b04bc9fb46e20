"""Whatever the rooms of a commune hold, every figure is what the definitions count by hand."""

import pytest
from hypothesis import HealthCheck, given, settings

from portal.cases import indicators as of_cases
from portal.engine.db import db
from portal.engine.indicators import Period, figures
from portal.meetings import indicators as of_meetings
from portal.patrols import indicators as of_patrols
from portal.reports import outline
from portal.reports.queries import taken_in
from tests.reports import counted_by_hand, outings_by_hand
from tests.reports.calendar_by_hand import year_before
from tests.reports.randomly import drugs, forces, incidents, movement, outreach, pledges, profile
from tests.reports.randomly.rows import AUGUST, Places, periods
from tests.reports.story import TOLD

ROOMS = (
    incidents.ROOM, drugs.ROOM, forces.ROOM, outreach.OUTREACH, outreach.WEAPONS, profile.PROFILE, profile.DOCUMENTS,
    pledges.ROOM, movement.ROOM,
)  # fmt: skip
each_room = pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
some = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def told_as_counted(room, places, told, first, last):
    """Put what is told into the database, ask for every figure, and roll it back."""
    try:
        places.take_over()
        room.put(places, told)
        period = Period(first, last, taken_in(places.commune.unit))
        found = figures(room.indicators, period)
        assert {one.indicator.id: one.value for one in found} == room.figures(told, first, last)
        before = room.figures(told, *year_before(first, last))
        assert {one.indicator.id: one.previous_value for one in found} == before
    finally:
        db.session.rollback()


@each_room
@pytest.mark.both_engines
def test_any_commune_counts_as_the_definitions_do(commune, neighbour, room):
    places = Places(commune, neighbour)

    @some
    @given(told=room.told, period=periods)
    def counts(told, period):
        told_as_counted(room, places, told, *period)

    counts()


@each_room
def test_the_hand_count_sees_each_figure_at_all(commune, neighbour, room):
    """A comparison of nothing with nothing would prove nothing."""
    counted = room.figures(room.each, *AUGUST)
    assert {name for name, value in counted.items() if not value} == set()
    told_as_counted(room, Places(commune, neighbour), room.each, *AUGUST)


def test_every_figure_of_the_report_that_is_derived_is_counted_by_hand():
    first, last = AUGUST
    by_hand = set(counted_by_hand.figures([], {}, first, last)) | set(outings_by_hand.figures([], [], first, last))
    for room in ROOMS:
        by_hand |= set(room.figures(room.each, first, last))
    assert len(TOLD) == 83
    assert {one.figure for one in TOLD} <= by_hand
    assert by_hand <= {one.id for one in outline.ordered()}
    declared = {one.id for one in (*of_cases.INDICATORS, *of_patrols.INDICATORS, *of_meetings.INDICATORS)}
    assert declared <= by_hand
