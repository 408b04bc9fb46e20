"""What holds of every regime, whatever the days: order, floors, versions, leap days, ends of months."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import portal.law
from portal.law import REGIMES, absence, drug_use, fines, policies
from portal.law.breaches import Conduct
from portal.law.catalogue import rules, tables
from portal.law.days import add_months, last_of_month
from portal.law.rule import ACT_2025, Cut, Due, Parameters, Term

D = date
ONE_DAY = timedelta(days=1)
SHORTENED = ("suspended_sentence", "conditional_release", "non_custodial_reform")
FLOORS = {
    "suspended_sentence": "SS-SHORTEN-AMOUNT.floor",
    "conditional_release": "PAR-SHORTEN.floor",
    "non_custodial_reform": "NCR-REDUCE.floor",
}
events = st.dates(D(2022, 1, 1), D(2030, 12, 31))
names = st.sampled_from(sorted(REGIMES))
leap_days_and_ends_of_months = st.one_of(
    st.sampled_from([D(2024, 2, 29), D(2028, 2, 29)]),
    st.dates(D(2022, 1, 1), D(2029, 12, 31)).map(last_of_month),
)
starts = st.one_of(events, leap_days_and_ends_of_months)
lengths = st.integers(6, 60)


def steps(law, event_on: date) -> list[Due]:
    """All that counts forward from an event, in one regime."""
    found = [
        *law.reception(event_on), *law.no_show(event_on), *law.revocation(event_on), *law.cut_steps(event_on),
        *law.residence_change(event_on), *law.residence_change(event_on, other_province=True), *law.death(event_on),
        law.review(event_on),
    ]  # fmt: skip
    return [due for due in found if due is not None]


@given(name=names, event_on=events)
def test_no_deadline_lies_before_its_event(name, event_on):
    for due in steps(REGIMES[name], event_on):
        assert event_on < due.due_on
        assert due.inputs["counted_from"] < due.due_on
        assert due.alert_on is None or due.alert_on < due.due_on


@given(at=st.datetimes(datetime(2022, 1, 1), datetime(2030, 12, 31)))  # noqa: DTZ001  the commune's own clock
def test_no_moment_lies_before_its_event_and_hours_are_never_more_than_a_day(at):
    for due in (drug_use.told_of_move(at), drug_use.arrival(at)):
        assert due.due_on >= at.date()
        assert due.due_at is None or due.due_at - at == timedelta(hours=24)
        assert (due.due_at is None) is (at.date() < ACT_2025)


@given(name=names, event_on=events)
def test_each_step_of_a_chain_comes_after_the_one_before_it(name, event_on):
    law = REGIMES[name]
    for chain in (law.revocation(event_on), law.cut_steps(event_on), law.death(event_on)):
        days = [event_on, *(due.due_on for due in chain)]
        assert days == sorted(set(days))


@given(name=st.sampled_from(SHORTENED), event_on=events, early=st.integers(1, 5))
def test_a_step_done_early_never_makes_the_next_one_later(name, event_on, early):
    ask = REGIMES[name].cut_steps
    planned = ask(event_on)
    done_on = max(event_on, planned[0].due_on - timedelta(days=early))
    after = {(due.rule, due.period): due.due_on for due in ask(event_on, (done_on,))}
    assert after.get((planned[1].rule, planned[1].period), D.min) <= planned[1].due_on


@given(name=st.sampled_from(SHORTENED), start=starts, months=lengths, wait=st.integers(0, 1900), cut=st.integers(1, 24))
def test_a_shortening_never_ends_later(name, start, months, wait, cut):
    law, term = REGIMES[name], Term(start, months, start)
    shortened = replace(term, cuts=(Cut(start + timedelta(days=wait), cut),))
    assert law.last_day(shortened).due_on <= law.last_day(term).due_on


@given(name=st.sampled_from(SHORTENED), start=starts, months=lengths, wait=st.integers(0, 900), data=st.data())
def test_a_cut_that_is_not_refused_ends_no_earlier_than_the_floor(name, start, months, wait, data):
    law, term = REGIMES[name], Term(start, months, start)
    strict = law.PARAMETERS.choosing("small_remainder", "refuse")
    (floor,) = [due for due in law.calendar(term) if f"{due.rule}.{due.period}" == FLOORS[name]]
    eligible = law.cut_limits(term, start, parameters=strict).eligible_on.due_on
    decided_on = eligible + timedelta(days=wait % (law.last_day(term).due_on - eligible).days)
    limits = law.cut_limits(term, decided_on, parameters=strict)
    assume(limits.most > 0)
    cut = data.draw(st.integers(limits.least, limits.most))
    assert not law.refuse_cut(term, decided_on, cut, parameters=strict)
    shortened = replace(term, cuts=(Cut(decided_on, cut),))
    assert floor.due_on <= law.last_day(shortened).due_on < law.last_day(term).due_on


@given(
    name=names, start=starts, months=lengths, used=st.integers(0, 400), asked=st.integers(1, 120),
    more=st.integers(1, 120), leaves_on=events,
)  # fmt: skip
def test_adding_an_absence_never_raises_what_is_left(name, start, months, used, asked, more, leaves_on):
    law = REGIMES[name]
    days = law.term_days(Term(start, months, start))
    returns_on = leaves_on + timedelta(days=asked - 1)
    before = law.refuse_absence(leaves_on, returns_on, days, used)
    after = law.refuse_absence(leaves_on, returns_on, days, used + more)
    assert {one.rule for one in before} <= {one.rule for one in after}


@given(name=names, start=starts, months=lengths, leaves_on=events)
def test_a_shorter_term_never_leaves_more_absence(name, start, months, leaves_on):
    law = REGIMES[name]
    whole, shorter = (law.term_days(Term(start, length, start)) for length in (months, months - 1))
    limits = [law.absence_limits(leaves_on, days) for days in (whole, shorter)]
    assert limits[0] is None or limits[0].total is None or limits[1].total <= limits[0].total


@given(name=names, start=starts, months=lengths)
def test_the_last_day_keeps_the_number_of_the_first_or_is_the_last_of_its_month(name, start, months):
    last = REGIMES[name].last_day(Term(start, months, start)).due_on
    assert last.day == start.day or (last.day < start.day and last == last_of_month(last))


@given(name=names, start=leap_days_and_ends_of_months, months=lengths)
def test_the_calendar_lies_within_the_term_and_ends_with_it(name, start, months):
    days = [due.due_on for due in REGIMES[name].calendar(Term(start, months, start))]
    assert days == sorted(days)
    assert start < days[0]


@given(name=names, start=starts, months=lengths, month=st.integers(0, 61))
def test_a_window_opens_before_it_closes_and_not_before_the_case_begins(name, start, months, month):
    law, term = REGIMES[name], Term(start, months, start)
    last = law.last_day(term).due_on
    for due in law.monthly(term, add_months(start, month)):
        assert start <= due.opens_on <= due.due_on <= last


@pytest.mark.parametrize("key", sorted({rule.key for rule in rules()}))
def test_on_each_boundary_the_old_version_holds_to_the_eve_and_the_new_one_from_the_day(key):
    for table in (table for table in _tables() if key in table.rules):
        spans = table.spans(key)
        for version, until in spans:
            before, first = table.on(version.holds_from - ONE_DAY).get(key), table.on(version.holds_from)[key]
            assert first == version
            assert before != version
            if until is not None:
                after = table.on(until + ONE_DAY).get(key)
                assert table.on(until)[key] == version
                assert after != version


def _tables() -> list[Parameters]:
    return [*tables().values(), fines.PARAMETERS]


@given(name=names, event_on=st.sampled_from([ACT_2025 - ONE_DAY, ACT_2025]), good=st.booleans())
def test_every_answer_names_its_rule_its_source_and_the_version_of_its_event(name, event_on, good):
    law = REGIMES[name]
    for due in steps(law, event_on):
        assert due.rule
        assert due.source
        assert due.holds_from is not None
        assert due.holds_from <= due.inputs["counted_from"]
    conduct = Conduct(breaches=3, deliberate=3, since_warning=1, since_review=1, fines=2)
    grounds = [law.review_ground(event_on, conduct), law.revocation_ground(event_on, conduct)]
    for ground in (one for one in grounds if one):
        assert (ground.holds_from or D.max) <= event_on


def test_a_refusal_names_the_version_by_which_it_refuses():
    law = REGIMES["suspended_sentence"]
    for leaves_on, holds_from in ((ACT_2025 - ONE_DAY, D(2020, 1, 1)), (ACT_2025, ACT_2025)):
        (refusal,) = law.refuse_absence(leaves_on, leaves_on + timedelta(days=60), 730, 0)
        assert refusal.holds_from == holds_from


def test_every_policy_is_read_somewhere_in_the_law():
    written = "".join(file.read_text("utf-8") for file in Path(portal.law.__file__).parent.glob("*.py"))
    assert [name for name in policies.POLICIES if f'reading(parameters, "{name}")' not in written] == []


@given(start=starts, length=st.integers(1, 40))
def test_an_absence_counts_both_its_days(start, length):
    law = REGIMES["suspended_sentence"].PARAMETERS
    assert absence.days_asked(start, start + timedelta(days=length - 1), law) == length
