"""Plan against done, over the months: planned, done, not started, cancelled; by kind and by force."""

import re
from datetime import date, datetime
from typing import Any

import pytest

from portal.engine import clock
from portal.engine.indicators import Period
from portal.engine.transaction import transaction
from portal.organisation import actions as organisation
from portal.organisation.actions import PlanFacts
from portal.organisation.models import CoordinationPlan
from portal.patrols import agenda, reviews
from portal.patrols.models import PatrolKind
from portal.patrols.months import asked_in
from tests.patrols.going import a_patrol, at, logged

MONTH = re.compile(r"<tr(?: class=\"today\")?><th scope=\"row\">(.*?)</th>(.*?)</tr>", re.DOTALL)


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
    assert rows["10/2026"] == ["3", "3", "2 2 order, 0 border", "–", "–", "1", "1"]
    assert rows["11/2026"] == ["3", "4", "2 1 order, 1 border", "1", "1", "–", "–"]
    assert rows["08/2026"] == ["–", "–", "–", "–", "–", "–", "–"]  # no plan and no patrol: dashes


def test_each_force_has_its_own_months_and_its_year(year, browse_as):
    military = browse_as(year.military)
    rows = table(military)
    assert rows["Công an xã Bờ Y"] == ["7", "4 3 order, 1 border", "1", "1"]
    assert rows["Ban CHQS xã Bờ Y"] == ["3", "2 2 order, 0 border", "–", "1"]
    alone = table(military, f"/patrols/months?force={year.place('QS').id}")
    assert alone["10/2026"] == ["3", "2 2 order, 0 border", "–", "–", "1"]
    assert alone["11/2026"] == ["–", "–", "–", "–", "–"]


def test_a_number_opens_the_patrols_that_it_counts(year, browse_as):
    military = browse_as(year.military)
    page = military.get("/patrols/months").text
    assert "/patrols/?show=made&amp;month=2026-10" in page
    listed = military.get("/patrols/?show=made&month=2026-10").text
    assert len(set(re.findall(r'href="/patrols/(\d+)"', listed))) == 2
    for wrong in ("2026-13", "0001-01", "2026-1", "9999-12"):
        assert military.get(f"/patrols/?show=made&month={wrong}").status_code == 404
    assert military.get("/patrols/months?year=1999").status_code == 404


def test_without_a_single_patrol_every_month_says_a_dash_and_nothing_breaks(commune, browse_as):
    leader = browse_as(commune.leader)
    rows = table(leader)
    assert set(rows) == {f"{month:02}/2026" for month in range(1, 13)}
    assert {cell for row in rows.values() for cell in row} == {"–"}
    assert "No patrol here." in leader.get("/patrols/").text
    assert leader.get("/patrols/?show=made&month=2026-02").status_code == 200
    assert "The catalogue of points is empty." in leader.get("/coverage/").text
    figure = leader.get("/reports/figures/patrols.order.count?from=2026-02-01&to=2026-02-28")
    assert figure.status_code == 200


def test_the_months_of_the_neighbour_are_their_own(year, neighbour, browse_as):
    assert {cell for row in table(browse_as(neighbour.officer)).values() for cell in row} == {"–"}


# ── one definition, whoever speaks of it ─────────────────────────────────────────────────────────────────────────────
def told_at(source: Any, commune: Any, first: date, last: date) -> dict[str, Any]:
    """The figures of a review or an agenda by their labels."""
    told = source(Period(first, last, (commune.id,)))
    found = told if hasattr(told, "figures") else next(iter(told))
    return {str(one.label): one.value for one in found.figures}


def test_list_months_review_and_agenda_say_the_same_of_a_plan_that_begins_in_mid_month(app, commune, browse_as):
    with transaction(commune.leader):
        facts = PlanFacts("03/KH-UBND", date(2026, 11, 16), date(2026, 11, 16), patrols_a_month=4)
        organisation.enter_plan(commune.id, facts, [commune.place("CA"), commune.place("BP")])
    logged(commune, a_patrol(commune, start=at(2, days=-15)))
    off = a_patrol(commune, start=at(2, days=-1))
    with transaction(commune.officer):
        off.workflow.take("cancel", off, commune.officer, "Mưa bão")
    a_patrol(commune, start=at(2, days=-2))  # nobody set out
    leader = browse_as(commune.leader)
    asked, planned, _done, *_others, missing = table(leader)["11/2026"]
    with app.test_request_context():
        review = told_at(reviews.patrols, commune, date(2026, 7, 1), date(2026, 11, 23))
        briefing = told_at(agenda.done, commune, date(2026, 11, 1), date(2026, 11, 23))
    page = " ".join(leader.get("/patrols/").text.split())
    assert (asked, planned, missing) == ("4", "3", "3")
    assert (review["Patrols asked for by the plan"], review["Patrols planned"]) == (4, 3)
    assert briefing["Asked for by the plan, a month"] == 4
    assert "<b>4 <small>a month</small></b>" in page
    assert "3 not planned yet" in page
    assert "1 not started" in page


