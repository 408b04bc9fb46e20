"""The roster on a phone and on paper."""

import re

import pytest

from tests.journeys.conftest import PHONE, days_ago

pytestmark = pytest.mark.browser


def sheets(visitor) -> int:
    """On how many sheets of paper the open page is printed."""
    return len(re.findall(rb"/Type\s*/Page\b", visitor.page.pdf(format="A4", prefer_css_page_size=True)))


@pytest.mark.parametrize("back", [0, 31])
def test_a_month_of_the_roster_is_printed_on_one_sheet_with_all_of_its_days(sign_in, back):
    clerk = sign_in("office_clerk")
    clerk.go(f"/roster/?month={days_ago(back):%Y-%m}")
    assert clerk.page.locator("tbody tr").count() >= 28
    assert sheets(clerk) == 1


def test_a_phone_folds_the_days_that_are_over_and_has_numbers_large_enough_to_tap(sign_in):
    border = sign_in("border_guard", at=PHONE)
    border.go("/roster/")
    today = border.page.locator("tr.today")
    assert today.is_visible()
    for before in border.page.locator(".fold .turns tr").all():
        assert not before.is_visible()
    for number in border.page.locator("a.tel").all():
        assert number.bounding_box()["height"] >= 40
