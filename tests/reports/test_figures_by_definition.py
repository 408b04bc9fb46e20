"""Whatever a commune holds, every figure is what the definitions count by hand, and opens exactly those records."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from portal.cases.indicators import INDICATORS
from portal.cases.models import Case, CheckIn, Violation
from portal.engine import clock
from portal.engine.db import db
from portal.engine.indicators import Period, figures
from portal.people.models import Person
from portal.reports.queries import taken_in
from tests.reports import counted_by_hand as hand

FIRST, DAYS = date(2023, 11, 20), 480  # the days of the story; the period lies anywhere within
TYPES = (*hand.SENTENCES, "reintegration", "drug_user_management", "prison_deferral")
STATES = (*["open", "closed"] * 2, "draft", "submitted", "rejected", "open", "suspended", "closing", "closed")
PEOPLE = 4

# Few days, so that ends of periods, closings and receipts meet often.
days = st.integers(0, 40).map(lambda step: FIRST + timedelta(days=step * DAYS // 40))
rarely = st.sampled_from([False] * 6 + [True])
reports = st.builds(
    hand.Report,
    month=st.integers(1, 4).map(lambda month: date(2024, month, 1)),
    received_on=days,
    returned=st.booleans(),
    voided=rarely,
)
breaches = st.builds(hand.Breach, kind=st.sampled_from(["law", "duty"]), occurred_on=days, voided=rarely)
files = st.builds(
    hand.File,
    person=st.integers(0, PEOPLE - 1),
    type=st.sampled_from(TYPES),
    state=st.sampled_from(STATES),
    received_on=days,
    closed_on=st.none() | days,
    voided=rarely,
    military=st.sampled_from(("", "", "", "", "QS", "BP")),
    elsewhere=rarely,
    decision_on=st.none() | days,
    reports=st.lists(reports, max_size=4),
    breaches=st.lists(breaches, max_size=2),
)
communes = st.lists(files, min_size=8, max_size=18)
identities = st.lists(st.integers(0, PEOPLE - 1), min_size=PEOPLE, max_size=PEOPLE)  # who is one with whom
strikes = st.sets(st.integers(0, PEOPLE - 1), max_size=1)  # whose record was entered in error
periods = st.tuples(days, days).map(sorted)


def tell(commune, neighbour, files, same, struck=()):
    """Put the files into the database, in a transaction that is rolled back afterwards."""
    identity = {number: f"person {one}" for number, one in enumerate(same)}
    voided_at = clock.now()
    for number in range(PEOPLE):
        db.session.execute(insert(Person.__table__), {
            "id": 9000 + number, "commune_id": commune.id, "full_name": "A", "folded": "a", "sort_key": "a",
            "address": "", "identity": identity[number],
            **bookkeeping(voided_at if number in struck else None),
        })  # fmt: skip
    for number, file in enumerate(files, start=9000):
        at = neighbour if file.elsewhere else commune
        db.session.execute(insert(Case.__table__), {
            "id": number, "commune_id": at.id, "number": f"T-{number}", "type": file.type, "state": file.state,
            "person_id": 9000 + file.person, "owner_id": at.officer.id,
            "supervising_unit_id": at.place(file.military or "CA").id, "received_on": file.received_on,
            "starts_on": FIRST, "term_months": 12, "judgment_number": "", "court": "",
            "offence": "", "closed_on": file.closed_on, "decision_on": file.decision_on,
            **bookkeeping(voided_at if file.voided else None),
        })  # fmt: skip
        for report in file.reports:
            db.session.execute(insert(CheckIn.__table__), {
                "commune_id": at.id, "case_id": number, "month": report.month, "received_on": report.received_on,
                "channel": "in_person", "state": "returned" if report.returned else "received", "note": "",
                **bookkeeping(voided_at if report.voided else None),
            })  # fmt: skip
        for breach in file.breaches:
            db.session.execute(insert(Violation.__table__), {
                "commune_id": at.id, "case_id": number, "kind": breach.kind, "occurred_on": breach.occurred_on,
                "recorded_on": breach.occurred_on, "text": "", "only_reminded": False,
                **bookkeeping(voided_at if breach.voided else None),
            })  # fmt: skip
    return identity


def bookkeeping(voided_at=None):
    now = clock.now()
    return {"created_at": now, "changed_at": now, "voided_at": voided_at, "void_reason": "", "version": 1}


def compare(commune, neighbour, files, same, first, last, struck=()):
    try:
        identity = tell(commune, neighbour, files, same, struck)
        period = Period(first, last, taken_in(commune.unit))
        found = figures(INDICATORS, period)
        before = period.year_before()
        assert {one.indicator.id: one.value for one in found} == hand.figures(files, identity, first, last, struck)
        assert {one.indicator.id: one.previous_value for one in found} == hand.figures(
            files, identity, before.first, before.last, struck
        )
        for one in found:
            opened = db.session.scalars(one.indicator.records(period)).unique().all()
            assert len(opened) == one.indicator.records_counted(period)
            if one.indicator.counts is None:
                assert len(opened) == one.value
            else:
                assert len({case.person.identity for case in opened}) == one.value
    finally:
        db.session.rollback()


many = settings(max_examples=70, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
few = settings(many, max_examples=25)


@many
@given(files=communes, same=identities, period=periods, struck=strikes)
def test_any_commune_counts_as_the_definitions_do(commune, neighbour, files, same, period, struck):
    compare(commune, neighbour, files, same, *period, struck)


@few
@given(files=communes, same=identities, period=periods, struck=strikes)
@pytest.mark.both_engines
def test_it_does_so_on_both_engines(commune, neighbour, files, same, period, struck):
    compare(commune, neighbour, files, same, *period, struck)


def as_the_portal_takes_them(files):
    """Of a month only one self-report is taken that was not returned: the pages refuse a second."""
    for file in files:
        file.reports = list({one.month: one for one in file.reports if not one.returned and not one.voided}.values())
    return files


@many
@given(files=communes.map(as_the_portal_takes_them), period=periods, cut=days)
def test_flows_of_two_adjoining_periods_add_up(commune, neighbour, files, period, cut):
    first, last = period
    if not first <= cut < last:
        return
    try:
        tell(commune, neighbour, files, list(range(PEOPLE)))
        line = taken_in(commune.unit)
        for one in INDICATORS:
            if one.kind == "flow" and one.counts is None:
                parts = one.value(Period(first, cut, line)) + one.value(Period(cut + timedelta(days=1), last, line))
                assert parts == one.value(Period(first, last, line))
    finally:
        db.session.rollback()


def test_the_hand_count_sees_every_case_at_all(commune, neighbour):
    """A comparison of nothing with nothing would prove nothing."""
    file = hand.File(0, "suspended_sentence", "open", date(2024, 1, 5))
    file.reports.append(hand.Report(date(2024, 2, 1), date(2024, 2, 3)))
    file.breaches.append(hand.Breach("law", date(2024, 3, 1)))
    counted = hand.figures([file], {0: "x"}, date(2024, 1, 1), date(2024, 12, 31))
    assert sum(counted.values()) == 5
    compare(commune, neighbour, [file], list(range(PEOPLE)), date(2024, 1, 1), date(2024, 12, 31))
    assert db.session.scalars(select(Case)).all() == []
