"""Until when a minor's name is withheld: to the day, and the same in the query as in the law."""

from datetime import date

import pytest

from portal.engine import access, clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.law import minors
from tests.builders import a_case, a_person


def reads_name(commune, born, day):
    """Whether somebody who reads names of people of age only reads this one on a day."""
    with transaction(commune.chief):
        person = a_case(commune, person=a_person(commune, "Lò Thị Út", birth_year=None)).person
        person.birth_date, person.birth_year = (born, None) if isinstance(born, date) else (None, born)
    with clock.telling(clock.moment(day)):
        db.session.rollback()
        of_age = minors.of_age(person.birth_date, person.birth_year, day)
        return access.may(commune.inspector, "read_name", person), of_age


@pytest.mark.parametrize(
    ("born", "day", "of_age"),
    [
        (2008, date(2026, 1, 1), False),
        (2008, date(2026, 12, 30), False),
        (2008, date(2026, 12, 31), True),  # the last day of the year counts as the day of birth
        (2008, date(2027, 1, 1), True),
        (2009, date(2026, 12, 31), False),
        (date(2008, 12, 31), date(2026, 12, 30), False),
        (date(2008, 12, 31), date(2026, 12, 31), True),
        (date(2008, 11, 24), date(2026, 11, 23), False),
        (date(2008, 11, 23), date(2026, 11, 23), True),
        (date(2008, 2, 29), date(2026, 2, 27), False),
        (date(2008, 2, 29), date(2026, 2, 28), True),
        (date(2010, 3, 1), date(2028, 2, 29), False),
        (date(2010, 2, 28), date(2028, 2, 28), True),
    ],
)
def test_a_minors_name_is_withheld_until_the_day_on_which_they_are_18_for_all_that_is_known(commune, born, day, of_age):
    assert reads_name(commune, born, day) == (of_age, of_age)


def test_of_whom_no_birth_is_known_the_name_is_withheld(commune):
    assert reads_name(commune, None, date(2026, 11, 23)) == (False, False)
