"""Plan against done, over the months: planned, done, not started, cancelled; by kind and by force."""

import re
from datetime import date
from typing import Any

import pytest

from portal.engine.transaction import transaction
from portal.organisation import actions as organisation
from portal.organisation.actions import PlanFacts
from portal.patrols.models import PatrolKind
from tests.patrols.going import a_patrol, at, logged

MONTH = re.compile(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", re.DOTALL)


def table(browser: Any, path: str = "/patrols/months") -> dict[str, list[str]]:
    """The numbers of each row of the page by its head."""
    page = browser.get(path)
    assert page.status_code == 200
    return {
        head: [
            " ".join(re.sub(r"<.*?>", " ", cell).split()) for cell in re.findall(r"<td.*?>(.*?)</td>", row, re.DOTALL)
        ]
        for head, row in MONTH.findall(page.text)
    }


@pytest.fixture
def year(commune) -> Any:
    """Under a plan of three a month: October had two that took place and one called off; in November one of each kind
    took place, one did not set out and one is to come."""
    with transaction(commune.leader):
        facts = PlanFacts("03/KH-UBND", date(2026, 9, 5), date(2026, 9, 5), patrols_a_month=3)
        organisation.enter_plan(commune.id, facts, [commune.place("CA"), commune.place("BP")])
    for days in (-40, -30):
        logged(commune, a_patrol(commune, start=at(2, days=days)))
    off = a_patrol(commune, start=at(2, days=-35))
    with transaction(commune.officer):
        off.workflow.take("cancel", off, commune.officer, "Mưa bão")
    pair = (("CA", 3, ""), ("BP", 2, ""))
    logged(commune, a_patrol(commune, start=at(2, days=-5), forces=pair))
    logged(commune, a_patrol(commune, start=at(2, days=-4), kind=PatrolKind.BORDER, forces=pair))
    a_patrol(commune, start=at(2, days=-1), forces=pair)
    a_patrol(commune, start=at(20, days=2), forces=pair)
    return commune


def test_each_month_tells_what_was_asked_for_planned_done_ahead_not_started_cancelled_and_missing(year, browse_as):
    rows = table(browse_as(year.military))
    assert rows["10/2026"] == ["3", "3", "2 2 order, 0 border", "0", "0", "1", "1"]
    assert rows["11/2026"] == ["3", "4", "2 1 order, 1 border", "1", "1", "0", "0"]
    assert rows["08/2026"] == ["–", "0", "0", "0", "0", "0", "0"]  # no plan and no patrol: noughts


def test_each_force_has_its_own_months_and_its_year(year, browse_as):
    military = browse_as(year.military)
    rows = table(military)
    assert rows["Công an xã Bờ Y"] == ["7", "4 3 order, 1 border", "1", "1"]
    assert rows["Ban CHQS xã Bờ Y"] == ["3", "2 2 order, 0 border", "0", "1"]
    alone = table(military, f"/patrols/months?force={year.place('QS').id}")
    assert alone["10/2026"] == ["3", "2 2 order, 0 border", "0", "0", "1"]
    assert alone["11/2026"] == ["0", "0", "0", "0", "0"]


def test_a_number_opens_the_patrols_that_it_counts(year, browse_as):
    military = browse_as(year.military)
    page = military.get("/patrols/months").text
    assert "/patrols/?show=made&amp;month=2026-10" in page
    listed = military.get("/patrols/?show=made&month=2026-10").text
    assert len(set(re.findall(r'href="/patrols/(\d+)"', listed))) == 2
    for wrong in ("2026-13", "0001-01", "2026-1", "9999-12"):
        assert military.get(f"/patrols/?show=made&month={wrong}").status_code == 404
    assert military.get("/patrols/months?year=1999").status_code == 404


def test_without_a_single_patrol_every_month_says_nought_and_nothing_breaks(commune, browse_as):
    leader = browse_as(commune.leader)
    rows = table(leader)
    assert set(rows) == {f"{month:02}/2026" for month in range(1, 13)}
    assert {cell for row in rows.values() for cell in row} == {"0", "–"}
    assert "No patrol here." in leader.get("/patrols/").text
    assert leader.get("/patrols/?show=made&month=2026-02").status_code == 200
    assert "The catalogue of points is empty." in leader.get("/coverage/").text
    figure = leader.get("/reports/figures/patrols.order.count?from=2026-02-01&to=2026-02-28")
    assert figure.status_code == 200


def test_the_months_of_the_neighbour_are_their_own(year, neighbour, browse_as):
    assert {cell for row in table(browse_as(neighbour.officer)).values() for cell in row} == {"0", "–"}
