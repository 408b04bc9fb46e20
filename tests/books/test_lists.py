"""The list of a book: what its filters keep, and what its rows say."""

import re
from datetime import date

import pytest

from portal.incidents.models import TipBoxOpening
from tests.drugs.stories import listed
from tests.incidents.written import a_box, a_line


def test_a_further_filter_keeps_the_search_the_chip_and_the_order(commune, browse_as):
    listed(commune, "A Mlôn")
    page = browse_as(commune.officer).get("/drug-reviews/?q=mlôn&show=all&sort=newest&year=2024").text
    form = re.search(r'<details class="more-filters">.*?</details>', page, re.DOTALL)[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
    assert hidden == {"q": "mlôn", "show": "all", "sort": "newest"}
    assert re.findall(r'<select id="(\w+)"', form) == ["year", "village"]


def cells_of(page: str) -> list[str]:
    return re.findall(r"<td[^>]*>(.*?)</td>", page, re.DOTALL)


def test_a_row_says_its_state_once(commune, browse_as):
    listed(commune, "A Mlôn")
    (row,) = re.findall(r"<tbody>(.*?)</tbody>", browse_as(commune.officer).get("/drug-reviews/").text, re.DOTALL)
    assert re.sub("<[^>]+>", "", cells_of(row)[0]).strip() == "On the list"


@pytest.mark.parametrize(("count", "shown", "earlier"), [(3, [1, 2, 3], []), (4, [4, 3, 2], [1])])
def test_of_many_lines_the_latest_stand_first_and_earlier_ones_are_folded(
    commune, browse_as, monkeypatch, count, shown, earlier
):  # fmt: skip
    monkeypatch.setattr("portal.books.presenter.MOST_LINES", 3)
    box = a_box(commune, installed_on=date(2024, 8, 1))
    for number in range(1, count + 1):
        a_line(commune, TipBoxOpening, box, opened_on=date(2024, 8, 10 + number), first_name="A", second_name="B")
    page = browse_as(commune.officer).get(f"/tip-boxes/{box.id}").text.partition('aria-labelledby="history"')[0]
    there, _fold, folded = page.partition("Earlier lines")
    assert [int(one) - 10 for one in re.findall(r"(1[1-4])/08/2024", there)] == shown
    assert [int(one) - 10 for one in re.findall(r"(1[1-4])/08/2024", folded)] == earlier
