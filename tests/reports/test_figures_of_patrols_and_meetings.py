"""Whatever patrols and meetings a commune has, their figures are what the definitions count by hand."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from portal.engine import clock
from portal.engine.db import db
from portal.engine.indicators import Period, figures
from portal.meetings.indicators import INDICATORS as OF_MEETINGS
from portal.meetings.models import Meeting, MeetingKind
from portal.meetings.workflow import MEETING
from portal.patrols.indicators import INDICATORS as OF_PATROLS
from portal.patrols.models import Patrol, PatrolKind
from portal.patrols.workflow import PATROL
from portal.reports.queries import taken_in
from tests.reports import outings_by_hand as hand

FIRST, DAYS = date(2023, 12, 20), 420
INDICATORS = (*OF_PATROLS, *OF_MEETINGS)
EDGES = (time(0, 0), time(0, 30), time(6, 59), time(7, 0), time(16, 59), time(17, 0), time(23, 59))  # of both zones

# Few days, so that ends of periods meet beginnings often.
days = st.integers(0, 30).map(lambda step: FIRST + timedelta(days=step * DAYS // 30))
moments = st.builds(lambda day, at: datetime.combine(day, at, hand.HERE), days, st.sampled_from(EDGES))
rarely = st.sampled_from([False] * 6 + [True])
patrols = st.builds(
    hand.Patrol,
    kind=st.sampled_from([str(kind) for kind in PatrolKind]),
    state=st.sampled_from(sorted(PATROL.states)),
    planned=moments,
    started=st.none() | moments,
    violations=st.integers(0, 2),
    voided=rarely,
    elsewhere=rarely,
)
meetings = st.builds(
    hand.Meeting,
    kind=st.sampled_from([str(kind) for kind in MeetingKind]),
    state=st.sampled_from(sorted(MEETING.states)),
    planned=moments,
    held_on=st.none() | days,
    voided=rarely,
    elsewhere=rarely,
)
periods = st.tuples(days, days).map(sorted)


def bookkeeping(voided):
    now = clock.now()
    return {
        "created_at": now, "changed_at": now, "voided_at": now if voided else None, "void_reason": "", "version": 1,
    }  # fmt: skip


def tell(commune, neighbour, patrols, meetings):
    """Put them into the database, in a transaction that is rolled back afterwards."""
    for number, one in enumerate(patrols, start=9000):
        at = neighbour if one.elsewhere else commune
        db.session.execute(insert(Patrol.__table__), {
            "id": number, "commune_id": at.id, "number": f"T-{number}", "kind": one.kind, "state": one.state,
            "planned_start_at": one.planned, "planned_end_at": one.planned + timedelta(hours=3),
            "started_at": one.started, "leading_unit_id": at.place("CA").id, "leader": "", "means": "",
            "violations_found": one.violations, "conclusion": "", "recommendation": "", "log_number": 0,
            **bookkeeping(one.voided),
        })  # fmt: skip
    for number, one in enumerate(meetings, start=9000):
        at = neighbour if one.elsewhere else commune
        db.session.execute(insert(Meeting.__table__), {
            "id": number, "commune_id": at.id, "number": f"T-{number}", "kind": one.kind, "state": one.state,
            "subject": "", "starts_at": one.planned, "place": "", "chair_id": at.leader.id,
            "chair_unit_id": at.place("CA").id, "secretary_id": at.officer.id, "period_first": FIRST,
            "period_last": FIRST, "quorum": 1, "invitation": 0, "held_on": one.held_on, "conclusion": "",
            **bookkeeping(one.voided),
        })  # fmt: skip


def compare(commune, neighbour, patrols, meetings, first, last):
    try:
        tell(commune, neighbour, patrols, meetings)
        period = Period(first, last, taken_in(commune.unit))
        before = period.year_before()
        found = figures(INDICATORS, period)
        assert {one.indicator.id: one.value for one in found} == hand.figures(patrols, meetings, first, last)
        assert {one.indicator.id: one.previous_value for one in found} == hand.figures(
            patrols, meetings, before.first, before.last
        )
        for one in found:
            assert len(db.session.scalars(one.indicator.records(period)).all()) == one.value
    finally:
        db.session.rollback()


many = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
few = settings(many, max_examples=20)


@many
@given(patrols=st.lists(patrols, max_size=10), meetings=st.lists(meetings, max_size=10), period=periods)
def test_any_patrols_and_meetings_count_as_the_definitions_do(commune, neighbour, patrols, meetings, period):
    compare(commune, neighbour, patrols, meetings, *period)


@few
@given(patrols=st.lists(patrols, max_size=10), meetings=st.lists(meetings, max_size=10), period=periods)
@pytest.mark.both_engines
def test_they_do_so_on_both_engines(commune, neighbour, patrols, meetings, period):
    compare(commune, neighbour, patrols, meetings, *period)


def test_the_hand_count_sees_each_kind_at_all(commune, neighbour):
    """A comparison of nothing with nothing would prove nothing."""
    at = datetime(2024, 3, 1, 20, 0, tzinfo=hand.HERE)
    gone = [hand.Patrol(kind, "closed", at, at, violations=1) for kind in ("order", "border")]
    sat = [
        hand.Meeting(kind, "closed", at, at.date())
        for kind in ("coordination", "interim_review", "annual_review", "ad_hoc")
    ]
    counted = hand.figures(gone, sat, date(2024, 1, 1), date(2024, 12, 31))
    assert list(counted.values()) == [1] * 7
    compare(commune, neighbour, gone, sat, date(2024, 1, 1), date(2024, 12, 31))


def test_a_patrol_over_midnight_counts_on_the_day_on_which_it_began_in_vietnam(commune, neighbour):
    late = datetime(2024, 8, 31, 23, 30, tzinfo=hand.HERE)
    early = datetime(2024, 9, 1, 0, 30, tzinfo=hand.HERE)  # still August by the clock of the world
    gone = [hand.Patrol("order", "logged", at, at) for at in (late, early)]
    assert hand.figures(gone, [], date(2024, 8, 1), date(2024, 8, 31))["patrols.order.count"] == 1
    compare(commune, neighbour, gone, [], date(2024, 8, 1), date(2024, 8, 31))


def test_every_figure_of_patrols_and_meetings_is_counted_by_hand():
    assert {one.id for one in INDICATORS} == set(hand.figures([], [], FIRST, FIRST))
