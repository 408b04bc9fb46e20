"""Lists of households and pledges ask the database a fixed number of questions, however many rows they show."""

from collections import Counter

import pytest
from sqlalchemy import event

from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.households import actions
from portal.households.models import Household, Target
from tests.architecture.test_queries import questions
from tests.households.doors import a_campaign, goal, some_establishments, some_households, ticked

LISTS = (
    ("chief", "/campaigns/", 26),
    ("chief", "/campaigns/{campaign}", 34),
    ("chief", "/households/", 24),
    ("chief", "/establishments/", 24),
    ("village_head", "/campaigns/", 26),
    ("village_head", "/campaigns/villages/{goal}?all=yes", 36),
    ("village_head", "/campaigns/villages/{goal}?show=signed&all=yes", 36),
    ("village_head", "/campaigns/villages/{goal}/all-but", 30),
    ("chief", "/reports/figures/pledges.drug_free.households?from=2026-11-01&to=2026-11-30", 26),
)


@pytest.fixture
def village(commune, app):
    """A campaign, and how to fill its village: half of the households sign."""
    app.config["PAGE_SIZE"] = 100
    campaign = a_campaign(commune, target=Target.BOTH)

    def fill(count: int) -> None:
        households = some_households(commune, 2 * count)
        some_establishments(commune, count)
        ticked(commune, campaign, households[:count])

    yield campaign, fill
    app.config["PAGE_SIZE"] = 25


def test_twelve_households_cost_as_many_questions_as_three(app, commune, browse_as, village):
    campaign, fill = village
    names = {"campaign": campaign.id, "goal": goal(commune, campaign).id}
    clients = {who: browse_as(getattr(commune, who)) for who in {who for who, _path, _most in LISTS}}
    pages = [(who, path.format(**names), most) for who, path, most in LISTS]
    fill(3)
    few = {(who, path): len(questions(app, clients[who], path)) for who, path, _most in pages}
    fill(9)
    many = {(who, path): len(questions(app, clients[who], path)) for who, path, _most in pages}
    assert {page: (few[page], many[page]) for page in few if many[page] > few[page]} == {}
    assert {(who, path): many[who, path] for who, path, most in pages if many[who, path] > most} == {}


def test_hundreds_are_confirmed_by_a_fixed_number_of_questions(app, commune, village):
    """What follows from a deed is asked once for all of them: duties, notices, what stood at the doors."""
    campaign, _fill = village
    asked = {}
    for count in (5, 50):
        households = some_households(commune, count)
        ticked(commune, campaign, households, by="officer")
        told: list[str] = []

        def listener(_connection, _cursor, statement, *_more, told=told):
            told.append(statement)

        of, head, ids = goal(commune, campaign), commune.village_head, [one.id for one in households]
        event.listen(db.engine, "before_cursor_execute", listener)
        with transaction(head):
            actions.tick(of, Household, ids, None, head)
        event.remove(db.engine, "before_cursor_execute", listener)
        asked[count] = Counter(statement.split(" WHERE ")[0] for statement in told)
    more = {statement: count for statement, count in asked[50].items() if count > asked[5][statement] + 1}
    assert [statement.split(" SET ")[0] for statement in more] == ["UPDATE pledge"]  # each row has its version
