"""A story of many deeds: nobody else writes meanwhile, so what it leaves alone is not read again with each of them."""

from sqlalchemy import inspect

from portal.engine.transaction import together, transaction
from portal.organisation.models import Unit, User
from tests.builders import a_case


def read_anew(*records):
    return [bool(inspect(one).expired_attributes) for one in records]


def test_only_what_a_story_may_change_is_read_anew_with_each_deed(commune):
    case, officer, unit = a_case(commune), commune.officer, commune.unit
    with together(unchanging=(User, Unit)):
        known = case.number, officer.full_name, unit.name
        with transaction(officer):
            assert read_anew(case, officer, unit) == [True, False, False]
            assert (case.number, officer.full_name, unit.name) == known


def test_a_deed_of_its_own_reads_everything_anew(commune):
    case, officer = a_case(commune), commune.officer
    assert case.number
    with transaction(officer):
        assert read_anew(case) == [True]
