"""What a commune is by day: its villages, what each declared last, and the share of a part."""

from datetime import date

import pytest

from portal.books import actions as books
from portal.engine import voiding
from portal.engine.indicators import Period
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.profile.indicators import (
    HOUSEHOLDS,
    INDICATORS,
    MINORITY_PERSONS,
    MINORITY_SHARE,
    PERSONS,
    RELIGIOUS_PERSONS,
    VILLAGES,
)
from portal.profile.models import VillageStat
from tests.profile.facts import totals

TO = date(2026, 8, 31)


def declared(commune, as_of=date(2026, 8, 20), village="BPH", **more):
    with transaction(commune.clerk):
        facts = totals(commune.place(village), as_of, **more)
        return books.write_down(VillageStat, commune.id, facts, commune.clerk)


def value(commune, indicator, last=TO):
    return indicator.value(Period(date(2026, 1, 1), last, (commune.id,)))


def test_the_latest_totals_on_or_before_the_last_day_are_taken(commune):
    declared(commune, date(2025, 8, 20), households=480)
    declared(commune, date(2026, 8, 31), households=486)
    declared(commune, date(2026, 9, 1), households=500)
    assert value(commune, HOUSEHOLDS, date(2026, 8, 30)) == 480
    assert value(commune, HOUSEHOLDS, date(2026, 8, 31)) == 486
    assert value(commune, HOUSEHOLDS, date(2026, 9, 1)) == 500
    assert value(commune, HOUSEHOLDS, date(2025, 8, 19)) == 0


def test_of_two_of_one_day_the_one_written_last_is_taken_and_struck_out_it_leaves_the_other(commune):
    declared(commune, households=486)
    again = declared(commune, households=487)
    assert value(commune, HOUSEHOLDS) == 487
    with transaction(commune.clerk):
        voiding.void(again, "Nhập hai lần")
    assert value(commune, HOUSEHOLDS) == 486


def test_villages_are_added_up_and_one_that_ended_is_there_until_the_end_of_its_last_day(commune):
    declared(commune, households=486)
    declared(commune, village="NHA", households=521)
    before = value(commune, VILLAGES)
    with transaction(None):
        commune.place("NHA").valid_to = TO
    assert (value(commune, VILLAGES), value(commune, HOUSEHOLDS)) == (before, 1007)
    with transaction(None):
        commune.place("NHA").valid_to = date(2026, 8, 30)
    assert (value(commune, VILLAGES), value(commune, HOUSEHOLDS)) == (before - 1, 486)


def test_a_village_counts_from_its_first_day_on(commune):
    before = value(commune, VILLAGES)
    with transaction(None):
        commune.place("NHA").valid_from = TO
    assert value(commune, VILLAGES) == before
    assert value(commune, VILLAGES, date(2026, 8, 30)) == before - 1


def test_the_share_is_whole_percent_halves_up_and_blank_without_inhabitants(commune):
    assert value(commune, MINORITY_SHARE) is None
    declared(commune, persons=200, minority_persons=91)
    assert (value(commune, MINORITY_SHARE), value(commune, MINORITY_PERSONS)) == (46, 91)
    declared(commune, date(2026, 8, 31), households=0, persons=0, minority_persons=0)
    assert (value(commune, PERSONS), value(commune, MINORITY_SHARE)) == (0, None)


def test_totals_of_another_commune_are_its_own(commune, neighbour):
    declared(neighbour, religious_persons=7)
    assert value(commune, RELIGIOUS_PERSONS) == 0
    assert value(neighbour, RELIGIOUS_PERSONS) == 7


@pytest.mark.parametrize(
    ("part", "more"),
    [
        ("minority_households", {"households": 10, "minority_households": 11}),
        ("minority_persons", {"persons": 10, "minority_persons": 11}),
        ("religious_households", {"households": 10, "religious_households": 11}),
        ("religious_persons", {"persons": 10, "religious_persons": 11}),
    ],
)
def test_a_part_is_never_more_than_the_whole(commune, part, more):
    with pytest.raises(Refused) as refused:
        declared(commune, **more)
    assert [one.field for one in refused.value.reasons] == [part]


def test_the_figures_open_what_they_counted_to_whoever_may_read_it(commune, browse_as):
    declared(commune)
    chief = browse_as(commune.chief)
    for one in INDICATORS:
        page = chief.get(f"/reports/figures/{one.id}?from=2026-01-01&to=2026-08-31")
        assert page.status_code == 200
        assert "Thôn Bắc Phong" in page.text