def test_a_month_in_which_the_only_plan_ended_asks_for_its_patrols_wherever_one_looks(app, commune, browse_as):
    with transaction(commune.leader):
        facts = PlanFacts("03/KH-UBND", date(2026, 1, 5), date(2026, 1, 5), date(2026, 11, 10), patrols_a_month=4)
        organisation.enter_plan(commune.id, facts, [commune.place("CA"), commune.place("BP")])
    leader = browse_as(commune.leader)
    with app.test_request_context():
        review = told_at(reviews.patrols, commune, date(2026, 11, 1), date(2026, 11, 23))
    assert table(leader)["11/2026"][0] == "4"
    assert review["Patrols asked for by the plan"] == 4
    assert "Asked for by the plan" in leader.get("/patrols/").text


# ── the edges of a year ──────────────────────────────────────────────────────────────────────────────────────────────
def on(day: date) -> datetime:
    return clock.moment(day, 2)


def test_what_is_planned_further_ahead_is_a_row_and_the_rows_add_up_to_the_year(commune, browse_as):
    with clock.telling(on(date(2026, 8, 20))):
        a_patrol(commune, start=on(date(2026, 8, 21)))
        a_patrol(commune, start=on(date(2026, 12, 24)))
        page = browse_as(commune.military).get("/patrols/months").text
        rows = table(browse_as(commune.military))
    months = {head: row for head, row in rows.items() if head[:2].isdigit()}
    assert list(months) == [f"{month:02}/2026" for month in range(12, 0, -1)]  # the newest first
    assert sum(int(row[1].replace("–", "0")) for row in months.values()) == 2
    assert "year=2027" not in page


@pytest.mark.parametrize(
    ("today", "years"),
    [(date(2026, 11, 23), [2026]), (date(2026, 12, 1), [2026, 2027]), (date(2027, 1, 1), [2026, 2027])],
)
def test_the_next_year_opens_with_the_month_that_can_be_planned(commune, browse_as, today, years):
    with clock.telling(on(date(2026, 11, 20))):
        a_patrol(commune, start=on(date(2026, 11, 21)))
    with clock.telling(on(today)):
        officer = browse_as(commune.officer)
        if today.month == 12:
            a_patrol(commune, start=on(date(2027, 1, 8)))
            assert table(officer, "/patrols/months?year=2027")["01/2027"][1] == "1"
        offered = [year for year in range(2024, 2030) if officer.get(f"/patrols/months?year={year}").status_code == 200]
    assert offered == years


def test_a_year_that_is_planned_before_anything_was_made_leaves_this_year_open(commune, browse_as):
    a_patrol(commune, start=on(date(2027, 3, 5)))
    officer = browse_as(commune.officer)
    assert officer.get("/patrols/months").status_code == 200
    assert table(officer, "/patrols/months?year=2027")["03/2027"][1] == "1"


def test_another_year_is_shown_of_the_same_force(year, browse_as):
    a_patrol(year, start=on(date(2027, 1, 8)))
    force = year.place("QS").id
    assert f"year=2027&amp;force={force}" in browse_as(year.military).get(f"/patrols/months?force={force}").text


def test_a_list_of_one_month_speaks_of_that_month_in_its_head_and_its_filters(year, browse_as):
    page = " ".join(browse_as(year.military).get("/patrols/?show=made&month=2026-10").text.split())
    assert "Month 10/2026" in page
    assert "Month 11/2026" not in page
    assert "This month" not in page
    assert "1 short of the plan" in page
    assert "2 order, 0 border" in page


def test_only_years_that_hold_patrols_are_offered_beside_this_one(commune, browse_as):
    with clock.telling(clock.moment(date(2024, 12, 1))):
        a_patrol(commune, start=clock.moment(date(2025, 1, 1), 0))  # still 2024 by the clock of the world
    with clock.telling(clock.moment(date(2022, 5, 1))):
        a_patrol(commune, start=clock.moment(date(2022, 5, 2)))
    military = browse_as(commune.military)
    offered = re.findall(r'href="/patrols/months\?year=(\d+)"', military.get("/patrols/months").text)
    assert sorted(set(offered)) == ["2022", "2025", "2026"]
    assert military.get("/patrols/months?year=2024").status_code == 404


@pytest.mark.parametrize(
    ("spans", "asked"),
    [
        ([((11, 1), (11, 26), 3)], 3),  # ended within the month
        ([((11, 25), None, 3)], 3),  # begun within it
        ([((10, 1), (10, 31), 3)], None),
        ([((9, 1), (11, 20), 3), ((11, 21), None, 8)], 3),
        ([((9, 1), (11, 10), 3), ((11, 11), None, 8)], 8),
    ],
)
def test_a_month_asks_for_what_the_plan_does_that_holds_on_most_of_its_days(spans, asked):
    plans = [
        CoordinationPlan(
            valid_from=date(2026, *begins), valid_to=date(2026, *ends) if ends else None, patrols_a_month=number
        )
        for begins, ends, number in spans
    ]
    assert asked_in(plans, date(2026, 11, 1)) == asked
