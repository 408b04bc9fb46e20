"""Lists of patrols ask the database a fixed number of questions, however many rows they show."""

from datetime import timedelta
from typing import Any

import pytest

from portal.engine.transaction import transaction
from portal.incidents import actions as noting
from portal.incidents.actions import Seen
from portal.incidents.models import Source
from portal.patrols import actions
from portal.patrols.actions import Protected
from portal.patrols.models import Patrol
from tests.architecture.test_queries import questions
from tests.conftest import TODAY
from tests.patrols.going import a_patrol, a_point, at, disputed, logged

LISTS = (
    ("military", "/patrols/?show=made", 24),
    ("military", "/patrols/months", 24),
    ("military", "/coverage/", 20),
    ("chief", "/protections/", 12),
    ("chief", "/reports/figures/patrols.order.count?from=2026-01-01&to=2026-11-23", 24),
)


@pytest.fixture
def go(commune, app):
    """Make some patrols, each of three forces past one point, and as many protected events, on pages long enough."""
    app.config["PAGE_SIZE"] = 100
    made = iter(range(100))

    def write(count: int) -> None:
        for _number in range(count):
            one = next(made)
            logged(commune, a_patrol(commune, start=at(2, days=-one), points=(a_point(commune, f"Mốc {one}"),)))
            with transaction(commune.officer):
                facts = Protected(f"Lễ hội {one}", TODAY - timedelta(days=one))
                actions.record_protection(commune.id, facts, {commune.place("CA"): 4, commune.place("BP"): 2})

    yield write
    app.config["PAGE_SIZE"] = 25


def test_twelve_patrols_cost_as_many_questions_as_three(app, commune, browse_as, go):
    clients = {who: browse_as(getattr(commune, who)) for who in {who for who, _path, _most in LISTS}}
    go(3)
    few = {path: len(questions(app, clients[who], path)) for who, path, _most in LISTS}
    go(9)
    many = {path: len(questions(app, clients[who], path)) for who, path, _most in LISTS}
    assert {path: (few[path], many[path]) for path in few if many[path] > few[path]} == {}
    assert {path: many[path] for _who, path, most in LISTS if many[path] > most} == {}


def a_busy_patrol(commune: Any, day: int, stops: int, seen: int, *, logs: int = 1) -> Patrol:
    """Logged, and where it was disputed logged again, past some points; something was seen and handed over."""
    points = tuple(a_point(commune, f"Mốc {day}/{number}") for number in range(stops))
    patrol = logged(commune, a_patrol(commune, start=at(2, days=-day), points=points))
    for _further in range(logs - 1):
        logged(commune, disputed(commune, patrol, "border"))
    for _number in range(seen):
        with transaction(commune.officer):
            one = noting.note_down(commune.id, Seen(Source.PATROL, patrol.day, None, None, "", "Dấu xe"), patrol)
            noting.hand_over(one, commune.place("BP"), commune.officer)
    return patrol


def test_the_page_of_a_patrol_asks_as_much_for_eight_points_and_seven_observations_as_for_two_and_one(
    app, commune, browse_as
):
    few, many = a_busy_patrol(commune, 1, 2, 1), a_busy_patrol(commune, 2, 8, 7)
    for who in (commune.officer, commune.military):
        browser = browse_as(who)
        asked = [len(questions(app, browser, f"/patrols/{one.id}")) for one in (few, many)]
        assert asked[0] == asked[1] < 30


@pytest.mark.parametrize("page", ["versions", "log", "sign", "point", "minutes.docx"])
def test_the_other_pages_of_a_patrol_ask_no_question_for_each_of_its_points_or_logs(app, commune, browse_as, page):
    few, many = a_busy_patrol(commune, 1, 2, 1), a_busy_patrol(commune, 2, 8, 1, logs=4 if page == "versions" else 1)
    if page == "log":
        few, many = disputed(commune, few, "border"), disputed(commune, many, "border")
    browser = browse_as(commune.military)
    asked = [len(questions(app, browser, f"/patrols/{one.id}/{page}")) for one in (few, many)]
    assert asked[0] == asked[1]
