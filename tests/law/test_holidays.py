"""What the law itself gives as days off, against the tables of the years that were announced."""

from datetime import date

import pytest

from portal.law import holidays
from portal.law.days_off import DAYS_OFF, entered

WHOLE_2028 = "3/1 24/1 25/1 26/1 27/1 28/1 4/4 1/5 2/5 1/9 4/9 24/11"


@pytest.mark.parametrize("number", DAYS_OFF.years)
def test_no_table_that_was_announced_lacks_a_day_of_the_law(number):
    assert holidays.missing(number, DAYS_OFF.years[number]) == []


def test_a_table_of_new_year_alone_lacks_all_the_rest_in_order():
    found = holidays.missing(2027, entered(2027, "1/1"))
    assert [(one.name, f"{one.day:%d/%m}" if one.day else one.more) for one in found] == [
        (holidays.TET, "05/02"), (holidays.TET, "08/02"), (holidays.TET, 3), (holidays.KINGS, "16/04"),
        (holidays.REUNIFICATION, "30/04"), (holidays.LABOUR, "03/05"), (holidays.NATIONAL, "02/09"),
        (holidays.NATIONAL, 1), (holidays.CULTURE, "24/11"),
    ]  # fmt: skip


def test_a_holiday_has_to_be_off_but_the_day_that_makes_up_for_it_may_be_undecided():
    assert holidays.missing(2028, entered(2028, WHOLE_2028)) == []
    undecided = entered(2028, WHOLE_2028.replace(" 4/9", "").replace("24/11", ""), unknown="4/9 24/11")
    assert holidays.missing(2028, undecided) == [holidays.Missing(holidays.CULTURE, date(2028, 11, 24))]


def test_the_day_beside_the_second_of_september_and_the_fifth_of_tet_are_counted():
    short = entered(2028, WHOLE_2028.replace(" 1/9 ", " ").replace(" 24/1 ", " "))
    assert holidays.missing(2028, short) == [
        holidays.Missing(holidays.TET, more=1), holidays.Missing(holidays.NATIONAL, more=1),
    ]  # fmt: skip


def test_the_lunar_year_goes_by_the_meridian_of_viet_nam():
    assert date(2030, 2, 1) in {one.day for one in holidays.missing(2030, entered(2030, "1/1"))}
    assert not holidays.is_told(2041)
