"""Facts of the commune: written as officials write them, each from a day until another takes its place or it ends."""

from datetime import date

import pytest

from portal.books import actions as books
from portal.engine import voiding
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.organisation.models import Unit, UnitKind
from portal.profile.catalogue import FACTS, FactKey
from portal.profile.models import CommuneFact
from portal.profile.queries import facts_on

SINCE = date(2024, 8, 20)


def a_fact(commune, key=FactKey.AREA, value="9.481,11", since=SINCE, **more):
    with transaction(commune.clerk):
        facts = {"key": key, "value": value, "valid_from": since, **more}
        return books.write_down(CommuneFact, commune.id, facts, commune.clerk)


def known(commune, day):
    return {key: one.value for key, one in facts_on((commune.id,), day).items()}


def test_a_fact_holds_from_its_day_until_a_later_one_takes_its_place(commune):
    a_fact(commune, value="9.481,11")
    a_fact(commune, value="9500", since=date(2025, 7, 1))
    assert known(commune, date(2024, 8, 19)) == {}
    assert known(commune, SINCE) == known(commune, date(2025, 6, 30)) == {FactKey.AREA: "9.481,11"}
    assert known(commune, date(2025, 7, 1)) == {FactKey.AREA: "9500"}


def test_the_day_of_its_end_is_the_first_on_which_it_holds_no_more(commune):
    a_fact(commune, FactKey.DISTANCE, "10", ended_on=date(2025, 7, 1))
    assert known(commune, date(2025, 6, 30)) == {FactKey.DISTANCE: "10"}
    assert known(commune, date(2025, 7, 1)) == {}


def test_of_those_that_hold_it_is_the_one_that_began_last(commune):
    a_fact(commune, FactKey.NEW_RURAL_CRITERION, "19.2", date(2020, 1, 1))
    a_fact(commune, FactKey.NEW_RURAL_CRITERION, "20.1", date(2024, 3, 1), ended_on=date(2024, 6, 1))
    assert known(commune, date(2024, 5, 31)) == {FactKey.NEW_RURAL_CRITERION: "20.1"}
    assert known(commune, date(2024, 6, 1)) == {FactKey.NEW_RURAL_CRITERION: "19.2"}


def test_a_commune_that_took_others_over_has_its_own_fact_or_that_of_the_only_one_that_wrote_it_down(commune):
    first, second = _taken_over(commune, "XA"), _taken_over(commune, "XB")
    line = (commune.id, first.id, second.id)
    with transaction(commune.clerk):
        _of(first, "5000,5", date(2024, 1, 1), commune)
    assert facts_on(line, SINCE)[FactKey.AREA].value == "5000,5"
    with transaction(commune.clerk):
        _of(second, "6000,5", date(2024, 2, 1), commune)
    assert facts_on(line, SINCE) == {}
    a_fact(commune)
    assert facts_on(line, SINCE)[FactKey.AREA].value == "9.481,11"


def _taken_over(commune, code):
    with transaction(None):
        unit = Unit(code=code, name=f"xã {code}", kind=UnitKind.COMMUNE, valid_from=date(2000, 1, 1),
                    valid_to=date(2023, 12, 31), successor_id=commune.id, heir_id=commune.id)  # fmt: skip
        db.session.add(unit)
        db.session.flush()
    return unit


def _of(unit, value, since, commune):
    facts = {"key": FactKey.AREA, "value": value, "valid_from": since}
    books.write_down(CommuneFact, unit.id, facts, commune.clerk)


def test_what_was_struck_out_leaves_what_stood_before(commune):
    a_fact(commune)
    later = a_fact(commune, value="9500", since=date(2025, 7, 1))
    with transaction(commune.chief):
        voiding.void(later, "Nhập nhầm")
    assert known(commune, date(2026, 1, 1)) == {FactKey.AREA: "9.481,11"}


@pytest.mark.parametrize(
    ("key", "written", "exact"),
    [
        (FactKey.AREA, "9.481,11", 9481.11), (FactKey.AREA, "9481,11", 9481.11), (FactKey.DISTANCE, "10", 10),
        (FactKey.BORDER_LAOS, "8,022", 8.022), (FactKey.OPPOSITE_PERSONS, "2.304", 2304),
        (FactKey.OPPOSITE_PERSONS, "2304", 2304), (FactKey.AREA_TRANSFORMED, "4/2023", "2023-04"),
        (FactKey.AREA_TRANSFORMED, "04/2023", "2023-04"), (FactKey.NEW_RURAL_CRITERION, "19.2", "19.2"),
    ],
)  # fmt: skip
def test_a_value_is_kept_as_written_and_read_as_its_kind_says(commune, key, written, exact):
    fact = a_fact(commune, key, written)
    assert (fact.value, fact.exact) == (written, exact)


@pytest.mark.parametrize(
    ("key", "written"),
    [
        (FactKey.BORDER_LAOS, "8.022"), (FactKey.AREA, "9,481.11"), (FactKey.AREA, "-1"), (FactKey.AREA, "nhiều"),
        (FactKey.RELIGIONS, "3,5"), (FactKey.RELIGIONS, "٣"), (FactKey.AREA_TRANSFORMED, "13/2023"),
        (FactKey.AREA_TRANSFORMED, "2023-04"), (FactKey.NEW_RURAL_CRITERION, "x" * 61),
    ],
)  # fmt: skip
def test_what_its_kind_cannot_be_is_told_at_the_value(commune, key, written):
    with pytest.raises(Refused) as refused:
        a_fact(commune, key, written)
    assert [one.field for one in refused.value.reasons] == ["value"]


def test_a_fact_cannot_end_before_it_holds(commune, browse_as):
    typed = {"key": FactKey.DISTANCE, "value": "10", "valid_from": "20/08/2024", "ended_on": "20/08/2024"}
    page = browse_as(commune.clerk).post("/commune-facts/new?all=1", data=typed)
    assert page.status_code == 422
    assert 'id="ended_on-error"' in page.text
    assert 'value="20/08/2024"' in page.text


def test_every_fact_of_the_catalogue_has_a_name_and_a_kind():
    assert set(FACTS) == set(FactKey)
    assert len(FactKey) == 17
