"""Lists of patrols ask the database a fixed number of questions, however many rows they show."""

from datetime import timedelta

import pytest

from portal.engine.transaction import transaction
from portal.patrols import actions
from portal.patrols.actions import Protected
from tests.architecture.test_queries import questions
from tests.conftest import TODAY
from tests.patrols.going import a_patrol, a_point, at, logged

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
